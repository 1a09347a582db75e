// Bytes that somebody sent become grey pixels, upright and bounded, or the reason why not. The only file that knows sharp.
import sharp from 'sharp';

import { isAffordable, worstCost } from './cost.ts';
import type { Raster, Unreadable } from './glyph.ts';
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

/** Decodes JPEG, PNG, WebP, GIF, TIFF or AVIF bytes. Never throws on bad bytes: what is wrong with them is the outcome. */
export async function decodePhoto(bytes: Uint8Array, side: number = WORK_SIDE): Promise<Decoded> {
  const inspected = inspect(bytes);
  if (inspected.outcome !== 'picture') return inspected;
  const { format, cost } = inspected;
  // `truncated` lets harmless warnings pass.
  const photo = sharp(bytes, { limitInputPixels: false, failOn: 'truncated', animated: false });
  try {
    const header = await photo.metadata();
    // What sharp takes it for may be larger than what we saw.
    const seen = cost?.width === header.width && cost.height === header.height;
    if (!seen && !isAffordable(worstCost(header.width, header.height))) return { outcome: 'too-many-pixels' };
    if (format !== 'tiff' && (header.pages ?? 1) > 1) return { outcome: 'animated' };
    const { data, info } = await photo
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      // Raw grey pixels come without their alpha.
      .toColourspace(header.hasAlpha ? 'srgb' : 'b-w')
      .timeout({ seconds: TIMEOUT_SECONDS })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const pixels = info.channels === 4 ? flatten(data) : new Uint8Array(data);
    return {
      outcome: 'raster',
      raster: { width: info.width, height: info.height, pixels },
      width: header.autoOrient.width,
      height: header.autoOrient.height,
    };
  } catch {
    return { outcome: 'damaged' };
  }
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
