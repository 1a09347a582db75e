// Photo → glyphs: the one way in which every picture (photo, drawing, imported set) becomes what the model reads.
import { calmed, canHalve, halved } from './calm.ts';
import { findCharacter } from './character.ts';
import { inkOf } from './ink.ts';
import { decodePhoto } from './decode.ts';
import { GLYPH_SIZE, type Raster, type Reading } from './glyph.ts';
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
  let clean = withoutRuling(calmed(raster));
  let found = findCharacter(clean);
  // What is lost in the grain is seen from further away.
  while (found.outcome !== 'character' && found.outcome !== 'several-characters' && canHalve(clean)) {
    clean = halved(clean);
    found = findCharacter(clean);
  }
  if (found.outcome !== 'character') return found;
  const pixels = normaliseInk(inkOf(found), size);
  if (pixels === null) return { outcome: 'too-faint' };
  const box = scaleBox(
    { ...found.box, x: found.x + found.box.x, y: found.y + found.box.y },
    raster.width / clean.width,
  );
  return { outcome: 'glyphs', width: raster.width, height: raster.height, glyphs: [{ pixels, box }] };
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
