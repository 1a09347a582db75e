// Rows and columns that the picture's border cuts off go; what is cut out tightly stays whole.
import { describe, expect, it } from 'vitest';
import { cutOff } from '../../src/glyph/edge.ts';
import { linesOf } from '../../src/glyph/order.ts';
import type { Box } from '../../src/glyph/glyph.ts';

const picture = { width: 640, height: 480 };
const off = (boxes: readonly Box[]): readonly number[] =>
  [...cutOff(boxes, linesOf(boxes), picture)].sort((a, b) => a - b);
const box = (x: number, y: number, width = 60, height = 80): Box => ({ x, y, width, height });

describe('what is cut off', () => {
  it('is the row above that is no longer whole, and the one below', () => {
    expect(off([box(100, 0, 60, 40), box(300, 0, 60, 30), box(300, 200), box(100, 440, 60, 40)])).toEqual([0, 1, 3]);
  });

  it('is the column at the side', () => {
    expect(off([box(0, 50, 30), box(200, 60), box(0, 250, 25), box(200, 250)])).toEqual([0, 2]);
  });

  it('is nothing of a word that was cut out tightly', () => {
    expect(off([box(0, 0, 60, 480), box(150, 40, 60, 400), box(300, 0, 60, 480), box(580, 0, 60, 480)])).toEqual([]);
  });

  it('is nothing of two lines that fill the picture: their first letters alone are at its side', () => {
    expect(off([box(0, 0, 60, 200), box(100, 20, 60, 180), box(8, 250, 60, 220), box(100, 260, 60, 220)])).toEqual([]);
  });

  it('is never all there is', () => {
    expect(off([box(0, 0, 60, 40), box(200, 0, 60, 40)])).toEqual([]);
  });
});
