// Characters that the charts' fonts lack are told by name or code point, never by a box.
import { expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { legible, legibleLabel } from '../../src/report/legible.ts';

test('what the fonts have stays as it is: every shipped label but ゔ, and Greek', () => {
  const labels = shippedAlphabets.flatMap((alphabet) => alphabet.labels);
  const others = labels.filter((label) => legibleLabel(label) !== label.text);
  expect(others.map(legibleLabel)).toEqual(['vu']);
  expect(legible('Read αβγ…ω – 9 %?')).toBe('Read αβγ…ω – 9 %?');
});

test('what a font says it has and leaves blank is no more written than what it lacks', () => {
  expect(legible('ς')).toBe('U+03C2');
  expect(legibleLabel({ text: 'ς', name: 'final sigma' })).toBe('final sigma');
});

test('what they lack becomes code points, a base with its marks together', () => {
  expect(legible('ש')).toBe('U+05E9');
  expect(legible('का')).toBe('U+0915+U+093E');
  expect(legible('reads שת worse')).toBe('reads U+05E9 U+05EA worse');
  expect(legible('')).toBe('');
});

test('a label is told by its name where that can be written', () => {
  const hebrew = alphabetOf({
    id: 'hebrew',
    title: 'עברית',
    rows: [['א', 'ב', 'ג']],
    names: { א: 'alef', ב: 'בית' },
  });
  expect(hebrew.labels.map(legibleLabel)).toEqual(['alef', 'U+05D1', 'U+05D2']);
});
