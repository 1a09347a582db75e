// A square is cut out of a picture where it is wanted, turned as it is wanted, and its edges are drawn out.
import { expect, test } from 'vitest';
import { cutOut } from '../../src/backbone/turned.ts';

/** Red grows from left to right, green from top to bottom. */
const slope = {
  width: 8,
  height: 6,
  pixels: Uint8Array.from({ length: 3 * 8 * 6 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % 8, Math.floor(at / 24)];
    return at % 3 === 0 ? 20 * x : at % 3 === 1 ? 30 * y : 7;
  }),
};
const red = (square: Uint8Array): number[] => [...square].filter((_, at) => at % 3 === 0);
const green = (square: Uint8Array): number[] => [...square].filter((_, at) => at % 3 === 1);

test('as it lies: the middle of a picture, pixel by pixel', () => {
  const square = cutOut(slope, { x: 4, y: 3, side: 4, angle: 0 }, 4);
  expect(red(square)).toEqual([40, 60, 80, 100, 40, 60, 80, 100, 40, 60, 80, 100, 40, 60, 80, 100]);
  expect(green(square).filter((_, at) => at % 4 === 0)).toEqual([30, 60, 90, 120]);
  expect([...square].filter((_, at) => at % 3 === 2).every((level) => level === 7)).toBe(true);
});

test('between pixels, as much of each as it is near', () => {
  expect(red(cutOut(slope, { x: 3.5, y: 3, side: 2, angle: 0 }, 2))).toEqual([50, 70, 50, 70]);
});

test('turned by a quarter, what was right is above, and what was below is right', () => {
  const turned = cutOut(slope, { x: 4, y: 3, side: 2, angle: Math.PI / 2 }, 2);
  expect(red(turned)).toEqual([80, 80, 60, 60]);
  expect(green(turned)).toEqual([60, 90, 60, 90]);
});

test('beyond the picture its edges go on', () => {
  const square = cutOut(slope, { x: 0, y: 3, side: 8, angle: 0 }, 8);
  expect(red(square).slice(0, 8)).toEqual([0, 0, 0, 0, 0, 20, 40, 60]);
  expect(green(square).filter((_, at) => at % 8 === 0)).toEqual([0, 0, 30, 60, 90, 120, 150, 150]);
});
