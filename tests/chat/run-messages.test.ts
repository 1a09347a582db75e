// The messages that runs report to: kept up to date, also by the next process, as seldom as the chat bears, and never backwards.
import { beforeEach, expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { latin } from '../../src/alphabet/latin.ts';
import type { Message } from '../../src/chat/event.ts';
import { makeRunMessages, type RunMessages } from '../../src/chat/run-messages.ts';
import { makeLog } from '../../src/log.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Progress } from '../../src/records/job.ts';
import type { Store } from '../../src/store/store.ts';
import { scratchStore } from '../support/scratch.ts';

const HOLDER = 'this process';
const address = { chat: -5, reply: 1 };
const asker = { platform: 'telegram', address, language: 'en' } as const;

let store: Store;
let now: number;
let edits: { readonly said: ReplyAddress; readonly message: Message }[];
let answer: () => Promise<'edited' | 'lost'>;
let messages: RunMessages;

/** As a process does that was just started. */
const started = (): RunMessages =>
  makeRunMessages({
    store,
    platforms: () => [
      {
        name: 'telegram',
        health: () => ({ state: 'up' }),
        revise(said, message) {
          edits.push({ said, message });
          return answer();
        },
        pace: ({ chat }) => ({ chat: String(chat), ms: 6000 }),
      },
    ],
    alphabet: (id) => [digits, latin].find((each) => each.id === id),
    log: makeLog('silent'),
    clock: () => now,
  });

beforeEach(() => {
  store = scratchStore();
  now = 0;
  edits = [];
  answer = () => Promise.resolve('edited');
  messages = started();
});

function asked(alphabet = 'digits', message: ReplyAddress = { ...address, message: 7 }): number {
  const { run } = store.runs.create({ alphabet, requestedBy: 'x', reason: 'asked', at: 0 });
  const contributorId = store.contributors.getOrCreate({ keyHash: 'ann', platform: 'telegram', at: 0 }).id;
  store.askers.add(run.id, { ...asker, chatKey: '-5', contributorId });
  messages.shows(run.id, asker, message, 'asked');
  store.runs.take(run.id, HOLDER, 1_000_000, 0);
  return run.id;
}

const at = (share: number, more: Partial<Progress> = {}): Progress => ({
  stage: 'training',
  epoch: 1,
  epochs: 4,
  share,
  loss: 0.5,
  secondsLeft: 200,
  checkpoint: null,
  ...more,
});

const heard = (run: number, progress: Progress): void => void store.runs.heartbeat(run, HOLDER, 1_000_000, progress);

/** One look, some seconds later. */
async function look(seconds = 6): Promise<void> {
  now += 1000 * seconds;
  messages.look();
  await messages.close();
}

test('a run that was asked for on the page inside a messenger shows there, at the page’s own pace', async () => {
  const shown: { readonly said: ReplyAddress; readonly message: Message }[] = [];
  const both = makeRunMessages({
    store,
    platforms: () => [
      {
        name: 'telegram',
        health: () => ({ state: 'up' }),
        revise: () => Promise.resolve('lost'),
        pace: ({ chat }) => ({ chat: String(chat), ms: 6000 }),
      },
      {
        name: 'web',
        health: () => ({ state: 'up' }),
        revise(said, message) {
          shown.push({ said, message });
          return Promise.resolve('edited');
        },
        holds: ({ visitor }) => typeof visitor === 'string',
        pace: ({ visitor }) => ({ chat: String(visitor), ms: 500 }),
      },
    ],
    alphabet: (id) => [digits, latin].find((each) => each.id === id),
    log: makeLog('silent'),
    clock: () => now,
  });
  const message = { visitor: 'telegram:5', message: 'one' };
  const run = asked('digits', message);
  for (const share of [0.2, 0.4]) {
    heard(run, at(share));
    now += 600;
    both.look();
    await both.close();
  }
  expect(shown.map(({ said }) => said)).toEqual([message, message]);
  expect(shown[0]?.message.live).toBe(true);
});

const texts = (): readonly string[] => edits.map(({ message }) => message.text);
const percents = (): readonly number[] => texts().map((text) => Number(/(\d+) %/.exec(text)?.[1]));

test('a run is shown as it goes, and goes on being shown after a restart', async () => {
  const run = asked();
  heard(run, at(0.25));
  await look();
  expect(edits).toEqual([
    {
      said: { chat: -5, reply: 1, message: 7 },
      message: { text: '0–9, run 1: learning.\n▰▰▰▱▱▱▱▱▱▱▱▱ 25 %, about 3 minutes left', live: true },
    },
  ]);
  messages = started();
  heard(run, at(0.5, { secondsLeft: 59 }));
  await look();
  expect(edits[1]?.said).toEqual({ chat: -5, reply: 1, message: 7 });
  expect(texts()[1]).toContain('50 %, less than a minute left');
  expect(texts().join()).not.toMatch(/loss|epoch/);
});

test('who chooses another language meanwhile is shown the rest of it in that', async () => {
  const run = asked();
  heard(run, at(0.25));
  await look();
  store.contributors.setLanguage(store.contributors.byKeyHash('ann')?.id ?? 0, 'uk');
  heard(run, at(0.5));
  await look();
  expect(texts()[0]).toContain('run 1: learning');
  expect(texts()[1]).toMatch(/навчання 1[^]*50 %/);
});

test('what looks the same is not said again', async () => {
  const run = asked();
  heard(run, at(0.25));
  await look();
  heard(run, at(0.2501));
  await look();
  expect(edits).toHaveLength(1);
});

test('it never runs backwards, though another worker begins where one died, and is full only when it is decided', async () => {
  const run = asked();
  for (const share of [0.4, 0.9, 0.2, 0.95, 1]) {
    heard(run, at(share, { secondsLeft: null }));
    await look();
  }
  expect(percents()).toEqual([40, 90, 95, 99]);
});

test('two messages of one chat share its pace', async () => {
  const [one, two] = [asked('digits', { chat: -5, message: 7 }), asked('latin', { chat: -5, message: 8 })];
  for (let second = 0; second < 60; second++) {
    for (const run of [one, two]) heard(run, at(second / 100));
    await look(1);
  }
  expect(edits.length).toBeGreaterThan(5);
  expect(edits.length).toBeLessThanOrEqual(10);
  expect(new Set(edits.map(({ said }) => said['message']))).toEqual(new Set([7, 8]));
});

test('one edit at a time; whoever says the last word waits for it', async () => {
  const run = asked();
  let release = (): void => {};
  answer = () => new Promise((resolve) => (release = () => resolve('edited')));
  heard(run, at(0.1));
  now += 6000;
  messages.look();
  heard(run, at(0.2));
  now += 6000;
  messages.look();
  expect(percents()).toEqual([10]);
  let settled = false;
  const waiting = messages.settled('telegram', { ...address, message: 7 }).then(() => (settled = true));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(settled).toBe(false);
  release();
  await waiting;
  await messages.settled('telegram', { chat: -5, message: 99 });
});

test('what failed is tried again; a message that was deleted is not', async () => {
  const run = asked();
  answer = () => Promise.reject(new Error('the network'));
  heard(run, at(0.1));
  await look();
  answer = () => Promise.resolve('lost');
  await look();
  heard(run, at(0.3));
  await look();
  expect(percents()).toEqual([10, 10]);
});

test('asked again in the same chat, the new message shows the run, and the old one says so', async () => {
  const run = asked();
  messages.shows(run, asker, { ...address, message: 9 }, 'asked again');
  await messages.close();
  expect(edits).toMatchObject([{ said: { message: 7 }, message: { text: 'Run 1: its message goes on below.' } }]);
  heard(run, at(0.25));
  await look();
  expect(edits.slice(1).map(({ said }) => said['message'])).toEqual([9]);
});

test('a run that ended before its message stood is told there', async () => {
  const { run } = store.runs.create({ alphabet: 'digits', requestedBy: 'x', reason: 'asked', at: 0 });
  store.runs.finish(run.id, { state: 'cancelled', error: 'cancelled', at: 1 });
  messages.shows(run.id, asker, { ...address, message: 7 }, 'asked');
  await messages.close();
  expect(texts()).toEqual(['Run 1 was cancelled.']);
});
