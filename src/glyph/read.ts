// Photo → glyphs: the one way in which every picture (photo, drawing, imported set) becomes what the model reads.
import type { Sighting } from '../find/boxes.ts';
import { countPrinted, findCharacters } from '../find/find.ts';
import { readAll, type Closer } from './all.ts';
import { denoised, canHalve, halved } from './denoise.ts';
import { findCharacter, type Found } from './character.ts';
import { clipped, cropped, grown, longer, overlapOf, rounded } from './crop.ts';
import { hintFor, isVague, whyNothing } from './coach.ts';
import { decideCuts, LIMITS, severalIn } from './decide.ts';
import { CLOSE_SIDE, decodePhoto } from './decode.ts';
import { GLYPH_SIZE, type Box, type Glyph, type Raster, type Reading } from './glyph.ts';
import { inkOf } from './ink.ts';
import { normaliseInk } from './normalise.ts';
import { withoutRuling } from './ruling.ts';
import { showsNoWriting } from './nothing.ts';
import { readSheet, SHEET_SIDE } from './sheet/read.ts';
import { SMALL } from './threshold.ts';
import { writtenOf } from './written.ts';

/** Reads a photo's bytes (JPEG, PNG, WebP, GIF, TIFF, AVIF). Never throws on bad bytes: why they are no good is the outcome. */
export async function readPhoto(bytes: Uint8Array, size: number = GLYPH_SIZE): Promise<Reading> {
  const decoded = await decodePhoto(bytes);
  if (decoded.outcome !== 'raster') return decoded;
  const sheet = await readSheet(decoded, () => decodePhoto(bytes, SHEET_SIDE), size);
  if (sheet !== null) return sheet;
  let close: Promise<Raster | null> | undefined;
  const closer: Closer = () =>
    (close ??= decodePhoto(bytes, CLOSE_SIDE).then((each) => (each.outcome === 'raster' ? each.raster : null)));
  const larger = Math.max(decoded.width, decoded.height) > 1.2 * longer(decoded.raster);
  const scale = decoded.width / decoded.raster.width;
  const reading = await coached(
    decoded.raster,
    await readSighted(decoded.raster, size, larger ? closer : undefined),
    scale,
  );
  if (reading.outcome !== 'glyphs') return reading;
  const [first, ...rest] = reading.glyphs;
  const enlarge = (glyph: typeof first): typeof first => ({ ...glyph, box: rounded(glyph.box, scale) });
  return { ...reading, width: decoded.width, height: decoded.height, glyphs: [enlarge(first), ...rest.map(enlarge)] };
}

/** With what would help, where nothing was read or one character alone. */
async function coached(raster: Raster, reading: Reading, scale: number): Promise<Reading> {
  if (reading.outcome === 'sheet') return reading;
  if (reading.outcome !== 'glyphs') {
    if (!isVague(raster, reading.outcome)) return reading;
    return { outcome: whyNothing(raster, reading.outcome, await countPrinted(raster)) };
  }
  const [{ box }, another] = reading.glyphs;
  const hint = another === undefined ? hintFor(raster, box, scale) : null;
  return hint === null ? reading : { ...reading, hint };
}

/** So many places that may be characters are a page of them, or a texture. */
const MANY = 12;

/** Reads grey pixels with the finder's help: it tells how many characters there are; one alone the rules cut out. */
async function readSighted(raster: Raster, size: number, closer?: Closer): Promise<Reading> {
  // Cut out already.
  if (Math.max(raster.width, raster.height) <= SMALL) return readRaster(raster, size);
  const seen = await findCharacters(raster, closer);
  const sightings = await writtenOf(raster, seen, closer);
  // Print that a hand wrote after all stands among the sightings.
  const printed = seen.filter((each) => !sightings.includes(each));
  // A page of joined or tiny writing is as hard to tell from leaves as it is to read: so many places are not called blank.
  if (showsNoWriting(raster, sightings)) return { outcome: isMany(sightings) ? 'hardly-read' : 'blank' };
  const several = severalIn(sightings);
  if (several !== null) {
    const all = await readAll(raster, several, size, printed, closer);
    if (all !== null) return all.main === undefined ? all : withMain(all, all.main, readRaster(raster, size));
  }
  const [one, another] = sightings.filter(({ sureness }) => sureness >= LIMITS.among);
  if (one !== undefined && another === undefined) {
    const near = readNear(raster, one.box, size);
    if (near !== null) return near;
  }
  const ruled = readRaster(raster, size);
  const decision = decideCuts(ruled, sightings);
  if (decision.kind === 'as-ruled') return ruled;
  if (decision.kind === 'refused') return { outcome: decision.outcome };
  const all = await readAll(raster, decision.sightings, size, printed, closer);
  if (all === null) return decision.otherwise === null ? ruled : { outcome: decision.otherwise };
  return all.main === undefined ? all : withMain(all, all.main, ruled);
}

const isMany = (sightings: readonly Sighting[]): boolean =>
  sightings.filter(({ sureness }) => sureness >= LIMITS.among).length >= MANY;

/** Around the one character that the finder sees, so much of its box's longer side is looked at, and no less than so many pixels. */
const AROUND = 0.5;
const LEAST_SIDE = SMALL + 8;
/** By this IoU what the rules cut out is all of what the finder sees; seen from further away it must be so much more of it. */
const WHOLE = 0.7;
const MORE = 0.1;

/** Reads by rules what is in and around the box; null where they find something else there. */
function readNear(raster: Raster, box: Box, size: number): Reading | null {
  const side = Math.max(LEAST_SIDE, (1 + 2 * AROUND) * longer(box));
  const place = clipped(grown(box, (side - longer(box)) / 2), raster);
  if (Math.min(place.width, place.height) < LEAST_SIDE) return null;
  let best: { readonly glyph: Glyph; readonly overlap: number } | null = null;
  // Soft strokes have no edges from near: where a part of what the finder sees is missing, it is looked for from further away.
  for (let part = cropped(raster, place); ; part = halved(part)) {
    const reading = readRaster(part, size);
    if (reading.outcome === 'glyphs') {
      const [glyph] = reading.glyphs;
      const own = rounded(glyph.box, place.width / part.width);
      const moved = { ...own, x: place.x + own.x, y: place.y + own.y };
      const overlap = overlapOf(moved, box);
      if (overlap > (best === null ? LIMITS.same : best.overlap + MORE))
        best = { glyph: { ...glyph, box: moved }, overlap };
    }
    if (best === null || best.overlap >= WHOLE || !canHalve(part)) break;
  }
  return best && { outcome: 'glyphs', width: raster.width, height: raster.height, glyphs: [best.glyph] };
}

/** The rules cut the one that the photo is about more exactly, where they mean the same one. */
function withMain(all: Extract<Reading, { outcome: 'glyphs' }>, main: number, ruled: Reading): Reading {
  const own = ruled.outcome === 'glyphs' ? ruled.glyphs[0] : undefined;
  const [first, ...rest] = all.glyphs.map((glyph, place) =>
    place === main && own !== undefined && overlapOf(own.box, glyph.box) > LIMITS.same
      ? { ...own, line: glyph.line }
      : glyph,
  );
  return first === undefined ? all : { ...all, glyphs: [first, ...rest] };
}

/** Reads grey pixels of any size and either polarity by rules alone, as one character; boxes are in the raster's pixels. */
export function readRaster(raster: Raster, size: number = GLYPH_SIZE): Reading {
  if (raster.width * raster.height < 16) return { outcome: 'too-small' };
  let { picture, found } = findOnPaper(denoised(raster));
  // What is lost in the grain is seen from further away.
  while (found.outcome !== 'character' && found.outcome !== 'several-characters' && canHalve(picture)) {
    picture = halved(picture);
    found = findCharacter(picture);
  }
  if (found.outcome !== 'character') return found;
  const pixels = normaliseInk(inkOf(found), size);
  if (pixels === null) return { outcome: 'too-faint' };
  const box = rounded(
    { ...found.box, x: found.x + found.box.x, y: found.y + found.box.y },
    raster.width / picture.width,
  );
  return { outcome: 'glyphs', width: raster.width, height: raster.height, glyphs: [{ pixels, box, line: 0 }] };
}

/** Of the picture's width or height; a character that takes more may have strokes that look like ruling. */
const LARGE = 0.7;

/** The character, and the picture in which it was found: without its ruling, unless those lines may be its own strokes. */
function findOnPaper(picture: Raster): { picture: Raster; found: Found } {
  const unruled = withoutRuling(picture);
  if (unruled !== null) {
    const found = findCharacter(unruled.raster);
    const sure = found.outcome === 'character' ? isSmall(found.box, picture) : found.outcome === 'several-characters';
    if (sure || !unruled.doubtful) return { picture: unruled.raster, found };
  }
  return { picture, found: findCharacter(picture) };
}

function isSmall({ width, height }: Box, picture: Raster): boolean {
  return Math.max(width / picture.width, height / picture.height) < LARGE;
}

/** Reads what a labelled set holds: grey pixels, or the bytes of an image file. */
export async function readPicture(picture: Raster | Uint8Array, size: number = GLYPH_SIZE): Promise<Reading> {
  return picture instanceof Uint8Array ? readPhoto(picture, size) : readSighted(picture, size);
}
