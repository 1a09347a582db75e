// The whole product on its worst days, alone as a user runs it: killed in the middle, its model damaged, its disk full.
// After each of them: nothing that was acknowledged is lost, nothing is there twice, and whoever asks gets a sentence.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBlobs } from '../../src/blobs/open.ts';
import { makeRandom } from '../../src/random.ts';
import { splitter } from '../../src/dataset/split.ts';
import { decodeArtifact, encodeArtifact } from '../../src/model/artifact.ts';
import type { Run } from '../../src/store/runs.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { drawnPng } from '../support/digit-set.ts';
import { inkloop, newDataDir, operatorCookies, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { needsSmallDisk } from '../support/needs.ts';
import { tinyAlphabet } from '../support/tiny.ts';
import { openWorld } from '../support/world.ts';
import { until } from '../support/until.ts';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly predictions?: readonly { readonly id: string; readonly modelVersion: string }[];
    readonly outcome?: string;
    readonly label?: string | null;
    readonly code?: string;
    readonly detail?: string;
  };
}

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  body: (await response.json()) as Answer['body'],
});

const predict = async (product: Product, picture: Uint8Array, query = ''): Promise<Answer> =>
  answerOf(
    await fetch(`${product.url}/api/v1/predict${query}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png', 'accept-language': 'en' },
      body: Uint8Array.from(picture),
    }),
  );

const answer = async (product: Product, prediction: string, verdict: object): Promise<Answer> =>
  answerOf(
    await fetch(`${product.url}/api/v1/predictions/${prediction}/verdict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(verdict),
    }),
  );

async function readiness(product: Product): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${product.url}/readyz`);
  return { status: response.status, text: await response.text() };
}

/** What the operator types into the page. */
async function types(product: Product, text: string): Promise<void> {
  const cookie = await operatorCookies(product);
  const response = await fetch(`${product.url}/chat/text`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', cookie },
    body: JSON.stringify({ text }),
  });
  expect(response.status).toBe(200);
}

/** Looks into the database behind the product's back. */
function behind<T>(dataDir: string, look: (store: Store) => T): T {
  const store = openStore(join(dataDir, 'inkloop.db'), { splitter });
  try {
    return look(store);
  } finally {
    store.close();
  }
}

/** Enough that one sample more or less does not decide. */
const TAUGHT = 120;

/** How many live samples there are of each prediction. */
const samplesByPrediction = (dataDir: string, alphabet: string): ReadonlyMap<string, number> =>
  behind(dataDir, (store) => {
    expect(store.check()).toEqual([]);
    const counts = new Map<string, number>();
    for (const { predictionId } of store.samples.iterate({ alphabet })) {
      counts.set(predictionId ?? '', (counts.get(predictionId ?? '') ?? 0) + 1);
    }
    return counts;
  });

let product: Product | undefined;
const folders: string[] = [];
afterEach(async () => {
  await product?.kill();
  product = undefined;
  for (const folder of folders.splice(0)) removeDataDir(folder);
});

const start = async (env: Readonly<Record<string, string>>): Promise<Product> => {
  product = await startProduct({ RETRAIN_AFTER: '0', TRAINING_THREADS: '1', LOG_LEVEL: 'error', ...env });
  return product;
};

const newFolder = (): string => {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
};

const idOf = ({ status, body }: Answer): string => {
  expect(status, JSON.stringify(body)).toBe(200);
  return body.predictions?.[0]?.id ?? '';
};

// Every case starts the product several times, on machines that may be busy with something else.
describe('the whole product', { timeout: 300_000 }, () => {
  test('keeps every verdict that was acknowledged before kill -9, exactly once', async () => {
    const dataDir = newFolder();
    const picture = await drawnPng('7', { seed: 1 });
    const acknowledged: string[] = [];
    const { between } = makeRandom(20);
    for (let round = 0; round < 3; round++) {
      const running = await start({ DATA_DIR: dataDir });
      const open: string[] = [];
      for (let count = 0; count < 12; count++) open.push(idOf(await predict(running, picture)));
      const last = acknowledged.length + Math.round(between(1, 10));
      const teach = async (): Promise<void> => {
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
          const told = await answer(running, next, { label: '7' });
          expect(told.body).toMatchObject({ outcome: 'saved' });
          acknowledged.push(next);
          // The very moment in which somebody was told that it is saved; others are being saved beside it.
          if (acknowledged.length === last) running.process.kill('SIGKILL');
        }
      };
      const ends = await Promise.allSettled([teach(), teach(), teach()]);
      expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
      expect((await running.ended).signal).toBe('SIGKILL');
    }
    const running = await start({ DATA_DIR: dataDir });
    expect(acknowledged.length).toBeGreaterThanOrEqual(3);
    for (const prediction of acknowledged) {
      expect((await answer(running, prediction, { label: '7' })).body).toMatchObject({
        outcome: 'already',
        label: '7',
      });
    }
    const counts = samplesByPrediction(dataDir, 'digits');
    expect(acknowledged.filter((prediction) => counts.get(prediction) !== 1)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    behind(dataDir, (store) => {
      for (const prediction of counts.keys()) expect(store.verdicts.get(prediction)).toBeDefined();
      expect(store.stats.ofAlphabet('digits').samples).toBe(counts.size);
    });
  });

  test('a run that was killed again and again ends, with one champion that answers', async () => {
    const dataDir = await taughtFolder();
    const { between } = makeRandom(21);
    const latest = (): Run | undefined => behind(dataDir, (store) => store.runs.list({ alphabet: 'tiny' })[0]);
    let running = await start({ DATA_DIR: dataDir, ALPHABET: 'tiny' });
    await types(running, '/retrain');
    for (let round = 0; round < 3; round++) {
      // Once it was asked for, while it is being frozen or the trainer starts, while it trains.
      if (round === 2) await until(() => latest()?.progress !== null || latest()?.finishedAt !== null, 120);
      await sleep(between(0, [200, 3000, 1500][round] ?? 0));
      await running.kill();
      running = await start({ DATA_DIR: dataDir, ALPHABET: 'tiny' });
    }
    await until(() => latest()?.finishedAt !== null, 200);
    const run = latest();
    expect(run).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
    const { runs, promotions, current } = behind(dataDir, (store) => {
      expect(store.check()).toEqual([]);
      return {
        runs: store.runs.list({ alphabet: 'tiny' }),
        promotions: store.champions.history('tiny'),
        current: store.champions.current('tiny'),
      };
    });
    expect(runs).toHaveLength(1);
    expect(promotions).toHaveLength(2);
    expect(current).toBe(run?.versionId);
    // Whoever is asked while the new one is being loaded answers with the old one.
    const picture = await drawnPng('0', { seed: 3 });
    await until(async () => (await predict(running, picture)).body.predictions?.[0]?.modelVersion === current, 30);
    expect((await readiness(running)).status).toBe(200);
    expect((await inkloop(['doctor'], { DATA_DIR: dataDir })).code).toBe(0);
  });

  test('a sample taken back while a run has it frozen stays away, and the run ends all the same', async () => {
    const dataDir = await taughtFolder();
    const running = await start({ DATA_DIR: dataDir, ALPHABET: 'tiny' });
    const prediction = idOf(await predict(running, await drawnPng('0', { seed: 4 }), '?label=O'));
    const latest = (): Run | undefined => behind(dataDir, (store) => store.runs.list({ alphabet: 'tiny' })[0]);
    await types(running, '/retrain');
    await until(() => (latest()?.job ?? null) !== null, 120);
    expect((await answer(running, prediction, { undo: true })).body).toMatchObject({ outcome: 'undone' });
    await until(() => latest()?.finishedAt !== null, 200);
    expect(latest()).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
    behind(dataDir, (store) => {
      expect(store.verdicts.get(prediction)).toBeUndefined();
      expect(store.stats.ofAlphabet('tiny').samples).toBe(TAUGHT);
    });
    // And it can be answered anew.
    expect((await answer(running, prediction, { label: 'X' })).body).toMatchObject({ outcome: 'saved', label: 'X' });
    expect(samplesByPrediction(dataDir, 'tiny').get(prediction)).toBe(1);
  });

  test('answers with the champion before when the champion is damaged, and says so; with none, in a sentence', async () => {
    const dataDir = await taughtFolder();
    const blobs = await openBlobs({ kind: 'folder', folder: join(dataDir, 'blobs') });
    const fileOf = (hash: string): string => join(dataDir, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash);
    const [first, second] = await successor(dataDir);
    const picture = await drawnPng('0', { seed: 5 });
    const whole = Buffer.from(await blobs.get(second));
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 100, 400);
    writeFileSync(fileOf(second), damaged);

    let running = await start({ DATA_DIR: dataDir, ALPHABET: 'tiny' });
    const read = await predict(running, picture);
    expect(read.body.predictions?.[0]?.modelVersion).toBe('tiny-1');
    const notReady = await readiness(running);
    expect(notReady.status).toBe(503);
    expect(notReady.text).toContain('tiny-2 cannot be loaded');
    const doctor = await inkloop(['doctor'], { DATA_DIR: dataDir });
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/✗ model of tiny: tiny-2 cannot be loaded.*rollback --alphabet tiny/s);
    // What doctor advises works, with no restart.
    expect((await inkloop(['rollback', '--alphabet', 'tiny'], { DATA_DIR: dataDir })).code).toBe(0);
    await until(async () => (await readiness(running)).status === 200, 30);
    await running.stop();

    rmSync(fileOf(first));
    running = await start({ DATA_DIR: dataDir, ALPHABET: 'tiny' });
    const none = await predict(running, picture);
    expect(none.status).toBe(500);
    expect(none.body.code).toBe('storage');
    expect(none.body.detail).toMatch(/\.$/);
    expect(none.body.detail).not.toContain('    at ');
    expect((await readiness(running)).text).toContain('tiny-1 cannot be loaded');
    const missing = await inkloop(['doctor'], { DATA_DIR: dataDir });
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain('is missing in');
    // Everything else goes on.
    expect((await predict(running, picture, '?alphabet=digits')).status).toBe(200);
  });
});

describe.skipIf(needsSmallDisk())('on a full disk', { timeout: 300_000 }, () => {
  let disk: string;
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'inkloop-disk-'));
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'inkloop-test', disk]);
  });
  afterAll(() => {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('nearly full: photos are refused with a sentence, answers are saved, operators and probes are told', async () => {
    const dataDir = join(disk, 'nearly');
    const running = await start({ DATA_DIR: dataDir, ADMINS: 'telegram:11' });
    const picture = await drawnPng('3', { seed: 6 });
    const before = idOf(await predict(running, picture));
    const filler = join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    truncateSync(filler, statSync(filler).size - 1_400_000);
    await until(async () => (await readiness(running)).status === 503, 30);
    const refused = await predict(running, picture, '?label=3');
    expect(refused.body.code).toBe('disk-nearly-full');
    expect(refused.body.detail).toContain('answers are still saved');
    expect((await answer(running, before, { label: '3' })).body).toMatchObject({ outcome: 'saved' });
    const notReady = await readiness(running);
    expect(notReady.status).toBe(503);
    expect(notReady.text).toContain('new photos are refused');
    const doctor = await inkloop(['doctor'], { DATA_DIR: dataDir });
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/✗ disk: \d MB are left on the disk of .*nearly/);
    const told = behind(dataDir, ({ outbox }) =>
      outbox.claim({ platform: 'telegram', at: Date.now(), leaseUntil: Date.now(), limit: 10 }),
    );
    expect(told).toMatchObject([{ kind: 'disk-nearly-full', person: '11' }]);

    rmSync(filler);
    await until(async () => (await readiness(running)).status === 200, 30);
    expect((await predict(running, picture)).status).toBe(200);
    expect([...samplesByPrediction(dataDir, 'digits').keys()]).toEqual([before]);
    await running.stop();
    rmSync(dataDir, { recursive: true });
  });

  test('full: the user gets the sentence, nothing is half saved, and with space it goes on', async () => {
    const dataDir = join(disk, 'data');
    const running = await start({ DATA_DIR: dataDir });
    const picture = await drawnPng('3', { seed: 6 });
    const asked: string[] = [];
    for (let count = 0; count < 50; count++) asked.push(idOf(await predict(running, picture)));
    const filler = join(disk, 'filler');
    const fill = spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    expect(fill.status).not.toBe(0);
    let refused: Answer | undefined;
    // What was written ahead is used up first.
    for (const each of asked) {
      refused = await answer(running, each, { label: '3' });
      if (refused.status !== 200) break;
    }
    expect(refused?.status).toBe(500);
    expect(refused?.body.code).toBe('storage');
    expect(refused?.body.detail).toContain('the disk or the database is not well');
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);

    rmSync(filler);
    for (const each of asked)
      expect((await answer(running, each, { label: '3' })).body.outcome).toMatch(/^(saved|already)$/);
    await until(async () => (await readiness(running)).status === 200, 30);
    asked.push(idOf(await predict(running, picture, '?label=3')));
    expect((await running.stop()).code).toBe(0);
    const counts = samplesByPrediction(dataDir, 'digits');
    expect([...counts.keys()].sort()).toEqual(asked.sort());
    expect(new Set(counts.values())).toEqual(new Set([1]));
  });

  test('a first start without space says so, and the next one with space works', async () => {
    const dataDir = join(disk, 'fresh');
    const filler = join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    await expect(startProduct({ DATA_DIR: dataDir })).rejects.toThrow(/full|space|cannot be written/i);
    rmSync(filler);
    const running = await start({ DATA_DIR: dataDir });
    expect((await readiness(running)).status).toBe(200);
  });
});

/** A data folder in which the tiny alphabet was taught so many glyphs, and a key that is the same each time: it draws train and test. */
async function taughtFolder(): Promise<string> {
  const dataDir = newFolder();
  writeFileSync(join(dataDir, 'secret.key'), '5e'.repeat(32), { mode: 0o600 });
  const { app, teach } = await openWorld(dataDir);
  teach(TAUGHT);
  await app.close();
  return dataDir;
}

/** Makes a second version, the same network under another hash, champion; hands back both artifacts. */
async function successor(dataDir: string): Promise<readonly [first: string, second: string]> {
  const { app } = await openWorld(dataDir);
  try {
    const version = app.store.versions.get('tiny-1');
    if (version === undefined) throw new Error('no first version');
    const artifact = decodeArtifact(await app.blobs.get(version.artifact), tinyAlphabet);
    const lineage = { ...artifact.metadata.lineage, parent: version.id };
    const again = encodeArtifact({ ...artifact, metadata: { ...artifact.metadata, lineage } });
    const { id: _, number: __, unrepeatable: ___, ...same } = version;
    const next = app.store.versions.add({ ...same, artifact: await app.blobs.put(again), parent: version.id });
    const change = { alphabet: 'tiny', expected: version.id, version: next.id, reason: 'test', by: 'test' };
    expect(app.store.champions.promote({ ...change, at: Date.now() })).toBe(true);
    return [version.artifact, next.artifact];
  } finally {
    await app.close();
  }
}
