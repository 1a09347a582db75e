// Photo → glyphs: the one way in which every picture (photo, drawing, imported set) becomes what the model reads.
import { calmed, canHalve, halved } from './calm.ts';
import { findCharacter, type Found } from './character.ts';
import { inkOf } from './ink.ts';
import { decodePhoto } from './decode.ts';
import { GLYPH_SIZE, type Box, type Raster, type Reading } from './glyph.ts';
import { normaliseInk } from './normalise.ts';
import { withoutRuling } from './ruling.ts';

/** Reads a photo's bytes (JPEG, PNG, WebP, GIF, TIFF, AVIF). Never throws on bad bytes: why they are no good is the outcome. */
export async function readPhoto(bytes: Uint8Array, size: number = GLYPH_SIZE): Promise<Reading> {
  const decoded = await decodePhoto(bytes);
  if (decoded.outcome !== 'raster') return decoded;
  const reading = readRaster(decoded.raster, size);
  if (reading.outcome !== 'glyphs') return reading;
  const scale = decoded.width / decoded.raster.width;
  const [first, ...rest] = reading.glyphs;
  const enlarge = (glyph: typeof first): typeof first => ({ ...glyph, box: scaleBox(glyph.box, scale) });
  return { ...reading, width: decoded.width, height: decoded.height, glyphs: [enlarge(first), ...rest.map(enlarge)] };
}

/** Reads grey pixels of any size and either polarity; boxes are in the raster's pixels. */
export function readRaster(raster: Raster, size: number = GLYPH_SIZE): Reading {
  if (raster.width * raster.height < 16) return { outcome: 'too-small' };
  let { picture, found } = findOnPaper(calmed(raster));
  // What is lost in the grain is seen from further away.
  while (found.outcome !== 'character' && found.outcome !== 'several-characters' && canHalve(picture)) {
    picture = halved(picture);
    found = findCharacter(picture);
  }
  if (found.outcome !== 'character') return found;
  const pixels = normaliseInk(inkOf(found), size);
  if (pixels === null) return { outcome: 'too-faint' };
  const box = scaleBox(
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
  return picture instanceof Uint8Array ? readPhoto(picture, size) : readRaster(picture, size);
}

function scaleBox<Box extends { x: number; y: number; width: number; height: number }>(box: Box, scale: number): Box {
  const x = Math.round(box.x * scale);
  const y = Math.round(box.y * scale);
  const right = Math.round((box.x + box.width) * scale);
  const bottom = Math.round((box.y + box.height) * scale);
  return { ...box, x, y, width: right - x, height: bottom - y };
}
