// Presses: always answered, exactly once, whatever became of the message meanwhile.
import { expect, test } from 'vitest';
import type { HandleEvent, Reply } from '../../../src/chat/event.ts';
import { photo, png, question, saved, setScene, simple } from './scene.ts';

const pressing =
  (...replies: readonly Reply[]): HandleEvent =>
  (event) =>
    event.kind === 'press' ? Promise.resolve(replies) : simple(event);

test('a notice is shown to the person who pressed, cut to what Telegram shows', async () => {
  const { fake } = await setScene(pressing({ kind: 'notice', text: 'ї'.repeat(300) }));
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  const { text } = await fake.press(answer, '✓ 7', olena).answer();
  expect(text).toHaveLength(200);
  expect(text.endsWith('…')).toBe(true);
  expect(answer.text).toBe(question.text);
});

test('a double tap, and two people at once: one edit each, no error, no second message', async () => {
  const { fake, log, events } = await setScene(simple);
  const [olena, taras] = [fake.user('Olena'), fake.user('Taras')];
  const group = fake.group();
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  const presses = [olena, olena, taras].map((user) => fake.press(answer, '✓ 7', user));
  for (const each of presses) await each.answer();
  await fake.until('three edits tried', () => fake.callsOf('editMessageText').length === 3);
  expect(answer.text).toBe(saved.text);
  expect(fake.said(group)).toHaveLength(1);
  expect(events.filter((event) => event.kind === 'press').map((event) => event.person.id)).toEqual(
    [olena, olena, taras].map((user) => String(user.id)),
  );
  expect(log.filter((line) => line.includes('"level":40') || line.includes('"level":50'))).toEqual([]);
});

test('a press under a message that was deleted meanwhile is answered all the same', async () => {
  const { fake, log } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  fake.deleteMessage(answer);
  await fake.press(answer, '✓ 7', olena).answer();
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('a press that comes too late to be answered still edits the message', async () => {
  const { fake, log } = await setScene(simple);
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  fake.press(answer, '✓ 7', olena, { old: true });
  await fake.until('the edit', () => answer.text === saved.text);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('words under a picture are edited as its caption', async () => {
  const charted = { ...question, pictures: [{ png: () => png, alt: 'A chart', role: 'chart' }] } as const;
  const { fake } = await setScene((event) =>
    event.kind === 'press' ? simple(event) : Promise.resolve([{ kind: 'message', message: charted }]),
  );
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect(answer.caption).toBe(question.text);
  fake.press(answer, '✓ 7', olena);
  await fake.until('the edit', () => answer.caption === saved.text);
  expect(fake.callsOf('editMessageText')).toHaveLength(0);
});

test('a message that Telegram no longer shows us is edited by whichever way it allows', async () => {
  const charted = { ...question, pictures: [{ png: () => png, alt: 'A chart', role: 'chart' }] } as const;
  const { fake } = await setScene((event) =>
    event.kind === 'press' ? simple(event) : Promise.resolve([{ kind: 'message', message: charted }]),
  );
  const olena = fake.user();
  const chat = fake.private(olena);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  fake.state.callbacks.set('inaccessible', { old: false });
  const [{ callback_data: data } = { callback_data: '' }] = fake.buttons(answer);
  const message = { chat, message_id: answer.message_id, date: 0 };
  fake.sendUpdate({ callback_query: { id: 'inaccessible', from: olena, message, chat_instance: '1', data } });
  await fake.until('the edit', () => answer.caption === saved.text);
});

test('a press that the product fails at is answered with a sentence', async () => {
  const { fake } = await setScene((event) => {
    if (event.kind === 'press') throw new Error('a bug');
    return simple(event);
  });
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect((await fake.press(answer, '✓ 7', olena).answer()).text).toMatch(/went wrong on my side/);
});

test('a new message, a picture in place, and several at once in answer to a press', async () => {
  const chart = { png: () => png, alt: 'A chart', role: 'chart' } as const;
  const { fake } = await setScene(
    pressing(
      { kind: 'edit', message: { text: 'With a chart', pictures: [chart], ...keyboardOf('again') } },
      { kind: 'message', message: { text: 'And a word' } },
      { kind: 'notice', text: 'Done' },
    ),
  );
  const olena = fake.user();
  const chat = fake.private(olena);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect((await fake.press(answer, '✓ 7', olena).answer()).text).toBe('Done');
  await fake.waitForMessage(chat, (each) => each.text === 'And a word');
  expect([answer.text, answer.caption, answer.photo?.length]).toEqual([undefined, 'With a chart', 3]);
  expect(fake.buttons(answer).map((button) => button.text)).toEqual(['again']);
});

function keyboardOf(text: string) {
  return { keyboard: [[{ text, payload: 'u:AbCdEfGh-_12' }]] };
}

test('a press need not wait until an album is read', async () => {
  let read: () => void = () => {};
  const album = new Promise<void>((resolve) => (read = resolve));
  const { fake } = await setScene(async (event) => {
    if (event.kind === 'photo' && event.caption === 'slow') await album;
    return simple(event);
  });
  const olena = fake.user();
  const chat = fake.private(olena);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  const slow = fake.sendPhoto(chat, olena, photo, { caption: 'slow' });
  await fake.press(answer, '✓ 7', olena).answer();
  await fake.until('the edit', () => answer.text === saved.text);
  read();
  await fake.waitForReply(slow);
});
