// Letter and case are two questions: what candidates say of each.
import { expect, test } from 'vitest';
import { alphabetOf, casedOf, labelByText } from '../../src/alphabet/alphabet.ts';

const letters = alphabetOf({
  id: 'letters',
  title: 'letters',
  rows: [['Ж', 'ж', 'Х', 'х', '3']],
  cases: [['Ж', 'ж'], ['Х', 'х']],
}); // prettier-ignore

const told = (shares: Readonly<Record<string, number>>, alphabet = letters) =>
  casedOf(
    alphabet,
    Object.entries(shares).map(([text, probability]) => ({
      labelId: labelByText(alphabet, text)?.id ?? -1,
      probability,
    })),
  );

test('both cases speak for a letter, though another label is the best alone', () => {
  const cased = told({ 3: 0.4, Ж: 0.36, ж: 0.24 });
  expect(cased).toMatchObject({ identity: 'ж', case: { is: 'upper' } });
  expect(cased?.probability).toBeCloseTo(0.6);
  expect(cased?.case?.probability).toBeCloseTo(0.6);
});

test('a digit among letters has no case, and an alphabet without cases has nothing to tell', () => {
  expect(told({ 3: 0.7, ж: 0.3 })).toEqual({ identity: '3', probability: 0.7, case: null });
  expect(told({})).toBeUndefined();
  expect(told({ a: 1 }, alphabetOf({ id: 'x', title: 'x', rows: [['a', 'b']] }))).toBeUndefined();
});
