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
  return [
    { name: 'glyph: JPEG of 1280 × 960 → glyph', value: ofPhoto, unit: 'ms CPU' },
    { name: 'glyph: longest stretch without the event loop', value: delay.percentile(99) / 1e6, unit: 'ms' },
    { name: 'glyph: JPEG of 12 megapixels → glyph', value: await cost(10, () => readPhoto(large)), unit: 'ms CPU' },
    { name: 'glyph: picture of 28 × 28 → glyph', value: await cost(2000, () => readRaster(small)), unit: 'ms CPU' },
    { name: 'glyph: augmented on one core', value: 1000 / ofAugmented, unit: 'glyphs/s' },
  ];
}

/** A seven on paper in uneven light, with a camera's noise. */
async function photoOf(width: number, height: number): Promise<Buffer> {
  const drawing = drawSeven({ width, height, x: 0.4 * width, y: 0.3 * height, size: 0.35 * height, pen: 0.07 });
  const random = makeRandom(width, height);
  const pixels = drawing.pixels.map((grey, i) => {
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
