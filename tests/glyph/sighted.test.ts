// Photos read with the finder beside the rules: several are told as several, in reading order; what shows none is not read; one stays one.
// The scenes are made of fonts that the finder was not trained on.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeScenes, type SceneKind } from '../../models/recipe/scenes/scene.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { findCharacters, load } from '../../src/find/find.ts';
import { MOST_GLYPHS, theOne, type Raster, type Reading } from '../../src/glyph/glyph.ts';
import { readPicture, readRaster } from '../../src/glyph/read.ts';
import { drawSeven, likeness, type Drawing } from '../support/pictures.ts';

const bank = readBank(readFileSync(new URL('../../models/digits/bank.bin', import.meta.url)));
const make = makeScenes([bank], 'test');
const SEVEN: Drawing = { width: 640, height: 480, x: 260, y: 160, size: 120, pen: 0.08 };

function together(...drawings: readonly Partial<Drawing>[]): Raster {
  const rasters = drawings.map((each) => drawSeven({ ...SEVEN, ...each }));
  const pixels = new Uint8Array(SEVEN.width * SEVEN.height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(...rasters.map((each) => each.pixels[i] ?? 255));
  return { width: SEVEN.width, height: SEVEN.height, pixels };
}

function drawnOn(raster: Raster, isInk: (x: number, y: number) => boolean): Raster {
  const pixels = raster.pixels.map((grey, i) =>
    isInk(i % raster.width, Math.floor(i / raster.width)) ? Math.min(grey, 40) : grey,
  );
  return { ...raster, pixels };
}

const glyphsOf = (reading: Reading) => (reading.outcome === 'glyphs' ? reading.glyphs : []);

describe('several characters', () => {
  const places = [0, 1, 2, 3].map((place) => ({ x: 150 + 190 * (place % 2), y: 90 + 170 * Math.floor(place / 2) }));

  it('beside and below one another are all there, line by line', async () => {
    const reading = await readPicture(together(...places.map((place) => ({ ...place, size: 90 }))));
    expect(theOne(reading)).toBeUndefined();
    const glyphs = glyphsOf(reading);
    expect(glyphs.map(({ line }) => line)).toEqual([0, 0, 1, 1]);
    for (const [i, { box }] of glyphs.entries()) {
      expect(Math.abs(box.x - (places[i]?.x ?? 0))).toBeLessThan(30);
      expect(Math.abs(box.y - (places[i]?.y ?? 0))).toBeLessThan(30);
    }
    const alone = glyphsOf(readRaster(drawSeven({ ...SEVEN, size: 90 })))[0];
    for (const { pixels } of glyphs) expect(likeness(pixels, alone?.pixels ?? pixels)).toBeGreaterThan(0.9);
  });

  it('in a line that slants are one line', async () => {
    const row = [0, 1, 2, 3, 4, 5].map((k) => ({ x: 60 + 90 * k, y: 120 + 25 * k, size: 60 }));
    const glyphs = glyphsOf(await readPicture(together(...row)));
    expect(glyphs.map(({ line }) => line)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(glyphs.map(({ box }) => box.x)).toEqual(glyphs.map(({ box }) => box.x).sort((a, b) => a - b));
  });

  it('two in one printed cell are two', async () => {
    const pair = together({ x: 230, y: 180, size: 90 }, { x: 330, y: 180, size: 90 });
    const framed = drawnOn(pair, (x, y) => {
      const out = Math.max(Math.abs(x - 325) / 1.4, Math.abs(y - 225));
      return out > 97 && out < 102;
    });
    expect(glyphsOf(await readPicture(framed))).toHaveLength(2);
  });

  it('small writing beside a large one leaves it the one that is meant', async () => {
    const line = Array.from({ length: 6 }, (_, k) => ({ x: 80 + 50 * k, y: 400, size: 36, pen: 0.1 }));
    const reading = await readPicture(together({ x: 240, y: 90, size: 220 }, ...line));
    expect(glyphsOf(reading).length).toBeGreaterThan(3);
    expect(theOne(reading)?.box.height).toBeGreaterThan(180);
  });

  it('a page of more than a hundred says so', async () => {
    const [stamp, page] = [
      drawSeven({ ...SEVEN, width: 40, height: 46, x: 5, y: 8, size: 30, pen: 0.1 }),
      together({}),
    ];
    for (let i = 0; i < page.pixels.length; i++) {
      page.pixels[i] = stamp.pixels[(Math.floor(i / 640) % 46) * 40 + ((i % 640) % 40)] ?? 255;
    }
    const reading = await readPicture(page);
    expect(reading).toMatchObject({ outcome: 'glyphs', more: true });
    // Its first six lines.
    expect(glyphsOf(reading)).toHaveLength(6 * 16);
  });

  it.each([11, 13, 16])('a ruled page of writing of %i pixels is looked at from nearer', async (size) => {
    const stamp = drawSeven({ ...SEVEN, width: 32, height: 60, x: 8, y: 20, size, pen: 0.11 });
    const page = together({});
    for (let i = 0; i < page.pixels.length; i++) {
      const [x, y] = [i % 640, Math.floor(i / 640)];
      const paper = y % 20 === 0 ? 190 : (stamp.pixels[0] ?? 255);
      page.pixels[i] =
        x < 320 && y >= 60 && y < 240 ? Math.min(paper, stamp.pixels[(y % 60) * 32 + (x % 32)] ?? 255) : paper;
    }
    const glyphs = glyphsOf(await readPicture(page));
    expect(glyphs.length).toBeGreaterThanOrEqual(27);
    expect(glyphs.length).toBeLessThanOrEqual(31);
  });

  it.each<[SceneKind, number]>([
    ['few', 0.8],
    // One of them is so faint that people hardly see it.
    ['grid', 0.82],
    ['lines', 0.8],
  ])('made-up photos: %s', async (kind, least) => {
    let [found, characters, lone] = [0, 0, 0];
    for (let seed = 0; seed < 12; seed++) {
      const scene = make({ width: 640, height: 480, kind }, 21, seed);
      if (scene.characters.length < 2 || scene.characters.length > MOST_GLYPHS) continue;
      const reading = await readPicture(scene.raster);
      const glyphs = glyphsOf(reading);
      if (glyphs.length === 1) lone++;
      characters += scene.characters.length;
      found += Math.min(glyphs.length, scene.characters.length);
    }
    expect(found / characters).toBeGreaterThan(least);
    expect(lone).toBeLessThanOrEqual(1);
  });
});

describe('one character', () => {
  it.each([60, 120, 240, 400])('of %i pixels is one, cut as the rules cut it', async (size) => {
    const picture = drawSeven({ ...SEVEN, x: 320 - size / 2, y: 240 - size / 2, size });
    const [sighted, ruled] = [glyphsOf(await readPicture(picture)), glyphsOf(readRaster(picture))];
    expect(sighted).toHaveLength(1);
    expect(likeness(sighted[0]?.pixels ?? new Uint8Array(0), ruled[0]?.pixels ?? new Uint8Array(0))).toBeGreaterThan(
      0.97,
    );
  });

  it('in a frame in the middle of the photo is read without it', async () => {
    const framed = drawnOn(drawSeven(SEVEN), (x, y) => {
      const out = Math.max(Math.abs(x - 320), Math.abs(y - 220));
      return out > 97 && out < 103;
    });
    const [alone, read] = [glyphsOf(readRaster(drawSeven(SEVEN))), glyphsOf(await readPicture(framed))];
    expect(read).toHaveLength(1);
    expect(likeness(alone[0]?.pixels ?? new Uint8Array(0), read[0]?.pixels ?? new Uint8Array(1))).toBeGreaterThan(0.95);
  });

  it('what is cut out already is left to the rules', async () => {
    const small = drawSeven({ width: 128, height: 128, x: 30, y: 30, size: 60 });
    expect(await readPicture(small)).toEqual(readRaster(small));
  });
});

it('cloth, wood and the like are read less often with the finder than by rules', async () => {
  let [sighted, ruled] = [0, 0];
  for (let seed = 0; seed < 16; seed++) {
    const { raster } = make({ width: 640, height: 480, kind: 'nothing' }, 22, seed);
    if (theOne(await readPicture(raster)) !== undefined) sighted++;
    if (theOne(readRaster(raster)) !== undefined) ruled++;
  }
  expect(sighted).toBeLessThan(ruled / 2);
});

it('a finder that is missing is told in a sentence that says what to do', async () => {
  await expect(load(new URL('file:///nowhere/model.onnx'))).rejects.toThrow('restore it from the release');
});

it('looking at many pictures holds no more memory', async () => {
  const picture = drawSeven(SEVEN);
  for (let i = 0; i < 10; i++) await findCharacters(picture);
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 150; i++) await findCharacters(picture);
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
});
