// Characters that the charts' fonts lack are told by name or code point, never by a box.
import { expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { legible, legibleLabel } from '../../src/report/legible.ts';
import { sayIn } from '../../src/words/words.ts';

test('what the fonts have stays as it is: every shipped label but ゔ, Greek, Hebrew and Arabic', () => {
  const labels = shippedAlphabets.flatMap((alphabet) => alphabet.labels);
  const others = labels.filter((label) => legibleLabel(label) !== label.text);
  expect(others.map(legibleLabel)).toEqual(['vu']);
  for (const text of ['Read αβγ…ω – 9 %?', 'reads שת worse', 'پ چ ژ گ ے العربية']) expect(legible(text)).toBe(text);
  // As a letter stands in a sentence of ours, with the marks that keep the sentence round it.
  const told = sayIn('uk')('gate-label-fell', { label: 'ש' });
  expect(legible(told)).toBe(told);
});

test('what a font says it has and leaves blank is no more written than what it lacks', () => {
  expect(legible('ς')).toBe('U+03C2');
  expect(legibleLabel({ text: 'ς', name: 'final sigma' })).toBe('final sigma');
});

test('what they lack becomes code points, a base with its marks together', () => {
  expect(legible('अ')).toBe('U+0905');
  expect(legible('का')).toBe('U+0915+U+093E');
  expect(legible('reads अक worse')).toBe('reads U+0905 U+0915 worse');
  expect(legible('')).toBe('');
});

test('a label is told by its name where that can be written', () => {
  const hindi = alphabetOf({
    id: 'hindi',
    title: 'हिन्दी',
    rows: [['अ', 'आ', 'इ']],
    names: { अ: 'a', आ: 'आ' },
  });
  expect(hindi.labels.map(legibleLabel)).toEqual(['a', 'U+0906', 'U+0907']);
});
