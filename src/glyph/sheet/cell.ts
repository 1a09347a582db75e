// One cell of a practice sheet: its printed frame is looked for (paper bends), what is inside becomes a glyph as any other ink does, and
// empty and crossed-out ones are told.
import type { Area } from '../../sheet/layout.ts';
import { darkComponents, type Component } from '../components.ts';
import { cropped, grown } from '../crop.ts';
import type { Box, Raster } from '../glyph.ts';
import { boundsOf, OWN_PIXEL } from '../group.ts';
import { inkOf } from '../ink.ts';
import { normaliseInk } from '../normalise.ts';
import { sizeOf } from '../piece.ts';
import { thresholdSurface } from '../threshold.ts';
import type { Homography } from './homography.ts';
import { evened } from './light.ts';
import { flattened } from './place.ts';

type CellState =
  | { readonly state: 'filled'; readonly pixels: Uint8Array }
  /** Hidden: its frame cannot be seen, so that it may be another place. */
  | { readonly state: 'empty' | 'crossed' | 'hidden' };

/** Of a cell's flat picture: pixels for each millimetre, and millimetres around the frame. */
const SCALE = 5.4;
const AROUND = 3.6;
/** Wider than so many millimetres is no stroke but a shadow; paper without one is as light as this. */
const STROKE = 4.5;
const PAPER = 220;
/** The frame is looked for so many millimetres from where it should be; ink begins so many inside of it. */
const SEARCH = 2.6;
const INSIDE = 0.7;
/** Two sides are printed so far apart, give or take so many millimetres. */
const PLAY = 0.5;
/** A side of a frame is this share of the paper's light darker than what is beside it. */
const LEAST_FRAME = 0.025;
/** Ink is at least this share of the paper's light darker than half way to it. */
const LEAST_INK = 0.038;
/** Fainter than this share of the darkest piece's contrast is not its ink. */
const OWN_INK = 0.4;
/** Of the cell's side: what a character measures at least, and a part of one. */
const LEAST_SIZE = 0.1;
const LEAST_PIECE = 0.03;
/** Of the cell's side: what comes so near to two opposite sides crosses the cell out. */
const NEAR = 0.035;
/** A step of an outline is at least this share of the contrast of its ink: shadows are softer. */
const SHARP = 0.1;

export function readCell(photo: Raster, lies: Homography, cell: Area, size: number): CellState {
  const area = grown(cell, AROUND);
  const flat = evened(flattened(photo, lies, area, Math.round(SCALE * area.width)), STROKE * SCALE, PAPER);
  const inner = insideOf(flat, cell);
  return inner === null ? { state: 'hidden' } : stateOf(cropped(flat, inner), size);
}

/** What lies inside of the frame, in pixels; null where fewer than three of its sides are seen. */
function insideOf(flat: Raster, cell: Area): Box | null {
  const [left, right] = sidesAcross(flat, cell.width, true);
  const [top, bottom] = sidesAcross(flat, cell.height, false);
  if ([left, right, top, bottom].filter(({ depth }) => depth > LEAST_FRAME * PAPER).length < 3) return null;
  const margin = Math.ceil(INSIDE * SCALE);
  return {
    x: left.at + margin + 1,
    y: top.at + margin + 1,
    width: right.at - left.at - 2 * margin - 1,
    height: bottom.at - top.at - 2 * margin - 1,
  };
}

interface Side {
  readonly at: number;
  /** How much darker than what is beside it. */
  readonly depth: number;
}

/** Two sides of the frame, as far apart as they were printed: a neighbour's stands closer. */
function sidesAcross(flat: Raster, cell: number, upright: boolean): readonly [Side, Side] {
  const [near, far] = [AROUND * SCALE, (AROUND + cell) * SCALE].map(Math.round) as [number, number];
  const [reach, play] = [Math.round(SEARCH * SCALE), Math.round(PLAY * SCALE)];
  let best: readonly [Side, Side] = [
    { at: near, depth: 0 },
    { at: far, depth: 0 },
  ];
  const depths = Array.from({ length: flat.width }, (_, at) => depthAt(flat, at, upright));
  for (let off = -reach; off <= reach; off++) {
    for (let more = -play; more <= play; more++) {
      const pair = [near + off, far + off + more].map((at): Side => ({ at, depth: depths[at] ?? 0 })) as [Side, Side];
      if (pair[0].depth + pair[1].depth > best[0].depth + best[1].depth) best = pair;
    }
  }
  return best;
}

/** How much darker a column (or row) is than what is beside it, over the middle of the cell. */
function depthAt({ width, pixels }: Raster, at: number, upright: boolean): number {
  const [step, line] = upright ? [1, width] : [width, 1];
  const beside = Math.round(0.8 * SCALE);
  if (at < beside || at + beside >= width) return 0;
  const [from, to] = [Math.round((AROUND + 2) * SCALE), width - Math.round((AROUND + 2) * SCALE)];
  let sum = 0;
  for (let along = from; along < to; along++) {
    const i = along * line + at * step;
    const depth = ((pixels[i - beside * step] ?? 0) + (pixels[i + beside * step] ?? 0)) / 2 - (pixels[i] ?? 0);
    // Ink across it counts no more than the frame itself.
    sum += Math.max(-0.1 * PAPER, Math.min(0.3 * PAPER, depth));
  }
  return sum / (to - from);
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
  const pieces = list.filter((each) => isInk(each) && each.contrast >= OWN_INK * main.contrast);
  if (pieces.length === 0) return { state: 'empty' };
  const box = boundsOf(pieces);
  if (Math.max(box.width, box.height) < LEAST_SIZE * inner.width) return { state: 'empty' };
  if (pieces.some((each) => isAcross(each, area, inner))) return { state: 'crossed' };
  const members = new Set(pieces.map(({ id }) => id));
  const pixels = normaliseInk(inkOf({ raster, levels, ids, members, box }), size);
  return pixels === null ? { state: 'empty' } : { state: 'filled', pixels };
}

/** Whether a piece runs from one side of the cell to the other. */
function isAcross({ left, right, top, bottom }: Component, area: Box, { width, height }: Raster): boolean {
  const [nearX, nearY] = [NEAR * width, NEAR * height];
  const wide = area.x + left <= nearX && area.x + right >= width - nearX;
  const high = area.y + top <= nearY && area.y + bottom >= height - nearY;
  return wide || high;
}
