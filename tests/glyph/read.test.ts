// A drawing or photo of one character becomes one glyph, whatever its size, place, polarity and light.
import * as fc from '../support/properties.ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { GLYPH_SIZE, type Glyph, type Raster } from '../../src/glyph/glyph.ts';
import { readPhoto, readRaster } from '../../src/glyph/read.ts';
import { drawSeven, likeness, toJpeg } from '../support/pictures.ts';

function cut(raster: Raster): Glyph {
  const reading = readRaster(raster);
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  return reading.glyphs[0];
}
const plain = cut(drawSeven({ width: 200, height: 200, x: 55, y: 55, size: 90 }));

/** The picture with each pixel's grey changed by its place. */
function relight(raster: Raster, light: (grey: number, x: number, y: number) => number): Raster {
  const pixels = raster.pixels.map((grey, i) => {
    return Math.max(0, Math.min(255, light(grey, i % raster.width, Math.floor(i / raster.width))));
  });
  return { ...raster, pixels };
}
/** Noise that is the same in every run. */
const grain = (x: number, y: number): number => ((x * 7919 + y * 104_729 + x * y * 31) % 97) / 48 - 1;

describe('one glyph for one character', () => {
  it('cuts a seven out of a photo, and says where it was', async () => {
    const reading = await readPhoto(await toJpeg(drawSeven({ width: 640, height: 480, x: 350, y: 120, size: 120 })));
    if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
    const { box } = reading.glyphs[0];
    expect(reading).toMatchObject({ width: 640, height: 480 });
    expect(Math.abs(box.x - 362)).toBeLessThan(5);
    expect(Math.abs(box.y - 121)).toBeLessThan(5);
    expect(Math.abs(box.height - 118)).toBeLessThan(8);
  });

  it('is the same wherever the character stands and however large it is, dark or light', () => {
    const places = fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 300 }), places, fc.boolean(), (size, place, light) => {
        const room = 400 - 1.1 * size;
        const [x, y] = [0.05 * size + room * place.x, 0.05 * size + room * place.y];
        const colours = light ? { ink: 230, paper: 30 } : { ink: 30, paper: 230 };
        const glyph = cut(drawSeven({ width: 400, height: 400, x, y, size, ...colours }));
        expect(likeness(glyph.pixels, plain.pixels)).toBeGreaterThan(0.94);
      }),
      { numRuns: 60 },
    );
  });

  it('is the exact same for a picture and its negative', () => {
    const raster = drawSeven({ width: 64, height: 64, x: 10, y: 10, size: 44 });
    expect(cut(relight(raster, (grey) => 255 - grey)).pixels).toEqual(cut(raster).pixels);
  });

  it('fills four fifths of its square, with the mass in the middle', () => {
    let [mass, x, y, left, right, top, bottom] = [0, 0, 0, GLYPH_SIZE, 0, GLYPH_SIZE, 0];
    for (const [i, ink] of plain.pixels.entries()) {
      const [column, row] = [i % GLYPH_SIZE, Math.floor(i / GLYPH_SIZE)];
      mass += ink;
      x += ink * (column + 0.5);
      y += ink * (row + 0.5);
      if (ink < 90) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
    expect(Math.abs(Math.max(right - left, bottom - top) - 0.8 * GLYPH_SIZE)).toBeLessThanOrEqual(2);
    expect(Math.abs(x / mass - GLYPH_SIZE / 2)).toBeLessThan(1);
    // The crossbars pull a seven's mass up, further than the room below allows to follow.
    expect(Math.abs(y / mass - GLYPH_SIZE / 2)).toBeLessThan(0.12 * GLYPH_SIZE);
  });

  it.each([16, 20, 28, 64, 105])('reads a tight crop of %i pixels', (side) => {
    const glyph = cut(drawSeven({ width: side, height: side, x: -0.02 * side, y: 0.02 * side, size: side, pen: 0.13 }));
    const wide = cut(drawSeven({ width: 200, height: 200, x: 55, y: 55, size: 90, pen: 0.13 }));
    expect(likeness(glyph.pixels, wide.pixels)).toBeGreaterThan(0.85);
  });
});

describe('bad light and paper', () => {
  const photo = drawSeven({ width: 640, height: 480, x: 240, y: 140, size: 180, pen: 0.07 });
  const wanted = cut(photo).pixels;
  it.each<[string, (grey: number, x: number, y: number) => number]>([
    ['noise', (grey, x, y) => grey + 14 * grain(x, y)],
    ['light from one side', (grey, x) => grey * (0.3 + (0.7 * x) / 640)],
    ['a vignette', (grey, x, y) => grey * (1 - 0.7 * (((x - 320) / 400) ** 2 + ((y - 240) / 400) ** 2))],
    ['a soft shadow', (grey, x) => grey * (1 - 0.4 / (1 + Math.exp((x - 330) / 40)))],
    ['faint pencil', (grey, x, y) => 190 + (grey - 220) * 0.17 + 2 * grain(x, y)],
    ['ruled lines', (grey, _, y) => (y % 40 < 2 ? Math.min(grey, 180) : grey)],
    ['squared lines', (grey, x, y) => (y % 30 < 2 || x % 30 < 2 ? Math.min(grey, 185) : grey)],
    ['a dark table beside the paper', (grey, x, y) => (x + y / 5 > 560 ? 45 + 8 * grain(x, y) : grey)],
    ['specks', (grey, x, y) => (x % 97 < 2 && y % 89 < 2 ? 60 : grey)],
  ])('%s', (_, light) => {
    expect(likeness(cut(relight(photo, light)).pixels, wanted)).toBeGreaterThan(0.85);
  });
});

describe('parts', () => {
  it('keeps what belongs together: two strokes and a dot', () => {
    const bar = (x: number, y: number, x0: number, x1: number, y0: number, y1: number): boolean =>
      x >= x0 && x < x1 && y >= y0 && y < y1;
    const raster = relight({ width: 160, height: 160, pixels: new Uint8Array(160 * 160).fill(230) }, (grey, x, y) => {
      return bar(x, y, 50, 58, 50, 120) || bar(x, y, 92, 100, 50, 120) || bar(x, y, 104, 112, 36, 44) ? 40 : grey;
    });
    const { box } = cut(raster);
    expect(box).toEqual({ x: 50, y: 36, width: 62, height: 84 });
  });

  it('drops a neighbour that reaches in from the border', () => {
    const raster = relight(drawSeven({ width: 100, height: 100, x: 20, y: 10, size: 70 }), (grey, x, y) => {
      return x > 93 && y > 40 && y < 60 ? 40 : grey;
    });
    expect(cut(raster).box.x + cut(raster).box.width).toBeLessThan(90);
  });
});

describe('nothing to read', () => {
  const flat = (grey: number): Raster => ({ width: 300, height: 200, pixels: new Uint8Array(60_000).fill(grey) });
  it.each<[string, string, Raster]>([
    ['white', 'blank', flat(255)],
    ['grey paper with noise', 'blank', relight(flat(200), (grey, x, y) => grey + 5 * grain(x, y))],
    ['paper in uneven light', 'blank', relight(flat(200), (grey, x) => grey - x / 4)],
    ['black', 'all-ink', flat(0)],
    ['almost black', 'all-ink', flat(12)],
    ['one pixel', 'too-small', { width: 1, height: 1, pixels: new Uint8Array(1) }],
  ])('%s: %s', (_, outcome, raster) => {
    expect(readRaster(raster)).toEqual({ outcome });
  });

  it('what is too blurred for its size is not read; whose dot makes it larger is', async () => {
    const blurred = async (
      ...parts: readonly (readonly [left: number, top: number, right: number, bottom: number, grey: number])[]
    ) => {
      const pixels = new Uint8Array(64 * 64).fill(215);
      for (const [left, top, right, bottom, grey] of parts)
        for (let y = top; y < bottom; y++) pixels.fill(grey, y * 64 + left, y * 64 + right);
      const raw = { width: 64, height: 64, channels: 1 } as const;
      const soft = await sharp(pixels, { raw }).blur(2.2).extractChannel(0).raw().toBuffer();
      return readRaster({ width: 64, height: 64, pixels: new Uint8Array(soft) }).outcome;
    };
    expect(await blurred([38, 40, 41, 51, 110])).toBe('too-blurred');
    expect(await blurred([38, 40, 41, 51, 110], [37, 30, 41, 34, 90])).toBe('glyphs');
  });

  it('never throws, whatever the pixels', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, fc.infiniteStream(fc.nat(255)), (width, height, stream) => {
        const raster = {
          width,
          height,
          pixels: Uint8Array.from({ length: width * height }, () => Number(stream.next().value)),
        };
        const reading = readRaster(raster);
        if (reading.outcome !== 'glyphs') return;
        expect(reading.glyphs[0].pixels).toHaveLength(GLYPH_SIZE ** 2);
        const { x, y, width: wide, height: high } = reading.glyphs[0].box;
        expect(x >= 0 && y >= 0 && x + wide <= width && y + high <= height).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
