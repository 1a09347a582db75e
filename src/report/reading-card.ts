// A photo of several characters as it was read: each cut-out glyph at its place, numbered, with its state by colour and line. It
// is drawn from what is stored, so it can be shown again at any time; the photo itself is never kept.
import { GLYPH_SIZE, type Box } from '../glyph/glyph.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { greyPng } from './png.ts';
import { FONT_FAMILY, renderSvgAside } from './render.ts';

export interface CardGlyph {
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly pixels: Uint8Array;
  /** Where it stands, in pixels of the photo. */
  readonly box: Box;
  readonly number: number;
  readonly state: 'open' | 'doubtful' | 'answered' | 'rejected';
}

/** The card's longer side, and how high an ordinary character is shown at least where that leaves room. */
const LONGEST = 800;
const COMFORTABLE = 52;
const MARGIN = 26;
const MANY = 30;
/** Fainter is paper. */
const INK = 40;

/** Told apart by line as well as by colour. */
const FRAMES = {
  open: { colour: '#2b5fb3', dashes: '', width: 1.5 },
  doubtful: { colour: '#b3541e', dashes: '6 4', width: 3 },
  answered: { colour: '#2e7d4f', dashes: '', width: 3 },
  rejected: { colour: '#777777', dashes: '2 4', width: 1.5 },
} as const;

/** Where each glyph stands on the card: 0 … 1 of its width and height, in the order given. */
export interface CardPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The card as a PNG. Throws RangeError for no glyphs. */
export async function readingCard(glyphs: readonly CardGlyph[]): Promise<Uint8Array> {
  const { width, height, boxes } = layOut(glyphs.map(({ box }) => box));
  const parts = glyphs.flatMap((glyph, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [drawn(glyph, box)];
  });
  return renderSvgAside(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT_FAMILY}">${parts.join('')}</svg>`,
    // A large card is large enough.
    glyphs.length > MANY ? 1.25 : undefined,
  );
}

/** For what is laid over the card, as buttons are. */
export function placesOnCard(boxes: readonly Box[]): readonly CardPlace[] {
  const { width, height, boxes: laid } = layOut(boxes);
  return laid.map((box) => ({
    x: box.x / width,
    y: box.y / height,
    width: box.width / width,
    height: box.height / height,
  }));
}

function layOut(boxes: readonly Box[]): { width: number; height: number; boxes: readonly Box[] } {
  if (boxes.length === 0) throw new RangeError('a card shows at least one glyph');
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const wide = Math.max(...boxes.map(({ x, width }) => x + width)) - left;
  const high = Math.max(...boxes.map(({ y, height }) => y + height)) - top;
  const heights = boxes.map((box) => box.height).sort((a, b) => a - b);
  const usual = Math.max(1, heights[heights.length >> 1] ?? 1);
  const scale = Math.min(COMFORTABLE / usual, LONGEST / Math.max(1, wide, high));
  return {
    width: Math.ceil(wide * scale) + 2 * MARGIN,
    height: Math.ceil(high * scale) + 2 * MARGIN,
    boxes: boxes.map(({ x, y, width, height }) => ({
      x: (x - left) * scale + MARGIN,
      y: (y - top) * scale + MARGIN,
      width: Math.max(4, width * scale),
      height: Math.max(4, height * scale),
    })),
  };
}

function drawn({ pixels, number, state }: CardGlyph, { x, y, width, height }: Box): string {
  const { colour, dashes, width: line } = FRAMES[state];
  const size = Math.min(18, Math.max(11, height / 3));
  const dash = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  const text = String(number);
  const wide = size * (0.35 + 0.55 * text.length);
  return (
    `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" href="${inkOf(pixels)}"/>` +
    `<rect x="${x - 3}" y="${y - 3}" width="${width + 6}" height="${height + 6}" rx="4" fill="none" stroke="${colour}" stroke-width="${line}"${dash}/>` +
    `<rect x="${x - 8}" y="${y - 5 - size}" width="${wide}" height="${size + 3}" rx="3" fill="${colour}"/>` +
    `<text x="${x - 8 + wide / 2}" y="${y - 5 - size * 0.1}" font-size="${size}" text-anchor="middle" fill="#fff">${text}</text>`
  );
}

/** The glyph's ink alone, dark on light: what its box held. */
function inkOf(pixels: Uint8Array): string {
  const picture = kindOfGlyph(pixels).image(pixels);
  if (picture !== null) return `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`;
  let [left, top, right, bottom] = [GLYPH_SIZE, GLYPH_SIZE, 0, 0];
  pixels.forEach((ink, at) => {
    if (ink < INK) return;
    const [x, y] = [at % GLYPH_SIZE, Math.floor(at / GLYPH_SIZE)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  });
  if (right <= left) [left, top, right, bottom] = [0, 0, GLYPH_SIZE, GLYPH_SIZE];
  const [width, height] = [right - left, bottom - top];
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) grey[y * width + x] = 255 - (pixels[(top + y) * GLYPH_SIZE + left + x] ?? 0);
  }
  return `data:image/png;base64,${Buffer.from(greyPng(grey, width, height)).toString('base64')}`;
}
