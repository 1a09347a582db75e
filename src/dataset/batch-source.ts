// Training batches made by a thread of their own while the engine learns from the ones before: whichever module makes them, and
// the same as if they were made here.
import { Worker } from 'node:worker_threads';
import type { TrainingBatch } from '../model/engine.ts';
import type { BatchSource } from '../model/fit.ts';

/** A function of epoch and index (from 0) alone, so that a run that was interrupted goes on with the batches it would have seen. */
export type MakeBatch = (epoch: number, index: number) => TrainingBatch;

export interface OpenBatchSource extends BatchSource {
  close(): Promise<void>;
}

/**
 * Starts a thread that imports `module` and calls its `makeBatches(options)`; memory that is shared is not copied for it. It answers in
 * order, and sleeps when nothing is asked. A batch is refused once the thread has died. Close it, or the process stays.
 */
export function openBatches(module: string, options: object, batchesPerEpoch: number): OpenBatchSource {
  const worker = new Worker(new URL('batch-thread.mjs', import.meta.url), { workerData: { module, options } });
  const waiting: { readonly resolve: (made: TrainingBatch) => void; readonly reject: (why: Error) => void }[] = [];
  let dead: Error | null = null;
  const die = (why: Error): void => {
    dead ??= why;
    for (const { reject } of waiting.splice(0)) reject(dead);
  };
  worker.on('message', (made: TrainingBatch) => waiting.shift()?.resolve(made));
  worker.on('error', (error) => die(new Error('the thread that makes training batches failed', { cause: error })));
  worker.on('exit', () => die(new Error('the thread that makes training batches ended')));
  return {
    batchesPerEpoch,
    batch: (epoch, index) =>
      new Promise((resolve, reject) => {
        if (dead !== null) return reject(dead);
        waiting.push({ resolve, reject });
        worker.postMessage({ epoch, index }, []);
      }),
    async close() {
      await worker.terminate();
    },
  };
}
