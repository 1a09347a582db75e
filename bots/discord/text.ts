// Plain text as Discord shows it: nothing a user wrote or a label contains may become markup, and 2000 characters is all.
import { split } from '../shared/text.ts';

export const MESSAGE_LIMIT = 2000;

/** Escapes what Discord would read as markup; addresses stay as they are, so that they can be opened. */
export function plain(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? part : escape(part)))
    .join('');
}

const escape = (text: string): string =>
  text
    .replace(/[\\*_~|`<[\]]/g, String.raw`\$&`)
    .replace(/^(\s*)([#>+-]|\d+(?=[.)]))/gm, (_, space: string, mark: string) =>
      // A number cannot be escaped, but what follows it can.
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );

/** The escaped text in parts of at most 2000 characters. */
export const partsOf = (text: string): readonly [string, ...string[]] => split(plain(text), MESSAGE_LIMIT);
