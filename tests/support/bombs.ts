// Small files that unfold into very large pictures, made on the spot.
import sharp, { type Sharp } from 'sharp';

/** One colour, so that it compresses to nearly nothing. */
export function flat(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  const background = { r: 230, g: 225, b: 220, alpha: 0.9 };
  return sharp({ create: { width, height, channels, background }, limitInputPixels: false });
}

export const avif = (width: number, height: number): Promise<Buffer> =>
  flat(width, height).avif({ effort: 0 }).toBuffer();

export const interlaced = (width: number, height: number): Promise<Buffer> =>
  flat(width, height).png({ progressive: true }).toBuffer();

/** Of 16 bits and with transparency: eight bytes a pixel. */
export const interlacedDeep = (width: number, height: number): Promise<Buffer> =>
  flat(width, height, 4).toColourspace('rgb16').png({ progressive: true }).toBuffer();

export const progressive = (width: number, height: number): Promise<Buffer> =>
  flat(width, height).jpeg({ progressive: true }).toBuffer();

/** An AVIF of 12 megapixels whose container speaks of 1000×750: only who decodes it learns better. */
export async function untruthful(): Promise<Buffer> {
  const bytes = await avif(4000, 3000);
  for (let at = bytes.indexOf('ispe'); at !== -1; at = bytes.indexOf('ispe', at + 1)) {
    bytes.writeUInt32BE(1000, at + 8);
    bytes.writeUInt32BE(750, at + 12);
  }
  return bytes;
}
