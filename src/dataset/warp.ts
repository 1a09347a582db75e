// Where the pixels of a canvas come from when a character is written anew: turned, slanted, its parts uneven, bent by smooth noise.
// Augmentation resamples a glyph through it, synthesis the fields of a shape.
import type { Random } from '../random.ts';
import { unevenAxis } from './proportions.ts';
import { addSmoothNoise } from './synth-noise.ts';

/** Nodes along a side of a lattice: noise is smooth, and a value for each pixel would cost the most. */
const LATTICE = 17;
const NODES = LATTICE * LATTICE;

/** Adds smooth noise over the whole canvas, in waves of this many cells along a side. */
export function addWaves(lattice: Float32Array, cells: number, deviation: number, random: Random): Float32Array {
  addSmoothNoise(lattice, LATTICE, cells, deviation, random);
  return lattice;
}

export const flatLattice = (): Float32Array => new Float32Array(NODES);

/** One row of a lattice, at `place` (0 top … 1 bottom), for each column of the canvas: bilinear. */
export function latticeRow(lattice: Float32Array, place: number, row: Float32Array): void {
  const y = place * (LATTICE - 1);
  const top = (y | 0) * LATTICE;
  const shareY = y - (y | 0);
  const pitch = (LATTICE - 1) / row.length;
  for (let i = 0; i < row.length; i++) {
    const x = i * pitch;
    const at = top + (x | 0);
    const shareX = x - (x | 0);
    const above = (lattice[at] ?? 0) + shareX * ((lattice[at + 1] ?? 0) - (lattice[at] ?? 0));
    const belowLeft = lattice[at + LATTICE] ?? 0;
    const below = belowLeft + shareX * ((lattice[at + LATTICE + 1] ?? 0) - belowLeft);
    row[i] = above + shareY * (below - above);
  }
}

export interface WarpOptions {
  /** Side of the canvas, in pixels. */
  readonly side: number;
  /** From the canvas back to the character, whose middle is here along both axes … */
  readonly matrix: readonly [number, number, number, number];
  readonly middle: number;
  /** … and whose ends are this far from it: on the canvas, and in what the matrix takes. */
  readonly reach: number;
  readonly half: number;
  /** How unevenly its parts grow (see proportions.ts). */
  readonly uneven: number;
  /** Lattices of shifts, in pixels of the character. */
  readonly shiftX: Float32Array;
  readonly shiftY: Float32Array;
}

/** Writes where each pixel of one row of the canvas comes from. */
export type WarpRow = (y: number, fromX: Float64Array, fromY: Float64Array) => void;

export function makeWarp(options: WarpOptions, random: Random): WarpRow {
  const { side, matrix, middle, reach, half, uneven, shiftX, shiftY } = options;
  const [a, b, c, d] = matrix;
  const columns = unevenAxis(side, reach, random, uneven);
  const rows = unevenAxis(side, reach, random, uneven);
  const moveX = new Float32Array(side);
  const moveY = new Float32Array(side);
  return (y, fromX, fromY) => {
    const v = half * (rows[y] ?? 0);
    latticeRow(shiftX, y / side, moveX);
    latticeRow(shiftY, y / side, moveY);
    for (let x = 0; x < side; x++) {
      const u = half * (columns[x] ?? 0);
      fromX[x] = middle + a * u + b * v + (moveX[x] ?? 0);
      fromY[x] = middle + c * u + d * v + (moveY[x] ?? 0);
    }
  };
}
