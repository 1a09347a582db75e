// What opening a picture would take, told by its own header before a pixel is decoded: a file of a kilobyte can unfold into a
// gigabyte. Only the structure counts, as each format's specification has it. Every factor here was measured (docs/architecture.md).
import { boxesOf, chunksOf, jpegFrame, tiffFrame } from './headers.ts';
import { sniffFormat, type Sniffed } from './sniff.ts';

/** A photo of more pixels seldom fits into the bytes that platforms carry. */
const MOST_PIXELS = 64e6;
/** Of pictures that have to be held as a whole while they are decoded. */
const MOST_PIXELS_WHOLE = 12e6;
/** What a decoder may hold at once, bytes. */
const MOST_HELD = 80e6;
/** Pictures that hold more than this are dear: of them one is opened at a time. */
const DEAR = 20e6;

export interface Cost {
  readonly width: number;
  readonly height: number;
  /** What the decoder holds at once, bytes. */
  readonly held: number;
  /** Whether it can only be decoded as a whole. */
  readonly whole: boolean;
}

/** Undefined when the header says nothing that can be trusted. */
export function costOf(bytes: Uint8Array, format: Sniffed): Cost | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const cost = readers[format]?.(view);
    return cost !== undefined && cost.width > 0 && cost.height > 0 ? cost : undefined;
  } catch (error) {
    // A header that points outside of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The cost of a picture of this size about which nothing else is known: the dearest format's. */
export function worstCost(width: number, height: number): Cost {
  return { width, height, held: AVIF_BYTES * width * height, whole: true };
}

export function isAffordable({ width, height, held, whole }: Cost): boolean {
  return width * height <= (whole ? MOST_PIXELS_WHOLE : MOST_PIXELS) && held <= MOST_HELD;
}

/** Whether opening these bytes takes so much that it should wait for others like it, and never in the way of ordinary photos. */
export function isDear(bytes: Uint8Array): boolean {
  const format = sniffFormat(bytes);
  // What is refused unopened costs nothing.
  if (!(format in readers)) return false;
  const cost = costOf(bytes, format);
  return cost === undefined || (cost.held > DEAR && isAffordable(cost));
}

/** Bytes a pixel that libheif, the AV1 decoder and the conversion to RGB hold together; 18 without the dearest options. */
const AVIF_BYTES = 24;

const readers: Partial<Record<Sniffed, (view: Buffer) => Cost | undefined>> = {
  jpeg(view) {
    const frame = jpegFrame(view);
    if (frame === undefined) return undefined;
    const { width, height, scans, samples } = frame;
    // One scan is decoded row by row, at reduced size; several need every coefficient, two bytes each, until the last.
    return { width, height, held: scans === 'one' ? 0 : 2 * samples * width * height, whole: scans !== 'one' };
  },
  png(view) {
    const [width, height, depth] = [view.readUInt32BE(16), view.readUInt32BE(20), view.readUInt8(24)];
    // A palette's colours are unfolded.
    const channels = { 0: 1, 2: 3, 3: 4, 4: 2, 6: 4 }[view.readUInt8(25)] ?? 4;
    const pixel = channels * Math.max(1, depth / 8);
    const whole = view.readUInt8(28) !== 0;
    return { width, height, held: rowsHeld(width, height, pixel) + (whole ? pixel * width * height : 0), whole };
  },
  gif(view) {
    const [width, height] = [view.readUInt16LE(6), view.readUInt16LE(8)];
    return { width, height, held: rowsHeld(width, height, 4) + 4 * width * height, whole: true };
  },
  webp(view) {
    for (const { name, at } of chunksOf(view)) {
      if (name === 'VP8X') {
        const [width, height] = [view.readUIntLE(at + 4, 3) + 1, view.readUIntLE(at + 7, 3) + 1];
        const lossless = [...chunksOf(view)].some((chunk) => chunk.name === 'VP8L');
        const alpha = (view.readUInt8(at) & 0x10) !== 0;
        return { width, height, held: (lossless ? 4 : alpha ? 1.2 : 0) * width * height, whole: lossless };
      }
      if (name === 'VP8 ') {
        return {
          width: view.readUInt16LE(at + 6) & 0x3fff,
          height: view.readUInt16LE(at + 8) & 0x3fff,
          held: 0,
          whole: false,
        };
      }
      if (name === 'VP8L') {
        const bits = view.readUInt32LE(at + 1);
        const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
        return { width, height, held: 4 * width * height, whole: true };
      }
    }
    return undefined;
  },
  tiff(view) {
    const frame = tiffFrame(view);
    if (frame === undefined) return undefined;
    const { width, height, bits, blockWidth, blockHeight } = frame;
    // Some rows of tiles, or strips, are held at once, padded to whole ones.
    const padded = Math.ceil(width / blockWidth) * blockWidth;
    const blocks = Math.min(3, Math.ceil(height / blockHeight)) * blockHeight;
    return { width, height, held: rowsHeld(width, height, bits / 8) + (padded * blocks * bits) / 8, whole: false };
  },
  avif(view) {
    let cost: Cost | undefined;
    // The picture, its alpha, its thumbnail and the tiles of a grid each say a size: the largest counts.
    for (const at of boxesOf(view, ['meta', 'iprp', 'ipco', 'ispe'])) {
      const found = worstCost(view.readUInt32BE(at + 4), view.readUInt32BE(at + 8));
      if (cost === undefined || found.held > cost.held) cost = found;
    }
    return cost;
  },
};

/** Decoded row by row, a quarter as many rows as the longer side has pixels are held: the more it shrinks, the more. */
function rowsHeld(width: number, height: number, pixel: number): number {
  return pixel * width * Math.min(height, Math.max(width, height) / 4);
}
