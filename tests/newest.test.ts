// A memory of the newest entries alone.
import { expect, test } from 'vitest';
import { Newest } from '../src/newest.ts';

test('the oldest goes first, and what is set again is new again', () => {
  const memory = new Newest<string, number>(2);
  memory.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...memory]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});
