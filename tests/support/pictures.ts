// Drawn stand-ins for photos: a seven with a crossbar, of any size at any place, and how alike two glyphs are.
import sharp from 'sharp';

import type { Raster } from '../../src/glyph/glyph.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Left top corner and height of the seven. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Grey of ink and paper. */
  readonly ink?: number;
  readonly paper?: number;
  /** Width of the pen as a share of size. */
  readonly pen?: number;
}

/** The seven's strokes in a square of side 1. */
const STROKES = [
  [0.15, 0.06, 0.85, 0.06],
  [0.85, 0.06, 0.4, 0.94],
  [0.38, 0.5, 0.76, 0.5],
] as const;

/** A seven with a crossbar, drawn with a round pen and soft edges. */
export function drawSeven({ width, height, x, y, size, ink = 40, paper = 220, pen = 0.1 }: Drawing): Raster {
  const pixels = new Uint8Array(width * height).fill(paper);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let distance = Infinity;
      for (const stroke of STROKES)
        distance = Math.min(distance, away((column + 0.5 - x) / size, (row + 0.5 - y) / size, stroke));
      const cover = Math.min(1, Math.max(0, 0.5 + (pen / 2 - distance) * size));
      pixels[row * width + column] = Math.round(paper + (ink - paper) * cover);
    }
  }
  return { width, height, pixels };
}

function away(x: number, y: number, [x0, y0, x1, y1]: readonly [number, number, number, number]): number {
  const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0));
}

export function toJpeg(raster: Raster, quality = 85): Promise<Buffer> {
  return sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: 1 } })
    .jpeg({ quality })
    .toBuffer();
}

/** Cosine of two glyphs: 1 the same, 0 no ink in common. */
export function likeness(a: Uint8Array, b: Uint8Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] ?? 0) * (b[i] ?? 0);
    aa += (a[i] ?? 0) ** 2;
    bb += (b[i] ?? 0) ** 2;
  }
  return ab / Math.sqrt(aa * bb || 1);
}
