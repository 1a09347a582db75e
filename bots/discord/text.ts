// Plain text as Discord shows it: nothing a user wrote or a label contains may become markup, and 2000 characters is all.

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

/** The escaped text in parts of at most 2000 characters, cut at a line's end or a space where there is one. Never empty. */
export function partsOf(text: string): readonly [string, ...string[]] {
  const parts: string[] = [];
  let rest = plain(text);
  while (rest.length > MESSAGE_LIMIT) {
    const piece = rest.slice(0, MESSAGE_LIMIT);
    const line = piece.lastIndexOf('\n');
    const space = piece.lastIndexOf(' ');
    const end = line > MESSAGE_LIMIT / 2 ? line : space > MESSAGE_LIMIT / 2 ? space : wholeCharacters(piece);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  const [first, ...others] = [...parts, rest] as const;
  return [first ?? rest, ...others];
}

/** The end of the last character of `piece` that is neither half a surrogate pair nor a lonely backslash. */
function wholeCharacters(piece: string): number {
  const half = /[\uD800-\uDBFF]$/.test(piece) || /(?<!\\)(\\\\)*\\$/.test(piece);
  return half ? piece.length - 1 : piece.length;
}
