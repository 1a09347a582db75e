// A reaction at the photo instead of a word of thanks; where Telegram does not take it, the word.
import { expect, test } from 'vitest';
import type { HandleEvent } from '../../../src/chat/event.ts';
import type { ReplyAddress } from '../../../src/records/address.ts';
import { photo, setScene, simple } from './scene.ts';

/** Typed: a sign at the last photo, or else a word; "undo": no sign any more. */
function signing(): HandleEvent {
  let at: ReplyAddress = {};
  return (event) => {
    if (event.kind === 'photo') at = event.address;
    if (event.kind !== 'text') return simple(event);
    if (event.text === 'undo') return Promise.resolve([{ kind: 'sign', to: at, kept: false }]);
    const instead = { kind: 'message', message: { text: 'Saved: 4.' }, to: at } as const;
    return Promise.resolve([{ kind: 'sign', to: at, kept: true, instead }]);
  };
}

async function asked() {
  const { fake, log } = await setScene(signing());
  const olena = fake.user();
  const chat = fake.private(olena);
  const sent = fake.sendPhoto(chat, olena, photo);
  await fake.waitForReply(sent);
  return { fake, log, chat, sent, type: (text: string) => fake.sendText(chat, olena, text) };
}

test('what is kept shows at the photo, and no more once it was taken back', async () => {
  const { fake, chat, sent, type, log } = await asked();
  type('4');
  await fake.until('the reaction', () => fake.reaction(sent) === '👍');
  type('undo');
  await fake.until('it to be gone', () => fake.reaction(sent) === undefined);
  expect(fake.said(chat)).toHaveLength(1);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('a chat without reactions is told in words, each time', async () => {
  const { fake, chat, sent, type, log } = await asked();
  fake.state.room(chat.id).reactions = 'forbidden';
  for (const answers of [2, 3]) {
    type('4');
    await fake.until('the word', () => fake.said(chat).length === answers);
  }
  expect(fake.said(chat).at(-1)).toMatchObject({
    text: 'Saved: 4.',
    reply_to_message: { message_id: sent.message_id },
  });
  expect(fake.callsOf('setMessageReaction')).toHaveLength(2);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('a server that knows no reactions is asked once', async () => {
  const { fake, chat, type } = await asked();
  fake.state.older = true;
  for (const answers of [2, 3]) {
    type('4');
    await fake.until('the word', () => fake.said(chat).length === answers);
  }
  expect(fake.callsOf('setMessageReaction')).toHaveLength(1);
});

test('a photo that is gone is no failure', async () => {
  const { fake, chat, sent, type } = await asked();
  fake.deleteMessage(sent);
  type('4');
  await fake.waitForMessage(chat, ({ text }) => text === 'Saved: 4.');
});
