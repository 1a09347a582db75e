// A drawing of ours for whoever takes nothing but JPEG.
import sharp from 'sharp';

export const jpegOf = (png: Uint8Array): Promise<Uint8Array> =>
  sharp(png).flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
