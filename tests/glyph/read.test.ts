// A drawing or photo of one character becomes one glyph, whatever its size, place, polarity and light.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { readPhoto } from '../../src/glyph/read.ts';
import { drawSeven, likeness, toJpeg } from './pictures.ts';

describe('readPhoto', () => {
  it('cuts a seven out of a photo and centres it', async () => {
    const reading = await readPhoto(await toJpeg(drawSeven({ width: 640, height: 480, x: 350, y: 120, size: 120 })));
    if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
    const { box } = reading.glyphs[0];
    expect(reading).toMatchObject({ width: 640, height: 480 });
    expect(Math.abs(box.x - 362)).toBeLessThan(4);
    expect(Math.abs(box.y - 121)).toBeLessThan(4);
    expect(Math.abs(box.height - 118)).toBeLessThan(6);
  });

  it('makes the same glyph of dark ink on light and of light ink on dark', async () => {
    const drawing = drawSeven({ width: 200, height: 200, x: 60, y: 50, size: 90 });
    const dark = await readPhoto(
      await sharp(drawing.pixels, { raw: { ...drawing, channels: 1 } })
        .png()
        .toBuffer(),
    );
    const negative = sharp(drawing.pixels, { raw: { ...drawing, channels: 1 } }).negate();
    const light = await readPhoto(await negative.png().toBuffer());
    if (dark.outcome !== 'glyphs' || light.outcome !== 'glyphs') throw new Error('not read');
    expect(likeness(dark.glyphs[0].pixels, light.glyphs[0].pixels)).toBeGreaterThan(0.99);
  });
});
