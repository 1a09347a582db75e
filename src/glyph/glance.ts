// What was seen of a photo that could not be read, or hardly: the photo, small, with what was looked at marked, and beside it what was cut
// out. It is shown to who sent the photo and kept nowhere.
import sharp from 'sharp';
import { findCharacters } from '../find/find.ts';
import { scaled } from './crop.ts';
import { decodeColours, decodePhoto } from './decode.ts';
import { GLYPH_SIZE, type Box, type Glyph } from './glyph.ts';

/** The longer side of the photo there, and the side of the cut-out. */
const SIDE = 400;
const CUT_SIDE = 160;
const GAP = 12;
/** So many of the surest places are marked. */
const MOST_MARKED = 9;

/** `glyph`: what is in doubt; left out, the places that looked most like writing are marked. Null for what cannot be opened. */
export async function glance(
  bytes: Uint8Array,
  glyph: Pick<Glyph, 'pixels' | 'box'> | null,
): Promise<Uint8Array | null> {
  const opened = await decodeColours(bytes, SIDE);
  if (opened.outcome !== 'colours') return null;
  const { width, height, pixels } = opened.colours;
  const boxes = glyph === null ? await placesIn(bytes) : [scaled(glyph.box, 1 / opened.width)];
  const marks = Buffer.from(
    marked(
      boxes.map((box) => scaled(box, width)),
      width,
      height,
    ),
  );
  const right = glyph === null ? 0 : GAP + CUT_SIDE;
  const high = glyph === null ? height : Math.max(height, CUT_SIDE);
  const cut = glyph === null ? [] : [{ input: await enlarged(glyph.pixels), left: width + GAP, top: 0 }];
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .extend({ right, bottom: high - height, background: '#fff' })
    .composite([{ input: marks, left: 0, top: 0 }, ...cut])
    .jpeg({ quality: 75 })
    .toBuffer();
}

/** Where the finder saw something, as shares of the photo's width. */
async function placesIn(bytes: Uint8Array): Promise<readonly Box[]> {
  const decoded = await decodePhoto(bytes);
  if (decoded.outcome !== 'raster') return [];
  const { raster } = decoded;
  const seen = await findCharacters(raster);
  return seen.slice(0, MOST_MARKED).map(({ box }) => scaled(box, 1 / raster.width));
}

/** Seen on any ground: a dark line on a light one. */
function marked(boxes: readonly Box[], width: number, height: number): string {
  const frames = boxes.map(({ x, y, width: wide, height: high }) => {
    const frame = `<rect x="${x - 3}" y="${y - 3}" width="${wide + 6}" height="${high + 6}" rx="4" fill="none"`;
    return `${frame} stroke="#fff" stroke-width="5"/>${frame} stroke="#b3541e" stroke-width="2.5"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${frames.join('')}</svg>`;
}

function enlarged(pixels: Uint8Array): Promise<Buffer> {
  return sharp(
    pixels.map((ink) => 255 - ink),
    { raw: { width: GLYPH_SIZE, height: GLYPH_SIZE, channels: 1 } },
  )
    .resize(CUT_SIDE, CUT_SIDE, { kernel: 'nearest' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}
