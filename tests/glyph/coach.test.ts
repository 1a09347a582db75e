// What is said of a photo that is hard to read: measured on pictures made for it.
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { hintFor, isVague, whyNothing } from '../../src/glyph/coach.ts';
import type { Raster } from '../../src/glyph/glyph.ts';
import { readPhoto } from '../../src/glyph/read.ts';
import { renderSvg } from '../../src/report/render.ts';
import { makeRandom } from '../../src/random.ts';
import { drawSeven } from '../support/pictures.ts';

const SIZE = { width: 640, height: 480 };
const random = makeRandom(0xc0ac);
const raster = (grey: (x: number, y: number) => number): Raster => ({
  ...SIZE,
  pixels: Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) =>
    Math.max(0, Math.min(255, grey(i % SIZE.width, Math.floor(i / SIZE.width)))),
  ),
});
const png = ({ width, height, pixels }: Raster): Promise<Uint8Array> =>
  sharp(Buffer.from(pixels), { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();

describe('why nothing was read', () => {
  const paper = raster((x) => 200 - x / 8 + 4 * random.normal());
  const dusk = raster(() => 40 + 3 * random.normal());
  const blocks = raster((x, y) => ((Math.floor(x / 9) * 7 + Math.floor(y / 9) * 13) % 5) * 50);
  it.each([
    ['plain paper', paper, 0, 'blank'],
    ['paper with print', paper, 3, 'print'],
    ['a room at dusk', dusk, 0, 'too-dark'],
    ['a scene', blocks, 0, 'scene'],
  ] as const)('%s', (_, picture, printed, why) => {
    expect(whyNothing(picture, 'blank', printed)).toBe(why);
  });

  it('black is all ink, in the dusk it is dark', () => {
    expect(
      whyNothing(
        raster(() => 5),
        'all-ink',
        0,
      ),
    ).toBe('all-ink');
    expect(whyNothing(dusk, 'all-ink', 0)).toBe('too-dark');
  });

  it('what is told exactly stays, and so does what is cut out already', () => {
    expect(isVague(blocks, 'too-blurred')).toBe(false);
    expect(isVague(blocks, 'blank')).toBe(true);
    const small = { width: 100, height: 100, pixels: new Uint8Array(10_000).fill(30) };
    expect(isVague(small, 'blank')).toBe(false);
  });

  it('a whole photo is told of in the same way', async () => {
    expect(await readPhoto(await png(dusk))).toEqual({ outcome: 'too-dark' });
    expect(await readPhoto(await png(paper))).toEqual({ outcome: 'blank' });
  });

  it('a blurred photo, and one of a screen, are told to be that; the shade on plain paper is not', async () => {
    const writing = drawSeven({ ...SIZE, x: 200, y: 100, size: 260 });
    const soft = sharp(Buffer.from(writing.pixels), { raw: { ...SIZE, channels: 1 } }).blur(9);
    const blurred = { ...SIZE, pixels: new Uint8Array(await soft.toColourspace('b-w').raw().toBuffer()) };
    const dots = raster((x, y) => 130 + 45 * Math.cos(1.55 * x + 0.2 * y) * (0.7 + 0.3 * Math.cos(1.5 * y)));
    const shade = raster((x, y) => 200 - 90 / (1 + Math.exp((x + y - 500) / 40)) + 2 * random.normal());
    const squared = raster((x, y) => (x % 15 < 2 || y % 15 < 2 ? 150 : 220) + 2 * random.normal());
    const told = [blurred, dots, shade, squared, writing].map((each) => whyNothing(each, 'blank', 0));
    expect(told).toEqual(['too-blurred', 'screen', 'blank', expect.stringMatching(/blank|scene/), 'blank']);
  });

  it('a printed page is told to be print', async () => {
    const lines = [
      'The quick brown fox jumps over',
      'the lazy dog; pack my box with',
      'five dozen liquor jugs, 12345.',
    ];
    for (const size of [14, 20]) {
      const text = Array.from({ length: 14 }, (_, i) => {
        return `<text x="40" y="${50 + 28 * i}" font-family="PT Sans" font-size="${size}">${lines[i % 3]}</text>`;
      });
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${text.join('')}</svg>`;
      expect(await readPhoto(renderSvg(svg))).toEqual({ outcome: 'print' });
    }
  });
});

describe('what may be the matter with a character', () => {
  const seven = drawSeven({ ...SIZE, x: 260, y: 160, size: 120, pen: 0.08 });
  const box = { x: 260, y: 160, width: 90, height: 120 };

  test('nothing where it is whole, large and light', () => {
    expect(hintFor(seven, box, 1)).toBeNull();
  });

  test('it runs out of the picture, has too few pixels, lies in the dark', () => {
    expect(hintFor(seven, { ...box, y: 0 }, 1)).toBe('cut-off');
    expect(hintFor(seven, { ...box, x: 550 }, 1)).toBe('cut-off');
    expect(hintFor(seven, { ...box, width: 9, height: 12 }, 1)).toBe('tiny');
    // The photo itself is larger than what it is worked on in.
    expect(hintFor(seven, { ...box, width: 9, height: 12 }, 4)).toBeNull();
    const dark = { ...seven, pixels: seven.pixels.map((grey) => grey / 4) };
    expect(hintFor(dark, box, 1)).toBe('dark');
    const onScreen = seven.pixels.map((grey, i) => grey * (0.8 + 0.2 * Math.cos(1.6 * (i % SIZE.width))));
    expect(hintFor({ ...seven, pixels: onScreen }, box, 1)).toBe('screen');
  });

  test('a photo of one is read with its hint', async () => {
    const cut = drawSeven({ ...SIZE, x: 570, y: 160, size: 120, pen: 0.08 });
    expect(await readPhoto(await png(cut))).toMatchObject({ outcome: 'glyphs', hint: 'cut-off' });
    expect(await readPhoto(await png(seven))).not.toHaveProperty('hint');
  });
});
