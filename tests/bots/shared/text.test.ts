// Texts within lengths, for every text there is.
import { assert, constantFrom, integer, property, string } from '../../support/properties.ts';
import { expect, test } from 'vitest';
import { cut, split } from '../../../bots/shared/text.ts';

const words = string({ unit: constantFrom('a', 'ї', '😀', '\n', ' ', 'か'), maxLength: 200 });
const lengths = integer({ min: 2, max: 60 });
const isWhole = (text: string): boolean => Buffer.from(text).toString() === text;

test('a cut text fits and is the beginning of the whole, in whole characters', () => {
  assert(
    property(words, lengths, (text, most) => {
      const short = cut(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(isWhole(short)).toBe(true);
      expect(text.length <= most ? short === text : text.startsWith(short.slice(0, -1))).toBe(true);
    }),
  );
});

test('the pieces of a text fit, are whole characters, and lose nothing but white space between them', () => {
  assert(
    property(words, lengths, (text, most) => {
      const pieces = split(text, most);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(most);
        expect(isWhole(piece)).toBe(true);
      }
      expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});

test('a text is parted at a line or a space where there is one', () => {
  expect(split('one two three\nfour', 14)).toEqual(['one two three', 'four']);
  expect(split('one two three', 9)).toEqual(['one two', 'three']);
  expect(split('', 9)).toEqual(['']);
});

test('what people see as one character is never parted', () => {
  const family = '👩‍👩‍👧';
  const accented = 'e\u0301';
  expect(cut(`a${family}b`, 5)).toBe('a…');
  expect(split(`${accented}${accented}`, 3)).toEqual([accented, accented]);
  expect(split(String.raw`a\*b`, 2)).toEqual(['a', String.raw`\*`, 'b']);
});

test('a character that alone is too long is parted, but no surrogate pair', () => {
  const giant = `😀${'\u0301'.repeat(20)}`;
  const pieces = split(giant, 7);
  expect(pieces.join('')).toBe(giant);
  expect(pieces.every((piece) => piece.length <= 7 && isWhole(piece))).toBe(true);
});
