// The frame of a printed cell: bars along the sides of the picture, around what is written in it. They are no strokes of the character,
// however dark they are.
import type { Component } from './components.ts';
import type { Raster } from './glyph.ts';
import { isCutOut, unionOf } from './piece.ts';

/** Runs of ink at least so long, as a share of the picture's side, are of bars. */
const RUN = 0.2;
/** A frame is of bars, but for this share of it. */
const REST = 0.25;
/** And cover no more of the picture than this. */
const MOST = 0.35;
/** Its bars lie along two opposite sides for so much of them. */
const ALONG = 0.6;
/** What is written in it is at least so large, as a share of the picture's shorter side. */
const WRITTEN = 0.15;

/** Ids of the components that are the frame around others, in a part of a picture. */
export function framesIn(
  list: readonly Component[],
  ids: Int32Array,
  part: Raster,
  whole: Raster,
): ReadonlySet<number> {
  const frames = new Set<number>();
  if (isCutOut(whole)) return frames;
  for (const component of list) {
    if (sidesOf(component, part) >= 2 && isOfBars(component, ids, part)) frames.add(component.id);
  }
  if (frames.size === 0 || !isAround(list, frames, ids, part)) return new Set();
  return frames;
}

/** How many of the picture's sides it touches. */
function sidesOf({ left, top, right, bottom }: Component, { width, height }: Raster): number {
  return [left === 0, top === 0, right === width, bottom === height].filter(Boolean).length;
}

function isOfBars(
  { id, left, top, right, bottom, area }: Component,
  ids: Int32Array,
  { width, height }: Raster,
): boolean {
  if (right - left < ALONG * width && bottom - top < ALONG * height) return false;
  // Paper has long runs both ways; bars are thin.
  if (area > MOST * width * height) return false;
  const inBars = new Uint8Array((right - left) * (bottom - top));
  const runs = (
    lines: number,
    length: number,
    at: (line: number, place: number) => number,
    least: number,
    mark: (line: number, place: number) => void,
  ): void => {
    for (let line = 0; line < lines; line++) {
      for (let place = 0, start = 0; place <= length; place++) {
        if (place < length && ids[at(line, place)] === id) continue;
        if (place - start >= least) for (let k = start; k < place; k++) mark(line, k);
        start = place + 1;
      }
    }
  };
  const wide = right - left;
  runs(
    bottom - top,
    wide,
    (y, x) => (top + y) * width + left + x,
    RUN * width,
    (y, x) => (inBars[y * wide + x] = 1),
  );
  runs(
    wide,
    bottom - top,
    (x, y) => (top + y) * width + left + x,
    RUN * height,
    (x, y) => (inBars[y * wide + x] = 1),
  );
  const bars = inBars.reduce((sum, each) => sum + each, 0);
  return bars >= (1 - REST) * area;
}

/** Whether something written stands free between the frames, which run along both of two opposite sides. */
function isAround(list: readonly Component[], frames: ReadonlySet<number>, ids: Int32Array, part: Raster): boolean {
  const { width, height } = part;
  const inner = list.filter(
    ({ id, onBorder, left, top, right, bottom, area, outline }) =>
      !frames.has(id) &&
      onBorder === 0 &&
      Math.max(right - left, bottom - top) >= WRITTEN * Math.min(width, height) &&
      outline ** 2 > 30 * area,
  );
  if (inner.length === 0) return false;
  const box = unionOf(inner);
  let inside = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) if (frames.has(ids[y * width + x] ?? 0)) inside++;
  }
  if (inside > 0) return false;
  const share = (from: number, to: number, across: boolean): number => {
    const [lines, length] = across ? [to - from, height] : [to - from, width];
    let seen = 0;
    for (let place = 0; place < length; place++) {
      for (let k = 0; k < lines; k++) {
        const i = across ? place * width + from + k : (from + k) * width + place;
        if (!frames.has(ids[i] ?? 0)) continue;
        seen++;
        break;
      }
    }
    return seen / length;
  };
  const beside = Math.min(share(0, box.left, true), share(box.right, width, true));
  const aboveAndBelow = Math.min(share(0, box.top, false), share(box.bottom, height, false));
  return Math.max(beside, aboveAndBelow) >= ALONG;
}
