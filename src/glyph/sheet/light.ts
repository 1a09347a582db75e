// Light on paper: what is left of a picture when strokes are filled up with the paper around them (a closing, as image processing calls
// it). Divided by it, a picture has no shadows any more, hard ones included.
import type { Raster } from '../glyph.ts';

/** The picture with its paper everywhere as light as `paper`; dark things narrower than `stroke` pixels are what stands on it. */
export function evened({ width, height, pixels }: Raster, stroke: number, paper: number): Raster {
  const reach = Math.round(stroke / 2);
  const both = (from: Uint8Array, of: typeof Math.max): Uint8Array =>
    filtered(filtered(from, width, height, reach, 1, width, of), height, width, reach, width, 1, of);
  const light = both(both(pixels, Math.max), Math.min);
  const even = pixels.map((grey, i) => Math.min(255, (paper * grey) / Math.max(1, light[i] ?? 1) + 0.5));
  return { width, height, pixels: even };
}

/** The most or least of each pixel's neighbours up to `reach` away along lines; windows double until they are as wide. */
function filtered(
  from: Uint8Array,
  length: number,
  lines: number,
  reach: number,
  step: number,
  line: number,
  of: (a: number, b: number) => number,
): Uint8Array {
  const to = new Uint8Array(from.length);
  const window = new Uint8Array(length + 2 * reach);
  const size = 2 * reach + 1;
  for (let row = 0; row < lines; row++) {
    const start = row * line;
    for (let i = 0; i < window.length; i++) {
      window[i] = from[start + Math.min(length - 1, Math.max(0, i - reach)) * step] ?? 0;
    }
    let seen = 1;
    while (seen < size) {
      const by = Math.min(seen, size - seen);
      for (let i = 0; i + by < window.length; i++) window[i] = of(window[i] ?? 0, window[i + by] ?? 0);
      seen += by;
    }
    for (let i = 0; i < length; i++) to[start + i * step] = window[i] ?? 0;
  }
  return to;
}
