// One cell of a practice sheet: its printed frame is looked for (paper bends), what is inside becomes a glyph as any other ink does, and
// empty and crossed-out ones are told.
import type { Area } from '../../sheet/layout.ts';
import { darkComponents, type Component } from '../components.ts';
import type { Box, Raster } from '../glyph.ts';
import { boundsOf, OWN_PIXEL } from '../group.ts';
import { inkOf } from '../ink.ts';
import { normaliseInk } from '../normalise.ts';
import { sizeOf } from '../piece.ts';
import { thresholdSurface } from '../threshold.ts';
import type { Homography } from './homography.ts';
import { evened } from './light.ts';
import { flattened } from './place.ts';

export type CellState =
  | { readonly state: 'filled'; readonly pixels: Uint8Array }
  /** Hidden: its frame cannot be seen, so that it may be another place. */
  | { readonly state: 'empty' | 'crossed' | 'hidden' };

/** Of a cell's flat picture: pixels for each millimetre, and millimetres around the frame. */
const SCALE = 5.4;
const AROUND = 2.4;
/** Wider than so many millimetres is no stroke but a shadow; paper without one is as light as this. */
const STROKE = 4.5;
const PAPER = 220;
/** The frame is looked for so many millimetres from where it should be; ink begins so many inside of it. */
const SEARCH = 2;
const INSIDE = 0.8;
/** A side of a frame is this share of the paper's light darker than what is beside it. */
const LEAST_FRAME = 0.05;
/** Ink is at least this share of the paper's light darker than half way to it. */
const LEAST_INK = 0.05;
/** Of the cell's side: what a character measures at least, and a part of one. */
const LEAST_SIZE = 0.1;
const LEAST_PIECE = 0.03;
/** Of the cell's side: what comes so near to two opposite sides crosses the cell out. */
const NEAR = 0.04;
/** A step of an outline is at least this share of the contrast of its ink: shadows are softer. */
const SHARP = 0.1;

export function readCell(photo: Raster, lies: Homography, cell: Area, size: number): CellState {
  const area = {
    x: cell.x - AROUND,
    y: cell.y - AROUND,
    width: cell.width + 2 * AROUND,
    height: cell.height + 2 * AROUND,
  };
  const flat = evened(flattened(photo, lies, area, Math.round(SCALE * area.width)), STROKE * SCALE, PAPER);
  const inner = insideOf(flat, cell);
  return inner === null ? { state: 'hidden' } : stateOf(cropped(flat, inner), size);
}

/** What lies inside of the frame, in pixels; null where fewer than three of its sides are seen. */
function insideOf(flat: Raster, cell: Area): Box | null {
  const [near, far] = [AROUND * SCALE, (AROUND + cell.width) * SCALE];
  const sides = [
    sideAt(flat, near, true),
    sideAt(flat, near, false),
    sideAt(flat, far, true),
    sideAt(flat, far, false),
  ];
  if (sides.filter((each) => each !== null).length < 3) return null;
  // A side that cannot be seen is as far off as the one across from it.
  const [left, top, right, bottom] = sides;
  const x = Math.ceil((left ?? near + (right ?? far) - far) + INSIDE * SCALE);
  const y = Math.ceil((top ?? near + (bottom ?? far) - far) + INSIDE * SCALE);
  return {
    x,
    y,
    width: Math.floor((right ?? far + (left ?? near) - near) - INSIDE * SCALE) - x,
    height: Math.floor((bottom ?? far + (top ?? near) - near) - INSIDE * SCALE) - y,
  };
}

/** Where a side of the frame is near `expected`; null where none can be seen. */
function sideAt({ width, pixels }: Raster, expected: number, upright: boolean): number | null {
  const side = width;
  const [step, line] = upright ? [1, side] : [side, 1];
  const reach = Math.round(SEARCH * SCALE);
  const beside = Math.round(0.7 * SCALE);
  const [from, to] = [Math.round((AROUND + 2) * SCALE), side - Math.round((AROUND + 2) * SCALE)];
  let [best, at] = [LEAST_FRAME * PAPER, -1];
  for (let k = Math.round(expected) - reach; k <= Math.round(expected) + reach; k++) {
    if (k < beside || k + beside >= side) continue;
    let sum = 0;
    for (let along = from; along < to; along++) {
      const i = along * line + k * step;
      const depth = Math.min(pixels[i - beside * step] ?? 0, pixels[i + beside * step] ?? 0) - (pixels[i] ?? 0);
      // Ink across it counts no more than the frame itself.
      sum += Math.max(-0.05 * PAPER, Math.min(0.3 * PAPER, depth));
    }
    const mean = sum / (to - from);
    if (mean > best) [best, at] = [mean, k];
  }
  return at === -1 ? null : at + 0.5;
}

function cropped({ width, pixels }: Raster, box: Box): Raster {
  const part = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (box.y + y) * width + box.x;
    part.set(pixels.subarray(start, start + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, pixels: part };
}

function stateOf(inner: Raster, size: number): CellState {
  const surface = thresholdSurface(inner);
  if (surface === null) return { state: 'empty' };
  const { area, levels, noise } = surface;
  const raster = cropped(inner, area);
  const isInk = (each: Component): boolean =>
    each.contrast >= Math.max(noise / 2, LEAST_INK * PAPER) &&
    each.edge >= SHARP * each.contrast &&
    sizeOf(each) >= LEAST_PIECE * inner.width &&
    each.onBorder < each.outline;
  const first = darkComponents(raster, levels, noise / 2, Math.max(1, noise / 2)).list.filter(isInk);
  const main = first.reduce<Component | null>(
    (best, each) => (best === null || each.area > best.area ? each : best),
    null,
  );
  if (main === null) return { state: 'empty' };
  const margin = Math.max(noise / 2, OWN_PIXEL * main.contrast);
  const { ids, list } = darkComponents(raster, levels, margin, Math.max(1, noise / 2, margin / 4));
  const pieces = list.filter((each) => isInk(each) && each.contrast >= OWN_PIXEL * main.contrast);
  if (pieces.length === 0) return { state: 'empty' };
  const box = boundsOf(pieces);
  if (Math.max(box.width, box.height) < LEAST_SIZE * inner.width) return { state: 'empty' };
  const placed = (each: Component): boolean => isAcross(each, area, inner);
  if (pieces.some(placed)) return { state: 'crossed' };
  const members = new Set(pieces.map(({ id }) => id));
  const found = { outcome: 'character', raster, x: area.x, y: area.y, levels, ids, members, box } as const;
  const pixels = normaliseInk(inkOf(found), size);
  return pixels === null ? { state: 'empty' } : { state: 'filled', pixels };
}

/** Whether a piece runs from one side of the cell to the other. */
function isAcross({ left, right, top, bottom }: Component, area: Box, { width, height }: Raster): boolean {
  const [nearX, nearY] = [NEAR * width, NEAR * height];
  const wide = area.x + left <= nearX && area.x + right >= width - nearX;
  const high = area.y + top <= nearY && area.y + bottom >= height - nearY;
  return wide || high;
}
