// An album as people meet it: one message with all that was read, and one tap for all of it. With the real models.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, Reply } from '../../src/chat/event.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

const ann: Person = { platform: 'telegram', id: '7', operator: true };
const chat: Chat = { id: '7', kind: 'private', isChatAdmin: () => Promise.resolve(true) };
const said = { person: ann, chat, address: { chat: 7 } };

let world: World;
let pictures: readonly Uint8Array[] = [];
beforeEach(async () => {
  world = await openWorld(scratchFolder());
  pictures = await world.app.examples.pictures('digits');
});
afterEach(() => world.app.close());

const messages = (replies: readonly Reply[]): readonly Message[] =>
  replies.flatMap((reply) => ('message' in reply ? [reply.message] : []));
let sent = 0;
const send = async (...[bytes = new Uint8Array(), ...further]: readonly Uint8Array[]): Promise<readonly Message[]> =>
  messages(await world.app.handle({ kind: 'photo', bytes, further, key: `7:${(sent += 1)}`, ...said }));
const press = async (message: Message | undefined, text: RegExp): Promise<Message | undefined> => {
  const payload = message?.keyboard?.flat().find((each) => text.test(each.text))?.payload ?? '';
  return messages(await world.app.handle({ kind: 'press', payload, ...said }))[0];
};
const samples = (): number => world.app.store.stats.ofAlphabet('digits').samples;

test('is one message, and one tap saves all of it', async () => {
  const [message, ...others] = await send(...pictures);
  expect(others).toEqual([]);
  expect(message?.text).toMatch(/^I read 3 characters:\n\[?\d\]? \[?\d\]? \[?\d\]?\n/);
  expect(message?.pictures).toHaveLength(1);
  expect(message?.keyboard?.flat().filter(({ text }) => /^[123] /.test(text))).toHaveLength(3);
  const all = await press(message, /^✓/);
  expect(all?.text).toContain('All 3 are saved');
  expect(samples()).toBe(3);
  await press(all, /undo all/);
  expect(samples()).toBe(0);
});

test('has each of its pictures by itself as well, with its own characters, also when it is shown again', async () => {
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = pictures;
  const [message] = await send(first, new TextEncoder().encode('hello'), second, third);
  const apart = async (of: Message | undefined): Promise<readonly string[]> =>
    ((await of?.pictures?.[0]?.apart?.()) ?? []).map(({ alt, png }) => `${alt} ${png()[0] === 0x89 ? 'drawn' : 'not'}`);
  expect(await apart(message)).toHaveLength(3);
  expect(await apart(await press(message, /^✓/))).toHaveLength(3);
  expect(new Set(await apart(message))).toEqual(new Set(['One character, with its number drawn']));
  // A photo by itself is one picture, whatever stands in it.
  const [alone] = await send(first);
  expect(alone?.pictures?.some((picture) => picture.apart !== undefined)).toBe(false);
});

test('of which a picture is none says so, and has the others', async () => {
  const [message] = await send(
    pictures[0] ?? new Uint8Array(),
    new TextEncoder().encode('hello'),
    ...pictures.slice(1),
  );
  expect(message?.text).toMatch(/^One of the pictures could not be read\.\nI read 3 characters:/);
  const [alone] = await send(new TextEncoder().encode('hello'), new TextEncoder().encode('you'));
  expect(alone?.text).toContain('This is not a picture I can open');
});

test('of one picture that can be read asks about it as about any', async () => {
  const [message] = await send(pictures[0] ?? new Uint8Array(), new TextEncoder().encode('hello'));
  expect(message?.text).toMatch(/^One of the pictures could not be read\.\n(I read|Is it)/);
  await press(message, /^✓|^\d$/);
  expect(samples()).toBe(1);
});
