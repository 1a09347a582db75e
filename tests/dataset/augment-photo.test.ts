// Photographs that are shown again in other light and from elsewhere are repeatable, stay pictures, and are mirrored only where they may be.
import * as fc from '../support/properties.ts';
import { describe, expect, it } from 'vitest';
import { augmentPhoto, type PhotoChanges, USUAL_PHOTO_CHANGES } from '../../src/dataset/augment-photo.ts';
import { type BatchOptions, makeBatches, openGlyphBatches } from '../../src/dataset/batches.ts';
import { makeRandom } from '../../src/random.ts';

const NONE: PhotoChanges = {
  of: 'photo',
  rotate: 0,
  zoom: 0,
  stretch: 0,
  shear: 0,
  shift: 0,
  perspective: 0,
  bend: 0,
  brightness: 0,
  contrast: 0,
  saturation: 0,
  cast: 0,
  grey: 0,
  blur: 0,
  noise: 0,
  erase: 0,
  mirror: false,
};
const SIDE = 32;
const AREA = SIDE * SIDE;

/** A red square on the left of a green ground: nothing of it is the same in a mirror. */
function picture(): Uint8Array {
  const planes = new Uint8Array(3 * AREA);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const inSquare = x >= 4 && x < 14 && y >= 8 && y < 18;
      const colours = inSquare ? [200, 40, 60] : [60, 120 + x, 70];
      colours.forEach((level, colour) => (planes[colour * AREA + y * SIDE + x] = level));
    }
  return planes;
}

function changed(seed: number, changes: PhotoChanges, of = picture()): Float32Array {
  const out = new Float32Array(3 * AREA + 5).fill(-1);
  augmentPhoto(of, SIDE, makeRandom(seed), changes, out, 5);
  expect([...out.subarray(0, 5)]).toEqual([-1, -1, -1, -1, -1]);
  return out.subarray(5);
}

const levels = (planes: Uint8Array): Float32Array => Float32Array.from(planes, (level) => level / 255);
const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, each, i) => sum + Math.abs(each - (b[i] ?? 0)), 0) / a.length;
/** How much more red there is on the left than on the right. */
const leaning = (planes: Float32Array): number =>
  planes.subarray(0, AREA).reduce((sum, red, i) => sum + (i % SIDE < SIDE / 2 ? red : -red), 0);

describe('a photograph', () => {
  it('is the same for the same seed and another for another, and never leaves 0 … 1', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ minLength: 3 * AREA, maxLength: 3 * AREA }), (seed, noise) => {
        for (const of of [picture(), noise, new Uint8Array(3 * AREA), new Uint8Array(3 * AREA).fill(255)]) {
          const once = changed(seed, USUAL_PHOTO_CHANGES, of);
          expect(changed(seed, USUAL_PHOTO_CHANGES, of)).toEqual(once);
          expect(once.every((level) => level >= 0 && level <= 1)).toBe(true);
        }
        const once = changed(seed, USUAL_PHOTO_CHANGES);
        expect(changed(seed + 1, USUAL_PHOTO_CHANGES)).not.toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it('is itself where nothing may change', () => {
    expect(apart(changed(1, NONE), levels(picture()))).toBeLessThan(1e-3);
  });

  it('is changed by each change alone', () => {
    const each = Object.entries(USUAL_PHOTO_CHANGES).filter(([, most]) => typeof most === 'number');
    expect(each).toHaveLength(15);
    for (const [name, most] of each) {
      const often = ['grey', 'blur', 'erase'].includes(name) ? 1 : (most as number);
      const largest = Math.max(
        ...[1, 2, 3].map((seed) => apart(changed(seed, { ...NONE, [name]: often }), levels(picture()))),
      );
      expect(largest, name).toBeGreaterThan(1e-3);
    }
  });

  it('is mirrored half of the time where it may be, else never', () => {
    const leaningLeft = (mirror: boolean): number =>
      Array.from({ length: 200 }, (_, seed) =>
        leaning(changed(seed, { ...NONE, rotate: 10, shift: 0.05, mirror })),
      ).filter((each) => each > 0).length;
    expect(leaningLeft(false)).toBe(200);
    const half = leaningLeft(true);
    expect(half).toBeGreaterThan(70);
    expect(half).toBeLessThan(130);
    // An exact mirror image.
    const seed = [1, 2, 3, 4, 5, 6, 7, 8].find((each) => leaning(changed(each, { ...NONE, mirror: true })) < 0) ?? 0;
    const [turned, as] = [changed(seed, { ...NONE, mirror: true }), levels(picture())];
    const again = turned.map((_, i) => turned[Math.floor(i / SIDE) * SIDE + SIDE - 1 - (i % SIDE)] ?? 0);
    expect(apart(again, as)).toBeLessThan(1e-3);
  });

  it('has no empty corners', () => {
    const white = new Uint8Array(3 * AREA).fill(200);
    const far = { ...NONE, rotate: 45, zoom: 1, shift: 0.4, perspective: 0.4, shear: 0.4, bend: 0.05 };
    for (let seed = 0; seed < 50; seed++) expect(apart(changed(seed, far, white), levels(white))).toBeLessThan(1e-3);
  });
});

it('batches of photographs come from the thread as from the pure function', async () => {
  const count = 5;
  const pixels = new Uint8Array(new SharedArrayBuffer(count * 3 * AREA));
  for (let i = 0; i < count; i++) pixels.set(picture(), i * 3 * AREA);
  const options: BatchOptions = {
    glyphs: { size: 40, area: 3 * AREA, pixels, answers: Int32Array.from([0, -1, 1, -1, 2, -1, 0, -1, 1, -1]) },
    outputs: 3,
    batch: 2,
    seed: 7,
    augment: USUAL_PHOTO_CHANGES,
  };
  const make = makeBatches(options);
  const source = openGlyphBatches(options);
  try {
    for (const [epoch, index] of [
      [0, 0],
      [0, 2],
      [3, 1],
    ] as const) {
      const made = make(epoch, index);
      expect(made.inputs).toHaveLength(2 * 3 * AREA);
      expect(await source.batch(epoch, index)).toEqual(made);
    }
  } finally {
    await source.close();
  }
});
