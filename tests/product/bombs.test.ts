// The whole product under files made to exhaust it, in the memory of a small container: it lives, senders are told, and the
// photos of others are read meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { avif, flat, interlaced, interlacedDeep, progressive, untruthful } from '../support/bombs.ts';
import { drawnJpeg } from '../support/digit-set.ts';
import { commandOf, makeMemoryLimit, memoryOf } from '../support/memory-limit.ts';
import { needsMemoryLimit } from '../support/needs.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram } from '../support/telegram.ts';

const CONTAINER = 512 * 1024 * 1024;
const MOST = 450e6;
const ADMIN_TOKEN = 'a-token-of-this-test-alone';

interface Told {
  readonly status: number;
  readonly text: string;
}

async function predict(product: Product, bytes: Uint8Array): Promise<Told> {
  const response = await fetch(`${product.url}/api/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg', 'accept-language': 'en', authorization: `Bearer ${ADMIN_TOKEN}` },
    body: Uint8Array.from(bytes),
  });
  return { status: response.status, text: await response.text() };
}

/** Who is told that we are busy comes again when they were told to. */
async function answered(product: Product, bytes: Uint8Array): Promise<Told> {
  for (;;) {
    const told = await predict(product, bytes);
    if (told.status !== 503) return told;
    await sleep(1000);
  }
}

async function start(env: Readonly<Record<string, string>> = {}, inside: readonly string[] = []): Promise<Product> {
  const product = await startProduct({ ADMIN_TOKEN, ...env }, inside);
  onTestFinished(async () => {
    await product.stop();
    removeDataDir(product.dataDir);
  });
  return product;
}

/** The most that the product and all its processes hold together while `work` goes on. */
async function watched(product: Product, work: Promise<unknown>): Promise<{ most: number; processes: number }> {
  const over = new AbortController();
  const done = work.finally(() => over.abort());
  let [most, processes] = [0, 0];
  while (!over.signal.aborted) {
    const { pids, bytes } = memoryOf(product.process.pid ?? 0);
    most = Math.max(most, bytes);
    processes = Math.max(processes, pids.length);
    await sleep(10);
  }
  await done;
  return { most, processes };
}

const readersOf = (product: Product): readonly number[] =>
  memoryOf(product.process.pid ?? 0).pids.filter((pid) => commandOf(pid).includes('reader-process'));

describe('files made to exhaust it', { timeout: 300_000 }, () => {
  let seven: Buffer;
  let files: readonly (readonly [name: string, bytes: Buffer])[];
  let deep: Buffer;
  beforeAll(async () => {
    seven = await drawnJpeg('7', { seed: 1, side: 640 });
    deep = await interlacedDeep(4000, 3000);
    files = [
      ['AVIF of 8000×7900', await avif(8000, 7900)],
      ['AVIF of 12 megapixels', await avif(4000, 3000)],
      ['AVIF of 3 megapixels', await avif(2000, 1600)],
      ['AVIF that lies', await untruthful()],
      ['interlaced PNG of 12 megapixels', await interlaced(4000, 3000)],
      ['interlaced PNG of 64 megapixels', await interlaced(8000, 8000)],
      ['progressive JPEG of 12 megapixels', await progressive(4000, 3000)],
      ['progressive JPEG of 64 megapixels', await progressive(8000, 8000)],
      ['PNG of 64 megapixels', await flat(8000, 8000).png().toBuffer()],
      ['GIF of 12 megapixels', await flat(4000, 3000).gif({ effort: 1 }).toBuffer()],
      ['GIF of 64 megapixels', await flat(8000, 8000).gif({ effort: 1 }).toBuffer()],
      ['lossless WebP of 12 megapixels', await flat(4000, 3000, 4).webp({ lossless: true, effort: 0 }).toBuffer()],
      ['WebP of 64 megapixels with alpha', await flat(8000, 8000, 4).webp({ effort: 0 }).toBuffer()],
      ['TIFF of 64 megapixels', await flat(8000, 8000).tiff({ compression: 'deflate' }).toBuffer()],
      ['JPEG of 64 megapixels', await flat(8000, 8000).jpeg().toBuffer()],
    ];
  }, 300_000);

  describe.skipIf(needsMemoryLimit())('in a container of 512 MB', () => {
    test('any mixture of them: within 450 MB, everybody is answered, and ordinary photos are read meanwhile', async () => {
      const limit = makeMemoryLimit(CONTAINER);
      if (limit === undefined) throw new Error('there was one a moment ago');
      onTestFinished(limit.remove);
      const product = await start({}, limit.inside);
      expect((await predict(product, seven)).status).toBe(200);

      const told: (readonly [name: string, told: Told])[] = [];
      const attack = async (share: number): Promise<void> => {
        for (const [name, bytes] of [...files, ...files].filter((_, place) => place % 4 === share))
          told.push([name, await answered(product, bytes)]);
      };
      const over = new AbortController();
      const attacked = Promise.all([0, 1, 2, 3].map(attack)).finally(() => over.abort());
      const polite: Told[] = [];
      const photos = (async () => {
        while (!over.signal.aborted) polite.push(await answered(product, seven));
      })();
      const { most, processes } = await watched(product, Promise.all([attacked, photos]));

      for (const [name, { status, text }] of told) expect([200, 422], `${name}: ${text}`).toContain(status);
      const refused = new Map(told.map(([name, each]) => [name, each.text]));
      for (const name of ['AVIF of 8000×7900', 'AVIF of 12 megapixels', 'GIF of 64 megapixels'])
        expect(refused.get(name)).toMatch(/too many pixels.*64 megapixels.*ordinary photo/);
      expect(polite.length).toBeGreaterThan(3);
      for (const each of polite) expect(each.status, each.text).toBe(200);
      expect(most).toBeLessThan(MOST);
      expect(limit.killed()).toBe(0);
      // The app, two readers, and what starts them.
      expect(processes).toBeLessThanOrEqual(5);
      console.log(`most ${Math.round(most / 1e6)} MB, of the container ${Math.round(limit.peak() / 1e6)} MB`);
    });

    test('an AVIF of 8000×7900 through Telegram: its sender is told what to do, and the next photo is read', async () => {
      const limit = makeMemoryLimit(CONTAINER);
      if (limit === undefined) throw new Error('there was one a moment ago');
      onTestFinished(limit.remove);
      const telegram = await startFakeTelegram();
      onTestFinished(telegram.close);
      const product = await start(
        { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
        limit.inside,
      );
      await product.says('telegram: up');
      const [attacker, other] = [telegram.user('Attacker', 'en'), telegram.user('Other', 'en')];
      const bomb = files[0]?.[1] ?? Buffer.alloc(0);
      const bombs = Array.from({ length: 3 }, () => telegram.sendPhoto(telegram.private(attacker), attacker, bomb));
      const photo = telegram.sendPhoto(telegram.private(other), other, seven);
      expect((await telegram.waitForReply(photo)).text).toContain('7');
      for (const each of bombs) expect((await telegram.waitForReply(each)).text).toContain('ordinary photo');
      expect(limit.killed()).toBe(0);
    });
  });

  test('sixteen interlaced PNGs at once, and sixteen of 16 bits: ordinary photos sent after them pass them', async () => {
    const product = await start();
    expect((await predict(product, seven)).status).toBe(200);
    const dear = files.find(([name]) => name === 'interlaced PNG of 12 megapixels')?.[1] ?? Buffer.alloc(0);
    const order: string[] = [];
    const send = async (name: string, bytes: Buffer): Promise<Told> => {
      const told = await answered(product, bytes);
      order.push(name);
      return told;
    };
    const bombs = [dear, deep].flatMap((bytes) => Array.from({ length: 16 }, () => send('bomb', bytes)));
    await sleep(100);
    const photos = Array.from({ length: 8 }, () => send('photo', seven));
    for (const each of await Promise.all(bombs)) expect(each.status, each.text).toBe(422);
    for (const each of await Promise.all(photos)) expect(each.status, each.text).toBe(200);
    expect(order.at(-1)).toBe('bomb');
  });

  test('what opens photos ends with the app, however it ends', async () => {
    for (const end of ['stop', 'kill'] as const) {
      const product = await start();
      await Promise.all([predict(product, seven), predict(product, seven)]);
      const readers = readersOf(product);
      expect(readers.length).toBeGreaterThan(0);
      await product[end]();
      const began = Date.now();
      while (readers.some((pid) => commandOf(pid).includes('reader-process')) && Date.now() - began < 10_000)
        await sleep(50);
      expect(readers.filter((pid) => commandOf(pid).includes('reader-process'))).toEqual([]);
    }
  });

  test('a reader that somebody kills in the middle: every photo is answered all the same', async () => {
    const product = await start();
    expect((await predict(product, seven)).status).toBe(200);
    const photos = Promise.all(Array.from({ length: 24 }, () => answered(product, seven)));
    await sleep(50);
    const readers = readersOf(product);
    expect(readers.length).toBeGreaterThan(0);
    for (const pid of readers) process.kill(pid, 'SIGKILL');
    for (const each of await photos) expect(each.status, each.text).toBe(200);
  });
});
