// In which order the characters of a photo are read: which of them stand in one line, however it slants or bends, and which line comes
// first. Boxes go in, places come out; nothing here knows of pixels. Right to left and columns are the same with the axes turned.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Box, Glyph, Reading } from './glyph.ts';

/** Where the next character of a line stands: to the right; to the left; or below, the next column to the left. */
export type Direction = 'right' | 'left' | 'down';

/** Neighbours in a line are at most so many of their sizes apart when its slant is taken from them, and lean no more than this (rise by run). */
const NEAR = 3;
const STEEPEST = 0.5;
/** A character belongs to a line whose middle it misses by less than this share of the higher of the two. */
const MISS = 0.7;
/** A line is followed by so many of its last characters. */
const LAST = 3;

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

type Glyphs = Extract<Reading, { outcome: 'glyphs' }>;

/** A reading in the order of an alphabet that is written in this direction; all are found from the left. */
export function ordered(reading: Reading, direction: Alphabet['direction']): Reading {
  return reading.outcome === 'glyphs' && direction === 'rtl' ? readFrom(reading, 'left') : reading;
}

/** The same glyphs as people of another direction of writing read them. */
export function readFrom(reading: Glyphs, direction: Direction): Glyphs {
  const { glyphs, main } = reading;
  const lines = linesOf(
    glyphs.map(({ box }) => box),
    direction,
  );
  const places = lines.flat();
  const [first, ...rest] = lines.flatMap((line, number) =>
    line.flatMap((place): Glyph[] => {
      const glyph = glyphs[place];
      return glyph === undefined ? [] : [{ ...glyph, line: number }];
    }),
  );
  if (first === undefined) return reading;
  return { ...reading, glyphs: [first, ...rest], ...(main === undefined ? {} : { main: places.indexOf(main) }) };
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

/** Rise by run of the lines: the straight lines nearest to chains of neighbours, long chains weighing most. */
function slantOf(items: readonly Item[]): number {
  const after = new Map<Item, Item>();
  const before = new Map<Item, { readonly item: Item; readonly away: number }>();
  for (const item of items) {
    const next = nextOf(item, items);
    if (next === undefined || next.away >= (before.get(next.item)?.away ?? Infinity)) continue;
    const other = before.get(next.item);
    if (other !== undefined) after.delete(other.item);
    before.set(next.item, { item, away: next.away });
    after.set(item, next.item);
  }
  let [rise, run] = [0, 0];
  for (const first of items) {
    if (before.has(first)) continue;
    const chain: Item[] = [];
    for (let item: Item | undefined = first; item !== undefined; item = after.get(item)) chain.push(item);
    const [middleX, middleY] = [meanOf(chain.map(({ x }) => x)), meanOf(chain.map(({ y }) => y))];
    for (const { x, y } of chain) {
      rise += (x - middleX) * (y - middleY);
      run += (x - middleX) ** 2;
    }
  }
  return run === 0 ? 0 : rise / run;
}

/** The nearest that may be the next in its line. */
function nextOf(item: Item, items: readonly Item[]): { readonly item: Item; readonly away: number } | undefined {
  const size = Math.max(item.wide, item.high);
  let [nearest, least]: [Item | undefined, number] = [undefined, NEAR * size];
  for (const other of items) {
    const [run, rise] = [other.x - item.x, Math.abs(other.y - item.y)];
    // What stands above or below is in another line.
    if (run <= 0.3 * size || rise > STEEPEST * run + 0.2 * size) continue;
    const away = run + 2 * rise;
    if (away < least) [nearest, least] = [other, away];
  }
  return nearest && { item: nearest, away: least };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** How far the item is from where the line goes on, 1 at the edge of belonging to it. */
function missOf(line: readonly Item[], item: Item): number {
  const last = line.slice(-LAST);
  const high = Math.max(item.high, ...last.map((each) => each.high));
  return Math.abs(middleOf(last) - item.y) / (MISS * high);
}

const middleOf = (line: readonly Item[]): number => meanOf(line.map(({ y }) => y));
