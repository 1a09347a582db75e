// What comes in as bytes: good pictures of every kind become upright grey pixels, bad ones an outcome with a name.
import { crc32 } from 'node:zlib';

import * as fc from '../support/properties.ts';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

import { decodePhoto, WORK_SIDE } from '../../src/glyph/decode.ts';
import type { Glyph } from '../../src/glyph/glyph.ts';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import { readPhoto } from '../../src/glyph/read.ts';
import { drawSeven, likeness } from '../support/pictures.ts';

const seven = drawSeven({ width: 160, height: 120, x: 40, y: 15, size: 90 });
const picture = (): Sharp => sharp(seven.pixels, { raw: { width: 160, height: 120, channels: 1 } });

async function glyphOf(bytes: Uint8Array): Promise<Glyph> {
  const reading = await readPhoto(bytes);
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  return reading.glyphs[0];
}

/** A PNG whose header claims this size, with no pixels behind it. */
function hollowPng(width: number, height: number): Buffer {
  const header = Buffer.from(
    '89504e470d0a1a0a0000000d4948445200000000000000000800000000000000000000000049444154',
    'hex',
  );
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return header;
}

describe('pictures of every kind', () => {
  it.each([
    ['JPEG', () => picture().jpeg()],
    ['PNG', () => picture().png()],
    ['PNG of 16 bits', () => picture().toColourspace('grey16').png()],
    ['PNG with a palette', () => picture().png({ palette: true })],
    ['WebP', () => picture().webp()],
    ['GIF', () => picture().gif()],
    ['TIFF', () => picture().tiff()],
    ['AVIF', () => picture().avif({ effort: 0 })],
    ['JPEG in CMYK', () => picture().toColourspace('cmyk').jpeg()],
  ])('%s gives the same glyph', async (_, encode) => {
    const expected = (await glyphOf(await picture().png().toBuffer())).pixels;
    const glyph = await glyphOf(await encode().toBuffer());
    expect(likeness(glyph.pixels, expected)).toBeGreaterThan(0.97);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is turned upright', async (orientation) => {
    // The pixels as a camera held that way stores them.
    const back = [
      (upright: Sharp) => upright,
      (upright: Sharp) => upright.flop(),
      (upright: Sharp) => upright.rotate(180),
      (upright: Sharp) => upright.flip(),
      (upright: Sharp) => upright.rotate(270).flop(),
      (upright: Sharp) => upright.rotate(270),
      (upright: Sharp) => upright.rotate(90).flop(),
      (upright: Sharp) => upright.rotate(90),
    ][orientation - 1];
    const turned = await back?.(picture()).png().toBuffer();
    const stored = await sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const expected = await glyphOf(await picture().png().toBuffer());
    const reading = await readPhoto(stored);
    expect(reading).toMatchObject({ outcome: 'glyphs', width: 160, height: 120 });
    expect(likeness((await glyphOf(stored)).pixels, expected.pixels)).toBeGreaterThan(0.97);
  });

  it.each([
    ['dark', 0],
    ['light', 255],
  ])('%s ink on a transparent ground is seen', async (_, ink) => {
    const alpha = seven.pixels.map((grey) => (grey < 130 ? 255 : 0));
    const colour = await sharp({
      create: { width: 160, height: 120, channels: 3, background: { r: ink, g: ink, b: ink } },
    })
      .joinChannel(Buffer.from(alpha), { raw: { width: 160, height: 120, channels: 1 } })
      .png()
      .toBuffer();
    const expected = await glyphOf(await picture().png().toBuffer());
    expect(likeness((await glyphOf(colour)).pixels, expected.pixels)).toBeGreaterThan(0.95);
  });

  it('bounds the pixels that are worked on, and gives boxes in the photo’s own', async () => {
    const large = await picture().resize(3200, 2400).jpeg().toBuffer();
    const decoded = await decodePhoto(large);
    if (decoded.outcome !== 'raster') throw new Error(decoded.outcome);
    expect(decoded).toMatchObject({ width: 3200, height: 2400, raster: { width: WORK_SIDE } });
    const { box } = await glyphOf(large);
    const small = (await glyphOf(await picture().png().toBuffer())).box;
    expect(Math.abs(box.x - 20 * small.x)).toBeLessThan(60);
    expect(Math.abs(box.width - 20 * small.width)).toBeLessThan(60);
  });
});

/** A PNG with another chunk before its pixels. */
function withChunk(png: Buffer, name: string, content: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), content, Buffer.alloc(4)]);
  chunk.writeUInt32BE(content.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

const frameControl = (frames: number): Buffer => {
  const content = Buffer.alloc(8);
  content.writeUInt32BE(frames);
  return content;
};

/** An AVIF that calls itself otherwise. */
async function avifCalled(brand: string): Promise<Buffer> {
  const bytes = await picture().avif({ effort: 0 }).toBuffer();
  bytes.write(brand, 8, 'latin1');
  return bytes;
}

const box = (name: string, ...content: readonly Buffer[]): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.reduce((sum, each) => sum + each.length, 0));
  return Buffer.concat([size, Buffer.from(name, 'latin1'), ...content]);
};

/** A track of so many frames behind a picture. */
async function withTrack(frames: number, brand: string): Promise<Buffer> {
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32BE(frames, 8);
  const nested = ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((inner, name) => box(name, inner), box('stsz', sizes));
  return Buffer.concat([await avifCalled(brand), nested]);
}

describe('what every viewer shows, though it looks like something else', () => {
  const sameFrames = Buffer.concat([seven.pixels, seven.pixels]);
  const still = (): Sharp =>
    sharp(sameFrames, { raw: { width: 160, height: 240, channels: 1, pageHeight: 120 } }).toColourspace('srgb');
  it.each([
    [
      'a PNG whose comment names the chunk of animations',
      async () => withChunk(await picture().png().toBuffer(), 'tEXt', Buffer.from('Comment\0acTL')),
    ],
    ['an animated PNG of one frame', async () => withChunk(await picture().png().toBuffer(), 'acTL', frameControl(1))],
    [
      'a GIF of two frames that are the same',
      () =>
        still()
          .gif({ delay: [100, 100], keepDuplicateFrames: true })
          .toBuffer(),
    ],
    ['a still AVIF that calls itself a sequence', () => avifCalled('avis')],
    ['a sequence of one frame', () => withTrack(1, 'avis')],
    ['an AVIF with a moving part beside it', () => withTrack(5, 'avif')],
    ['an AVIF that names the general brand first', () => avifCalled('mif1')],
  ])('%s is read', async (_, make) => {
    const expected = (await glyphOf(await picture().png().toBuffer())).pixels;
    expect(likeness((await glyphOf(await make())).pixels, expected)).toBeGreaterThan(0.97);
  });

  it('an animated PNG and a sequence of several frames move', async () => {
    const far = withChunk(await picture().png().toBuffer(), 'acTL', frameControl(2));
    expect(await decodePhoto(far)).toEqual({ outcome: 'animated' });
    // However much stands before it.
    const noted = withChunk(far, 'tEXt', Buffer.from(`Comment\0${'x'.repeat(5000)}`));
    expect(await decodePhoto(noted)).toEqual({ outcome: 'animated' });
    expect(await decodePhoto(await withTrack(5, 'avis'))).toEqual({ outcome: 'animated' });
  });

  it('an ISO file of another codec is not opened, whatever brands it names', async () => {
    const other = await avifCalled('avif');
    other.write('hvc1', other.indexOf('av01'), 'latin1');
    expect(await decodePhoto(other)).toEqual({ outcome: 'unsupported-format' });
  });
});

describe('a JPEG that was cut short', () => {
  const large = (): Sharp => picture().resize(1600, 1200);
  it.each([
    ['of one scan', () => large().jpeg()],
    ['of several scans', () => large().jpeg({ progressive: true })],
    ['as another encoder orders its scans', () => large().jpeg({ mozjpeg: true })],
  ])('%s: read without its last bytes, also with something behind it, refused without its half', async (_, encode) => {
    const whole = await encode().toBuffer();
    const expected = (await glyphOf(whole)).pixels;
    for (const lacking of [1, 2, 20]) {
      const glyph = await glyphOf(whole.subarray(0, whole.length - lacking));
      expect(likeness(glyph.pixels, expected), `without ${lacking} bytes`).toBeGreaterThan(0.97);
    }
    const half = whole.subarray(0, Math.floor(whole.length * 0.4));
    expect(await decodePhoto(half)).toEqual({ outcome: 'damaged' });
    // With its end the half is no more of a picture.
    expect(await decodePhoto(Buffer.concat([half, Buffer.from('ffd9', 'hex')]))).toEqual({ outcome: 'damaged' });
  });

  it('is refused where a tenth of its rows is missing', async () => {
    const noisy = await sharp({
      create: {
        width: 800,
        height: 800,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
        background: '#888',
      },
    })
      .jpeg()
      .toBuffer();
    expect((await decodePhoto(noisy.subarray(0, Math.floor(noisy.length * 0.98)))).outcome).toBe('raster');
    expect((await decodePhoto(noisy.subarray(0, Math.floor(noisy.length * 0.9)))).outcome).toBe('damaged');
  });
});

describe('what is no good', () => {
  it.each([
    ['nothing', 'empty-file', () => Buffer.alloc(0)],
    ['text', 'not-an-image', () => Buffer.from('hello')],
    ['SVG', 'unsupported-format', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['PDF', 'unsupported-format', () => Buffer.from('%PDF-1.7\n')],
    ['HEIC', 'unsupported-format', () => Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
    ['BMP', 'unsupported-format', () => Buffer.from('BM000000')],
    ['25 MB', 'file-too-large', () => Buffer.alloc(25 * 1024 * 1024, 0xff)],
    ['20,000 × 20,000', 'too-many-pixels', () => hollowPng(20_000, 20_000)],
    ['a header with no pixels', 'damaged', () => hollowPng(100, 100)],
  ] as const)('%s: %s', async (_, outcome, bytes) => {
    expect(await decodePhoto(bytes())).toEqual({ outcome });
  });

  it('takes exactly as many bytes as it says', () => expect(MAX_BYTES).toBe(20 * 1024 * 1024));

  it.each([
    ['JPEG', () => picture().resize(800).jpeg()],
    ['PNG', () => picture().resize(800).png()],
    ['WebP', () => picture().resize(800).webp()],
  ])('a %s cut short is damaged', async (_, encode) => {
    const whole = await encode().toBuffer();
    expect(await decodePhoto(whole.subarray(0, Math.floor(whole.length / 2)))).toEqual({ outcome: 'damaged' });
  });

  it('animations are refused', async () => {
    const frames = Buffer.concat([seven.pixels, seven.pixels.map((grey) => 255 - grey)]);
    const two = sharp(frames, { raw: { width: 160, height: 240, channels: 1, pageHeight: 120 } });
    expect(await decodePhoto(await two.clone().gif().toBuffer())).toEqual({ outcome: 'animated' });
    expect(await decodePhoto(await two.clone().webp({ lossless: true }).toBuffer())).toEqual({ outcome: 'animated' });
  });

  it('never throws, whatever the bytes', async () => {
    const whole = await picture().jpeg().toBuffer();
    const heads = [
      whole,
      await picture().png().toBuffer(),
      await picture().webp().toBuffer(),
      await picture().gif().toBuffer(),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.nat(),
        fc.uint8Array({ maxLength: 200 }),
        async (head, at, noise) => {
          const broken = Buffer.from(head);
          broken.set(noise.subarray(0, Math.max(0, broken.length - (at % broken.length))), at % broken.length);
          expect(typeof (await readPhoto(broken)).outcome).toBe('string');
          expect(typeof (await readPhoto(noise)).outcome).toBe('string');
        },
      ),
      { numRuns: 60 },
    );
  });
});
