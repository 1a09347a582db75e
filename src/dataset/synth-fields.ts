// From a rendering to two distance fields: to its outline and to its middle line. A pen of any width is then one comparison
// a pixel, so that a character is rendered once and written thousands of ways.
import type { Rendering } from './bank.ts';

/** A character ready to be written with any pen. */
export interface FieldShape {
  /** Side of the fields: the rendering with `PAD` pixels of paper around it. */
  readonly side: number;
  /** Side of the rendering, which the ink spans. */
  readonly extent: number;
  /** Signed distance to the outline, negative in the ink, in steps of `FIELD_STEP` pixels of the rendering. */
  readonly outline: Int8Array;
  /** Distance to the middle line of the strokes, likewise. */
  readonly middle: Int8Array;
  /** Half the width of the rendering's strokes, in its pixels: the median over the middle line. */
  readonly halfWidth: number;
  /** The widest pen (its radius) that keeps the strokes apart. */
  readonly widest: number;
}

/** Distances are kept in a byte: fine enough, and no pen reaches farther than they do. */
export const FIELD_STEP = 1 / 8;
const PAD = 12;

/** The fields of a rendering; null when it holds no ink. */
export function shapeOf(rendering: Rendering): FieldShape | null {
  const side = rendering.side + 2 * PAD;
  const ink = new Uint8Array(side * side);
  for (let y = 0; y < rendering.side; y++) {
    ink.set(rendering.bits.subarray(y * rendering.side, (y + 1) * rendering.side), (y + PAD) * side + PAD);
  }
  if (!ink.includes(1)) return null;
  const toInk = distanceTo(ink, 1, side);
  const toPaper = distanceTo(ink, 0, side);
  // The outline runs half a pixel from the centres on either side of it.
  const outline = toInk.map((distance, i) => (distance > 0 ? distance - 0.5 : 0.5 - (toPaper[i] ?? 0)));
  const line = thin(ink, side);
  const widths: number[] = [];
  for (let i = 0; i < line.length; i++) if (line[i] === 1) widths.push(-(outline[i] ?? 0));
  widths.sort((a, b) => a - b);
  const halfWidth = widths[widths.length >> 1] ?? 1;
  // The longer the line, the less room a stroke has on both sides of it.
  const room = (0.36 * rendering.side ** 2) / widths.length;
  const widest = Math.min(0.11 * rendering.side, Math.max(0.03 * rendering.side, room));
  const middle = inSteps(distanceTo(line, 1, side));
  return { side, extent: rendering.side, outline: inSteps(outline), middle, halfWidth, widest };
}

function inSteps(distances: Float32Array): Int8Array {
  const steps = new Int8Array(distances.length);
  for (let i = 0; i < steps.length; i++) {
    steps[i] = Math.max(-128, Math.min(127, Math.round((distances[i] ?? 0) / FIELD_STEP)));
  }
  return steps;
}

/**
 * Euclidean distance of each pixel to the nearest one with this value, at most twice the side: first within its column, then over the
 * row (Felzenszwalb and Huttenlocher, 2012).
 */
function distanceTo(mask: Uint8Array, value: number, side: number): Float32Array {
  const far = 2 * side;
  const squared = new Float64Array(side * side);
  for (let i = 0; i < squared.length; i++) {
    squared[i] = mask[i] === value ? 0 : i < side ? far : Math.min(far, (squared[i - side] ?? 0) + 1);
  }
  for (let i = squared.length - side - 1; i >= 0; i--) {
    squared[i] = Math.min(squared[i] ?? 0, (squared[i + side] ?? 0) + 1);
  }
  for (let i = 0; i < squared.length; i++) squared[i] = (squared[i] ?? 0) ** 2;
  const work = { heights: new Float64Array(side), at: new Int32Array(side), from: new Float64Array(side + 1) };
  for (let y = 0; y < side; y++) lowerEnvelope(squared.subarray(y * side, (y + 1) * side), work);
  const distances = new Float32Array(squared.length);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.sqrt(squared[i] ?? 0);
  return distances;
}

/** What one row needs, kept from row to row. */
interface Workspace {
  readonly heights: Float64Array;
  readonly at: Int32Array;
  readonly from: Float64Array;
}

/** The lower envelope of parabolas that stand on the row's values. */
function lowerEnvelope(row: Float64Array, { heights, at, from }: Workspace): void {
  for (let i = 0; i < row.length; i++) heights[i] = (row[i] ?? 0) + i * i;
  let top = 0;
  at[0] = 0;
  from[0] = -Infinity;
  from[1] = Infinity;
  for (let i = 1; i < row.length; i++) {
    let meet: number;
    for (;;) {
      const j = at[top] ?? 0;
      meet = ((heights[i] ?? 0) - (heights[j] ?? 0)) / (2 * (i - j));
      if (meet > (from[top] ?? 0)) break;
      top--;
    }
    top++;
    at[top] = i;
    from[top] = meet;
    from[top + 1] = Infinity;
  }
  for (let i = 0, k = 0; i < row.length; i++) {
    while ((from[k + 1] ?? 0) < i) k++;
    const j = at[k] ?? 0;
    row[i] = i * i - 2 * i * j + (heights[j] ?? 0);
  }
}

/** The middle line of the ink, one pixel wide (Zhang and Suen, 1984). The border of the picture must be paper. */
function thin(ink: Uint8Array, side: number): Uint8Array {
  const line = ink.slice();
  const around = [-side, 1 - side, 1, side + 1, side, side - 1, -1, -side - 1];
  const inked: number[] = [];
  for (let i = 0; i < line.length; i++) if (line[i] === 1) inked.push(i);
  for (let changed = true; changed;) {
    changed = false;
    for (const half of [0, 1]) {
      const gone: number[] = [];
      for (const i of inked) {
        if (line[i] === 0) continue;
        const north = line[i - side] ?? 0;
        const east = line[i + 1] ?? 0;
        const south = line[i + side] ?? 0;
        const west = line[i - 1] ?? 0;
        // Pixels on this half's edges only; most are deep inside and done with here.
        const inside =
          half === 0 ? (north & east & south) | (east & south & west) : (north & east & west) | (north & south & west);
        if (inside !== 0) continue;
        let neighbours = 0;
        let rises = 0;
        let before = line[i + (around[7] ?? 0)] ?? 0;
        for (const offset of around) {
          const here = line[i + offset] ?? 0;
          neighbours += here;
          if (before === 0 && here === 1) rises++;
          before = here;
        }
        if (rises !== 1 || neighbours < 2 || neighbours > 6) continue;
        gone.push(i);
      }
      for (const i of gone) line[i] = 0;
      if (gone.length > 0) changed = true;
    }
  }
  return line;
}
