// Several pictures that were sent as one: their characters become those of one photo, picture after picture, so that all of it stands
// in one message and is answered at once. Pure.
import type { Box, Glyph, Reading } from '../glyph/glyph.ts';

type Glyphs = Extract<Reading, { outcome: 'glyphs' }>;

/** A character of an album: as it stands in its own picture, in a line that no other picture has; and where it is shown. */
export interface AlbumGlyph extends Glyph {
  readonly shown: { readonly box: Box; readonly line: number; readonly picture: number };
}

export type Album =
  | { readonly outcome: 'glyphs'; readonly glyphs: readonly AlbumGlyph[]; readonly unread: number }
  /** There is a practice sheet among them, or more than one message can hold. */
  | { readonly outcome: 'one-by-one' }
  /** None can be read; the first says why. */
  | Exclude<Reading, { readonly outcome: 'glyphs' | 'sheet' }>;

/** More stand in no message that can be answered at a glance. */
const MOST = 90;
/** Pictures are made equal: their middle character is so high where they are shown. */
const HIGH = 40;
const GAP = 48;
const A_ROW = 5;

export function albumOf(readings: readonly [Reading, ...Reading[]]): Album {
  if (readings.some(({ outcome }) => outcome === 'sheet')) return { outcome: 'one-by-one' };
  const read = readings.filter((each): each is Glyphs => each.outcome === 'glyphs');
  const [first] = readings;
  if (read.length === 0) {
    if (first.outcome === 'glyphs' || first.outcome === 'sheet') throw new Error('what can be read was passed over');
    return first;
  }
  if (read.reduce((sum, { glyphs }) => sum + glyphs.length, 0) > MOST) return { outcome: 'one-by-one' };
  const inRows = read.every(({ glyphs }) => glyphs.length === 1);
  let [top, lines] = [0, 0];
  const glyphs = read.flatMap((reading, at): readonly AlbumGlyph[] => {
    const scale = HIGH / middleHeight(reading.glyphs);
    const left = Math.min(...reading.glyphs.map(({ box }) => box.x));
    const above = Math.min(...reading.glyphs.map(({ box }) => box.y));
    const x = inRows ? (at % A_ROW) * (HIGH + GAP) : 0;
    const y = inRows ? Math.floor(at / A_ROW) * (HIGH + GAP) : top;
    const placed = reading.glyphs.map((glyph): AlbumGlyph => ({
      ...glyph,
      line: lines + glyph.line,
      shown: {
        box: {
          x: Math.round(x + (glyph.box.x - left) * scale),
          y: Math.round(y + (glyph.box.y - above) * scale),
          width: Math.max(1, Math.round(glyph.box.width * scale)),
          height: Math.max(1, Math.round(glyph.box.height * scale)),
        },
        line: inRows ? Math.floor(at / A_ROW) : lines + glyph.line,
        picture: at,
      },
    }));
    top = Math.max(...placed.map(({ shown }) => shown.box.y + shown.box.height)) + GAP;
    lines += 1 + Math.max(...reading.glyphs.map(({ line }) => line));
    return placed;
  });
  return { outcome: 'glyphs', glyphs, unread: readings.length - read.length };
}

function middleHeight(glyphs: readonly Glyph[]): number {
  const heights = glyphs.map(({ box }) => Math.max(box.width, box.height)).toSorted((a, b) => a - b);
  return Math.max(1, heights[Math.floor(heights.length / 2)] ?? 1);
}
