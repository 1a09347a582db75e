// The part of an app that training needs, with the quick trainer in place of the real one: for tests that kill it often.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBlobs, type BlobSettings } from '../../src/blobs/open.ts';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { splitter } from '../../src/dataset/split.ts';
import { makeLog } from '../../src/log.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { CrashPoint } from '../../src/runs/crash.ts';
import type { TrainingQueue } from '../../src/runs/queue/queue.ts';
import { openQueue } from '../../src/runs/queue/open.ts';
import type { TrainingProcessOptions } from '../../src/runs/queue/trainer.ts';
import { makeRuns, type Runs } from '../../src/runs/runs.ts';
import { tinyAlphabet } from '../support/tiny.ts';
import { settle, teach } from '../support/world.ts';

export interface SmallWorld {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly runs: Runs;
  teach(count: number): readonly number[];
  close(): Promise<void>;
}

export const blobsIn = (dataDir: string): BlobSettings => ({ kind: 'folder', folder: path.join(dataDir, 'blobs') });

export const quickTrainer = (dataDir: string, file = 'quick-trainer.ts'): TrainingProcessOptions => ({
  entry: fileURLToPath(new URL(file, import.meta.url)),
  blobs: blobsIn(dataDir),
});

export async function openSmallWorld(
  dataDir: string,
  options: {
    readonly redisUrl?: string | null;
    readonly crashPoint?: CrashPoint;
    readonly now?: () => number;
    /** Another file than the quick trainer's. */
    readonly trainer?: string;
    /** A queue of the test's own. */
    readonly queue?: TrainingQueue;
  } = {},
): Promise<SmallWorld> {
  const { redisUrl = null, crashPoint = () => undefined, now = Date.now } = options;
  const store = openStore(path.join(dataDir, 'inkloop.db'), { splitter });
  const blobs = await openBlobs(blobsIn(dataDir));
  await settle(store, blobs);
  const log = makeLog(process.env['TEST_LOG'] ?? 'silent');
  const queue = options.queue ?? (await openQueue({ redisUrl, trainer: quickTrainer(dataDir, options.trainer), log }));
  const runs = makeRuns({
    store,
    blobs,
    queue,
    log,
    alphabetOf: () => tinyAlphabet,
    bankOf: () => Promise.resolve(null),
    engine: 'onnx',
    threads: 1,
    deadlineSeconds: 60,
    instance: store.meta.setOnce('instance', 'test'),
    verify: async (artifact) => void decodeArtifact(await blobs.get(artifact)),
    announce(moment) {
      const run = moment.kind === 'run-ended' ? moment.run.id : 0;
      store.outbox.add({ platform: 'web', dedupeKey: `run ${run}`, payload: { kind: 'find-taught', run }, at: now() });
    },
    now,
    crashPoint,
  });
  return {
    store,
    blobs,
    runs,
    teach: (count) => teach(store, count),
    async close() {
      await queue.close();
      await runs.close();
      store.close();
    },
  };
}
