// Letters among letters, digits among digits: what stands beside in the same word weighs what a shape may be.
import { expect, test } from 'vitest';
import { labelById, labelByText } from '../../src/alphabet/alphabet.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';
import { weighKinds } from '../../src/recognition/neighbours.ts';

type Read = readonly (readonly [text: string, probability: number])[];

/** Characters side by side, 20 wide and 30 high, with so wide a gap after each; what each is read as. */
function word(reads: readonly Read[], gap = 5, lineOf: (place: number) => number = () => 0): readonly string[] {
  const placed = reads.map((_, place) => ({
    box: { x: place * (20 + gap), y: 0, width: 20, height: 30 },
    line: lineOf(place),
  }));
  const answers = reads.map((read) => ({
    candidates: read.map(([text, probability]) => ({ labelId: labelByText(ukrainian, text)?.id ?? -1, probability })),
    outcome: (read[0]?.[1] ?? 0) > 0.8 ? ('sure' as const) : ('unsure' as const),
  }));
  return weighKinds(placed, answers, ukrainian, 0.8).map(({ candidates: [best], outcome }) =>
    [best && labelById(ukrainian, best.labelId)?.text, outcome].join(' '),
  );
}

const three: Read = [
  ['3', 0.55],
  ['з', 0.4],
];
const letter: Read = [['а', 0.95]];
const digit: Read = [['5', 0.95]];

test('among letters it is a letter, among digits a digit', () => {
  expect(word([letter, three, letter])).toEqual(['а sure', 'з unsure', 'а sure']);
  expect(word([digit, [...three].reverse(), digit])[1]).toBe('3 unsure');
});

test('what is sure stays what it is', () => {
  expect(
    word([
      letter,
      [
        ['7', 0.97],
        ['г', 0.02],
      ],
      letter,
    ])[1],
  ).toBe('7 sure');
});

test('another word, and another line, say nothing', () => {
  expect(word([letter, three, letter], 60)[1]).toBe('3 unsure');
  expect(word([letter, three, letter], 5, (place) => place)[1]).toBe('3 unsure');
  expect(word([three])).toEqual(['3 unsure']);
});

test('probabilities add up to what they were, and an alphabet without digits is left alone', () => {
  const placed = [0, 25].map((x) => ({ box: { x, y: 0, width: 20, height: 30 }, line: 0 }));
  const of = (alphabet: typeof ukrainian, texts: string) =>
    ['а', 'б'].map(() => ({
      candidates: texts.split('').map((text) => ({ labelId: labelByText(alphabet, text)?.id ?? 0, probability: 0.3 })),
      outcome: 'unsure' as const,
    }));
  const told = weighKinds(placed, of(ukrainian, '3зв'), ukrainian, 0.8);
  expect(told[0]?.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(0.9);
  const kana = of(hiragana, 'かたつ');
  expect(weighKinds(placed, kana, hiragana, 0.8)).toBe(kana);
});
