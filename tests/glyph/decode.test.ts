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
