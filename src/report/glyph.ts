// The glyph as the model saw it, enlarged, dark ink on light paper: part of every reply.
import { kindOfGlyph } from '../glyph/kind.ts';
import { greyPng } from './png.ts';

/** What is kept, as an image: a picture as it is, ink drawn. */
export const glyphImage = (glyph: Uint8Array): Uint8Array => kindOfGlyph(glyph).image(glyph) ?? glyphPng(glyph);

/** The same for an SVG to show. */
export function glyphHref(glyph: Uint8Array, scale = 3): string {
  const picture = kindOfGlyph(glyph).image(glyph);
  const type = picture === null ? 'png' : 'jpeg';
  return `data:image/${type};base64,${Buffer.from(picture ?? glyphPng(glyph, scale)).toString('base64')}`;
}

/**
 * A PNG of a square glyph (0 paper … 255 ink), every pixel drawn `scale` times as wide, with a margin of two of them.
 * Pixels stay pixels: what is shown is what was read.
 */
export function glyphPng(pixels: Uint8Array, scale = 6): Uint8Array {
  const size = Math.sqrt(pixels.length);
  if (!Number.isInteger(size)) throw new RangeError(`a glyph is square; ${String(pixels.length)} pixels are not`);
  const margin = 2 * scale;
  const width = size * scale + 2 * margin;
  const grey = new Uint8Array(width * width).fill(255);
  for (let y = 0; y < size; y++) {
    const first = (margin + y * scale) * width;
    for (let x = 0; x < size; x++) {
      const ink = pixels[y * size + x] ?? 0;
      const left = first + margin + x * scale;
      grey.fill(255 - ink, left, left + scale);
    }
    for (let copy = 1; copy < scale; copy++) grey.copyWithin(first + copy * width, first, first + width);
  }
  return greyPng(grey, width, width);
}
