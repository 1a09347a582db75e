// Photos that the rules alone read wrong, read with the finder beside them: frames in the middle of a photo, characters that are single
// strokes, pictures without any writing.
import { describe, expect, it } from 'vitest';
import { load } from '../../src/find/find.ts';
import type { Raster } from '../../src/glyph/glyph.ts';
import { readPicture, readRaster } from '../../src/glyph/read.ts';
import { drawSeven, likeness, type Drawing } from './pictures.ts';

const SEVEN: Drawing = { width: 640, height: 480, x: 260, y: 160, size: 120, pen: 0.08 };

function drawnOn(raster: Raster, ink: (x: number, y: number) => boolean, level = 40): Raster {
  const pixels = raster.pixels.map((grey, i) => (ink(i % raster.width, Math.floor(i / raster.width)) ? level : grey));
  return { ...raster, pixels };
}

const blank: Raster = { width: 640, height: 480, pixels: new Uint8Array(640 * 480).fill(220) };

describe('with the finder', () => {
  it('a frame in the middle of the photo is not read', async () => {
    const framed = drawnOn(drawSeven(SEVEN), (x, y) => {
      const [away, beyond] = [Math.max(Math.abs(x - 320), Math.abs(y - 220)), 100];
      return away > beyond - 3 && away < beyond + 3;
    });
    const [alone, read] = [readRaster(drawSeven(SEVEN)), await readPicture(framed)];
    if (alone.outcome !== 'glyphs' || read.outcome !== 'glyphs') throw new Error(`${alone.outcome}, ${read.outcome}`);
    expect(likeness(alone.glyphs[0].pixels, read.glyphs[0].pixels)).toBeGreaterThan(0.95);
  });

  it('sevens beside and below one another are several', async () => {
    const places = [0, 1, 2, 3].map((place) => ({ x: 150 + 190 * (place % 2), y: 90 + 170 * Math.floor(place / 2) }));
    const sevens = places.map((place) => drawSeven({ ...SEVEN, size: 90, ...place }));
    const together = {
      ...blank,
      pixels: blank.pixels.map((_, i) => Math.min(...sevens.map(({ pixels }) => pixels[i] ?? 0))),
    };
    expect(await readPicture(together)).toEqual({ outcome: 'several-characters' });
  });

  it('one seven is one, large and small', async () => {
    for (const size of [60, 120, 240]) {
      const reading = await readPicture(drawSeven({ ...SEVEN, x: 320 - size / 2, y: 240 - size / 2, size }));
      expect(reading).toEqual(readRaster(drawSeven({ ...SEVEN, x: 320 - size / 2, y: 240 - size / 2, size })));
    }
  });
});

it('a finder that is missing is told in a sentence that says what to do', async () => {
  await expect(load(new URL('file:///nowhere/model.onnx'))).rejects.toThrow('restore it from the release');
});
