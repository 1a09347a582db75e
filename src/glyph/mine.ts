// Which ink belongs to a box that the finder drew: not what lies outside for the most part, nor what lies nearer to another box. Where a
// stroke runs from one box into another, the two characters touch, and it is parted between them.
import type { Component } from './components.ts';
import type { Box, Raster } from './glyph.ts';

export interface Within {
  readonly box: Box;
  /** Ink so far from the box still counts as in it. */
  readonly reach: number;
  /** Boxes of other characters. */
  readonly others: readonly Box[];
}

/** A component is the box's with more than this share of its ink in it. */
const OWN = 0.5;
/** One with at least this share nearer to another box, and no more than the rest, is of both. */
const BOTH = 0.15;

/** 1 for each pixel of the picture that lies nearer to another box. */
export function foreignTo({ box, others }: Within, { width, height }: Raster): Uint8Array {
  const foreign = new Uint8Array(width * height);
  for (const other of others) {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (awayFrom(other, x + 0.5, y + 0.5) < awayFrom(box, x + 0.5, y + 0.5)) foreign[i] = 1;
      }
    }
  }
  return foreign;
}

/** Distance from the middle, where 1 is the border. */
function awayFrom({ x, y, width, height }: Box, atX: number, atY: number): number {
  return Math.max(Math.abs(2 * (atX - x) - width) / width, Math.abs(2 * (atY - y) - height) / height);
}

interface Owned {
  /** Components that are not the box's. */
  readonly strange: ReadonlySet<number>;
  /** Components that are of two characters. */
  readonly shared: ReadonlySet<number>;
}

export function ownedBy(
  { box, reach }: Within,
  foreign: Uint8Array,
  list: readonly Component[],
  ids: Int32Array,
  { width, height }: Raster,
): Owned {
  const outside = new Uint32Array(list.length + 1);
  const theirs = new Uint32Array(list.length + 1);
  const [left, top] = [box.x - reach, box.y - reach];
  const [right, bottom] = [box.x + box.width + reach, box.y + box.height + reach];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const id = ids[i] ?? 0;
      if (id === 0) continue;
      if (foreign[i] === 1) theirs[id] = (theirs[id] ?? 0) + 1;
      else if (x < left || x >= right || y < top || y >= bottom) outside[id] = (outside[id] ?? 0) + 1;
    }
  }
  const [strange, shared] = [new Set<number>(), new Set<number>()];
  for (const { id, area } of list) {
    const [share, beyond] = [(theirs[id] ?? 0) / area, (outside[id] ?? 0) / area];
    if (share > 1 - BOTH || beyond > OWN) strange.add(id);
    else if (share >= BOTH) shared.add(id);
  }
  return { strange, shared };
}
