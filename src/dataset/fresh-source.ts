// Freshly synthesised batches made by another thread, in the form the training loop asks for them.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Batch } from './batches.ts';
import type { FreshOptions } from './fresh.ts';

export interface FreshSource {
  readonly batchesPerEpoch: number;
  /** Answers in order; throws when the thread has died. */
  batch(epoch: number, index: number): Promise<Batch>;
  close(): Promise<void>;
}

/** Starts the thread. The loop asks for the next batch while it learns from the last. Close it, or the process stays. */
export function openFresh(options: FreshOptions, batchesPerEpoch: number): FreshSource {
  const worker = new Worker(new URL('fresh-worker.mjs', import.meta.url), { workerData: options });
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
