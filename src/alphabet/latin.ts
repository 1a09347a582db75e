// The 26 Latin letters in both cases, and the ten digits: what people write by hand in most of Europe and the Americas.
import { alphabetOf } from './alphabet.ts';
import { digitNames } from './digits.ts';

const upper = ['A B C D E F G', 'H I J K L M N', 'O P Q R S T U', 'V W X Y Z'].map((row) => row.split(' '));
const lower = upper.map((row) => row.map((letter) => letter.toLowerCase()));
const cases = upper.flat().map((letter) => [letter, letter.toLowerCase()] as const);

export const latin = alphabetOf({
  id: 'latin',
  title: 'ABC abc 0–9',
  rows: [...upper, ...lower, ['0', '1', '2', '3', '4'], ['5', '6', '7', '8', '9']],
  names: {
    ...Object.fromEntries(cases.flatMap(([A, a]) => [[A, `capital ${A}`] as const, [a, `small ${a}`] as const])),
    ...digitNames,
  },
  cases,
  confusable: [
    ['c', 'C'],
    ['k', 'K'],
    ['o', 'O', '0'],
    ['p', 'P'],
    ['s', 'S'],
    ['u', 'U'],
    ['v', 'V'],
    ['w', 'W'],
    ['x', 'X'],
    ['z', 'Z'],
    ['l', 'I', '1'],
  ],
});
