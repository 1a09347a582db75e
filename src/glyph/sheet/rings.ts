// Finds the rings in the corners of a practice sheet: from side to side dark, light, dark, light, dark in five equal parts, whichever
// way one looks. Every photo is searched for them, so rows are read in steps, and only what fits is looked at again.
import type { Raster } from '../glyph.ts';
import { noiseOf } from '../threshold.ts';
import { findEdges, makeEdges, type LineEdges } from './edges.ts';

export interface Ring {
  readonly x: number;
  readonly y: number;
  /** Pixels of one of its five parts, along a row and along a column. */
  readonly wide: number;
  readonly high: number;
}

/** An edge is a step of at least so many grey levels, and of so many deviations of the picture's noise, which a band of it tells. */
const STEP = 18;
const NOISES = 3;
const BAND = 24;
/** Every so many rows are read; a ring is crossed by at least two of them. */
const EVERY = 2;
/** How much a ring may differ from what was printed. */
interface Tolerance {
  /** Pixels of a part, at least: less cannot be told from noise. */
  readonly least: number;
  /** How far each of the five may be from their mean, in parts and in pixels. */
  readonly parts: number;
  readonly pixels: number;
  /** How far the four directions may be from those of an ellipse. */
  readonly ellipse: number;
  /** How often a photo is looked at again; a sheet needs some hundred times, and what lies around it may ask for more. */
  readonly looks: number;
}
/** At first sight, since most photos show none; and once there is reason to look closely. */
export const SIGHT: Tolerance = { least: 1.8, parts: 0.35, pixels: 0.4, ellipse: 0.18, looks: 1200 };
export const CLOSE: Tolerance = { least: 1.4, parts: 0.4, pixels: 0.5, ellipse: 0.25, looks: 50_000 };
const MOST_RINGS = 24;

const row = makeEdges();
const look = makeEdges(256);

/** The rings in a picture, in no order. */
export function findRings(raster: Raster, tolerance: Tolerance): readonly Ring[] {
  const { width, height, pixels } = raster;
  const rings: Ring[] = [];
  let looks = 0;
  const step = stepOf(raster);
  for (let y = EVERY; y < height; y += EVERY) {
    findEdges(pixels, y * width, 1, width, step, row);
    for (let i = row.falls ? 0 : 1; i + 5 < row.count; i += 2) {
      const part = partOf(row, i, tolerance);
      if (part === 0) continue;
      const x = ((row.at[i + 2] ?? 0) + (row.at[i + 3] ?? 0)) / 2;
      if (rings.some((ring) => Math.abs(ring.x - x) < 3 * ring.wide && Math.abs(ring.y - y) < 3 * ring.high)) continue;
      if (++looks > tolerance.looks) return rings;
      const ring = ringAt(raster, x, y, part, tolerance, step);
      if (ring !== null && rings.push(ring) === MOST_RINGS) return rings;
    }
  }
  return rings;
}

/** Grey levels of the least step that is no noise. */
function stepOf({ width, height, pixels }: Raster): number {
  const rows = Math.min(BAND, height);
  const from = ((height - rows) >> 1) * width;
  const band = { width, height: rows, pixels: pixels.subarray(from, from + rows * width) };
  return Math.max(STEP, NOISES * noiseOf(band));
}

/** The length of a part where the six edges from here on are a ring's; 0 where they are not. */
function partOf({ at }: LineEdges, i: number, { least, parts, pixels }: Tolerance): number {
  const part = ((at[i + 5] ?? 0) - (at[i] ?? 0)) / 5;
  if (part < least) return 0;
  const stray = parts * part + pixels;
  for (let k = i; k < i + 5; k++) {
    if (Math.abs((at[k + 1] ?? 0) - (at[k] ?? 0) - part) > stray) return 0;
  }
  return part;
}

/** The ring around this place; null where one of four directions shows none. */
export function ringAt(
  raster: Raster,
  nearX: number,
  nearY: number,
  part: number,
  tolerance: Tolerance,
  step = stepOf(raster),
): Ring | null {
  const down = through(raster, nearX, nearY, part, 0, 1, tolerance, step);
  if (down === null) return null;
  const y = nearY + down.off;
  const right = through(raster, nearX, y, part, 1, 0, tolerance, step);
  if (right === null) return null;
  const x = nearX + right.off;
  const [falling, rising] = [
    through(raster, x, y, part, 1, 1, tolerance, step),
    through(raster, x, y, part, 1, -1, tolerance, step),
  ];
  if (falling === null || rising === null) return null;
  // Of an ellipse's half axes, 1 / a² of directions at right angles have one sum.
  const squares = (a: number, b: number): number => 1 / a ** 2 + 1 / b ** 2;
  const upright = squares(right.part, down.part);
  const slanted = squares(Math.SQRT2 * falling.part, Math.SQRT2 * rising.part);
  if (Math.abs(upright - slanted) > tolerance.ellipse * 2 * upright) return null;
  return { x, y, wide: right.part, high: down.part };
}

/** The five parts along a line through this place: how far (steps) their middle is from it, and how long one is. */
function through(
  { width, height, pixels }: Raster,
  nearX: number,
  nearY: number,
  part: number,
  dx: number,
  dy: number,
  tolerance: Tolerance,
  least: number,
): { readonly off: number; readonly part: number } | null {
  const [x, y] = [Math.round(nearX), Math.round(nearY)];
  const reach = Math.ceil(4.5 * part);
  const room = (at: number, by: number, size: number): number => (by === 0 ? reach : by > 0 ? size - 1 - at : at);
  const before = Math.min(reach, room(x, -dx, width), room(y, -dy, height));
  const after = Math.min(reach, room(x, dx, width), room(y, dy, height));
  if (before < 2 * part || after < 2 * part) return null;
  const stride = dy * width + dx;
  findEdges(pixels, y * width + x - before * stride, stride, before + after + 1, least, look);
  for (let i = look.falls ? 0 : 1; i + 5 < look.count; i += 2) {
    if ((look.at[i + 2] ?? 0) > before + 1 || (look.at[i + 3] ?? 0) < before - 1) continue;
    const found = partOf(look, i, tolerance);
    if (found === 0) continue;
    let middle = 0;
    for (let k = i; k < i + 6; k++) middle += look.at[k] ?? 0;
    const off = middle / 6 - before;
    return { off: dx === 0 ? off + y - nearY : off + (dy === 0 ? x - nearX : 0), part: found };
  }
  return null;
}
