// Train or test, fixed when a sample is saved. Pure, so that the promise "no leak, for ever" can be tested by itself.
//
// - A copy of a photo that the same person sent before goes where the first went (the store asks `looks`, `sameGlyph`).
// - Everything of a test-only contributor is test: one newcomer in ten, by hash, once ten people teach.
// - Of all other samples a fifth is test, drawn by hash of person and glyph; but where a label's test share has fallen
//   a whole sample behind, or run a whole sample ahead, the count decides. So every label keeps its share, from its
//   fifth sample on, and nobody can choose where a glyph goes.
import { createHash } from 'node:crypto';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import type { SplitFacts, Splitter } from '../store/splitter.ts';
import type { Split } from '../store/samples.ts';

/** The share of samples kept for testing. */
export const TEST_SHARE = 0.2;
/** Test-only contributors start when so many people teach … */
const CROWD = 10;
/** … and are one newcomer in so many. */
const ONE_IN = 10;

/** A stable number in [0, 1) for a text. */
function unitOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

function draw({ contributor, testOnly, contentHash, label }: SplitFacts): Split {
  if (testOnly) return 'test';
  const behind = TEST_SHARE * (label.train + label.test + 1) - label.test;
  // A hair's breadth, since five fifths are not exactly one.
  if (behind > 1 - 1e-9) return 'test';
  if (behind < -1 + 1e-9) return 'train';
  return unitOf(`split ${contributor} ${contentHash}`) < TEST_SHARE ? 'test' : 'train';
}

/** The glyph is looked at in a grid of so many cells a side, which averages away what recompression changes. */
const GRID = 10;
/** The cells are dealt out to so many looks; a copy must agree with the first photo in one of them wholly. */
const LOOKS = 4;
/** A cell counts as inked from this mean on: few cells lie near it. */
const INKED = 96;
/** Copies of one photo differ by less than this: mean over all pixels … */
const MEAN_DIFFERENCE = 3;
/** … and mean over any one cell. */
const CELL_DIFFERENCE = 20;

/** Mean of each cell of the grid. */
function cellsOf(pixels: (index: number) => number): Float64Array {
  const sums = new Float64Array(GRID * GRID);
  const counts = new Float64Array(GRID * GRID);
  for (let y = 0; y < GLYPH_SIZE; y++) {
    for (let x = 0; x < GLYPH_SIZE; x++) {
      const cell = Math.floor((y * GRID) / GLYPH_SIZE) * GRID + Math.floor((x * GRID) / GLYPH_SIZE);
      sums[cell]! += pixels(y * GLYPH_SIZE + x);
      counts[cell]! += 1;
    }
  }
  return sums.map((sum, cell) => sum / counts[cell]!);
}

function looks(glyph: Uint8Array): readonly number[] {
  const keys = Array.from({ length: LOOKS }, (_, look) => look);
  cellsOf((index) => glyph[index]!).forEach((mean, cell) => {
    // Neighbouring cells go to different looks, so that each look sees the whole glyph.
    const look = (cell % 2) + 2 * (Math.floor(cell / GRID) % 2);
    keys[look] = keys[look]! * 2 + Number(mean >= INKED);
  });
  return keys;
}

function sameGlyph(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let sum = 0;
  const limit = MEAN_DIFFERENCE * a.length;
  for (let i = 0; i < a.length; i++) {
    sum += Math.abs(a[i]! - b[i]!);
    if (sum > limit) return false;
  }
  return cellsOf((index) => Math.abs(a[index]! - b[index]!)).every((mean) => mean <= CELL_DIFFERENCE);
}

export const splitter: Splitter = {
  draw,
  testOnly: ({ contributor, contributors, exempt }) =>
    !exempt && contributors >= CROWD && unitOf(`test-only ${contributor}`) < 1 / ONE_IN,
  looks,
  sameGlyph,
};
