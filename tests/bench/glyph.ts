// What a glyph costs: from photos of two sizes, from a picture of a set, and augmented. Milliseconds are those of the processor
// (all threads together), so that a busy machine does not count; the longest stretch without the event loop is wall time.
import { monitorEventLoopDelay } from 'node:perf_hooks';

import sharp from 'sharp';

import { augmentGlyph, USUAL_AUGMENTATION } from '../../src/dataset/augment.ts';
import { makeRandom } from '../../src/random.ts';
import { GLYPH_SIZE, type Raster } from '../../src/glyph/glyph.ts';
import { readPhoto, readRaster } from '../../src/glyph/read.ts';
import { drawSeven } from '../support/pictures.ts';

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export async function benchGlyph(): Promise<readonly Measured[]> {
  const photo = await photoOf(1280, 960);
  const large = await photoOf(4000, 3000);
  const page = await jpegOf(
    1280,
    960,
    Array.from({ length: 30 }, (_, k) => [150 + 170 * (k % 6), 120 + 150 * Math.floor(k / 6), 90]),
  );
  const small = drawSeven({ width: 28, height: 28, x: 4, y: 4, size: 20 });
  const reading = readRaster(small);
  const glyph = reading.outcome === 'glyphs' ? reading.glyphs[0].pixels : new Uint8Array(GLYPH_SIZE ** 2);
  const random = makeRandom(1);
  const out = new Float32Array(GLYPH_SIZE ** 2);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ofPhoto = await cost(30, () => readPhoto(photo));
  delay.disable();
  const ofAugmented = await cost(5000, () => augmentGlyph(glyph, GLYPH_SIZE, random, USUAL_AUGMENTATION, out, 0));
  const plain = await cost(30, () => sharp(photo).greyscale().raw().toBuffer());
  return [
    { name: 'glyph: sharp alone decodes it', value: plain, unit: 'ms CPU' },
    { name: 'glyph: JPEG of 1280 × 960 → glyph', value: ofPhoto, unit: 'ms CPU' },
    { name: 'glyph: longest stretch without the event loop', value: delay.percentile(99) / 1e6, unit: 'ms' },
    { name: 'glyph: JPEG of 12 megapixels → glyph', value: await cost(10, () => readPhoto(large)), unit: 'ms CPU' },
    { name: 'glyph: page of 30 characters → glyphs', value: await cost(10, () => readPhoto(page)), unit: 'ms CPU' },
    { name: 'glyph: picture of 28 × 28 → glyph', value: await cost(2000, () => readRaster(small)), unit: 'ms CPU' },
    { name: 'glyph: augmented on one core', value: 1000 / ofAugmented, unit: 'glyphs/s' },
  ];
}

/** A seven on paper in uneven light, with a camera's noise. */
const photoOf = (width: number, height: number): Promise<Buffer> =>
  jpegOf(width, height, [[0.4 * width, 0.3 * height, 0.35 * height]]);

async function jpegOf(
  width: number,
  height: number,
  sevens: readonly (readonly [x: number, y: number, size: number])[],
): Promise<Buffer> {
  const ink = new Uint8Array(width * height).fill(255);
  for (const [x, y, size] of sevens) {
    const { pixels } = drawSeven({ width, height, x, y, size, pen: 0.07 });
    for (let i = 0; i < ink.length; i++) ink[i] = Math.min(ink[i] ?? 0, pixels[i] ?? 0);
  }
  const random = makeRandom(width, height);
  const pixels = ink.map((grey, i) => {
    return Math.max(0, Math.min(255, grey * (0.6 + (0.4 * (i % width)) / width) + random.between(-6, 6)));
  });
  const lit: Raster = { width, height, pixels };
  return sharp(lit.pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .jpeg()
    .toBuffer();
}

/** Milliseconds of processor time a call, after warming up. */
async function cost(calls: number, run: () => unknown): Promise<number> {
  for (let i = 0; i < calls; i++) await run();
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}
