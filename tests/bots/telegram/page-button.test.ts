// The page inside Telegram: a button beside the text field and one under /start, where it has a public address.
import { expect, test } from 'vitest';
import { photo, setScene, simple } from './scene.ts';

const page = 'https://ink.example/';

test('the button stands there, and goes with the address', async () => {
  const memory = new Map<string, string>();
  const notes = {
    get: (key: string) => memory.get(key),
    set: (key: string, value: string) => void memory.set(key, value),
  };
  const first = await setScene(simple, { page, memory: notes });
  await first.fake.until('the button', () => first.fake.state.menuButton?.['type'] === 'web_app');
  expect(first.fake.state.menuButton).toEqual({ type: 'web_app', text: 'Inkloop', web_app: { url: page } });
  // Set once, and not again by the next start.
  const second = await setScene(simple, { page, memory: notes });
  await second.fake.until(
    'a start',
    () => second.fake.callsOf('setMyDescription').length > 0 || second.fake.callsOf('getUpdates').length > 0,
  );
  expect(second.fake.callsOf('setChatMenuButton')).toEqual([]);
  const third = await setScene(simple, { memory: notes });
  await third.fake.until('it to be gone', () => third.fake.state.menuButton?.['type'] === 'default');
});

test('/start opens it in private, where Telegram allows that, and nothing else does', async () => {
  const { fake } = await setScene(simple, { page });
  const olena = fake.user('Олена', 'uk');
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/start');
  const greeting = await fake.waitForMessage(chat);
  expect(fake.buttons(greeting)).toEqual([{ text: 'Відкрити сторінку', web_app: { url: page } }]);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect(fake.buttons(answer).filter(({ web_app }) => web_app !== undefined)).toEqual([]);
  const group = fake.group();
  fake.sendText(group, olena, '/start@inkloop_bot');
  expect(fake.buttons(await fake.waitForMessage(group))).toEqual([]);
});

test('without an address, and on a server that knows no such button, all is as before', async () => {
  const { fake } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/start');
  expect(fake.buttons(await fake.waitForMessage(chat))).toEqual([]);
  expect(fake.callsOf('setChatMenuButton')).toEqual([]);
});
