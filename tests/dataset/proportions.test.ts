// Parts of a character grow and shrink, but never change places.
import { expect, it } from 'vitest';
import { unevenAxis } from '../../src/dataset/proportions.ts';
import { makeRandom } from '../../src/random.ts';

it('moves what is inside the shape, leaves what is outside, and keeps the order', () => {
  let moved = 0;
  for (let seed = 0; seed < 300; seed++) {
    const at = unevenAxis(60, 20, makeRandom(seed), 2);
    const even = (i: number): number => (i + 0.5 - 30) / 20;
    for (let i = 1; i < at.length; i++) expect(at[i]).toBeGreaterThan(at[i - 1] ?? NaN);
    for (const i of [0, 9, 50, 59]) expect(at[i]).toBeCloseTo(even(i), 6);
    moved = Math.max(moved, Math.abs((at[30] ?? 0) - even(30)));
  }
  expect(moved).toBeGreaterThan(0.2);
});

it('changes nothing with amount 0', () => {
  const at = unevenAxis(4, 1, makeRandom(1), 0);
  expect([...at]).toEqual([-1.5, -0.5, 0.5, 1.5]);
});
