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
