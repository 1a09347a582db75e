// Keyboards of a script that is read from the right begin on the right.
import { expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { specFromText } from '../../src/alphabet/own.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard } from '../../src/recognition/keyboards.ts';
import { sayIn } from '../../src/words/words.ts';

const say = sayIn('en');
const hebrew = alphabetOf(specFromText('אבגד|הוזח', { id: 'hebrew' }));
const asked = { id: 'AAAAAAAA', candidates: [], outcome: 'no-model' } as const;
const textsOf = (rows: readonly (readonly { readonly text: string }[])[]): string[] =>
  rows.map((row) => row.map(({ text }) => text).join(''));

test('the first letter of a row is its last button', () => {
  expect(textsOf(answerKeyboard(asked, hebrew, say)).slice(0, 2)).toEqual(['דגבא', 'חזוה']);
  expect(textsOf(otherKeyboard(asked, hebrew, say)).slice(0, 2)).toEqual(['דגבא', 'חזוה']);
  expect(textsOf(rowKeyboard(asked, 1, hebrew, say) ?? [])[0]).toBe('חזוה');
  const mirrored = { ...hebrew, direction: 'ltr' } as const;
  expect(textsOf(answerKeyboard(asked, mirrored, say))[0]).toBe('אבגד');
});
