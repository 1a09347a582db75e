// What is shown of a photo that could not be read, or hardly: small, with marks, and the cut-out beside it.
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { glance } from '../../src/glyph/glance.ts';
import { makePhotoReaders } from '../../src/glyph/pool.ts';
import { makeLog } from '../../src/log.ts';
import { drawSeven, toJpeg } from '../support/pictures.ts';

const photo = await toJpeg(drawSeven({ width: 1280, height: 960, x: 700, y: 300, size: 300 }));
const glyph = { pixels: new Uint8Array(1600).fill(255), box: { x: 700, y: 300, width: 260, height: 300 } };

/** Whether the picture shows a mark's colour in this part of it: shares of the photo's width and height. */
async function isMarked(picture: Uint8Array, x: number, y: number): Promise<boolean> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const [column, row] = [Math.round(x * 400), Math.round(y * 300)];
  for (let v = row - 4; v <= row + 4; v++) {
    for (let u = column - 4; u <= column + 4; u++) {
      const at = (v * info.width + u) * info.channels;
      if ((data[at] ?? 0) - (data[at + 2] ?? 0) > 60) return true;
    }
  }
  return false;
}

test('a character in doubt is marked where it stands, with the cut-out beside it', async () => {
  const picture = await glance(photo, glyph);
  expect(await sharp(picture ?? photo).metadata()).toMatchObject({ format: 'jpeg', width: 572, height: 300 });
  expect(await isMarked(picture ?? photo, 700 / 1280, 450 / 960)).toBe(true);
  expect(await isMarked(picture ?? photo, 0.2, 0.2)).toBe(false);
});

test('where nothing was read, what looked most like writing is marked', async () => {
  const picture = await glance(photo, null);
  expect(await sharp(picture ?? photo).metadata()).toMatchObject({ width: 400, height: 300 });
  const edges = [0.5, 0.52, 0.54, 0.56, 0.58].map((x) => isMarked(picture ?? photo, x, 450 / 960));
  expect(await Promise.all(edges)).toContain(true);
});

test('it is drawn in the processes that open photos, and what cannot be opened is not shown', async () => {
  const readers = makePhotoReaders({ log: makeLog('silent') });
  onTestFinished(() => readers.close());
  expect((await readers.glance(photo, glyph))?.length).toBeGreaterThan(1000);
  expect(await readers.glance(Buffer.from('hello'), null)).toBeNull();
  expect((await readers.read(photo)).outcome).toBe('glyphs');
});
