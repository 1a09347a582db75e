// Which labels are practised: those that were asked for, a row of them, or those that nobody has written yet.
import { expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { labelsAsked, leastTaught } from '../../src/sheet/choose.ts';

const textsOf = (written: string): string => {
  const asked = labelsAsked(hiragana, written);
  if (asked.outcome === 'unknown') return `unknown ${asked.text}`;
  return asked.ids.map((id) => hiragana.labels[id]?.text).join('');
};

test('one character stands for its row, several for themselves', () => {
  expect(textsOf('き')).toBe('かきくけこ');
  expect(textsOf('あぬ')).toBe('あぬ');
  expect(textsOf('あ, ぬ れ')).toBe('あぬれ');
  expect(textsOf('あx')).toBe('unknown x');
  // Nothing but what parts characters is no wish for an empty sheet.
  expect(textsOf(' , ')).toBe('unknown ,');
});

test('without a wish those with the fewest samples', () => {
  expect(leastTaught(hiragana, (id) => (id === 5 ? 0 : 1))).toEqual([
    5, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  ]);
  expect(leastTaught(digits, (id) => id).at(-1)).toBe(9);
});
