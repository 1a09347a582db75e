// Of two shapes that differ in size alone the line says which.
import { expect, test } from 'vitest';
import { labelByText, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';
import { weighTwins } from '../../src/recognition/line-size.ts';

/** A line of glyphs: the text the model would read, and each one's height. */
function line(
  alphabet: Alphabet,
  ...glyphs: readonly (readonly [candidates: string, height: number, line?: number])[]
) {
  const answers = glyphs.map(([texts]) => {
    const ids = Array.from(texts, (text) => labelByText(alphabet, text)?.id ?? -1);
    const first = ids.length === 1 ? 0.95 : 0.5;
    const candidates = ids.map((labelId, at) => ({
      labelId,
      probability: at === 0 ? first : (0.95 - first) / (ids.length - 1),
    }));
    return { candidates, outcome: ids.length === 1 ? ('sure' as const) : ('unsure' as const) };
  });
  const placed = glyphs.map(([, height, of = 0], at) => ({
    box: { x: 50 * at, y: 0, width: 0.7 * height, height },
    line: of,
  }));
  return weighTwins(placed, answers, alphabet).map(({ candidates: [best], outcome }) => ({
    text: alphabet.labels.find(({ id }) => id === best?.labelId)?.text,
    outcome,
  }));
}

test('a small つ beside large kana is っ, a large one つ', () => {
  expect(line(hiragana, ['か', 100], ['つっ', 58], ['た', 96])[1]).toEqual({ text: 'っ', outcome: 'sure' });
  expect(line(hiragana, ['か', 100], ['っつ', 97], ['た', 96])[1]).toEqual({ text: 'つ', outcome: 'sure' });
});

test('О as high as a capital is one, о as high as its small neighbours another', () => {
  expect(line(ukrainian, ['оО', 100], ['л', 64], ['е', 66], ['г', 62])[0]?.text).toBe('О');
  expect(line(ukrainian, ['Б', 100], ['Оо', 64], ['г', 63])[1]?.text).toBe('о');
});

test('between the two it stays a question, and other lines have no say', () => {
  const [, between] = line(hiragana, ['か', 100], ['つっ', 82], ['た', 100]);
  expect(between?.outcome).toBe('unsure');
  expect(line(hiragana, ['か', 100, 0], ['つっ', 50, 1])[1]).toEqual({ text: 'つ', outcome: 'unsure' });
});

test('twins alone say nothing about one another', () => {
  expect(line(hiragana, ['つっ', 50], ['やゃ', 100]).map(({ outcome }) => outcome)).toEqual(['unsure', 'unsure']);
});
