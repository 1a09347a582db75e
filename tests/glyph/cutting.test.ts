// What is cut out where the finder saw something: bars, soft strokes, and on a page the writing alone, as far as one message goes.
import { describe, expect, it } from 'vitest';
import { readAll } from '../../src/glyph/all.ts';
import { MOST_GLYPHS, theOne, type Box, type Raster } from '../../src/glyph/glyph.ts';
import { readPicture } from '../../src/glyph/read.ts';
import { makeRandom } from '../../src/random.ts';
import { drawSeven } from '../support/pictures.ts';

const [width, height] = [640, 480];
const sevens = (list: readonly { x: number; y: number; size: number; ink?: number }[]): Raster => {
  const pixels = new Uint8Array(width * height).fill(220);
  for (const { x, y, size, ink = 40 } of list) {
    const side = size + 20;
    const stamp = drawSeven({ width: side, height: side, x: 10, y: 10, size, ink });
    for (let row = 0; row < side; row++) {
      pixels.set(stamp.pixels.subarray(row * side, (row + 1) * side), (y - 10 + row) * width + x - 10);
    }
  }
  return { width, height, pixels };
};
const around = ({ x, y, size }: { x: number; y: number; size: number }): Box => ({ x, y, width: size, height: size });
const seen = (boxes: readonly Box[]) => boxes.map((box) => ({ box, sureness: 0.7 }));

describe('cutting', () => {
  it('a bar in a box that is much wider than itself', async () => {
    const page = sevens([{ x: 60, y: 60, size: 100 }]);
    for (let y = 60; y < 160; y++) page.pixels.fill(40, y * width + 305, y * width + 313);
    const boxes = [
      { x: 65, y: 60, width: 80, height: 100 },
      { x: 258, y: 58, width: 104, height: 104 },
    ];
    const read = await readAll(page, seen(boxes), 40);
    expect(read?.glyphs.map(({ box }) => box.x)).toEqual([expect.any(Number), expect.closeTo(305, -1)]);
  });

  it('what is much fainter than the rest of the page is none of its writing', async () => {
    const places = [60, 200, 340, 480].map((x) => ({ x, y: 60, size: 70 }));
    const fold = { x: 200, y: 280, size: 70, ink: 190 };
    const page = sevens([...places, fold]);
    expect((await readAll(page, seen([...places, fold].map(around)), 40))?.glyphs).toHaveLength(4);
    // Where all is faint, that is the writing.
    expect((await readAll(sevens([fold]), seen([around(fold)]), 40))?.glyphs).toHaveLength(1);
  });

  it('of more than can be shown the first lines are there, whole', async () => {
    const places = Array.from({ length: 117 }, (_, k) => ({
      x: 10 + 48 * (k % 13),
      y: 10 + 52 * Math.floor(k / 13),
      size: 30,
    }));
    // The surest first, which is no order to read in.
    const boxes = places.map(around).sort((a, b) => ((a.x * 7 + a.y * 13) % 101) - ((b.x * 7 + b.y * 13) % 101));
    const read = await readAll(sevens(places), seen(boxes), 40);
    expect(read).toMatchObject({ more: true });
    expect(read?.glyphs).toHaveLength(13 * Math.floor(MOST_GLYPHS / 13));
    expect(Math.max(...(read?.glyphs ?? []).map(({ line }) => line))).toBe(Math.floor(MOST_GLYPHS / 13) - 1);
  });

  it('a ring that is sharp on one side and soft on the other is whole', async () => {
    const random = makeRandom(7);
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [(i % width) - 320, Math.floor(i / width) - 240];
      const soft = x > 0 ? 12 : 12 + 50 * Math.min(1, -x / 60);
      const off = Math.abs(Math.hypot(x / 1.2, y) - 140) - 26;
      return 150 - 70 / (1 + Math.exp((6 * off) / soft)) + 0.8 * random.normal();
    });
    const box = theOne(await readPicture({ width, height, pixels }))?.box;
    expect(box?.width).toBeGreaterThan(340);
  });
});
