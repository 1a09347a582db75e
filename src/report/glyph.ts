// A glyph as people see it: dark ink on light paper, enlarged so that its pixels are visible.
import { greyPng } from './png.ts';

const ENLARGED = 4;

/** PNG of a square glyph (0 paper … 255 ink), four times its size. */
export function glyphPng(glyph: Uint8Array): Uint8Array {
  const side = Math.round(Math.sqrt(glyph.length));
  const large = side * ENLARGED;
  const pixels = new Uint8Array(large * large);
  for (let y = 0; y < large; y++) {
    const row = Math.floor(y / ENLARGED) * side;
    for (let x = 0; x < large; x++) pixels[y * large + x] = 255 - (glyph[row + Math.floor(x / ENLARGED)] ?? 0);
  }
  return greyPng(pixels, large, large);
}
