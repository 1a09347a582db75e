// Train or test, fixed when a sample is saved. Pure, so that the promise "no leak, for ever" can be tested by itself.
//
// - A copy of a photo that the same person sent before goes where the first went (the store asks `looks`, `sameGlyph`).
// - Everything of a test-only contributor is test: one newcomer in ten, by hash, once ten people teach.
// - Of all other samples a fifth is test (of pictures a tenth), drawn by hash of person and glyph; but where a label's test share has fallen
//   a whole sample behind, or run a whole sample ahead, the count decides. So every label keeps its share, from its
//   fifth sample on, and nobody can choose where a glyph goes.
import { createHash } from 'node:crypto';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import type { SplitFacts, Splitter } from '../store/splitter.ts';
import type { Split } from '../store/splitter.ts';

/** Test-only contributors start when so many people teach … */
const CROWD = 10;
/** … and are one newcomer in so many. */
const ONE_IN = 10;

/** A stable number in [0, 1) for a text. */
function unitOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

function draw({ glyph, contributor, testOnly, contentHash, label }: SplitFacts): Split {
  if (testOnly) return 'test';
  const share = kindOfGlyph(glyph).testShare;
  const behind = share * (label.train + label.test + 1) - label.test;
  // A hair's breadth, since five fifths are not exactly one.
  if (behind > 1 - 1e-9) return 'test';
  if (behind < -1 + 1e-9) return 'train';
  return unitOf(`split ${contributor} ${contentHash}`) < share ? 'test' : 'train';
}

// What a copy is was measured on digits photographed once and sent again, scaled and recompressed: at most 3 of 100 cells
// flipped, all doubtful ones, the mean difference was at most 2.7 and that of the worst cell 17. Different drawings of one digit by 3,000
// hands were never closer than 24 in the worst cell.

/** The glyph is looked at in a grid of so many cells a side, which averages away what recompression changes. */
const GRID = 10;
/** A cell counts as inked from this mean on: few cells lie near it. */
const INKED = 96;
/** So many cells nearest to that may have been on the other side: every combination of them is looked for. */
const DOUBTFUL = 5;
/** Copies of one photo differ by no more than this: mean over all pixels … */
const MEAN_DIFFERENCE = 3;
/** … and mean over any one cell. */
const CELL_DIFFERENCE = 20;

/** Which cell a pixel lies in. */
const CELL_OF = Uint8Array.from({ length: GLYPH_SIZE ** 2 }, (_, index) => {
  const row = Math.floor((Math.floor(index / GLYPH_SIZE) * GRID) / GLYPH_SIZE);
  const column = Math.floor(((index % GLYPH_SIZE) * GRID) / GLYPH_SIZE);
  return row * GRID + column;
});
const CELL_PIXELS = CELL_OF.length / GRID ** 2;

/** Mean of each cell of the grid. */
function cellsOf(pixels: Uint8Array): Float64Array {
  const means = new Float64Array(GRID ** 2);
  for (let i = 0; i < CELL_OF.length; i++) means[CELL_OF[i]!]! += pixels[i]! / CELL_PIXELS;
  return means;
}

/** A number for every cell; a look is the exclusive or of those of its inked cells, so flipping one is one operation. */
const CELL_HASHES = Array.from({ length: GRID ** 2 }, (_, cell) => {
  const digest = createHash('sha256')
    .update(`cell ${String(cell)}`)
    .digest();
  return [digest.readUInt32BE(0), digest.readUInt16BE(4)] as const;
});

function looks(glyph: Uint8Array): readonly [number, ...number[]] {
  const means = kindOfGlyph(glyph).cells(glyph) ?? cellsOf(glyph);
  let [high, low] = [0, 0];
  const doubts: { readonly cell: number; readonly doubt: number }[] = [];
  means.forEach((mean, cell) => {
    doubts.push({ cell, doubt: Math.abs(mean - INKED) });
    if (mean < INKED) return;
    high ^= CELL_HASHES[cell]![0];
    low ^= CELL_HASHES[cell]![1];
  });
  doubts.sort((a, b) => a.doubt - b.doubt);
  const found: [number, number][] = [[high, low]];
  for (const { cell } of doubts.slice(0, DOUBTFUL)) {
    const [flipHigh, flipLow] = CELL_HASHES[cell]!;
    found.push(...found.map(([a, b]): [number, number] => [a ^ flipHigh, b ^ flipLow]));
  }
  // 48 bits, which a number holds exactly.
  const [own = 0, ...others] = found.map(([a, b]) => (a >>> 0) * 2 ** 16 + b);
  return [own, ...others];
}

function sameGlyph(a: Uint8Array, b: Uint8Array): boolean {
  const [afar, other] = [kindOfGlyph(a).cells(a), kindOfGlyph(b).cells(b)];
  if (afar !== null && other !== null) return sameFromAfar(afar, other);
  if (a.length !== b.length) return false;
  const difference = new Uint8Array(a.length);
  let sum = 0;
  const limit = MEAN_DIFFERENCE * a.length;
  for (let i = 0; i < a.length; i++) {
    sum += difference[i] = Math.abs(a[i]! - b[i]!);
    if (sum > limit) return false;
  }
  return cellsOf(difference).every((mean) => mean <= CELL_DIFFERENCE);
}

/** The same limits, where only cells are known. */
function sameFromAfar(a: Uint8Array, b: Uint8Array): boolean {
  const differences = a.map((cell, at) => Math.abs(cell - (b[at] ?? 0)));
  const sum = differences.reduce((all, each) => all + each, 0);
  return sum <= MEAN_DIFFERENCE * a.length && differences.every((each) => each <= CELL_DIFFERENCE);
}

export const splitter: Splitter = {
  draw,
  testOnly: ({ contributor, contributors, exempt }) =>
    !exempt && contributors >= CROWD && unitOf(`test-only ${contributor}`) < 1 / ONE_IN,
  looks,
  sameGlyph,
};
