// What a picture would take to open is seen in its header alone: bombs are refused, dear ones told from ordinary ones.
import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { costOf, isDear } from '../../src/glyph/cost.ts';
import { decodePhoto } from '../../src/glyph/decode.ts';
import { inspect } from '../../src/glyph/inspect.ts';
import { sniffFormat } from '../../src/glyph/sniff.ts';
import { avif, flat, interlaced, interlacedDeep, progressive } from '../support/bombs.ts';

const oriented = (picture: Sharp): Sharp => picture.withMetadata({ orientation: 6 });

describe('sizes are read as the decoder reads them', { timeout: 60_000 }, () => {
  it.each([
    ['JPEG', (picture: Sharp) => picture.jpeg()],
    ['JPEG with EXIF', (picture: Sharp) => oriented(picture).jpeg()],
    ['progressive JPEG', (picture: Sharp) => picture.jpeg({ progressive: true })],
    ['CMYK JPEG', (picture: Sharp) => picture.toColourspace('cmyk').jpeg()],
    ['PNG', (picture: Sharp) => picture.png()],
    ['PNG with a palette', (picture: Sharp) => picture.png({ palette: true })],
    ['WebP', (picture: Sharp) => picture.webp()],
    ['WebP with EXIF', (picture: Sharp) => oriented(picture).webp()],
    ['WebP with alpha', (picture: Sharp) => picture.ensureAlpha(0.5).webp()],
    ['lossless WebP', (picture: Sharp) => picture.webp({ lossless: true })],
    ['lossless WebP with EXIF', (picture: Sharp) => oriented(picture).webp({ lossless: true })],
    ['GIF', (picture: Sharp) => picture.gif()],
    ['TIFF', (picture: Sharp) => picture.tiff()],
    ['TIFF in tiles', (picture: Sharp) => picture.tiff({ tile: true })],
    ['AVIF', (picture: Sharp) => picture.avif({ effort: 0 })],
    ['AVIF with alpha', (picture: Sharp) => picture.ensureAlpha(0.5).avif({ effort: 0 })],
  ])('%s', async (_, encode) => {
    const bytes = await encode(flat(300, 217)).toBuffer();
    expect(costOf(bytes, sniffFormat(bytes))).toMatchObject({ width: 300, height: 217 });
    expect((await decodePhoto(bytes)).outcome).toBe('raster');
  });
});

describe('what is too large for its format', { timeout: 120_000 }, () => {
  it.each([
    ['AVIF of 8000×7900', () => avif(8000, 7900)],
    ['AVIF of 12 megapixels', () => avif(4000, 3000)],
    ['interlaced PNG of 64 megapixels', () => interlaced(8000, 8000)],
    ['interlaced PNG of 12 megapixels, 16 bits', () => interlacedDeep(4000, 3000)],
    ['PNG of 64 megapixels, 16 bits', () => flat(8000, 8000, 4).toColourspace('rgb16').png().toBuffer()],
    ['progressive JPEG of 64 megapixels', () => progressive(8000, 8000)],
    ['lossless WebP of 64 megapixels', () => flat(8000, 8000, 4).webp({ lossless: true, effort: 0 }).toBuffer()],
    ['GIF of 20 megapixels', () => flat(5000, 4000).gif({ effort: 1 }).toBuffer()],
    [
      'TIFF of 64 megapixels in large tiles',
      () => flat(8000, 8000).tiff({ compression: 'deflate', tile: true, tileWidth: 4096, tileHeight: 4096 }).toBuffer(),
    ],
    ['JPEG of 81 megapixels', () => flat(9000, 9000).jpeg().toBuffer()],
  ])('%s', async (_, make) => {
    const bytes = await make();
    expect(inspect(bytes)).toEqual({ outcome: 'too-many-pixels' });
    expect(await decodePhoto(bytes)).toEqual({ outcome: 'too-many-pixels' });
    expect(isDear(bytes)).toBe(false);
  });

  it.each([
    ['JPEG of 48 megapixels', false, () => flat(8000, 6000).jpeg().toBuffer()],
    ['WebP of 48 megapixels', false, () => flat(8000, 6000).webp({ effort: 0 }).toBuffer()],
    ['PNG of 12 megapixels', false, () => flat(4000, 3000).png().toBuffer()],
    ['PNG of 24 megapixels', true, () => flat(6000, 4000).png().toBuffer()],
    ['progressive JPEG of 12 megapixels', true, () => progressive(4000, 3000)],
    ['interlaced PNG of 12 megapixels', true, () => interlaced(4000, 3000)],
    ['AVIF of 3 megapixels', true, () => avif(2000, 1500)],
  ] as const)('but not %s (dear: %s)', async (_, dear, make) => {
    const bytes = await make();
    expect(isDear(bytes)).toBe(dear);
    expect((await decodePhoto(bytes)).outcome).toBe('raster');
  });

  it('a JPEG whose components come one after the other is held as a whole, progressive or not', async () => {
    const bytes = await flat(5000, 4000).jpeg().toBuffer();
    expect(inspect(bytes).outcome).toBe('picture');
    // Its first scan now says that it holds one component of the three.
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    bytes.writeUInt8(1, scan + 4);
    expect(inspect(bytes)).toEqual({ outcome: 'too-many-pixels' });
  });

  it.each([
    ['AVIF', Buffer.from('\0\0\0\x0cftypavif', 'latin1'), Buffer.from('\0\0\0\x08free', 'latin1')],
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), Buffer.from('JUNK\0\0\0\0', 'latin1')],
    ['JPEG', Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xe0, 0, 2])],
  ])('%s of millions of empty parts is not walked through', (_, head, part) => {
    const bytes = Buffer.concat([head, Buffer.alloc(10_000_000, part)]);
    const began = process.cpuUsage();
    expect(costOf(bytes, sniffFormat(bytes))).toBeUndefined();
    expect(process.cpuUsage(began).user).toBeLessThan(100_000);
  });
});
