// Augmented glyphs stay glyphs and are repeatable; the batches of the thread are those of the pure function.
import * as fc from '../support/properties.ts';
import { describe, expect, it } from 'vitest';

import { augmentGlyph, type AugmentOptions, USUAL_AUGMENTATION } from '../../src/dataset/augment.ts';
import { type BatchOptions, makeBatches, openGlyphBatches } from '../../src/dataset/batches.ts';
import { makeRandom } from '../../src/random.ts';
import { readRaster } from '../../src/glyph/read.ts';
import { drawSeven, likeness } from '../support/pictures.ts';

const NONE: AugmentOptions = {
  rotate: 0,
  stretch: 0,
  shear: 0,
  uneven: 0,
  bend: 0,
  wobble: 0,
  pen: 0,
  shift: 0,
  scale: 0,
  blur: 0,
  erase: 0,
  noise: 0,
};

function glyphOf(pen: number, size: number): Uint8Array {
  const reading = readRaster(drawSeven({ width: 120, height: 120, x: 20, y: 20, size: 80, pen }), size);
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  return reading.glyphs[0].pixels;
}

function augmented(glyph: Uint8Array, size: number, seed: number, options: AugmentOptions): Uint8Array {
  const out = new Float32Array(size * size);
  augmentGlyph(glyph, size, makeRandom(seed), options, out, 0);
  return Uint8Array.from(out, (ink) => Math.round(255 * ink));
}
const inkOf = (glyph: Uint8Array): number => glyph.reduce((sum, ink) => sum + ink, 0);

describe('augmentGlyph', () => {
  it('gives the same for the same seed, another for another, and stays recognisable', () => {
    const glyph = glyphOf(0.1, 40);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const once = augmented(glyph, 40, seed, USUAL_AUGMENTATION);
        expect(augmented(glyph, 40, seed, USUAL_AUGMENTATION)).toEqual(once);
        expect(augmented(glyph, 40, seed + 1, USUAL_AUGMENTATION)).not.toEqual(once);
        expect(likeness(once, glyph)).toBeGreaterThan(0.2);
      }),
      { numRuns: 100 },
    );
  });

  it.each([28, 32, 40])('hardly changes a glyph of %i pixels when nothing may change', (size) => {
    const glyph = glyphOf(0.12, size);
    expect(likeness(augmented(glyph, size, 1, NONE), glyph)).toBeGreaterThan(0.97);
  });

  it('makes strokes thicker and thinner', () => {
    const glyph = glyphOf(0.1, 40);
    const inks = Array.from({ length: 40 }, (_, seed) => inkOf(augmented(glyph, 40, seed, { ...NONE, pen: 2 })));
    expect(Math.min(...inks)).toBeLessThan(0.7 * inkOf(glyph));
    expect(Math.max(...inks)).toBeGreaterThan(1.2 * inkOf(glyph));
  });

  it('takes any pixels, blank and full ones too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), fc.nat(), (pixels, seed) => {
        for (const glyph of [pixels, new Uint8Array(256), new Uint8Array(256).fill(255)]) {
          const out = new Float32Array(256).fill(NaN);
          augmentGlyph(glyph, 16, makeRandom(seed), USUAL_AUGMENTATION, out, 0);
          expect(out.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('batches', () => {
  const count = 5;
  const options = (augment: AugmentOptions | null): BatchOptions => ({
    glyphs: {
      size: 28,
      pixels: Uint8Array.from(Array.from({ length: count }, (_, i) => [...glyphOf(0.08 + i / 50, 28)]).flat()),
      answers: Int32Array.from([0, -1, 1, -1, 2, -1, 0, 2, 1, -1]),
      weights: Float32Array.from([1, 2, 3, 4, 5]),
    },
    outputs: 3,
    batch: 2,
    seed: 7,
    augment,
  });

  it('hold every glyph once an epoch, in another order each, and fill up the last one', () => {
    const make = makeBatches(options(null));
    const orders = [0, 1, 2, 3].map((epoch) => [0, 1, 2].flatMap((index) => [...make(epoch, index).weights]));
    for (const order of orders) {
      expect(new Set(order.slice(0, count)).size).toBe(count);
      expect(order[count]).toBe(order[0]);
    }
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(1);
  });

  it('mark every right answer', () => {
    const make = makeBatches(options(null));
    const rows = [0, 1, 2].flatMap((index) => {
      const { targets, weights } = make(0, index);
      return [0, 1].map((i) => [weights[i], [...targets.subarray(3 * i, 3 * i + 3)]] as const);
    });
    const byWeight = new Map(rows);
    expect(byWeight.get(4)).toEqual([1, 0, 1]);
    expect(byWeight.get(5)).toEqual([0, 1, 0]);
  });

  it('come from the thread as from the pure function, in any order', async () => {
    const make = makeBatches(options(USUAL_AUGMENTATION));
    const source = openGlyphBatches(options(USUAL_AUGMENTATION));
    try {
      expect(source.batchesPerEpoch).toBe(3);
      for (const [epoch, index] of [
        [0, 0],
        [0, 1],
        [0, 2],
        [1, 0],
        [5, 2],
        [0, 1],
      ] as const) {
        expect(await source.batch(epoch, index)).toEqual(make(epoch, index));
      }
    } finally {
      await source.close();
    }
    await expect(source.batch(9, 0)).rejects.toThrow(/ended/u);
  });

  it('say so when the thread fails', async () => {
    const bad = options(null);
    const source = openGlyphBatches({ ...bad, glyphs: { ...bad.glyphs, answers: new Int32Array() } });
    await expect(source.batch(0, 0)).rejects.toThrow(/failed/u);
    await source.close();
  });
});
