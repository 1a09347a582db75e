// The last step of every way to a glyph (photo, drawing, imported set, augmented or synthesised sample): whatever ink a patch
// holds is scaled to one size, its aspect kept, and centred by mass. One function, so that training sees what photos give.
import { GLYPH_SIZE } from './glyph.ts';

/** The longer side of the ink takes this share of the glyph's side; the rest is room for centring by mass. */
export const INK_SHARE = 0.8;
/** Ink fainter than this share of full does not count as the character's extent. */
const EXTENT_LEVEL = 0.35 * 255;

/** Soft ink: 0 paper … 255 ink, row by row. */
export interface InkPatch {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array | Float32Array;
}

/** The patch's ink as a glyph of size × size pixels, 0 … 255; null when it holds none. */
export function normaliseInk(patch: InkPatch, size: number = GLYPH_SIZE): Uint8Array | null {
  const extent = measure(patch);
  if (extent === null) return null;
  const { left, top, right, bottom, massX, massY } = extent;
  const longer = Math.max(right - left, bottom - top);
  const scale = (INK_SHARE * size) / longer;
  // Where the glyph's left or top border falls in the patch: mass in the middle, but never so far that ink is cut off.
  const originX = place(massX, left, right, size, scale);
  const originY = place(massY, top, bottom, size, scale);
  const columns = taps(size, scale, originX, patch.width);
  const rows = taps(size, scale, originY, patch.height);
  return resample(patch, size, columns, rows, extent);
}

interface Extent {
  readonly left: number;
  readonly top: number;
  /** Exclusive. */
  readonly right: number;
  readonly bottom: number;
  /** Rows with any ink at all; the second exclusive. */
  readonly inkTop: number;
  readonly inkBottom: number;
  readonly massX: number;
  readonly massY: number;
}

function measure({ width, height, ink }: InkPatch): Extent | null {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  let inkTop = 0;
  let inkBottom = 0;
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, i = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++, i++) {
      const level = ink[i] ?? 0;
      if (level === 0) continue;
      row += level;
      sumX += level * x;
      if (level < EXTENT_LEVEL) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
    }
    if (row === 0) continue;
    mass += row;
    sumY += row * y;
    if (inkBottom === 0) inkTop = y;
    inkBottom = y + 1;
  }
  if (right <= left) return null;
  return { left, top, right, bottom, inkTop, inkBottom, massX: sumX / mass + 0.5, massY: sumY / mass + 0.5 };
}

function place(mass: number, low: number, high: number, size: number, scale: number): number {
  const side = size / scale;
  const margin = 1 / scale;
  return Math.min(Math.max(mass - side / 2, high + margin - side), low - margin);
}

/** For each pixel of one axis of the glyph, which source pixels it takes and how much of each. */
interface Taps {
  readonly first: Int32Array;
  readonly count: number;
  readonly weights: Float32Array;
}

/** A triangle filter as wide as the larger pixel: averages when shrinking, interpolates when growing. */
function taps(size: number, scale: number, origin: number, length: number): Taps {
  const radius = Math.max(1, 1 / scale);
  const count = Math.ceil(2 * radius) + 1;
  const first = new Int32Array(size);
  const weights = new Float32Array(size * count);
  for (let i = 0; i < size; i++) {
    const centre = origin + (i + 0.5) / scale - 0.5;
    const start = Math.ceil(centre - radius);
    // Reading starts inside the patch; beyond it there is paper, which weighs but adds nothing.
    const read = Math.min(Math.max(0, start), Math.max(0, length - count));
    first[i] = read;
    let total = 0;
    for (let k = 0; k < count; k++) total += Math.max(0, 1 - Math.abs(start + k - centre) / radius);
    for (let k = 0; k < Math.min(count, length); k++) {
      weights[i * count + k] = Math.max(0, 1 - Math.abs(read + k - centre) / radius) / total;
    }
  }
  return { first, count, weights };
}

function resample({ width, ink }: InkPatch, size: number, columns: Taps, rows: Taps, extent: Extent): Uint8Array {
  // Only rows with ink are worth narrowing; ink fainter than the extent's level may stand a little outside of it.
  const { inkTop, inkBottom } = extent;
  const narrow = new Float32Array(size * (inkBottom - inkTop));
  const { first, count, weights } = columns;
  for (let y = inkTop; y < inkBottom; y++) {
    for (let x = 0; x < size; x++) {
      const start = y * width + (first[x] ?? 0);
      const at = x * count;
      let sum = 0;
      for (let k = 0; k < count; k++) sum += (weights[at + k] ?? 0) * (ink[start + k] ?? 0);
      narrow[(y - inkTop) * size + x] = sum;
    }
  }
  const glyph = new Uint8Array(size * size);
  const line = new Float32Array(size);
  for (let y = 0; y < size; y++) {
    line.fill(0);
    for (let k = 0; k < rows.count; k++) {
      const weight = rows.weights[y * rows.count + k] ?? 0;
      const from = (rows.first[y] ?? 0) + k;
      if (weight === 0 || from < inkTop || from >= inkBottom) continue;
      const start = (from - inkTop) * size;
      for (let x = 0; x < size; x++) line[x] = (line[x] ?? 0) + weight * (narrow[start + x] ?? 0);
    }
    for (let x = 0; x < size; x++) glyph[y * size + x] = Math.min(255, (line[x] ?? 0) + 0.5);
  }
  return glyph;
}
