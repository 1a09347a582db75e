// All characters that the finder saw in a photo: each cut out of its box, with one polarity for the whole page, in reading order.
import type { Sighting } from '../find/boxes.ts';
import { denoised, smoothed } from './denoise.ts';
import type { Polarity } from './character.ts';
import { longer, overlapOf, rounded, scaled } from './crop.ts';
import { MOST_GLYPHS, type Box, type Glyph, type Raster, type Reading } from './glyph.ts';
import { cutOff } from './edge.ts';
import { cutInside, type Cut } from './inside.ts';
import { missedIn } from './missed.ts';
import { linesOf } from './order.ts';
import { middleOf } from './piece.ts';
import { withoutRuling } from './ruling.ts';

/** The photo is about one that is so many times as large as every other. */
const MUCH_LARGER = 2;
/** So many of the largest tell whether the page is dark on light. */
const VOTERS = 9;
/** So many are cut out at most: some are seen twice. */
const MOST_CUT = 1.3 * MOST_GLYPHS;
/** Cut-outs that overlap by this IoU are of the same ink. */
const TWICE = 0.5;
/**
 * Fainter than this share of the page's middle contrast is not its writing: 6 of 4,594 characters of made-up photos in unseen fonts were, and on
 * real pages all that is a fold's, a shadow's or shines through.
 */
const FAINT = 0.4;
/** A grainy photo is halved while its characters stay larger than this, in pixels. */
const LEAST_SIZE = 48;

/** Characters whose middle size is less than so many pixels are cut out of a larger picture, where there is one. */
const SMALL_WRITING = 24;

/** A larger picture of the same photo. */
export type Closer = () => Promise<Raster | null>;

/** Null where there is no ink in any of the boxes. What is `printed` is none that the finder missed. */
export async function readAll(
  raster: Raster,
  sightings: readonly Sighting[],
  size: number,
  printed: readonly Sighting[] = [],
  closer?: Closer,
): Promise<Extract<Reading, { outcome: 'glyphs' }> | null> {
  const boxes = firstLines(sightings, MOST_CUT).map(({ box }) => box);
  const unruled = withoutRuling(raster)?.raster;
  const close = middleOf(boxes.map(longer)) < SMALL_WRITING ? await closer?.() : undefined;
  const sharp = close && (unruled === undefined ? close : (withoutRuling(close)?.raster ?? close));
  const picture = sharp === undefined || sharp === null ? denoisedFor(unruled ?? raster, boxes) : smoothed(sharp);
  const scale = picture.width / raster.width;
  const places = boxes.map((box) => scaled(box, scale));
  const print = printed.map(({ box }) => scaled(box, scale));
  const cuts = withoutCutOff(
    picture,
    withMissed(picture, ofOnePen(withoutTwice(cutAll(picture, places, size))), size, print),
  );
  const shown = firstLines(cuts, MOST_GLYPHS);
  const lines = linesOf(shown.map(({ box }) => box));
  const [first, ...rest] = lines.flatMap((line, number) =>
    line.flatMap((place): Glyph[] => {
      const cut = shown[place];
      return cut === undefined ? [] : [{ pixels: cut.pixels, box: rounded(cut.box, 1 / scale), line: number }];
    }),
  );
  if (first === undefined) return null;
  const main = mainOf([first, ...rest]);
  return {
    outcome: 'glyphs',
    width: raster.width,
    height: raster.height,
    glyphs: [first, ...rest],
    ...(main !== undefined && { main }),
    ...((sightings.length > boxes.length || cuts.length > shown.length) && { more: true }),
  };
}

/** Of more than can be shown the first lines, whole, so that what is read can be read on: the rest is another photo. */
function firstLines<T extends { readonly box: Box }>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const places: number[] = [];
  for (const line of linesOf(all.map(({ box }) => box))) {
    if (places.length > 0 && places.length + line.length > most) break;
    places.push(...line);
  }
  return places.slice(0, most).flatMap((place) => all[place] ?? []);
}

/** Place of the one that is much larger than all others; undefined where it is alone, or there is no such one. */
function mainOf(glyphs: readonly Glyph[]): number | undefined {
  const sizes = glyphs.map(({ box }) => longer(box));
  const [largest, second] = [...sizes].sort((a, b) => b - a);
  return largest !== undefined && second !== undefined && largest >= MUCH_LARGER * second
    ? sizes.indexOf(largest)
    : undefined;
}

function cutAll(picture: Raster, boxes: readonly Box[], size: number): readonly Cut[] {
  const others = new Map(boxes.map((box) => [box, boxes.filter((each) => each !== box)]));
  const cut = (box: Box, polarity?: Polarity): Cut | null =>
    cutInside(picture, box, others.get(box) ?? [], size, polarity);
  const voters = [...boxes].sort((a, b) => longer(b) - longer(a)).slice(0, VOTERS);
  const votes = new Map(voters.map((box) => [box, cut(box)]));
  const weigh = (polarity: Polarity): number =>
    [...votes.values()].reduce((sum, vote) => sum + (vote?.polarity === polarity ? vote.contrast : 0), 0);
  const polarity = weigh('light') > weigh('dark') ? 'light' : 'dark';
  return boxes.flatMap((box) => {
    const vote = votes.get(box);
    const own = vote?.polarity === polarity ? vote : (cut(box, polarity) ?? vote ?? null);
    return own === null ? [] : [own];
  });
}

/** With what the finder missed in their lines. */
function withMissed(picture: Raster, cuts: readonly Cut[], size: number, printed: readonly Box[]): readonly Cut[] {
  const room = MOST_GLYPHS - cuts.length;
  const [first] = cuts;
  if (first === undefined || room <= 0) return cuts;
  const missed = missedIn(picture, cuts, printed).slice(0, room);
  const all = [...cuts.map(({ box }) => box), ...missed];
  const added = missed.flatMap((box) => {
    const cut = cutInside(
      picture,
      box,
      all.filter((each) => each !== box),
      size,
      first.polarity,
    );
    return cut === null ? [] : [cut];
  });
  return withoutTwice([...cuts, ...added]);
}

function withoutTwice(cuts: readonly Cut[]): readonly Cut[] {
  const kept: Cut[] = [];
  for (const each of cuts) if (!kept.some(({ box }) => overlapOf(box, each.box) > TWICE)) kept.push(each);
  return kept;
}

function withoutCutOff(picture: Raster, cuts: readonly Cut[]): readonly Cut[] {
  const boxes = cuts.map(({ box }) => box);
  const off = cutOff(boxes, linesOf(boxes), picture);
  return cuts.filter((_, place) => !off.has(place));
}

/** Without what is so much fainter than the rest of the page: its folds, what shines through, a binding's holes. */
function ofOnePen(cuts: readonly Cut[]): readonly Cut[] {
  if (cuts.length < 4) return cuts;
  const least = FAINT * middleOf(cuts.map(({ contrast }) => contrast));
  return cuts.filter(({ contrast }) => contrast >= least);
}

/** The picture without its grain: halved where the characters are large enough for that, else smoothed. */
function denoisedFor(picture: Raster, boxes: readonly Box[]): Raster {
  const soft = denoised(picture);
  const large = (middleOf(boxes.map(longer)) * soft.width) / picture.width >= LEAST_SIZE;
  return smoothed(large ? soft : picture);
}
