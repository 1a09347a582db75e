import sharp from 'sharp';
import { expect, it } from 'vitest';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { glyphPng } from '../../src/report/glyph.ts';
import { strokes } from '../support/strokes.ts';

it('shows every pixel of a glyph, dark on light, enlarged and with a margin', async () => {
  const glyph = strokes(1);
  const { data, info } = await sharp(glyphPng(glyph, 3))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([GLYPH_SIZE * 3 + 12, GLYPH_SIZE * 3 + 12, 1]);
  const seen = glyph.map((_, index) => {
    const [x, y] = [index % GLYPH_SIZE, Math.floor(index / GLYPH_SIZE)];
    return 255 - (data[(6 + y * 3 + 1) * info.width + 6 + x * 3 + 2] ?? 0);
  });
  expect(seen).toEqual(glyph);
  expect(data[0]).toBe(255);
});
