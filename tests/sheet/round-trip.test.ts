// A sheet's whole way: planned, printed, filled in by a hand that nobody was trained on, photographed at an angle, read. A smaller run of
// models/recipe/sheets/measure.ts.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge, noTally, views, type Tally } from '../../models/recipe/sheets/measure.ts';
import { fillIn, photographed, type CellTruth, type Pose } from '../../models/recipe/sheets/photo.ts';
import { printed } from '../../models/recipe/sheets/print.ts';
import { makeLetters } from '../../models/recipe/scenes/letters.ts';
import type { Canvas } from '../../models/recipe/scenes/canvas.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import type { Raster, Reading } from '../../src/glyph/glyph.ts';
import { readPhoto } from '../../src/glyph/read.ts';
import { greyPng } from '../../src/report/png.ts';
import { planSheets, type Sheet } from '../../src/sheet/layout.ts';

const ids = digits.labels.map(({ id }) => id);
const hands = makeLetters([readBank(readFileSync(new URL('../../models/digits/bank.bin', import.meta.url)))], 'test');
let sheet: Sheet;
let blank: Canvas;

beforeAll(async () => {
  const [planned] = planSheets(digits, ids, 'A4');
  if (planned === undefined) throw new Error('no sheet');
  sheet = planned;
  blank = await printed(sheet, digits);
});

function photo(pose: Pose, seed: number): { readonly photo: Raster; readonly truths: readonly CellTruth[] } {
  const random = makeRandom(0x7e57, seed);
  const { page, truths } = fillIn(blank, sheet, digits, hands.hand(random), random);
  return { photo: photographed(page, sheet, pose, random), truths };
}

const read = (raster: Raster): Promise<Reading> => readPhoto(greyPng(raster.pixels, raster.width, raster.height));

const large: Pose = { width: 1280, height: 960, tilt: 10, turn: 3, bend: 0.5, fill: 0.95 };

describe('a filled sheet', { timeout: 120_000 }, () => {
  test('is read from above, at an angle, upside down and bent; a photo too blurred for its code is told', async () => {
    const tally: Tally = noTally();
    for (const name of ['from above', 'to 35 degrees', 'upside down, 35', 'bent']) {
      for (let seed = 0; seed < 3; seed++) {
        const made = photo(views[name]?.(makeRandom(seed, name.length).next) ?? large, seed);
        await judge(made.photo, sheet, made.truths, tally);
      }
    }
    // The first hand's camera shakes.
    expect(tally.read).toBeGreaterThanOrEqual(8);
    expect(tally.right / tally.filled).toBeGreaterThanOrEqual(0.99);
    expect(tally.emptyTold).toBe(tally.empty);
    expect(tally.crossedTold / tally.crossed).toBeGreaterThanOrEqual(0.85);
  });

  test('half of it is told', async () => {
    const { photo: whole } = photo({ ...large, turn: 0, tilt: 0 }, 1);
    const height = Math.round(0.55 * whole.height);
    const top = { width: whole.width, height, pixels: whole.pixels.slice(0, whole.width * height) };
    const bottom = { width: whole.width, height, pixels: whole.pixels.slice(whole.width * (whole.height - height)) };
    expect((await read(top)).outcome).toBe('sheet-half');
    expect((await read(bottom)).outcome).toBe('sheet-half');
  });
});
