// What a crowd waits for: the whole product as a process, photos arriving at a steady rate over Telegram and over Discord.
// The fake server stands in the measuring process, so the times are from the update handed to it until the call came back
// in over loopback: the product, the platform's library and the fake together, but no internet.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import { startFakeDiscord } from '../support/discord.ts';
import { choicesOf } from '../support/discord-words.ts';
import { inkloop, newDataDir, operatorCookies, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram } from '../support/telegram.ts';
import { writeDigitSet } from '../support/digit-set.ts';
import { phonePhoto, quantile } from './product.ts';
import type { Measured } from './store.ts';

const SECONDS = 10;
const USUAL = 10;
const HIGHEST = 30;
/** Photos are sent by so many people in turn: one from each in a round. */
const PEOPLE = 300;
/** What was not answered so long after the last photo counts as not answered. */
const PATIENCE_MS = 60_000;

/** One photo: when it was acknowledged and answered, ms after it was sent; undefined until then. */
interface Sent {
  readonly acknowledged: () => number | undefined;
  answered: number | undefined;
}

interface Crowd {
  readonly platform: string;
  readonly env: Readonly<Record<string, string>>;
  ready(): Promise<void>;
  /** The `index`th photo, by one of the people in turn. */
  send(index: number, bytes: Uint8Array): Sent;
  close(): Promise<void>;
}

export async function benchPlatforms(): Promise<readonly Measured[]> {
  return [...(await measured(await telegramCrowd())), ...(await measured(await discordCrowd()))];
}

async function measured(crowd: Crowd): Promise<readonly Measured[]> {
  const dataDir = newDataDir();
  const set = newDataDir();
  try {
    // Something to train on for the last round.
    await writeDigitSet(set, { perLabel: 30, seed: 5 });
    const imported = await inkloop(['import', '--alphabet', 'digits', '--data', set], { DATA_DIR: dataDir });
    if (imported.code !== 0) throw new Error(imported.stderr);
    const product = await startProduct({ ...crowd.env, DATA_DIR: dataDir, RETRAIN_AFTER: '0', LOG_LEVEL: 'error' });
    try {
      await crowd.ready();
      const photos = await Promise.all(Array.from({ length: 8 }, (_, seed) => phonePhoto(1280, 960, seed)));
      await offered(crowd, photos, { perSecond: 2, seconds: 3 });
      const usual = await offered(crowd, photos, { perSecond: USUAL, seconds: SECONDS });
      const highest = await offered(crowd, photos, { perSecond: HIGHEST, seconds: SECONDS });
      await withRetrain(product, dataDir);
      const beside = await offered(crowd, photos, { perSecond: USUAL, seconds: SECONDS });
      const trained = runIsActive(dataDir) ? 'while a retrain runs' : 'while a retrain runs and ends';
      return [
        ...figures(`${crowd.platform}, ${USUAL}/s`, usual),
        ...figures(`${crowd.platform}, ${USUAL}/s ${trained}`, beside),
        {
          name: `${crowd.platform}, ${HIGHEST}/s: answered within 5 s`,
          value: (100 * highest.filter(({ answered = Infinity }) => answered <= 5000).length) / highest.length,
          unit: '%',
        },
        ...figures(`${crowd.platform}, ${HIGHEST}/s`, highest),
      ];
    } finally {
      await product.kill();
    }
  } finally {
    await crowd.close();
    removeDataDir(dataDir);
    removeDataDir(set);
  }
}

/** Sends at a steady rate whatever comes back (an open loop), then waits for what is still under way. */
async function offered(
  crowd: Crowd,
  photos: readonly Uint8Array[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const began = performance.now();
  for (let index = 0; index < perSecond * seconds; index++) {
    const wait = began + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(crowd.send(index, photos[index % photos.length] ?? new Uint8Array()));
  }
  const end = performance.now() + PATIENCE_MS;
  while (sent.some(({ answered }) => answered === undefined) && performance.now() < end) await sleep(20);
  return sent;
}

function figures(name: string, sent: readonly Sent[]): readonly Measured[] {
  const replies = sent.map(({ answered }) => answered ?? PATIENCE_MS);
  return [
    { name: `${name}: photo → first reply, median`, value: quantile(replies, 0.5), unit: 'ms' },
    { name: `${name}: photo → first reply, p95`, value: quantile(replies, 0.95), unit: 'ms' },
    {
      name: `${name}: photo → acknowledged, p99`,
      value: quantile(
        sent.map(({ acknowledged }) => acknowledged() ?? PATIENCE_MS),
        0.99,
      ),
      unit: 'ms',
    },
  ];
}

/** Asks for a retrain in the page, as its operator, and waits until it trains. */
async function withRetrain(product: Product, dataDir: string): Promise<void> {
  const cookie = await operatorCookies(product);
  await fetch(`${product.url}/chat/text`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ text: '/retrain' }),
  });
  for (let tries = 0; tries < 600; tries++) {
    const run = behind(dataDir)[0];
    if (run !== undefined && (run.progress !== null || run.finishedAt !== null)) return;
    await sleep(100);
  }
  throw new Error('the retrain never began');
}

const runIsActive = (dataDir: string): boolean => behind(dataDir).some(({ finishedAt }) => finishedAt === null);

function behind(dataDir: string) {
  const store = openStore(join(dataDir, 'inkloop.db'), { splitter });
  try {
    return store.runs.list({ alphabet: 'digits' });
  } finally {
    store.close();
  }
}

/** Acknowledged: the first chat action in the chat. Answered: the bot's message that quotes the photo. */
async function telegramCrowd(): Promise<Crowd> {
  const fake = await startFakeTelegram();
  const people = Array.from({ length: PEOPLE }, () => {
    const user = fake.user();
    return { user, chat: fake.private(user) };
  });
  return {
    platform: 'Telegram',
    env: { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot },
    ready: () => fake.until('the bot to listen', () => fake.callsOf('getUpdates').length > 0, 60_000).then(() => {}),
    send(index, bytes) {
      const person = people[index % people.length];
      if (person === undefined) throw new Error('nobody');
      let acknowledged: number | undefined;
      const sent: Sent = { acknowledged: () => acknowledged, answered: undefined };
      const actions = fake.state.actions.length;
      const began = performance.now();
      const message = fake.sendPhoto(person.chat, person.user, bytes);
      const acted = (): boolean =>
        fake.state.actions.slice(actions).some(({ chat }) => chat === person.chat.id) || sent.answered !== undefined;
      fake.until('an action', acted, PATIENCE_MS).then(
        () => (acknowledged = performance.now() - began),
        () => undefined,
      );
      fake.waitForReply(message, PATIENCE_MS).then(
        (reply) => {
          // An excuse is no answer: a reading has buttons.
          if (fake.buttons(reply).length > 0) sent.answered = performance.now() - began;
        },
        () => undefined,
      );
      return sent;
    },
    close: () => fake.close(),
  };
}

/** Acknowledged: deferReply, as the fake noted it. Answered: the deferred reply is filled. */
async function discordCrowd(): Promise<Crowd> {
  const fake = await startFakeDiscord();
  const people = Array.from({ length: PEOPLE }, () => fake.addUser('en-US'));
  return {
    platform: 'Discord',
    env: fake.env,
    ready: () => fake.ready(60_000),
    send(index, bytes) {
      const user = people[index % people.length];
      if (user === undefined) throw new Error('nobody');
      const began = performance.now();
      const run = fake.slash({ user, channel: fake.dmOf(user), name: 'read', files: { image1: { bytes } } });
      const sent: Sent = { acknowledged: () => run.record.acknowledged?.afterMs, answered: undefined };
      run.answered(PATIENCE_MS).then(
        (reply) => {
          if (choicesOf(reply).length > 0) sent.answered = performance.now() - began;
        },
        () => undefined,
      );
      return sent;
    },
    close: () => fake.close(),
  };
}
