// SVG as text: what is written in it is never markup, and its width is known before it is drawn.

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Width in points, near enough for a layout: kana are as wide as they are high, other letters little more than half. */
export function textWidth(text: string, size: number): number {
  return size * Array.from(text).reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.56), 0);
}

/** The text, or as much of its beginning as `width` holds, with an ellipsis. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

export function write(
  text: string,
  at: { readonly x: number; readonly y: number; readonly size?: number },
  more = '',
): string {
  return `<text x="${at.x}" y="${at.y}" font-size="${at.size ?? 12}" ${more}>${escaped(text)}</text>`;
}

/** Of running text letters are narrower than capitals and names may be. */
const RUNNING = 0.48;
const WIDE = /^[\u2e80-\uffef]$/u;

/** The text in lines no wider than `width`: broken at spaces, and between kana at words. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const piece of pieces(text)) {
    const letters = Array.from((row + piece).trimEnd());
    const long = letters.reduce((sum, letter) => sum + (WIDE.test(letter) ? 1 : RUNNING), 0);
    if (size * long > width && row !== '') {
      rows.push(row.trim());
      row = '';
    }
    row += piece;
  }
  if (row.trim() !== '') rows.push(row.trim());
  return rows;
}

/** What stays on one line: no line begins with a full stop, none ends with an opening bracket. */
function pieces(text: string): readonly string[] {
  const words = Array.from(new Intl.Segmenter('ja', { granularity: 'word' }).segment(text), ({ segment }) => segment);
  const found: string[] = [];
  let piece = '';
  words.forEach((word, index) => {
    piece += word;
    const next = words[index + 1] ?? '';
    const wide = WIDE.test(word.at(-1) ?? '') || WIDE.test(next.charAt(0));
    const closes = /^[^\p{L}\p{N}\p{Ps}]/u.test(next);
    if (!(word.endsWith(' ') || (wide && !closes && !/\p{Ps}$/u.test(word)))) return;
    found.push(piece);
    piece = '';
  });
  return piece === '' ? found : [...found, piece];
}
