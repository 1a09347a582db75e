// Boxes and the parts of a picture that they enclose.
import { commonArea } from '../find/boxes.ts';
import type { Box, Raster } from './glyph.ts';

/** Their intersection over their union. */
export function overlapOf(a: Box, b: Box): number {
  const common = commonArea(a, b);
  return common / Math.max(1, a.width * a.height + b.width * b.height - common);
}

export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** In whole pixels, and inside the raster. */
export function clipped({ x, y, width, height }: Box, raster: Raster): Box {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [
    Math.min(raster.width, Math.ceil(x + width)),
    Math.min(raster.height, Math.ceil(y + height)),
  ];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function cropped({ width, pixels }: Raster, { x, y, width: wide, height: high }: Box): Raster {
  const part = new Uint8Array(wide * high);
  for (let row = 0; row < high; row++) {
    part.set(pixels.subarray((y + row) * width + x, (y + row) * width + x + wide), row * wide);
  }
  return { width: wide, height: high, pixels: part };
}

export const longer = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.max(width, height);

export function scaled({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/** Scaled, with its edges on whole pixels. */
export function rounded(box: Box, scale: number): Box {
  const { x, y, width, height } = scaled(box, scale);
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}
