// Batches from the mixture's thread, in the form the training loop asks for them.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TrainingBatch } from '../../src/model/engine.ts';
import type { BatchSource } from '../../src/model/fit.ts';
import type { MixtureOptions } from './mixture.ts';

/** Asks one batch after the other; the loop asks for the next while it learns from the last. Close it, or the process stays. */
export function openMixture(
  options: MixtureOptions,
  batchesPerEpoch: number,
): BatchSource & { close(): Promise<void> } {
  const worker = new Worker(new URL('mixture-worker.mjs', import.meta.url), { workerData: options });
  let last: Promise<unknown> = Promise.resolve();
  return {
    batchesPerEpoch,
    batch: (epoch, index) => {
      const asked = last.then(async () => {
        worker.postMessage({ epoch, index }, []);
        const [batch] = (await once(worker, 'message')) as [TrainingBatch];
        return batch;
      });
      last = asked.catch(() => undefined);
      return asked;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
