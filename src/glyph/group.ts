// Which pieces of ink are one character's: its dots, dakuten and strokes, but no speck, no neighbour and no line of other writing.
import type { Component } from './components.ts';
import type { Box, Raster } from './glyph.ts';
import { isCrowded, isCutOut, sizeOf, unionOf, type Extent } from './piece.ts';

/** Fainter than this share of the character's own contrast is not its ink: ruled lines, shadows' edges, print shining through. */
const OWN_INK = 0.35;
/** Likewise for each pixel, before the character's pieces are known; and for pieces in pictures that are cut out already. */
export const OWN_PIXEL = 0.25;

/** Pieces belong to the character within this share of its size from the main one, and from other pieces of it. */
const REACH = 0.8;
const REACH_ON = 0.5;

/** Other writing is larger than the character by this factor, or of so many pieces; they are smaller than it, and stand so much nearer together. */
const OTHER = { larger: 1.3, pieces: 5, piece: 0.7, apart: 2 };

/** So many are a texture, and no character's. */
const MOST_PIECES = 1000;

/** Pieces that stand together, nearest first joined. */
interface Cluster {
  readonly pieces: Component[];
  box: Extent;
  /** Sum of the gaps that were bridged. */
  bridged: number;
}

/**
 * The main component with those that belong to it: dots, dakuten and strokes beside it. What stands together closer than with it is
 * joined first, so that a line of writing near it stays a line of its own.
 */
export function groupWith(main: Component, pieces: readonly Component[], frame: Raster): Component[] {
  if (pieces.length > MOST_PIECES) return [main];
  const clusters = pieces.map((piece): Cluster => ({ pieces: [piece], box: piece, bridged: 0 }));
  const of = new Map(clusters.flatMap((each) => each.pieces.map((piece) => [piece, each] as const)));
  const pairs = nearPairs(pieces, main);
  const cutOut = isCutOut(frame);
  const strange = new Set<Cluster>();
  for (const { a, b, apart } of pairs) {
    const [first, second] = [of.get(a), of.get(b)];
    if (first === undefined || second === undefined || first === second) continue;
    const [one, two] = first.pieces.length < second.pieces.length ? [second, first] : [first, second];
    const own = of.get(main);
    const other = one === own ? two : two === own ? one : undefined;
    if (other !== undefined && own !== undefined && !cutOut && (strange.has(other) || isOther(other, own, apart))) {
      strange.add(other);
      continue;
    }
    for (const piece of two.pieces) of.set(piece, one);
    one.pieces.push(...two.pieces);
    one.box = unionOf([one.box, two.box]);
    one.bridged += two.bridged + apart;
    if (strange.has(two)) strange.add(one);
  }
  return of.get(main)?.pieces ?? [main];
}

/** Pairs of pieces within reach of each other, the nearest first. */
function nearPairs(
  pieces: readonly Component[],
  main: Component,
): readonly { readonly a: Component; readonly b: Component; readonly apart: number }[] {
  const size = sizeOf(main);
  const pairs: { readonly a: Component; readonly b: Component; readonly apart: number }[] = [];
  const sorted = [...pieces].sort((a, b) => a.left - b.left);
  for (const [index, a] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const b = sorted[next];
      if (b === undefined || b.left - a.right > REACH * size) break;
      const apart = gap(a, b);
      if (apart <= (a === main || b === main ? REACH : REACH_ON) * size) pairs.push({ a, b, apart });
    }
  }
  return pairs.sort((one, two) => one.apart - two.apart);
}

/** Whether a cluster is writing of its own rather than parts of a character that far away: smaller than it, piece by piece, and more. */
function isOther({ pieces, box, bridged }: Cluster, own: Cluster, apart: number): boolean {
  const size = sizeOf(own.box);
  const gaps = bridged / Math.max(1, pieces.length - 1);
  const sizes = pieces.map(sizeOf).sort((a, b) => a - b);
  if (pieces.length > 1 && (sizes[pieces.length >> 1] ?? 0) > OTHER.piece * size) return false;
  // One stroke is no line of writing, however long: the character may touch the picture's border with it.
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && !isCrowded(only)) return false;
  const many = pieces.length >= OTHER.pieces || sizeOf(box) > OTHER.larger * size;
  return many && apart > Math.max(OTHER.apart * gaps, 0.15 * size);
}

/** Specks are smaller than this share of the character; so many of them are the paper's: its dots, or its texture. */
const SPECK = 0.12;
const SPECKS = 12;

/** The main component, and what else may be ink of the same pen. */
export function piecesWith(main: Component, list: readonly Component[], frame: Raster): readonly Component[] {
  const others = list.filter((each) => each !== main && mayBelong(each, main, frame));
  const large = others.filter((each) => sizeOf(each) >= SPECK * sizeOf(main));
  return [main, ...(others.length - large.length > SPECKS && !isCutOut(frame) ? large : others)];
}

function mayBelong(each: Component, main: Component, frame: Raster): boolean {
  const own = isCutOut(frame) ? OWN_PIXEL : OWN_INK;
  if (each.contrast < own * main.contrast || each.area < 0.006 * main.area) return false;
  if (each.open > 0.5 * each.outline) return false;
  if (each.onBorder > 0 && !isMark(each, main, frame)) {
    if (each.area < 0.35 * main.area || each.onBorder > 0.2 * each.outline) return false;
  }
  // What the character stands on: flat, and wider than itself.
  const wide = each.right - each.left;
  if (wide > 8 * (each.bottom - each.top) && wide > 1.15 * (main.right - main.left)) return false;
  return wide < 0.9 * frame.width || each.bottom - each.top < 0.9 * frame.height;
}

/** A tight cut often touches the mark on top of a character (й, ї, が); a neighbour's bits stand beside it. */
function isMark(each: Component, main: Component, frame: Raster): boolean {
  const wide = main.right - main.left;
  return (
    isCutOut(frame) &&
    each.bottom < main.top + 0.3 * (main.bottom - main.top) &&
    each.left >= main.left - 0.1 * wide &&
    each.right <= main.right + 0.4 * wide &&
    each.onBorder <= 0.5 * each.outline
  );
}

function gap(a: Component, b: Component): number {
  const x = Math.max(0, a.left - b.right, b.left - a.right);
  const y = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(x, y);
}

export function boundsOf(members: readonly Component[]): Box {
  const { left, top, right, bottom } = unionOf(members);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
