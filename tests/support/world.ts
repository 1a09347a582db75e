// An app with the tiny alphabet: its model answers, its bank is known, and people who draw O as a square teach it.
import { botKinds } from '../../bots/list.ts';
import { openApp, type App, type AppOptions } from '../../src/app/open.ts';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { parseConfig } from '../../src/config.ts';
import { makeRandom } from '../../src/random.ts';
import { makeLog } from '../../src/log.ts';
import type { Store } from '../../src/store/store.ts';
import { handwriting, tinyBankBytes, tinyModel } from './tiny.ts';

export interface World {
  readonly app: App;
  /** So many verdicts by one person, each label in turn; hands back the ids of the samples that were acknowledged. */
  teach(count: number): readonly number[];
}

/** Opens the app in this folder and makes sure that the tiny alphabet is in it. */
export async function openWorld(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  options: Partial<AppOptions> = {},
): Promise<World> {
  const config = parseConfig(
    {
      DATA_DIR: dataDir,
      RETRAIN_AFTER: '0',
      TRAINING_THREADS: '1',
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      ...env,
    },
    botKinds,
  );
  const app = await openApp(config, { log: makeLog(config.logLevel), ...options });
  await settle(app.store, app.blobs);
  return { app, teach: (count) => teach(app.store, count) };
}

/** The alphabet, its bank and its first champion, unless they are there already. */
export async function settle(store: Store, blobs: Blobs): Promise<void> {
  if (store.champions.current('tiny') !== undefined) return;
  const at = Date.now();
  const artifact = await blobs.put(await tinyModel());
  const bank = await blobs.put(tinyBankBytes());
  store.atomically(() => {
    store.alphabets.save({ id: 'tiny', title: 'tiny', rows: [['I', 'O', 'L', 'X']] }, at);
    store.alphabets.setBank('tiny', bank);
    const version = store.versions.add({
      alphabet: 'tiny',
      artifact,
      origin: 'seed',
      parent: null,
      runId: null,
      snapshotId: null,
      architecture: 'tiny',
      codeVersion: '0',
      seed: 1,
      engine: 'onnx',
      metrics: {},
      createdAt: at,
    });
    store.champions.promote({
      alphabet: 'tiny',
      expected: null,
      version: version.id,
      reason: 'shipped',
      by: 'test',
      at,
    });
  });
}

/** So many verdicts by the person with this key; the ids of their samples. */
export function teach(store: Store, count: number, keyHash = 'ab'.repeat(16)): readonly number[] {
  const write = handwriting({ squares: true });
  const contributor = store.contributors.getOrCreate({ keyHash, platform: 'web', at: Date.now() });
  const before = store.samples.lastId('tiny');
  return Array.from({ length: count }, (_, i) => {
    const labelId = i % 4;
    const id = `p${before + i}-${process.pid}`;
    store.predictions.save([
      {
        id,
        alphabet: 'tiny',
        contributorId: contributor.id,
        chatKey: 'chat',
        versionId: store.champions.current('tiny') ?? '',
        glyph: write(labelId, makeRandom(99, before + i)),
        box: { x: 0, y: 0, width: 40, height: 40 },
        candidates: [{ labelId, probability: 1 }],
        outcome: 'sure',
        photoId: id,
        place: 0,
        line: 0,
        createdAt: Date.now(),
      },
    ]);
    const saved = store.verdicts.save({
      predictionId: id,
      kind: 'confirm',
      labelId,
      contributorId: contributor.id,
      at: Date.now(),
    });
    if (saved.outcome !== 'saved') throw new Error(`a verdict was not saved: ${saved.outcome}`);
    return saved.sampleId;
  });
}
