// The figures of photographed pages, by hand-made readings whose outcome can be counted on fingers.
import { expect, test } from 'vitest';
import { labelByText } from '../../src/alphabet/alphabet.ts';
import { latin } from '../../src/alphabet/latin.ts';
import { pageFigures } from '../../src/model/page-figures.ts';

const at = (x: number): { x: number; y: number; width: number; height: number } => ({ x, y: 0, width: 10, height: 10 });
const id = (text: string): number | null => labelByText(latin, text)?.id ?? null;
const truth = ['a', 'o', '%', 'd'].map((label, place) => ({ box: at(20 * place), label }));

test('counts what is found, what is of nothing, the order and what is read right', () => {
  const found = [
    { box: at(0), read: id('a') },
    { box: at(21), read: id('O') },
    // Of nothing: too far from all.
    { box: at(30), read: id('x') },
    { box: at(60), read: null },
  ];
  expect(pageFigures([{ truth, found }], latin)).toEqual({
    pages: 1,
    glyphs: 4,
    found: 3,
    false: 1,
    // a and o; of the others no two neighbours were found.
    ordered: 1,
    accuracy: 1 / 3,
    confusableAccuracy: 2 / 3,
    outOfAlphabet: 1,
  });
});

test('what is read in another order is told, and a missed one is wrong', () => {
  const found = [
    { box: at(20), read: id('o') },
    { box: at(0), read: id('a') },
    { box: at(40), read: null },
  ];
  expect(pageFigures([{ truth, found }], latin)).toMatchObject({ found: 3, ordered: 0, accuracy: 2 / 3 });
});

test('no page has no shares', () => {
  expect(pageFigures([], latin)).toMatchObject({ pages: 0, ordered: null, accuracy: null });
});
