// The message of a run through a restart of the app: the same bar goes on, and it ends with the decision.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChatPlatform, Message } from '../../src/chat/event.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

let folder: string;
let world: World;
let edits: { readonly said: ReplyAddress; readonly message: Message }[];
let sent: Message[];
beforeEach(async () => {
  folder = scratchFolder();
  edits = [];
  sent = [];
  await open();
});
afterEach(() => world.app.close());

const telegram: ChatPlatform = {
  name: 'telegram',
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  health: () => ({ state: 'up' }),
  pace: () => ({ chat: '7', ms: 0 }),
  send(_, message) {
    sent.push(message);
    return Promise.resolve('sent');
  },
  revise(said, message) {
    edits.push({ said, message });
    return Promise.resolve('edited');
  },
};

async function open(): Promise<void> {
  world = await openWorld(folder, { ADMINS: 'telegram:7' });
  world.app.deliverTo([telegram]);
}

async function until(what: () => boolean): Promise<void> {
  for (let looks = 0; !what(); looks++) {
    if (looks > 3000) throw new Error(`in vain: ${JSON.stringify(edits)}`);
    await world.app.tick();
    await sleep(50);
  }
}

const percentOf = ({ text }: Message): number => Number(/(\d+) %/.exec(text)?.[1]);

it('goes on where it was, never backwards, and ends with the decision', { timeout: 240_000 }, async () => {
  world.teach(24);
  const [reply] = await world.app.handle({
    kind: 'command',
    name: 'retrain',
    rest: 'tiny',
    person: { platform: 'telegram', id: '7', language: 'en' },
    chat: { id: '7', kind: 'private', isChatAdmin: () => Promise.resolve(true) },
    address: { chat: 7 },
  });
  if (reply?.kind !== 'message') throw new Error('nothing was said');
  expect(reply.message).toMatchObject({ text: 'tiny, run 1: waiting for its turn.\n▱▱▱▱▱▱▱▱▱▱▱▱ 0 %', live: true });
  reply.said?.({ chat: 7, message: 1 });
  await until(() => edits.some(({ message }) => percentOf(message) > 0));
  const before = edits.length;
  await world.app.close();
  await open();
  await until(() => edits.some(({ message }) => message.live === false));
  expect(edits.length).toBeGreaterThan(before);
  expect(new Set(edits.map(({ said }) => JSON.stringify(said)))).toEqual(new Set(['{"chat":7,"message":1}']));
  const percents = edits.slice(0, -1).map(({ message }) => percentOf(message));
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(edits.at(-1)?.message.text).toMatch(/^Run 1: /);
  expect(edits.at(-1)?.message.pictures).toHaveLength(1);
  // Nothing is told twice.
  await world.app.tick();
  expect(sent).toEqual([]);
});
