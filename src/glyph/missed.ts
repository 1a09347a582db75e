// Characters that the finder missed in a text, thin ones for the most part (1, l, i): ink of the same pen, of about the size of those that
// it found, in a line with them. Where nothing was found, nothing is added.
import { darkComponents, type Component } from './components.ts';
import { clipped, cropped, longer } from './crop.ts';
import type { Box, Raster } from './glyph.ts';
import { boundsOf, OWN_PIXEL } from './group.ts';
import type { Cut } from './inside.ts';
import { linesOf } from './order.ts';
import { middleOf, sizeOf, strokeWidth } from './piece.ts';
import { thresholdSurface } from './threshold.ts';

/** So many characters tell what their like is. */
const LEAST = 4;
/** Their like: the longer side as a share of their middle one, and its width no more than this share. */
const LIKE = { least: 0.45, most: 1.7, wide: 1.6 } as const;
/** The same pen: contrast no less than this share of theirs, strokes between these shares of the width of theirs. */
const PEN = { contrast: 0.55, thin: 0.45, thick: 2 } as const;
/** In a line: so near to one of it (in middle sizes), and so much of the lower one's height beside the other. */
const NEAR = 2.5;
const BESIDE = 0.5;
/** A component is a found character's with this share of its pixels in boxes. */
const TAKEN = 0.25;
/** Most of its outline is a step. */
const OPEN = 0.25;
/** Dots stand so far above what they belong to (in middle sizes). */
const DOT = 0.45;

/** Boxes of the missed ones, in the picture's pixels. `printed`: where there is print. Pure. */
export function missedIn(picture: Raster, cuts: readonly Cut[], printed: readonly Box[] = []): readonly Box[] {
  const [first] = cuts;
  if (first === undefined || cuts.length < LEAST) return [];
  const dark = first.polarity === 'dark';
  const seen = dark ? picture : { ...picture, pixels: picture.pixels.map((grey) => 255 - grey) };
  const surface = thresholdSurface(seen);
  if (surface === null) return [];
  const { area, levels, noise } = surface;
  const part = cropped(seen, area);
  const contrast = middleOf(cuts.map((cut) => cut.contrast));
  const margin = Math.max(noise / 2, OWN_PIXEL * contrast);
  const { ids, list } = darkComponents(part, levels, margin, Math.max(1, noise / 2, OWN_PIXEL * margin));
  const moved = (box: Box): Box => ({ ...box, x: box.x - area.x, y: box.y - area.y });
  const boxes = cuts.map(({ box }) => moved(box));
  const shares = takenShares(ids, list, [...boxes, ...printed.map((box) => moved(clipped(box, picture)))], part);
  const size = middleOf(boxes.map(longer));
  const stroke = middleOf(list.filter(({ id }) => (shares[id] ?? 0) > 0.9).map(strokeWidth));
  const free = list.filter((each) => (shares[each.id] ?? 0) <= TAKEN && each.contrast >= PEN.contrast * contrast);
  let left = free.filter((each) => isLike(each, size, stroke));
  const added: Box[] = [];
  for (const line of linesOf(boxes)) {
    const own = line.flatMap((place) => boxes[place] ?? []);
    const missed = besideThose(own, left, size);
    // Of a line of a hand's characters most are seen: a line of which a few are is print, or a pattern.
    if (missed.length > own.length) continue;
    left = left.filter((each) => !missed.includes(each));
    added.push(...missed.map((each) => boundsOf([each, ...dotsOf(each, free, size)])));
  }
  return added.map((box) => ({ ...box, x: box.x + area.x, y: box.y + area.y }));
}

/** Those that stand beside one of the boxes, or beside another one that does. */
function besideThose(boxes: readonly Box[], like: readonly Component[], size: number): readonly Component[] {
  const all: Component[] = [];
  // More than so many are none of them: a texture is not gone through to its end.
  for (let near = boxes; near.length > 0 && all.length <= boxes.length;) {
    const next = like.filter(
      (each) => !all.includes(each) && near.some((box) => isBeside(boundsOf([each]), box, size)),
    );
    all.push(...next);
    near = next.map((each) => boundsOf([each]));
  }
  return all;
}

function isLike(each: Component, size: number, stroke: number): boolean {
  const wide = each.right - each.left;
  const thick = strokeWidth(each);
  return (
    sizeOf(each) >= LIKE.least * size &&
    sizeOf(each) <= LIKE.most * size &&
    wide <= LIKE.wide * size &&
    // A dash is no character of a line.
    each.bottom - each.top >= LIKE.least * size &&
    each.open + each.onBorder <= OPEN * each.outline &&
    thick >= PEN.thin * stroke &&
    thick <= PEN.thick * stroke
  );
}

function isBeside(a: Box, b: Box, size: number): boolean {
  const gap = Math.max(b.x - a.x - a.width, a.x - b.x - b.width);
  const common = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return gap <= NEAR * size && common >= BESIDE * Math.min(a.height, b.height);
}

function dotsOf(stem: Component, free: readonly Component[], size: number): readonly Component[] {
  return free.filter((each) => {
    const middle = (each.left + each.right) / 2;
    return (
      each !== stem &&
      sizeOf(each) < LIKE.least * size &&
      each.bottom <= stem.top + 0.1 * size &&
      each.bottom >= stem.top - DOT * size &&
      middle >= stem.left - 0.2 * size &&
      middle <= stem.right + 0.2 * size
    );
  });
}

/** For each component the share of its pixels that lie in boxes. */
function takenShares(
  ids: Int32Array,
  list: readonly Component[],
  boxes: readonly Box[],
  { width, height }: Raster,
): Float32Array {
  const inside = new Uint8Array(width * height);
  for (const box of boxes) {
    const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
    for (let y = Math.max(0, box.y); y < bottom; y++) inside.fill(1, y * width + Math.max(0, box.x), y * width + right);
  }
  const shares = new Float32Array(list.length + 1);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if (id > 0 && inside[i] === 1) shares[id] = (shares[id] ?? 0) + 1;
  }
  for (const { id, area } of list) shares[id] = (shares[id] ?? 0) / area;
  return shares;
}
