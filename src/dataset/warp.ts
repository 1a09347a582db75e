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

/** Writes one row of the canvas, numbered from the top. */
type WriteRow = (y: number, row: Float32Array) => void;

/**
 * How the value between two nodes is written. The two ways differ in the last bit, so that one glyph in half a million differs by a grey
 * level: shipped models were taught with the one in augmentation, the other in synthesis.
 */
export type Between = 'apart' | 'together';

/** A lattice as wide as the canvas, row by row: bilinear. */
export function latticeRows(lattice: Float32Array, side: number, between: Between): WriteRow {
  // Along its rows once, since many rows of the canvas lie between the same two of them.
  const wide = new Float64Array(LATTICE * side);
  const pitch = (LATTICE - 1) / side;
  for (let x = 0; x < side; x++) {
    const left = (x * pitch) | 0;
    const share = x * pitch - left;
    for (let row = 0; row < LATTICE; row++) {
      const at = row * LATTICE + left;
      const here = lattice[at] ?? 0;
      const next = lattice[at + 1] ?? 0;
      wide[row * side + x] = between === 'apart' ? here + share * (next - here) : here * (1 - share) + next * share;
    }
  }
  return (y, row) => {
    const place = (y / side) * (LATTICE - 1);
    const share = place - (place | 0);
    const above = (place | 0) * side;
    for (let x = 0; x < side; x++) {
      const here = wide[above + x] ?? 0;
      row[x] = here + share * ((wide[above + side + x] ?? 0) - here);
    }
  };
}

interface WarpOptions {
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
  readonly between: Between;
}

/** Where each pixel of the canvas comes from, row by row. */
export function makeWarp(
  options: WarpOptions,
  random: Random,
): (y: number, fromX: Float64Array, fromY: Float64Array) => void {
  const { side, middle, reach, half, uneven, between } = options;
  const [a, b, c, d] = options.matrix;
  const columns = unevenAxis(side, reach, random, uneven);
  const rows = unevenAxis(side, reach, random, uneven);
  const [writeX, writeY] = [latticeRows(options.shiftX, side, between), latticeRows(options.shiftY, side, between)];
  const [moveX, moveY] = [new Float32Array(side), new Float32Array(side)];
  const columnX = Float64Array.from(columns, (column) => middle + a * (half * column));
  const columnY = Float64Array.from(columns, (column) => middle + c * (half * column));
  return (y, fromX, fromY) => {
    writeX(y, moveX);
    writeY(y, moveY);
    const v = half * (rows[y] ?? 0);
    const [rowX, rowY] = [b * v, d * v];
    for (let x = 0; x < side; x++) {
      fromX[x] = (columnX[x] ?? 0) + rowX + (moveX[x] ?? 0);
      fromY[x] = (columnY[x] ?? 0) + rowY + (moveY[x] ?? 0);
    }
  };
}
