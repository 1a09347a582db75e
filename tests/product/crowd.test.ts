// Two hundred people at once on each platform, two thousand photos through one product: everybody gets the answer to their
// own photo, every tap becomes one sample of the right person, and the process does not swell.
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { openKey } from '../../src/recognition/key.ts';
import { openStore } from '../../src/store/store.ts';
import { startFakeDiscord, type FakeDiscord } from '../support/discord.ts';
import { choicesOf } from '../support/discord-words.ts';
import { drawnPng } from '../support/digit-set.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram, type FakeTelegram } from '../support/telegram.ts';

const PEOPLE = 200;
/** Everything is asked of correctness, nothing of speed: a crowded machine may take its time. */
const PATIENCE_MS = 240_000;

/** What everybody taps at their first answer. */
const AGREE = 'Agree and save';

interface Picture {
  readonly png: Buffer;
  /** The first button under it: what the model reads there. */
  readonly best: string;
}

interface Round {
  /** `platform:id` of the person, as the store's hashes are made of it. */
  readonly who: string;
  readonly button: string;
  /** Taps the first button; gives what the message says then. */
  tap(): Promise<string>;
}

let telegram: FakeTelegram;
let discord: FakeDiscord;
let product: Product;
let pictures: readonly Picture[];
/** What each person taught, by `platform:id`. */
const taught = new Map<string, { readonly label: string; readonly times: number }>();
const memory: number[] = [];

beforeAll(async () => {
  telegram = await startFakeTelegram();
  discord = await startFakeDiscord({ ackMs: PATIENCE_MS, tokenMs: 2 * PATIENCE_MS });
  product = await startProduct({
    ...discord.env,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    RETRAIN_AFTER: '0',
    // Each visitor comes from an address of their own, as a proxy in front would say.
    TRUST_PROXY: 'loopback',
  });
  await discord.ready(PATIENCE_MS);
  const alone = await visitor(9999);
  pictures = await Promise.all(
    Array.from({ length: 10 }, async (_, digit) => {
      const png = await drawnPng(String(digit), { seed: 1, side: 120 });
      return { png, best: (await alone(png)).button };
    }),
  );
  expect(new Set(pictures.map(({ best }) => best)).size).toBeGreaterThan(5);
}, PATIENCE_MS);

afterAll(async () => {
  await product.stop();
  await telegram.close();
  await discord.close();
  removeDataDir(product.dataDir);
});

/** Everybody at once, each one photo after the other, always of their own digit. */
async function crowd(photos: number, person: (index: number) => Promise<(png: Buffer) => Promise<Round>>) {
  const everybody = Array.from({ length: PEOPLE }, async (_, index) => {
    const picture = pictures[index % pictures.length];
    if (picture === undefined) throw new Error('no picture');
    const send = await person(index);
    for (let count = 1; count <= photos; count++) {
      const round = await send(picture.png);
      expect(round.button).toBe(picture.best);
      const label = /\S+$/.exec(picture.best)?.[0] ?? '';
      expect(await round.tap()).toContain(`Saved: ${label}`);
      taught.set(round.who, { label, times: count });
    }
  });
  await Promise.all(everybody);
  const status = `/proc/${product.process.pid}/status`;
  if (existsSync(status)) memory.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024);
}

test(
  'two thousand photos: every tap is one sample of whoever tapped, of what they tapped, and memory does not grow',
  async () => {
    await crowd(4, telegramPerson);
    await crowd(3, discordPerson);
    await crowd(3, visitor);
    expect(taught.size).toBe(3 * PEOPLE);
    const key = openKey(product.dataDir);
    const hashOf = (who: string): string => createHmac('sha256', key).update(who).digest('hex');
    const expected = new Map([...taught].map(([who, what]) => [hashOf(who), what]));
    const store = openStore(join(product.dataDir, 'inkloop.db'), { splitter });
    try {
      const found = new Map<string, string[]>();
      const predictions = new Set<string>();
      for (const { contributor, labelId, predictionId } of store.samples.iterate({ alphabet: 'digits' })) {
        found.set(contributor, [...(found.get(contributor) ?? []), String(labelId)]);
        predictions.add(predictionId ?? '');
      }
      expect(predictions.size).toBe(10 * PEOPLE);
      expect(found.size).toBe(expected.size);
      for (const [contributor, { label, times }] of expected) {
        expect(found.get(contributor)).toEqual(Array<string>(times).fill(label));
      }
      expect(store.check()).toEqual([]);
    } finally {
      store.close();
    }

    // Nothing went wrong on the way.
    expect(product.output()).not.toMatch(/"level":(50|60)/);
    const [first = 0] = memory;
    const last = memory.at(-1) ?? 0;
    // The first eight hundred photos fill every cache and pool; the twelve hundred after them may not cost as much again.
    expect(last).toBeLessThan(first * 1.4 + 60);
  },
  3 * PATIENCE_MS,
);

function telegramPerson(): Promise<(png: Buffer) => Promise<Round>> {
  const user = telegram.user(undefined, 'en');
  const chat = telegram.private(user);
  return Promise.resolve(async (png) => {
    const sent = telegram.sendPhoto(chat, user, png);
    const { message_id: id } = await telegram.waitForReply(sent, PATIENCE_MS);
    const now = () => telegram.said(chat).find((each) => each.message_id === id);
    const shown = now();
    if (shown === undefined) throw new Error('the answer is gone');
    const button = telegram.buttons(shown)[0]?.text ?? '';
    return {
      who: `telegram:${user.id}`,
      button,
      async tap() {
        telegram.press(shown, button, user);
        // Everybody is asked once.
        const asks = (): boolean => telegram.buttons(now() ?? shown).some(({ text }) => text === AGREE);
        await telegram.until('the edit', () => asks() || (now()?.text ?? '').includes('Saved'), PATIENCE_MS);
        if (asks()) telegram.press(now() ?? shown, AGREE, user);
        const saved = (): string | false => {
          const text = now()?.text ?? now()?.caption ?? '';
          return text.includes('Saved') && text;
        };
        return telegram.until('the edit', saved, PATIENCE_MS);
      },
    };
  });
}

function discordPerson(): Promise<(png: Buffer) => Promise<Round>> {
  const user = discord.addUser('en-US');
  const channel = discord.dmOf(user);
  return Promise.resolve(async (png) => {
    const run = discord.slash({ user, channel, name: 'read', files: { image1: { bytes: png } } });
    const message = await run.answered(PATIENCE_MS);
    const button = choicesOf(message)[0]?.text ?? '';
    return {
      who: `discord:${user.id}`,
      button,
      async tap() {
        const first = await discord.press({ user, message, text: button }).answered(PATIENCE_MS);
        if (!choicesOf(first).some(({ text }) => text === AGREE)) return first.content;
        return (await discord.press({ user, message: first, text: AGREE }).answered(PATIENCE_MS)).content;
      },
    };
  });
}

async function visitor(index: number): Promise<(png: Buffer) => Promise<Round>> {
  const common = { 'accept-language': 'en', 'x-forwarded-for': `10.1.${index >> 8}.${index & 255}` };
  const session = await fetch(`${product.url}/chat/session`, { headers: common });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const headers = { ...common, cookie };
  interface Replies {
    readonly replies: readonly {
      readonly message: {
        readonly text: string;
        readonly keyboard?: readonly (readonly { readonly text: string; readonly payload: string }[])[];
      };
    }[];
  }
  /** Sends again when the server is busy, as the page does by itself. */
  const post = async (path: string, body: FormData | string) => {
    const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    for (;;) {
      const response = await fetch(`${product.url}${path}`, { method: 'POST', headers: { ...headers, ...type }, body });
      if (response.status === 503) {
        await response.arrayBuffer();
        await sleep(1000 * Number(response.headers.get('retry-after')));
        continue;
      }
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      const message = ((await response.json()) as Replies).replies[0]?.message;
      if (message === undefined) throw new Error('no answer');
      return message;
    }
  };
  return async (png) => {
    const form = new FormData();
    form.set('image', new Blob([Uint8Array.from(png)], { type: 'image/png' }), 'photo.png');
    const { keyboard } = await post('/chat/photo', form);
    const button = keyboard?.[0]?.[0];
    return {
      who: `web:${/=([\w-]{22})\./.exec(cookie)?.[1] ?? ''}`,
      button: button?.text ?? '',
      async tap() {
        const press = (payload?: string) => post('/chat/press', JSON.stringify({ payload }));
        const first = await press(button?.payload);
        const agree = first.keyboard?.flat().find(({ text }) => text === AGREE);
        return agree === undefined ? first.text : (await press(agree.payload)).text;
      },
    };
  };
}
