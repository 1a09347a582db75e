// Whether what was found is one character or a row of them. Characters have parts too (い, Ы, ミ): only what is far longer than it is
// high, in three or more pieces of about one height with paper between them, is called several.
import type { Component } from './components.ts';
import { sizeOf, strokeWidth, unionOf, type Extent } from './piece.ts';

/** So many characters make a row; a row of two is as wide as one wide character. */
const LEAST = 3;
/** The row's length, in heights of what stands highest in it. */
const LENGTH = 1.8;
/** A piece counts from this share of the highest on; the others are dots and strokes. */
const TALL = 0.5;
/** Pieces stand no further apart than so many heights. */
const APART = 1.2;
/** All but one of the row are at least so wide for the height: the strokes of ミ and Ш are not. */
const WIDE = 0.45;
/** A character is at least so many times as high as its strokes are thick: dashes are not. */
const THICK = 4;

/** Two are enough where each is of such long strokes for its size, as the strokes of い and ハ are not, and so far from the other. */
const WOUND = 1.75;
const FAR = 0.3;

/** Whether `main` stands in a row or a column of characters, given all that may be ink like it (main among it). */
export function isOneOfSeveral(main: Component, pieces: readonly Component[]): boolean {
  const stroke = strokeWidth(main);
  if (isRow(main, pieces, stroke) || isRow(turned(main), pieces.map(turned), stroke)) return true;
  return isWound(main) && pieces.some((piece) => piece !== main && isWound(piece) && isApart(main, piece, pieces));
}

/** Half the outline is the length of the strokes: a digit's is about twice its size, a single stroke's about once. */
function isWound(piece: Component): boolean {
  const size = sizeOf(piece);
  return piece.outline > 2 * WOUND * size && size >= THICK * strokeWidth(piece);
}

/** Side by side or one above the other, of about one size, with nothing but paper between them. */
function isApart(main: Extent, other: Extent, pieces: readonly Extent[]): boolean {
  const [a, b] = [sizeOf(main), sizeOf(other)];
  if (Math.min(a, b) < TALL * Math.max(a, b)) return false;
  const least = FAR * Math.max(a, b);
  const beside = gapOf(main, other, pieces, least);
  return beside || gapOf(turned(main), turned(other), pieces.map(turned), least);
}

function gapOf(main: Extent, other: Extent, pieces: readonly Extent[], least: number): boolean {
  const [first, second] = main.left < other.left ? [main, other] : [other, main];
  const [top, bottom] = [Math.min(first.top, second.top), Math.max(first.bottom, second.bottom)];
  if (Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top) < (bottom - top) / 3) return false;
  // What reaches from one to the other may be a stroke of both.
  return (
    !pieces.some(
      (piece) =>
        piece.top < bottom &&
        piece.bottom > top &&
        piece.left < second.left - least / 2 &&
        piece.right > first.right + least / 2,
    ) && second.left - first.right > least
  );
}

function turned({ left, top, right, bottom }: Extent): Extent {
  return { left: top, top: left, right: bottom, bottom: right };
}

function isRow(main: Extent, pieces: readonly Extent[], stroke: number): boolean {
  // Beside it: with its middle at the height of the main piece.
  const beside = pieces.filter(({ top, bottom }) => top + bottom > 2 * main.top && top + bottom < 2 * main.bottom);
  const parts: Extent[] = [];
  for (const piece of [...beside].sort((a, b) => a.left - b.left)) {
    const last = parts.at(-1);
    if (last === undefined || piece.left >= last.right) {
      parts.push(piece);
      continue;
    }
    parts[parts.length - 1] = unionOf([last, piece]);
  }
  const highest = Math.max(...parts.map(({ top, bottom }) => bottom - top));
  if (highest < THICK * stroke) return false;
  const tall = parts.filter(({ top, bottom }) => bottom - top >= TALL * highest);
  const row = around(tall, main, APART * highest);
  const wide = row.filter(({ left, right }) => right - left >= WIDE * highest);
  if (row.length < LEAST || wide.length < LEAST - 1) return false;
  const box = unionOf(row);
  // What stands right above or below belongs to it: a character of broken strokes is as high as it is long.
  const all = unionOf([box, ...pieces.filter((piece) => isNear(piece, box, APART * highest))]);
  return box.right - box.left >= LENGTH * (all.bottom - all.top);
}

function isNear(piece: Extent, box: Extent, apart: number): boolean {
  return (
    piece.right > box.left && piece.left < box.right && piece.bottom > box.top - apart && piece.top < box.bottom + apart
  );
}

/** Those of the parts, from left to right, that are linked to the main piece by gaps of at most `apart`. */
function around(parts: readonly Extent[], main: Extent, apart: number): readonly Extent[] {
  const at = parts.findIndex(({ left, right }) => left <= main.left && right >= main.right);
  if (at === -1) return [];
  let first = at;
  while (first > 0 && (parts[first]?.left ?? 0) - (parts[first - 1]?.right ?? 0) <= apart) first--;
  let last = at;
  while (last + 1 < parts.length && (parts[last + 1]?.left ?? 0) - (parts[last]?.right ?? 0) <= apart) last++;
  return parts.slice(first, last + 1);
}
