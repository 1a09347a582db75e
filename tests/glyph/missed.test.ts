// What the finder misses in a line is found by its ink; what is no character of that line is not.
import { expect, it } from 'vitest';
import type { Box, Raster } from '../../src/glyph/glyph.ts';
import { cutInside, type Cut } from '../../src/glyph/inside.ts';
import { missedIn } from '../../src/glyph/missed.ts';
import { drawSeven } from '../support/pictures.ts';

const [WIDTH, HEIGHT, SIZE] = [640, 480, 40];
const place = (k: number, y = 200): Box => ({ x: 60 + 60 * k, y, width: SIZE, height: SIZE });

/** Sevens at these places, and ink wherever `isInk` says. */
function page(sevens: readonly Box[], isInk: (x: number, y: number) => boolean = () => false): Raster {
  const drawn = sevens.map(({ x, y }) => drawSeven({ width: WIDTH, height: HEIGHT, x, y, size: SIZE, pen: 0.1 }));
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(230);
  for (let i = 0; i < pixels.length; i++) {
    const darkest = Math.min(...drawn.map((each) => each.pixels[i] ?? 255));
    pixels[i] = isInk(i % WIDTH, Math.floor(i / WIDTH)) ? 40 : darkest;
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

function cutsOf(picture: Raster, boxes: readonly Box[]): readonly Cut[] {
  return boxes.flatMap((box) => {
    const others = boxes.filter((each) => each !== box);
    return cutInside(picture, { ...box, x: box.x + 2, width: box.width - 4 }, others, 64) ?? [];
  });
}

const inside = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
const FOUND = [0, 1, 3, 4].map((k) => place(k));
const bar = (k: number): Box => ({ x: 78 + 60 * k, y: 202, width: 5, height: 38 });

it('a bar between, and a row of characters after the last that was found', () => {
  const missing = [place(5), place(6)];
  const picture = page([...FOUND, ...missing], (x, y) => inside(bar(2), x, y));
  const cuts = cutsOf(picture, FOUND);
  expect(cuts).toHaveLength(4);
  const found = [...missedIn(picture, cuts)].sort((a, b) => a.x - b.x);
  expect(found).toHaveLength(3);
  expect(found[0]?.width).toBeLessThan(10);
  expect(found[1]?.x).toBeGreaterThan(350);
});

it('a dot above a bar is its own', () => {
  const dot: Box = { x: 78 + 120, y: 190, width: 5, height: 5 };
  const stem: Box = { ...bar(2), y: 204, height: 34 };
  const picture = page(FOUND, (x, y) => inside(stem, x, y) || inside(dot, x, y));
  expect(missedIn(picture, cutsOf(picture, FOUND))).toEqual([
    { x: expect.closeTo(198, -1) as number, y: expect.closeTo(190, -1) as number, width: 5, height: 48 },
  ]);
});

it.each<[string, (x: number, y: number) => boolean]>([
  ['a dash', (x, y) => inside({ x: 180, y: 216, width: 30, height: 5 }, x, y)],
  ['an underline', (x, y) => inside({ x: 50, y: 250, width: 300, height: 4 }, x, y)],
  ['a blot', (x, y) => inside({ x: 175, y: 198, width: 40, height: 44 }, x, y)],
  ['a character of another line, far away', (x, y) => inside({ x: 560, y: 420, width: 5, height: 40 }, x, y)],
])('%s is none', (_, isInk) => {
  const picture = page(FOUND, isInk);
  expect(missedIn(picture, cutsOf(picture, FOUND))).toEqual([]);
});

it('where few were found nothing is added', () => {
  const picture = page([place(0), place(1), place(2)]);
  expect(missedIn(picture, cutsOf(picture, [place(0)]))).toEqual([]);
});

it('a line of which most was not seen as a hand’s stays as it was seen', () => {
  const printed = Array.from({ length: 9 }, (_, k) => ({ x: 30 + 60 * k, y: 330, width: SIZE, height: SIZE }));
  const picture = page([...FOUND, ...printed]);
  const cuts = cutsOf(picture, [...FOUND, printed[2] ?? place(0)]);
  expect(cuts).toHaveLength(5);
  expect(missedIn(picture, cuts)).toEqual([]);
});
