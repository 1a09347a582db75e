// In which order the characters of a photo are read: which of them stand in one line, however it slants or bends, and which line comes
// first. Boxes go in, places come out; nothing here knows of pixels. Right to left and columns are the same with the axes turned.
import type { Box } from './glyph.ts';

/** Where the next character of a line stands: to the right; to the left; or below, the next column to the left. */
export type Direction = 'right' | 'left' | 'down';

/** Neighbours in a line are at most so many of their sizes apart when its slant is taken from them, and lean no more than this (rise by run). */
const NEAR = 3;
const STEEPEST = 0.5;
/** A character belongs to a line whose middle it misses by less than this share of the higher of the two. */
const MISS = 0.55;
/** A line is followed by so many of its last characters. */
const LAST = 4;

interface Item {
  readonly place: number;
  /** Along the lines, and across them. */
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

/** Places of the boxes, line by line, each line as it is read. */
export function linesOf(boxes: readonly Box[], direction: Direction = 'right'): readonly (readonly number[])[] {
  const items = boxes.map((box, place) => itemOf(box, place, direction));
  const slant = slantOf(items);
  const straight = items.map((item) => ({ ...item, y: item.y - slant * item.x })).sort((a, b) => a.x - b.x);
  const lines: Item[][] = [];
  for (const item of straight) {
    let [nearest, least]: [Item[] | undefined, number] = [undefined, 1];
    for (const line of lines) {
      const away = missOf(line, item);
      if (away < least) [nearest, least] = [line, away];
    }
    if (nearest === undefined) lines.push([item]);
    else nearest.push(item);
  }
  return lines.sort((a, b) => middleOf(a) - middleOf(b)).map((line) => line.map(({ place }) => place));
}

function itemOf({ x, y, width, height }: Box, place: number, direction: Direction): Item {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  switch (direction) {
    case 'right':
      return { place, x: middleX, y: middleY, wide: width, high: height };
    case 'left':
      return { place, x: -middleX, y: middleY, wide: width, high: height };
    case 'down':
      return { place, x: middleY, y: -middleX, wide: height, high: width };
  }
}

/** Rise by run of the lines: the middle one of all pairs of neighbours. */
function slantOf(items: readonly Item[]): number {
  const slants: number[] = [];
  for (const item of items) {
    const size = Math.max(item.wide, item.high);
    let [nearest, least]: [Item | undefined, number] = [undefined, NEAR * size];
    for (const other of items) {
      const [run, rise] = [other.x - item.x, Math.abs(other.y - item.y)];
      // What stands above or below is no neighbour, and what is of another size leans by that.
      if (run <= 0.3 * size || rise > STEEPEST * run + 0.2 * size) continue;
      const away = run + 2 * rise;
      if (away < least) [nearest, least] = [other, away];
    }
    if (nearest !== undefined) slants.push((nearest.y - item.y) / (nearest.x - item.x));
  }
  if (slants.length < 3) return 0;
  return slants.sort((a, b) => a - b)[slants.length >> 1] ?? 0;
}

/** How far the item is from where the line goes on, 1 at the edge of belonging to it. */
function missOf(line: readonly Item[], item: Item): number {
  const last = line.slice(-LAST);
  const high = Math.max(item.high, ...last.map((each) => each.high));
  return Math.abs(middleOf(last) - item.y) / (MISS * high);
}

function middleOf(line: readonly Item[]): number {
  return line.reduce((sum, { y }) => sum + y, 0) / line.length;
}
