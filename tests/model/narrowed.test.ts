// Letters alone, digits alone: what is left out gives its probability to the rest, and nothing that is hardly possible is asserted.
import { expect, test } from 'vitest';
import { labelByText } from '../../src/alphabet/alphabet.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { labelsOf } from '../../src/alphabet/only.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';
import { narrowed } from '../../src/model/narrowed.ts';

const id = (text: string): number => labelByText(ukrainian, text)?.id ?? -1;
const letters = labelsOf(ukrainian, 'letters');
const answer = (outcome: 'sure' | 'unsure' | 'not-a-character', ...of: readonly (readonly [string, number])[]) => ({
  candidates: of.map(([text, probability]) => ({ labelId: id(text), probability })),
  outcome,
});

test('only an alphabet with both has something to leave out', () => {
  expect(labelsOf(ukrainian, null)).toBeNull();
  expect(labelsOf(digits, 'digits')).toBeNull();
  expect(labelsOf(hiragana, 'letters')).toBeNull();
  expect(labelsOf(ukrainian, 'digits')).toEqual(new Set('0 1 2 3 4 5 6 7 8 9'.split(' ').map(id)));
  expect(letters?.has(id('Ґ'))).toBe(true);
});

test('з is asserted where 3 is not read', () => {
  const told = narrowed(answer('unsure', ['3', 0.5], ['з', 0.45], ['в', 0.01]), letters, 0.9);
  expect(told.candidates.map(({ labelId }) => labelId)).toEqual([id('з'), id('в')]);
  expect(told.candidates[0]?.probability).toBeCloseTo((0.45 / 0.46) * 0.96);
  expect(told.outcome).toBe('sure');
});

test('what is surely a digit is asked about, not asserted as the likest letter', () => {
  expect(narrowed(answer('sure', ['7', 0.99], ['г', 0.009]), letters, 0.9)).toMatchObject({
    candidates: [{ labelId: id('г') }],
    outcome: 'unsure',
  });
});

test('a doubt stays a doubt, and nothing changes where all is read', () => {
  expect(narrowed(answer('not-a-character', ['3', 0.2], ['з', 0.1]), letters, 0.9).outcome).toBe('not-a-character');
  const same = answer('sure', ['3', 0.99]);
  expect(narrowed(same, null, 0.9)).toBe(same);
  expect(narrowed(same, letters, 0.9)).toBe(same);
});
