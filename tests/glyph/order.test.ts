// Reading order: which boxes make a line, and in which order they are read, whatever the slant, the script's direction or the sizes.
import * as fc from '../support/properties.ts';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import type { Box } from '../../src/glyph/glyph.ts';
import { linesOf, readFrom, type Direction } from '../../src/glyph/order.ts';

/** Boxes in the order of reading become boxes at random; the reading gives their numbers in that order again. */
function read(boxes: readonly Box[], direction?: Direction): readonly (readonly number[])[] {
  const random = makeRandom(boxes.length, 7);
  const shuffled = boxes
    .map((box, number) => ({ box, number, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ box, number }) => ({ box, number }));
  const lines = linesOf(
    shuffled.map(({ box }) => box),
    direction,
  );
  return lines.map((line) => line.map((place) => shuffled[place]?.number ?? -1));
}

interface Written {
  readonly rows: number;
  readonly columns: number;
  readonly slant?: number;
  /** How far the lines' middles are bent down. */
  readonly bend?: number;
  readonly pitch?: number;
}

/** Lines of characters of many heights, as a hand writes them. */
function written({ rows, columns, slant = 0, bend = 0, pitch = 60 }: Written): readonly Box[] {
  const random = makeRandom(rows, columns);
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    // Of a letter of 40: ascenders, small letters, and those that go below the line.
    const [top, bottom] = (
      [
        [0, 40],
        [15, 40],
        [15, 55],
      ] as const
    )[random.below(3)] ?? [0, 40];
    const x = 20 + column * 38 + random.between(-4, 4);
    const share = column / Math.max(1, columns - 1) - 0.5;
    const y = 200 + row * pitch + slant * x + bend * (1 - 4 * share ** 2) + random.between(-2, 2);
    return { x, y: y + top, width: random.between(14, 30), height: bottom - top };
  });
}

const inRows = (rows: number, columns: number): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => row * columns + column));

describe('lines', () => {
  it.each<[string, Written]>([
    ['one', { rows: 1, columns: 9 }],
    ['five', { rows: 5, columns: 14 }],
    ['slanted down', { rows: 4, columns: 12, slant: 0.25 }],
    ['slanted up', { rows: 4, columns: 12, slant: -0.35 }],
    ['bent', { rows: 3, columns: 14, bend: 24, pitch: 70 }],
    ['two characters', { rows: 1, columns: 2 }],
  ])('%s', (_, how) => {
    expect(read(written(how))).toEqual(inRows(how.rows, how.columns));
  });

  it('right to left', () => {
    const boxes = written({ rows: 3, columns: 8, slant: 0.1 }).map((box) => ({ ...box, x: 1000 - box.x - box.width }));
    expect(read(boxes, 'left')).toEqual(inRows(3, 8));
  });

  it('columns from the right', () => {
    const boxes = written({ rows: 3, columns: 8, slant: 0.1 }).map(({ x, y, width, height }) => ({
      x: 1000 - y - height,
      y: x,
      width: height,
      height: width,
    }));
    expect(read(boxes, 'down')).toEqual(inRows(3, 8));
  });

  it('a small character or a mark below belongs to the line', () => {
    const at = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
    // ちょっと、 in one line, と below.
    const boxes = [at(0, 0, 40, 42), at(46, 20, 24, 24), at(90, 22, 25, 20), at(130, 2, 36, 40), at(172, 32, 8, 9)];
    expect(read([...boxes, at(0, 70, 40, 40)])).toEqual([[0, 1, 2, 3, 4], [5]]);
  });

  it('a grid with holes, of characters of one size', () => {
    const boxes = [0, 1, 2, 4, 6, 7, 9, 11].map((cell) => ({
      x: 50 + 80 * (cell % 4),
      y: 40 + 80 * Math.floor(cell / 4) + 0.05 * 80 * (cell % 4),
      width: 40,
      height: 44,
    }));
    expect(read(boxes)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
  });

  it('a reading from the right keeps its glyphs and the one it is about', () => {
    const glyphs = [0, 50, 100].map((x, at) => ({
      pixels: new Uint8Array([at]),
      box: { x, y: 0, width: at === 0 ? 45 : 20, height: at === 0 ? 45 : 20 },
      line: 0,
    }));
    const [first, ...rest] = glyphs;
    if (first === undefined) throw new Error('there are three');
    const reading = { outcome: 'glyphs', width: 200, height: 50, glyphs: [first, ...rest], main: 0 } as const;
    const turned = readFrom(reading, 'left');
    expect(turned.glyphs.map(({ pixels }) => pixels[0])).toEqual([2, 1, 0]);
    expect(turned.main).toBe(2);
  });

  it('every box is read once, wherever they lie', () => {
    const box = fc.record({
      x: fc.double({ min: 0, max: 600, noNaN: true }),
      y: fc.double({ min: 0, max: 400, noNaN: true }),
      width: fc.double({ min: 1, max: 90, noNaN: true }),
      height: fc.double({ min: 1, max: 90, noNaN: true }),
    });
    const direction = fc.constantFrom<Direction>('right', 'left', 'down');
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), direction, (boxes, way) => {
        const places = linesOf(boxes, way).flat();
        expect([...places].sort((a, b) => a - b)).toEqual([...boxes.keys()]);
      }),
    );
  });
});
