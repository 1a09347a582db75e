import { expect, test } from 'vitest';
import { alphabetOf, labelByText } from '../../src/alphabet/alphabet.ts';
import type { Classification } from '../../src/model/classifier.ts';
import { evaluationOf, type ScoredGlyph } from '../../src/model/evaluate.ts';

const letters = alphabetOf({
  id: 'letters',
  title: 'letters',
  rows: [['A', 'a', 'C', 'c', '0']],
  cases: [['A', 'a'], ['C', 'c']],
  confusable: [['C', 'c']],
}); // prettier-ignore
const idOf = (text: string): number => labelByText(letters, text)?.id ?? -1;

function scored(truth: string, read: string | null, probability = 1): ScoredGlyph {
  const label = labelByText(letters, truth);
  if (label === undefined) throw new Error(truth);
  if (read === null) return { truth: label, classification: null };
  const others = letters.labels.filter(({ text }) => text !== read);
  const classification: Classification = {
    candidates: [
      { labelId: idOf(read), probability },
      ...others.map(({ id }) => ({ labelId: id, probability: (1 - probability) / others.length })),
    ],
    probabilities: new Float64Array(),
    notACharacter: 0,
    rejected: false,
    sure: true,
  };
  return { truth: label, classification };
}

const set = [
  scored('A', 'A'),
  scored('A', 'a'),
  scored('C', 'c'),
  scored('c', 'c'),
  scored('0', 'C'),
  scored('0', null),
];

test('strict, by identity, by case and with twins forgiven', () => {
  const figures = evaluationOf(set, 3, { alphabet: letters, modelVersion: 'v1' });
  expect(figures).toMatchObject({
    alphabet: 'letters',
    modelVersion: 'v1',
    samples: 6,
    unreadable: 1,
    outOfAlphabet: 3,
  });
  expect(figures.accuracy).toBeCloseTo(2 / 6);
  expect(figures.identityAccuracy).toBeCloseTo(4 / 6);
  expect(figures.caseAccuracy).toBeCloseTo(2 / 4);
  expect(figures.confusableAccuracy).toBeCloseTo(3 / 6);
  expect(figures.ece).toBeCloseTo(1 - 2 / 5);
  expect(figures.confusions).toContainEqual({ label: 'C', read: 'c', count: 1 });
  expect(figures.confusions).toContainEqual({ label: '0', read: null, count: 1 });
});

test('a set without cases is scored by identity only', () => {
  const figures = evaluationOf(set, 0, { alphabet: letters, modelVersion: 'v1', caseless: true });
  expect(figures.accuracy).toBeCloseTo(4 / 6);
  expect(figures.caseAccuracy).toBeNull();
});

test('an identity takes the probabilities of both its cases', () => {
  const split: ScoredGlyph = {
    truth: letters.labels[idOf('a')] ?? letters.labels[0]!,
    classification: {
      candidates: [
        { labelId: idOf('0'), probability: 0.4 },
        { labelId: idOf('a'), probability: 0.3 },
        { labelId: idOf('A'), probability: 0.3 },
      ],
      probabilities: new Float64Array(),
      notACharacter: 0,
      rejected: false,
      sure: true,
    },
  };
  const figures = evaluationOf([split], 0, { alphabet: letters, modelVersion: 'v1' });
  expect(figures).toMatchObject({ accuracy: 0, identityAccuracy: 1 });
});

test('a rejected character counts as wrong', () => {
  const one = scored('A', 'A');
  const rejected = { ...one, classification: { ...one.classification!, rejected: true, notACharacter: 0.9 } };
  const figures = evaluationOf([rejected], 0, { alphabet: letters, modelVersion: 'v1' });
  expect(figures).toMatchObject({ accuracy: 0, confusions: [{ label: 'A', read: null, count: 1 }] });
});
