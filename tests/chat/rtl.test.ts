// Keyboards of a script that is read from the right begin on the right; its letters stand in what is said, drawn and printed.
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { componentsOf } from '../../bots/discord/components.ts';
import { inlineKeyboard } from '../../bots/telegram/keyboard.ts';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { specFromText } from '../../src/alphabet/own.ts';
import type { Keyboard } from '../../src/chat/event.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard } from '../../src/chat/keyboards.ts';
import { sayIn } from '../../src/words/words.ts';
import { ann, button, messageOf, openScene } from '../support/chat-scene.ts';

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

test.each([
  ['hebrew', 'אבגדהוזחטיכ'],
  ['arabic', 'ابتثجحخدذرز'],
])('%s letters are asked about, taught, looked back on and printed', async (id, letters) => {
  const scene = openScene({ more: [alphabetOf(specFromText(letters, { id, title: letters.slice(0, 3) }))] });
  try {
    await scene.type(ann, `/alphabet ${id}`);
    scene.answer = null;
    const asked = messageOf(await scene.photo(ann));
    const third = letters[2] ?? '';
    const saved = messageOf(await scene.press(ann, button(asked, third)));
    // The marks beside it keep the full stop behind it.
    expect(saved.text).toBe(`Thank you! Saved: \u200e${third}\u200e.`);
    await scene.photo(ann);
    expect(messageOf(await scene.type(ann, letters[4] ?? '')).text).toContain(letters[4]);
    const me = messageOf(await scene.type(ann, '/me'));
    const [drawn] = me.pictures ?? [];
    expect(Buffer.from(drawn?.png() ?? []).toString('latin1', 1, 4)).toBe('PNG');
    const sheet = messageOf(await scene.type(ann, '/sheet all'));
    const pdf = await getDocumentProxy(new Uint8Array(sheet.files?.[0]?.bytes ?? []));
    const { text } = await extractText(pdf, { mergePages: true });
    for (const letter of letters) expect(text.normalize('NFKC'), letter).toContain(letter);
  } finally {
    scene.close();
  }
});
