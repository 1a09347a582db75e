// The ten digits.
import { alphabetOf } from './alphabet.ts';

export const digitNames: Readonly<Record<string, string>> = {
  0: 'zero',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
};

export const digits = alphabetOf({
  id: 'digits',
  title: '0–9',
  rows: [
    ['0', '1', '2', '3', '4'],
    ['5', '6', '7', '8', '9'],
  ],
  names: digitNames,
});
