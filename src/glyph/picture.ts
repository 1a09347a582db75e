// What is kept of a photo in an alphabet of pictures: a small upright JPEG without anything that cameras write beside it, but for how
// it looks from afar, by which copies are known. What a backbone is shown is made of it again.
import sharp from 'sharp';
import { cellsOf, withCells } from './cells.ts';
import { decodeColours } from './decode.ts';
import { GLYPH_SIZE, type Raster, type Reading } from './glyph.ts';

/** The longer side of what is kept; what backbones are shown is no larger. */
const PICTURE_SIDE = 224;
/** A picture that is narrower than this shows nothing. */
const LEAST_SIDE = 16;
const QUALITY = 85;
/** Longer is not kept: rows of the database hold no more. Noise of this size takes half of it. */
const MOST_BYTES = 60_000;

/** Reads a photo's bytes as one picture. Never throws on bad bytes: why they are no good is the outcome. */
export async function readAsPicture(bytes: Uint8Array): Promise<Reading> {
  const decoded = await decodeColours(bytes, PICTURE_SIDE);
  if (decoded.outcome !== 'colours') return decoded;
  const { colours, width, height } = decoded;
  if (Math.min(colours.width, colours.height) < LEAST_SIDE) return { outcome: 'too-small' };
  const pixels = await packed(colours);
  return { outcome: 'glyphs', width, height, glyphs: [{ pixels, box: { x: 0, y: 0, width, height }, line: 0 }] };
}

/** The same of grey pixels, as sets of numbers hold them. */
export async function rasterAsPicture({ width, height, pixels }: Raster): Promise<Reading> {
  const bytes = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return readAsPicture(bytes);
}

/**
 * What a backbone is shown: red, green and blue of a square of so many pixels. The picture fills it, cut from the middle or squeezed; `zoom` times
 * as large, or, below 1, with its edges drawn out around it.
 */
export async function squareOf(
  picture: Uint8Array,
  side: number,
  zoom = 1,
  fit: 'cover' | 'fill' = 'cover',
): Promise<Uint8Array> {
  const size = Math.round(side * zoom);
  const filled = sharp(picture, { failOn: 'none' }).resize(size, size, { fit, kernel: 'cubic' });
  const edge = Math.floor(Math.abs(size - side) / 2);
  const rest = Math.abs(size - side) - edge;
  const placed =
    zoom >= 1
      ? filled.extract({ left: edge, top: edge, width: side, height: side })
      : filled.extend({ left: edge, top: edge, right: rest, bottom: rest, extendWith: 'copy' });
  const data = await placed.toColourspace('srgb').removeAlpha().raw().toBuffer();
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}

/** Red, green and blue of a picture that is kept, row by row. */
export async function coloursOf(picture: Uint8Array): Promise<Raster> {
  const plain = sharp(picture, { failOn: 'none' }).toColourspace('srgb').removeAlpha().raw();
  const { data, info } = await plain.toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

/** Pixels with so many bytes each: grey; red, green and blue; or those and how opaque they are. */
export interface Coloured {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** A JPEG of them, its longer side at most so long. */
export async function jpegOf({ width, height, channels, pixels }: Coloured, side: number): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** Colours as they are kept. */
export async function packed(colours: Raster): Promise<Uint8Array> {
  const { width, height, pixels } = colours;
  const cells = cellsOf(width, height, pixels);
  let quality = QUALITY;
  for (;;) {
    const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer();
    const bytes = unlikeInk(withCells(jpeg, cells));
    if (bytes.length <= MOST_BYTES || quality <= 25) return bytes;
    quality -= 20;
  }
}

/** A glyph of ink is known by its length, so a picture never has that: what follows the end of a JPEG is not looked at. */
function unlikeInk(jpeg: Uint8Array): Uint8Array {
  return jpeg.length === GLYPH_SIZE ** 2 ? new Uint8Array(Buffer.concat([jpeg, Uint8Array.of(0)])) : jpeg;
}
