// "Other…" reaches every label of every alphabet in at most two more taps, on keyboards that both platforms take.
import { describe, expect, test } from 'vitest';
import { componentsOf } from '../../bots/discord/components.ts';
import { inlineKeyboard } from '../../bots/telegram/keyboard.ts';
import { alphabetOf, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { decodeButton } from '../../src/chat/buttons.ts';
import type { Keyboard } from '../../src/chat/event.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard, wrongKeyboard } from '../../src/chat/keyboards.ts';
import { sayIn } from '../../src/words/words.ts';

const say = sayIn('en');
const asked = { id: 'AAAAAAAAAAAA', outcome: 'sure', candidates: [] } as const;
const own = (id: string, rows: readonly (readonly string[])[]): Alphabet => alphabetOf({ id, title: id, rows });
const signs = (count: number): string[] => Array.from({ length: count }, (_, index) => `字${index}`);

const alphabets: readonly Alphabet[] = [
  ...shippedAlphabets,
  own('one-long-row', [signs(300)]),
  own(
    'many-short-rows',
    signs(300).map((sign) => [sign]),
  ),
  own('school-kanji', [signs(2136)]),
  own('as-many-as-can-be', [signs(40), signs(9216).slice(40)]),
];

/** What a keyboard leads to; throws where one of the platforms could not show all of it. */
function actions(keyboard: Keyboard) {
  const payloads = keyboard.flat().map(({ payload }) => payload);
  const onTelegram = inlineKeyboard(keyboard)?.inline_keyboard.flat() ?? [];
  expect(onTelegram.map((button) => 'callback_data' in button && button.callback_data)).toEqual(payloads);
  const onDiscord = componentsOf(keyboard).flatMap(({ components }) =>
    components.flatMap((each) =>
      'options' in each ? each.options.map(({ value }) => value) : 'custom_id' in each ? [each.custom_id] : [],
    ),
  );
  expect(onDiscord).toEqual(payloads);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(64);
  return payloads.map((payload) => decodeButton(payload));
}

/** Labels that two taps reach from a keyboard, each of them once. */
function reached(first: Keyboard, alphabet: Alphabet): readonly number[] {
  return actions(first).flatMap((action) => {
    if (action?.do === 'label') return [action.labelId];
    if (action?.do !== 'row') return [];
    const row = rowKeyboard(asked, action.row, alphabet, say);
    if (row === undefined) throw new Error(`there is no row ${action.row}`);
    return actions(row).flatMap((each) => (each?.do === 'label' ? [each.labelId] : []));
  });
}

describe.each(alphabets.map((alphabet) => [alphabet.id, alphabet] as const))('%s', (_, alphabet) => {
  const all = alphabet.labels.map(({ id }) => id);

  test('from "other…"', () => {
    expect(reached(otherKeyboard(asked, alphabet, say), alphabet).toSorted((a, b) => a - b)).toEqual(all);
  });

  test('from the first question, where no model can guess yet', () => {
    expect(reached(answerKeyboard(asked, alphabet, say), alphabet).toSorted((a, b) => a - b)).toEqual(all);
  });
});

test('a twin of the best is always offered, however sure the model is', () => {
  const latin = shippedAlphabets.find(({ id }) => id === 'latin')!;
  const idOf = (text: string): number => latin.labels.find((label) => label.text === text)?.id ?? -1;
  const offered = (outcome: 'sure' | 'unsure', ...texts: readonly string[]): readonly string[] => {
    const candidates = texts.map((text) => ({ labelId: idOf(text), label: text, probability: 1 / texts.length }));
    const keyboard = outcome === 'sure' ? wrongKeyboard : answerKeyboard;
    return keyboard({ ...asked, outcome, candidates }, latin, say)[0]!.map(({ text }) => text);
  };
  expect(offered('sure', 'O', 'Q', 'D', 'G', 'C', 'o', '0')).toEqual(['Q', 'o', '0']);
  expect(offered('sure', 'x', 'y', 'X', 'k')).toEqual(['y', 'X', 'k']);
  expect(offered('sure', 'A', 'R', 'H', 'a', 'B')).toEqual(['R', 'H', 'a']);
  expect(offered('unsure', 'x', 'y')).toEqual(['x', 'y', 'X']);
});

test('a row that is not there is told apart', () => {
  expect(rowKeyboard(asked, 99, alphabets[0]!, say)).toBeUndefined();
});

test('a figure is not spoken in English to somebody who is spoken to otherwise', () => {
  const seven = {
    id: 'AAAAAAAAAAAA',
    candidates: [{ labelId: 7, label: '7', probability: 0.99 }],
    outcome: 'sure',
  } as const;
  expect(answerKeyboard(seven, digits, sayIn('uk')).flat()[0]?.name).toBe('це 7');
});
