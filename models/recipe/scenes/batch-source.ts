// Batches of scenes made by another thread while the finder learns from the last one.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Batch } from '../../../src/dataset/batches.ts';
import type { SceneBatchOptions } from './batches.ts';

export interface SceneSource {
  readonly batchesPerEpoch: number;
  /** Answers in order; throws when the thread has died. */
  batch(epoch: number, index: number): Promise<Batch>;
  close(): Promise<void>;
}

/** Close it, or the process stays. */
export function openScenes(options: SceneBatchOptions, batchesPerEpoch: number): SceneSource {
  const worker = new Worker(new URL('batch-worker.mjs', import.meta.url), { workerData: options });
  // Whoever waits for a batch hears of it.
  worker.on('error', () => undefined);
  let last: Promise<unknown> = Promise.resolve();
  return {
    batchesPerEpoch,
    batch(epoch, index) {
      const asked = last.then(async () => {
        worker.postMessage({ epoch, index }, []);
        const [batch] = (await once(worker, 'message')) as [Batch];
        return batch;
      });
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      await worker.terminate();
    },
  };
}
