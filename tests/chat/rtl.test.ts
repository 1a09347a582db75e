// Keyboards of a script that is read from the right begin on the right.
import { expect, test } from 'vitest';
import { componentsOf } from '../../bots/discord/components.ts';
import { inlineKeyboard } from '../../bots/telegram/keyboard.ts';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { specFromText } from '../../src/alphabet/own.ts';
import type { Keyboard } from '../../src/chat/event.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard } from '../../src/chat/keyboards.ts';
import { sayIn } from '../../src/words/words.ts';

const say = sayIn('en');
const hebrew = alphabetOf(specFromText('אבגד|הוזחטיכ', { id: 'hebrew' }));
const many = alphabetOf(specFromText('אבגדהוז|חטיכלמנ|סעפצקרש|ת', { id: 'many' }));
const asked = { id: 'AAAAAAAAAAAA', candidates: [], outcome: 'no-model' } as const;

/** As it stands on the screen, from the left. */
const onTelegram = (keyboard: Keyboard): string[] =>
  (inlineKeyboard(keyboard)?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text).join(''));
const onDiscord = (keyboard: Keyboard): string[] =>
  componentsOf(keyboard).map(({ components }) =>
    components
      .map((each) =>
        'options' in each ? each.options.map(({ label }) => label).join('') : 'label' in each && each.label,
      )
      .join(''),
  );

test('the first letter of a row is its last button', () => {
  expect(onTelegram(answerKeyboard(asked, hebrew, say)).slice(0, 2)).toEqual(['דגבא', 'כיטחזוה']);
  expect(onTelegram(otherKeyboard(asked, hebrew, say)).slice(0, 2)).toEqual(['דגבא', 'כיטחזוה']);
  expect(onTelegram(rowKeyboard(asked, 1, hebrew, say) ?? [])[0]).toBe('כיטחזוה');
  const mirrored = { ...hebrew, direction: 'ltr' } as const;
  expect(onTelegram(answerKeyboard(asked, mirrored, say))[0]).toBe('אבגד');
});

test('where a row is folded, its first letters stand above; a list runs downwards in the alphabet’s order', () => {
  expect(onDiscord(otherKeyboard(asked, hebrew, say)).slice(0, 3)).toEqual(['דגבא', 'טחזוה', 'כי']);
  expect(onDiscord(otherKeyboard(asked, many, say))).toEqual(['אבגדהוזחטיכלמנסעפצקרשת', '‹ back']);
});
