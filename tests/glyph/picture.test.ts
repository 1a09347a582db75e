// What is kept of a photo in an alphabet of pictures: small, upright, without what cameras write beside it, and told from copies.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import type { Reading } from '../../src/glyph/glyph.ts';
import { kindOfGlyph } from '../../src/glyph/kind.ts';
import { openerOf } from '../../src/glyph/opener.ts';
import { squareOf } from '../../src/glyph/picture.ts';
import { photograph, thingNames } from '../support/photographs.ts';

const opener = openerOf({ kind: 'picture' });

function kept(reading: Reading): Uint8Array {
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  expect(reading.glyphs).toHaveLength(1);
  return reading.glyphs[0].pixels;
}
const keep = async (bytes: Uint8Array): Promise<Uint8Array> => kept(await opener.read(bytes));

const flat = (options: Partial<{ width: number; height: number; channels: 3 | 4 }> = {}) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#a03050', ...options } });

test('it is a small JPEG of the whole photo without exif', async () => {
  const photo = await photograph('Red Ball', 1);
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const picture = await keep(photo);
  const { format, width, height, exif, icc, xmp } = await sharp(picture).metadata();
  expect({ format, exif, icc, xmp }).toEqual({ format: 'jpeg', exif: undefined, icc: undefined, xmp: undefined });
  expect(Math.max(width, height)).toBe(224);
  expect(picture.length).toBeLessThan(20_000);
  expect(kindOfGlyph(picture).id).toBe('picture');
  expect(kindOfGlyph(new Uint8Array(1600)).id).toBe('ink');
  // The same photo gives the same bytes.
  expect(await keep(photo)).toEqual(picture);
});

test('it stands upright', async () => {
  const lying = await sharp(await flat({ width: 200, height: 300 }).jpeg().toBuffer())
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { width, height } = await sharp(await keep(lying)).metadata();
  expect([width, height]).toEqual([224, 149]);
});

test.each([
  ['grey', () => flat().greyscale().png().toBuffer()],
  ['CMYK', () => flat().toColourspace('cmyk').jpeg().toBuffer()],
  [
    'transparent',
    () =>
      sharp({ create: { width: 90, height: 90, channels: 4, background: '#00000000' } })
        .png()
        .toBuffer(),
  ],
  ['a panorama', () => flat({ width: 1800, height: 160 }).jpeg().toBuffer()],
  ['WebP', () => flat().webp().toBuffer()],
])('%s becomes three colours', async (_, made) => {
  const picture = await keep(await made());
  expect((await sharp(picture).metadata()).channels).toBe(3);
  expect(await squareOf(picture, 64)).toHaveLength(3 * 64 * 64);
});

test('what is transparent is white, and colours stay', async () => {
  const [clear, red] = [
    await keep(
      await sharp({ create: { width: 60, height: 60, channels: 4, background: '#00000000' } })
        .png()
        .toBuffer(),
    ),
    await keep(await flat().png().toBuffer()),
  ];
  expect((await squareOf(clear, 8)).every((level) => level > 250)).toBe(true);
  const [r = 0, g = 0, b = 0] = await squareOf(red, 8);
  expect([Math.abs(r - 0xa0), Math.abs(g - 0x30), Math.abs(b - 0x50)].every((off) => off < 6)).toBe(true);
});

test('a square is filled by the picture, larger, or with its edges drawn out around it', async () => {
  const half = Buffer.alloc(3 * 200 * 100);
  // Red on the left, blue on the right.
  for (let at = 0; at < 200 * 100; at++) half[3 * at + (at % 200 < 100 ? 0 : 2)] = 255;
  const picture = await keep(
    await sharp(half, { raw: { width: 200, height: 100, channels: 3 } })
      .png()
      .toBuffer(),
  );
  for (const zoom of [1, 8 / 7, 5 / 7]) {
    const square = await squareOf(picture, 70, zoom);
    expect(square).toHaveLength(3 * 70 * 70);
    const row = 3 * 70 * 35;
    expect([(square[row] ?? 0) > 200, (square[row + 3 * 69 + 2] ?? 0) > 200], String(zoom)).toEqual([true, true]);
  }
});

test.each([
  ['nothing', new Uint8Array(), 'empty-file'],
  ['a letter', Buffer.from('Dear Sir or Madam'), 'not-an-image'],
])('%s is no picture', async (_, bytes, outcome) => {
  expect(await opener.read(bytes)).toEqual({ outcome });
});

test('too narrow to show anything', async () => {
  expect(await opener.read(await flat({ width: 3000, height: 30 }).png().toBuffer())).toEqual({ outcome: 'too-small' });
});

test('noise is kept as well, within bounds', async () => {
  const noise = sharp({
    create: {
      width: 224,
      height: 224,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 120 },
    },
  });
  expect((await keep(await noise.png().toBuffer())).length).toBeLessThanOrEqual(60_000);
});

test('grey pixels of a set are a picture, too', async () => {
  const raster = { width: 40, height: 30, pixels: new Uint8Array(1200).fill(90) };
  expect(kindOfGlyph(kept(await opener.readOfSet(raster))).id).toBe('picture');
});

test('a copy is known after it was scaled and packed again, and no other photo is one', async () => {
  const pictures = new Map<string, Uint8Array>();
  for (const thing of thingNames)
    for (let seed = 0; seed < 12; seed++) pictures.set(`${thing} ${seed}`, await keep(await photograph(thing, seed)));
  for (const thing of thingNames) {
    const copy = await keep(
      await sharp(await photograph(thing, 3))
        .resize(260)
        .jpeg({ quality: 70 })
        .toBuffer(),
    );
    const looks = splitter.looks(copy);
    for (const [name, picture] of pictures) {
      const isOne = name === `${thing} 3`;
      expect(splitter.sameGlyph(copy, picture), name).toBe(isOne);
      if (isOne) expect(looks).toContain(splitter.looks(picture)[0]);
    }
  }
});
