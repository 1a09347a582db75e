// Bytes that somebody sent become grey pixels, upright and bounded, or the reason why not.
import sharp, { type FailOnOptions as FailOn, type Metadata, type OutputInfo, type Sharp } from 'sharp';

import { isAffordable, worstCost } from './cost.ts';
import { ended, wholeScans } from './cut-jpeg.ts';
import type { Raster, Unreadable } from './glyph.ts';
import { boxesOf, orNone } from './headers.ts';
import { inspect } from './inspect.ts';

/** Photos are worked on no larger than this (longer side, pixels): finer detail is camera noise. */
export const WORK_SIDE = 640;
/** Small writing is cut out of a picture so large. */
export const CLOSE_SIDE = 1280;

/** How long one photo may keep a decoder busy before it is given up as damaged. */
const TIMEOUT_SECONDS = 10;

// Every photo is another one, so libvips' operation cache would only hold memory.
sharp.cache(false);
// Each more thread would hold rows of its own, and photos are read beside each other anyway.
sharp.concurrency(1);

export type Decoded =
  | {
      readonly outcome: 'raster';
      /** At most `side` on its longer side. */
      readonly raster: Raster;
      /** Size of the whole upright photo, in its own pixels. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly outcome: Unreadable };

type DecodedColours =
  | {
      readonly outcome: 'colours';
      /** Red, green and blue, row by row; at most `side` on its longer side. */
      readonly colours: Raster;
      readonly width: number;
      readonly height: number;
    }
  | { readonly outcome: Unreadable };

/** Decodes JPEG, PNG, WebP, GIF, TIFF or AVIF bytes. Never throws on bad bytes: what is wrong with them is the outcome. */
export async function decodePhoto(bytes: Uint8Array, side: number = WORK_SIDE): Promise<Decoded> {
  const opened = await openPhoto(bytes, side, (picture, header) =>
    picture.toColourspace(header.hasAlpha ? 'srgb' : 'b-w'),
  );
  if (opened.outcome !== 'opened') return opened;
  const { data, info, width, height } = opened;
  const pixels = info.channels === 4 ? flatten(data) : new Uint8Array(data);
  return { outcome: 'raster', raster: { width: info.width, height: info.height, pixels }, width, height };
}

/** The same in colours; what is transparent is white, as pages show it. */
export async function decodeColours(bytes: Uint8Array, side: number): Promise<DecodedColours> {
  const opened = await openPhoto(bytes, side, (picture) =>
    picture.flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha(),
  );
  if (opened.outcome !== 'opened') return opened;
  const { data, info, width, height } = opened;
  return {
    outcome: 'colours',
    colours: { width: info.width, height: info.height, pixels: new Uint8Array(data) },
    width,
    height,
  };
}

type Opened =
  | {
      readonly outcome: 'opened';
      readonly data: Buffer;
      readonly info: OutputInfo;
      readonly width: number;
      readonly height: number;
    }
  | { readonly outcome: Unreadable };

async function openPhoto(
  bytes: Uint8Array,
  side: number,
  coloured: (picture: Sharp, header: Metadata) => Sharp,
): Promise<Opened> {
  const inspected = inspect(bytes);
  if (inspected.outcome !== 'picture') return inspected;
  const { format, cost } = inspected;
  try {
    const source = format === 'avif' ? stillAvif(bytes) : bytes;
    const header = await sharp(source, LENIENT).metadata();
    // What sharp takes it for may be larger than what we saw.
    const seen = cost?.width === header.width && cost.height === header.height;
    if (!seen && !isAffordable(worstCost(header.width, header.height))) return { outcome: 'too-many-pixels' };
    if ((format === 'gif' || format === 'webp') && (await moves(source, header))) return { outcome: 'animated' };
    const open: Open = (from, options) =>
      coloured(
        sharp(from, { ...LENIENT, ...options, ...(header.pagePrimary ? { page: header.pagePrimary } : {}) })
          .autoOrient()
          .resize(side, side, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' }),
        header,
      )
        .timeout({ seconds: TIMEOUT_SECONDS })
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
    const { data, info } = await (format === 'jpeg' ? openJpeg(bytes, header, open) : open(source));
    return { outcome: 'opened', data, info, width: header.autoOrient.width, height: header.autoOrient.height };
  } catch {
    return { outcome: 'damaged' };
  }
}

/** `truncated` lets harmless warnings pass. */
const LENIENT = { limitInputPixels: false, failOn: 'truncated', animated: false } as const;

type Open = (from: Uint8Array, options?: { readonly failOn?: FailOn }) => Promise<{ data: Buffer; info: OutputInfo }>;

/** Of a JPEG that was cut short so much must be there, from the top. */
const NEARLY_ALL = 0.95;

/** A JPEG as viewers show it: also one that lacks its last bytes, where nearly all of the picture is there. */
async function openJpeg(bytes: Uint8Array, header: Metadata, open: Open): ReturnType<Open> {
  let because: unknown;
  try {
    return await open(bytes, { failOn: 'warning' });
  } catch (error) {
    because = error;
  }
  if (!isCutShort(because)) return open(bytes);
  const scans = wholeScans(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (scans !== undefined) return open(scans);
  // Decoding from the top says whether the rows are there; what is missing below has the colour of what came last.
  const most = { left: 0, top: 0, width: header.width, height: Math.ceil(NEARLY_ALL * header.height) };
  const look = (from: Uint8Array, failOn: FailOn): Promise<unknown> =>
    sharp(from, { ...LENIENT, failOn })
      .extract(most)
      .resize(8, 8, { fit: 'fill' })
      .timeout({ seconds: TIMEOUT_SECONDS })
      .raw()
      .toBuffer();
  await look(ended(bytes), 'warning').catch((error: unknown) => {
    if (isCutShort(error)) throw error;
    return look(bytes, 'truncated');
  });
  return open(bytes, { failOn: 'none' });
}

const isCutShort = (error: unknown): boolean => error instanceof Error && error.message.includes('premature end');

/** Frames that are compared; what has more of them, or larger ones, is no still picture. */
const MOST_FRAMES = 20;
const MOST_COMPARED = 4e6;

/** Whether its frames differ: a picture may be stored as several and stand still. */
async function moves(bytes: Uint8Array, { pages = 1, width, height }: Metadata): Promise<boolean> {
  if (pages === 1) return false;
  if (pages > MOST_FRAMES || pages * width * height > MOST_COMPARED) return true;
  const data = await sharp(bytes, { ...LENIENT, animated: true })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .raw()
    .toBuffer();
  const frame = data.length / pages;
  const first = data.subarray(0, frame);
  return Array.from({ length: pages }, (_, at) => data.subarray(at * frame, (at + 1) * frame)).some(
    (each) => !each.equals(first),
  );
}

/** The still picture of an AVIF as the decoder knows it: by that name alone, and with no track to be looked into. */
function stillAvif(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // The name stands before the content, or before a size of eight bytes.
  const named = (at: number): number => (view.toString('latin1', at - 4, at) === 'moov' ? at - 4 : at - 12);
  const tracks = (orNone(() => [...boxesOf(view, ['moov'])]) ?? []).map(named);
  if (tracks.length === 0 && view.toString('latin1', 8, 12) === 'avif') return bytes;
  const still = Buffer.from(view);
  still.write('avif', 8, 'latin1');
  for (const at of tracks) still.write('free', at, 'latin1');
  return still;
}

/**
 * Grey pixels from red, green, blue and alpha, on a ground that shows them. Where little is opaque the opaque part is ink, and
 * the ground its opposite; where much is, the opaque part is a whole picture with holes, and the ground its own median.
 */
function flatten(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(data.length / 4);
  const histogram = new Float64Array(256);
  let opaque = 0;
  let light = 0;
  for (let i = 0; i < pixels.length; i++) {
    const alpha = data[4 * i + 3] ?? 255;
    // The weights of ITU-R BT.601, as JPEG has them.
    const grey = Math.round(
      0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0),
    );
    pixels[i] = grey;
    histogram[grey] = (histogram[grey] ?? 0) + alpha;
    opaque += alpha;
    light += grey * alpha;
  }
  let ground = light / Math.max(1, opaque) < 128 ? 255 : 0;
  if (opaque > 0.5 * 255 * pixels.length) {
    let below = 0;
    ground = histogram.findIndex((weight) => (below += weight) >= opaque / 2);
  }
  for (let i = 0; i < pixels.length; i++) {
    const alpha = data[4 * i + 3] ?? 255;
    pixels[i] = Math.round(((pixels[i] ?? 0) * alpha + ground * (255 - alpha)) / 255);
  }
  return pixels;
}
