// What people type for a label: exactly it, or what a keyboard made of it.
import { expect, test } from 'vitest';
import { alphabetOf, labelTyped } from '../../src/alphabet/alphabet.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { katakana } from '../../src/alphabet/katakana.ts';
import { latin } from '../../src/alphabet/latin.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';

test('full width, half width, decomposed, with space around', () => {
  expect(labelTyped(digits, ' 7\n')?.text).toBe('7');
  expect(labelTyped(digits, '７')?.text).toBe('7');
  expect(labelTyped(latin, 'Ｑ')?.text).toBe('Q');
  expect(labelTyped(katakana, 'ｶ')?.text).toBe('カ');
  expect(labelTyped(hiragana, 'が'.normalize('NFD'))?.text).toBe('が');
  expect(labelTyped(ukrainian, 'ї'.normalize('NFD'))?.text).toBe('ї');
});

test('a capital is itself where the alphabet has capitals, and the small letter where it has none', () => {
  expect(labelTyped(ukrainian, 'Ж')?.text).toBe('Ж');
  const greek = alphabetOf({ id: 'greek', title: 'αβγ', rows: [['α', 'β', 'γ']] });
  expect(labelTyped(greek, 'Β')?.text).toBe('β');
});

test('what was copied with marks of direction around it', () => {
  expect(labelTyped(digits, '\u200e7\u200e')?.text).toBe('7');
});

test('nothing, more than a label, and a label of another script are none', () => {
  for (const typed of ['', ' ', '77', 'seven', 'ж', '七', '🄀', '7️⃣'])
    expect(labelTyped(digits, typed), typed).toBeUndefined();
});

test('what could be two labels is none', () => {
  const both = alphabetOf({ id: 'width', title: 'width', rows: [['Ａ', 'ａ']] });
  expect(labelTyped(both, 'A')?.text).toBe('Ａ');
  const folded = alphabetOf({ id: 'sharp', title: 'sharp', rows: [['ſ', 's']] });
  expect(labelTyped(folded, 'S')).toBeUndefined();
});
