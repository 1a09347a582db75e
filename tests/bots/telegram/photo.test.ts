// A photo goes in, an answer comes out, a press changes it: with the real grammY against a fake Telegram.
import { expect, test } from 'vitest';
import { photo, question, right, saved, setScene, simple } from './scene.ts';

test('a photo is answered with buttons, quoting it; a press edits the answer in place', async () => {
  const { fake, platform, events } = await setScene(simple);
  expect(platform.health()).toEqual({ state: 'up' });
  const olena = fake.user('Olena', 'uk');
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  const answer = await fake.waitForReply(sent);
  expect(answer.text).toBe(question.text);
  expect(fake.buttons(answer)).toEqual([{ text: '✓ 7', callback_data: right, style: 'success' }]);
  expect(events).toMatchObject([
    {
      kind: 'photo',
      person: { platform: 'telegram', id: String(olena.id), language: 'uk' },
      chat: { kind: 'private' },
    },
  ]);
  const [first] = events;
  expect(first?.kind === 'photo' && Buffer.from(first.bytes).equals(photo)).toBe(true);

  const pressed = fake.press(answer, '✓ 7', olena);
  expect(await pressed.answer()).toEqual({ text: '', alert: false });
  await fake.until('the edit', () => answer.text === saved.text);
  expect(fake.buttons(answer).map((button) => button.text)).toEqual(['undo']);
  expect(fake.said(sent.chat)).toHaveLength(1);
  expect(events[1]).toMatchObject({
    kind: 'press',
    payload: right,
    address: { chat: olena.id, reply: sent.message_id },
  });
});
