// Of two shapes that differ in size alone the line says which.
import { expect, test } from 'vitest';
import { labelByText, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';
import type { GlyphAnswer } from '../../src/model/champion.ts';
import { weighTwins } from '../../src/recognition/line-size.ts';
import { makeRecognise } from '../../src/recognition/photos.ts';
import type { Speaker } from '../../src/recognition/people.ts';

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

test('what the line says is not put down to somebody’s own hand', async () => {
  const ids = (text: string) => Array.from(text, (each) => labelByText(hiragana, each)?.id ?? -1);
  const answerOf = (text: string): GlyphAnswer => ({
    candidates: ids(text).map((labelId, at) => ({ labelId, probability: [0.95, 0.04][at] ?? 0 })),
    outcome: 'sure',
    seen: { probabilities: [], embedding: new Float32Array() },
  });
  const said = [answerOf('かた'), answerOf('つっ'), answerOf('たか')];
  const glyph = (place: number, height: number) => ({
    pixels: new Uint8Array(1600),
    box: { x: 50 * place, y: 0, width: 0.7 * height, height },
    line: 0,
  });
  const glyphs = [glyph(0, 100), glyph(1, 58), glyph(2, 96)] as const;
  const recognise = makeRecognise({
    store: { predictions: { save: () => undefined, byMessage: () => [] } as never },
    people: { keyHash: () => '' },
    alphabet: () => hiragana,
    alphabets: () => [hiragana],
    alphabetOf: () => hiragana.id,
    onlyOf: () => null,
    glance: () => Promise.resolve(null),
    readPhoto: () => Promise.resolve({ outcome: 'glyphs', width: 200, height: 120, glyphs }),
    reader: () => Promise.resolve({ version: 'v', facts: {} as never, classify: () => Promise.resolve(said) }),
    // Their samples make it no other character.
    ownHand: {
      recall: (_reader, _alphabet, _who, answers) =>
        Promise.resolve(
          answers.map(({ candidates, outcome }) => ({
            candidates,
            outcome,
            alone: { candidates: [...candidates], outcome },
          })),
        ),
    },
    diskNearlyFull: () => Promise.resolve(false),
    kindIsFull: () => false,
    now: () => 0,
  });
  const speaker = { platform: 'web', id: 'ann', isOperator: false, contributor: { id: 1 } } as Speaker;
  const chat = { id: 'a', kind: 'private', isChatAdmin: () => Promise.resolve(false) } as const;
  const read = await recognise({ bytes: new Uint8Array(4), speaker, chat, address: {} });
  if (read.outcome !== 'predictions') throw new Error(read.outcome);
  expect(read.predictions.map(({ candidates: [best], fromHand }) => [best?.label, fromHand])).toEqual([
    ['か', undefined],
    ['っ', undefined],
    ['た', undefined],
  ]);
});
