// Mentioned in a chat that it is no member of, the bot says one message there, and goes on with it as people press; a server that knows
// nothing of that, and a bot whose owner did not switch it on, are as they were.
import { expect, test } from 'vitest';
import type { HandleEvent } from '../../../src/chat/event.ts';
import { sayIn } from '../../../src/words/words.ts';
import { startFakeTelegram } from '../../support/telegram.ts';
import { photo, prediction, question, right, saved, setScene, simple } from './scene.ts';

async function visited(handle: HandleEvent = simple, timing = {}) {
  const fake = await startFakeTelegram();
  fake.state.guests = true;
  const scene = await setScene(handle, { fake, timing });
  const [olena, taras] = [fake.user('Olena', 'uk'), fake.user('Taras')];
  return { ...scene, olena, taras, group: fake.group({ foreign: true }) };
}

test('a photo with the bot’s name under it is answered there, once, and by its words alone', async () => {
  const { fake, events, group, olena, log } = await visited();
  const sent = fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot 7' });
  const answer = await fake.waitForReply(sent);
  expect(answer.text).toBe(question.text);
  expect(fake.buttons(answer)).toEqual([{ text: '✓ 7', callback_data: right, style: 'success' }]);
  expect(events).toMatchObject([
    {
      kind: 'photo',
      caption: '7',
      person: { platform: 'telegram', id: String(olena.id), language: 'uk' },
      // Read as they have it at home, answered among others; a later word goes to them alone.
      chat: { id: String(olena.id), kind: 'group' },
      address: { chat: olena.id },
      key: `guest:${group.id}:${sent.message_id}`,
    },
  ]);
  // In a chat that it is no member of it says, does and looks up nothing else.
  expect(fake.calls.map(({ method }) => method)).not.toContain('sendChatAction');
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('somebody else’s photo is read for whoever answers it with the bot’s name, as theirs who sent it', async () => {
  const { fake, events, group, olena, taras } = await visited();
  const sent = fake.sendPhoto(group, taras, photo);
  await fake.waitForReply(fake.sendText(group, olena, '@inkloop_bot', { replyTo: sent }));
  expect(events).toMatchObject([{ kind: 'photo', author: String(taras.id), person: { id: String(olena.id) } }]);
  expect(fake.callsOf('answerGuestQuery')).toHaveLength(1);
});

test('a press edits that message in place; what is said beside it is a notice', async () => {
  const { fake, events, group, olena, log } = await visited((event) =>
    event.kind === 'press'
      ? Promise.resolve([
          { kind: 'edit', message: saved },
          { kind: 'sign', to: event.address, kept: true, instead: { kind: 'message', message: { text: 'Thanks' } } },
        ])
      : simple(event),
  );
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  expect(await fake.press(answer, '✓ 7', olena).answer()).toEqual({ text: 'Thanks', alert: false });
  await fake.until('the edit', () => answer.text === saved.text);
  const [, press] = events;
  expect(press).toMatchObject({ kind: 'press', payload: right, on: { inline: answer.inline_message_id } });
  // A second tap changes nothing, and is no failure.
  await fake.press(answer, 'undo', olena).answer();
  await fake.until('the second', () => events.length === 3);
  expect(fake.said(group)).toHaveLength(1);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('who replies to what the bot said there is heard, and that message says what stands', async () => {
  let standing: { readonly [name: string]: string | number | boolean | null } | undefined;
  const { fake, events, group, olena } = await visited((event) => {
    if (event.kind === 'text' && standing !== undefined)
      return Promise.resolve([
        { kind: 'sign', to: event.address, kept: true, instead: { kind: 'message', message: { text: 'Thank you' } } },
        { kind: 'revise', said: standing, message: saved },
      ]);
    return simple(event).then((replies) =>
      replies.map((reply) =>
        reply.kind === 'message' ? { ...reply, said: (handle) => void (standing = handle) } : reply,
      ),
    );
  });
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  await fake.until('its name', () => standing !== undefined);
  const thanks = await fake.waitForReply(fake.sendText(group, olena, '4', { replyTo: answer }));
  expect(thanks.text).toBe('Thank you');
  expect(events[1]).toMatchObject({ kind: 'text', text: '4', about: prediction });
  await fake.until('what stands', () => answer.text === saved.text);
});

test('a message of a guest is revised by its name, also after a restart; one that is gone is lost', async () => {
  const { fake, platform, group, olena } = await visited();
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  const inline = answer.inline_message_id ?? '';
  expect(await platform.revise({ inline }, saved)).toBe('edited');
  expect(answer.text).toBe(saved.text);
  expect(await platform.revise({ inline }, saved)).toBe('edited');
  fake.deleteMessage(answer);
  expect(await platform.revise({ inline }, question)).toBe('lost');
});

test('a name alone, and words that are about nothing, are told how it is meant, in the language of who asks', async () => {
  const { fake, events, group, olena, taras } = await visited();
  const told = await fake.waitForReply(fake.sendText(group, olena, '@inkloop_bot'));
  expect(told.text).toBe(sayIn('uk')('telegram-guest-how'));
  const other = await fake.waitForReply(fake.sendText(group, taras, 'and @inkloop_bot, what do you think?'));
  expect(other.text).toBe(sayIn('en')('telegram-guest-how'));
  await fake.waitForReply(fake.sendText(group, taras, '/retrain@inkloop_bot'));
  expect(events).toEqual([]);
});

test('who waits is told so at once, and the answer takes that place', async () => {
  let read = (): void => {};
  const reading = new Promise<void>((resolve) => (read = resolve));
  const { fake, group, taras } = await visited((event) => reading.then(() => simple(event)), { guestMs: 20 });
  const answer = await fake.waitForReply(fake.sendPhoto(group, taras, photo, { caption: '@inkloop_bot' }));
  expect(answer.text).toBe(sayIn('en')('telegram-guest-soon'));
  read();
  await fake.until('the answer', () => answer.text === question.text);
  expect(fake.buttons(answer)).toHaveLength(1);
  expect(fake.callsOf('answerGuestQuery')).toHaveLength(1);
});

test('too late is too late: a line in the log, and the next one is answered', async () => {
  let read = (): void => {};
  const reading = new Promise<void>((resolve) => (read = resolve));
  const { fake, events, group, taras, log } = await visited((event) => reading.then(() => simple(event)), {
    guestMs: 60_000,
  });
  const sent = fake.sendPhoto(group, taras, photo, { caption: '@inkloop_bot' });
  await fake.until('the reading', () => events.length === 1);
  fake.forgetGuestQuery(sent);
  read();
  await fake.until('the line', () => log.some((line) => line.includes('QUERY_ID_INVALID')));
  await fake.waitForReply(fake.sendPhoto(group, taras, photo, { caption: '@inkloop_bot' }));
});

test('/start and /help alone with the bot say that it can be asked elsewhere, and only where that is so', async () => {
  const { fake, events, olena } = await visited();
  fake.sendText(fake.private(olena), olena, '/start');
  await fake.until('the command', () => events.length === 1);
  expect(events[0]).toMatchObject({ name: 'start', more: expect.stringContaining('@inkloop_bot') as string });
  const other = await setScene(simple);
  other.fake.sendText(other.fake.private(olena), olena, '/start');
  await other.fake.until('the command', () => other.events.length === 1);
  expect(other.events[0]).not.toHaveProperty('more');
});

test('another bot is never answered', async () => {
  const { fake, events, group, taras } = await visited();
  const robot = { ...fake.user('Robot'), is_bot: true };
  fake.sendPhoto(group, robot, photo, { caption: '@inkloop_bot' });
  await fake.waitForReply(fake.sendPhoto(group, taras, photo, { caption: '@inkloop_bot' }));
  expect(events).toHaveLength(1);
});

test.each([['older'], ['not-switched-on']])(
  '%s: it is asked for nothing of the kind, and hears as ever',
  async (how) => {
    const fake = await startFakeTelegram();
    if (how === 'older') Object.assign(fake.state, { older: true, guests: true });
    await setScene(simple, { fake });
    const olena = fake.user();
    fake.sendPhoto(fake.group({ foreign: true }), olena, photo, { caption: '@inkloop_bot' });
    await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
    const asked = fake.callsOf('getUpdates').map(({ payload }) => payload['allowed_updates']);
    expect(asked.every((kinds) => JSON.stringify(kinds) === '["message","callback_query"]')).toBe(true);
    expect(fake.callsOf('answerGuestQuery')).toEqual([]);
  },
);
