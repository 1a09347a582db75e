// A line that was written down, and the glyphs it belongs to.
import { expect, test } from 'vitest';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { align, labelsOfText } from '../../src/recognition/align.ts';

const sure = (labelId: number) => [
  { labelId, probability: 0.97 },
  { labelId: (labelId + 1) % 10, probability: 0.02 },
];
const ids = (text: string) => {
  const found = labelsOfText(digits, text);
  return 'labels' in found ? found.labels.map(({ id }) => id) : found.unknown;
};

test('as many labels as glyphs belong to one another, whatever the model read', () => {
  expect(align([sure(7), sure(1), sure(1)], [1, 7, 3])).toEqual([1, 7, 3]);
});

test('a glyph that was missed shifts nobody', () => {
  // 3 1 4 1 5 was written, the 4 was not found.
  expect(align([sure(3), sure(1), sure(1), sure(5)], [3, 1, 4, 1, 5])).toEqual([3, 1, 1, 5]);
});

test('a glyph too much stays without a label', () => {
  expect(align([sure(3), sure(8), sure(1), sure(5)], [3, 1, 5])).toEqual([3, undefined, 1, 5]);
});

test('what may be the one or the other is nobody’s', () => {
  // Two 1s were found where one was written.
  expect(align([sure(3), sure(1), sure(1)], [3, 1])).toEqual([3, undefined, undefined]);
});

test('where the model misread as well, its neighbours still say where', () => {
  expect(align([sure(3), sure(7), sure(4), sure(9)], [3, 1, 4, 8, 9])).toEqual([3, 1, 4, 9]);
});

test('no labels, no glyphs, and a hundred of each', () => {
  expect(align([], [1])).toEqual([]);
  expect(align([sure(1)], [])).toEqual([undefined]);
  const many = Array.from({ length: 100 }, (_, i) => (i * 7) % 10);
  const read = many.map(sure);
  expect(align(read.toSpliced(50, 1), many)).toEqual(many.toSpliced(50, 1));
});

test('a text is its labels, whatever parts words and lines', () => {
  expect(ids('3 1,4\n15')).toEqual([3, 1, 4, 1, 5]);
  expect(ids('12a')).toBe('a');
  const kana = labelsOfText(hiragana, 'あい うえお。');
  expect('labels' in kana && kana.labels.map(({ text }) => text).join('')).toBe('あいうえお');
  // A mark that comes as a character of its own belongs to the one before it.
  const voiced = labelsOfText(hiragana, 'か\u3099');
  expect('labels' in voiced && voiced.labels.map(({ text }) => text)).toEqual(['が']);
});
