// What the charts' own fonts cannot write would be an empty box, the same for every character. Its name says which it is, or
// its code points do: plain, and on every machine the same.
import { readFileSync } from 'node:fs';
import { readFontFile, type FontFile } from '../dataset/font-file.ts';
import { drawText } from './lettering.ts';
import { fontFiles } from './render.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
interface ChartFont {
  readonly file: string;
  readonly font: FontFile;
}

let fonts: readonly ChartFont[] | undefined;

/** The fonts of charts and sheets, opened once; the first that covers a character writes it. */
export function chartFonts(): readonly ChartFont[] {
  return (fonts ??= fontFiles.flatMap((file) => {
    const font = readFontFile(readFileSync(file));
    return font === null ? [] : [{ file, font }];
  }));
}

const known = new Map<string, boolean>();

/** Whether one of the fonts has it and draws it, too: Kosugi Maru says that it has ς, and leaves it blank. */
function isWritten(grapheme: string): boolean {
  // What says which way a text runs is not seen, and is written by being there.
  if (/^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(grapheme)) return true;
  const written =
    known.get(grapheme) ??
    chartFonts().some(({ file, font }) => font.covers(grapheme) && drawText(file, grapheme) !== null);
  known.set(grapheme, written);
  return written;
}

/** The text with what no font of the charts has as code points: "क" becomes "U+0915". */
export function legible(text: string): string {
  const parts: string[] = [];
  let missing = false;
  for (const { segment } of graphemes.segment(text)) {
    const written = isWritten(segment);
    // Side by side they would run into one another.
    if (missing && !/^\s/u.test(segment)) parts.push(' ');
    parts.push(written ? segment : Array.from(segment, codePoint).join('+'));
    missing = !written;
  }
  return parts.join('');
}

/** A label for a chart: as it is written, else by the name it was given, else by its code points. */
export function legibleLabel({ text, name }: { readonly text: string; readonly name: string }): string {
  const shown = legible(text);
  return shown === text || legible(name) !== name ? shown : name;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
