// Training batches made by another thread, one ahead of the training step, so that augmenting costs the step nothing. The
// batches are those of `makeBatches`, whatever the timing.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { type Batch, type BatchOptions, batchesPerEpoch } from './batches.ts';

export interface BatchSource {
  readonly batchesPerEpoch: number;
  /** The batch of this epoch (from 0) and index; the one after it is begun. Throws when the thread has died. */
  nextBatch(epoch: number, index: number): Promise<Batch>;
  close(): Promise<void>;
}

/** What the thread is asked, and what it answers. */
export interface BatchRequest {
  readonly epoch: number;
  readonly index: number;
}
export interface BatchAnswer extends BatchRequest {
  readonly made: Batch;
}

interface Waiting {
  readonly resolve: (made: Batch) => void;
  readonly reject: (why: Error) => void;
}

/** Starts the thread. The glyphs are shared with it, not copied for each batch. Close it, or the process stays. */
export function makeBatchSource(options: BatchOptions): BatchSource {
  const worker = new Worker(new URL('augment-worker.mjs', import.meta.url), { workerData: shared(options) });
  const perEpoch = batchesPerEpoch(options);
  const begun = new Map<string, Promise<Batch>>();
  const waiting = new Map<string, Waiting>();
  let dead: Error | null = null;
  worker.on('message', ({ epoch, index, made }: BatchAnswer) => {
    waiting.get(`${epoch}/${index}`)?.resolve(made);
    waiting.delete(`${epoch}/${index}`);
  });
  const die = (why: Error): void => {
    dead ??= why;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('error', (error) => die(new Error('the thread that makes training batches failed', { cause: error })));
  worker.on('exit', () => die(new Error('the thread that makes training batches ended')));

  const begin = (epoch: number, index: number): Promise<Batch> => {
    const key = `${epoch}/${index}`;
    const already = begun.get(key);
    if (already !== undefined) return already;
    const made = new Promise<Batch>((resolve, reject) => {
      if (dead !== null) return reject(dead);
      waiting.set(key, { resolve, reject });
      worker.postMessage({ epoch, index } satisfies BatchRequest, []);
    });
    // One begun ahead may never be asked for; its failure is then nobody's.
    made.catch(() => undefined);
    begun.set(key, made);
    return made;
  };
  return {
    batchesPerEpoch: perEpoch,
    async nextBatch(epoch, index) {
      const made = begin(epoch, index);
      const [nextEpoch, nextIndex] = index + 1 < perEpoch ? [epoch, index + 1] : [epoch + 1, 0];
      for (const key of begun.keys())
        if (key !== `${epoch}/${index}` && key !== `${nextEpoch}/${nextIndex}`) begun.delete(key);
      void begin(nextEpoch, nextIndex);
      const batch = await made;
      begun.delete(`${epoch}/${index}`);
      return batch;
    },
    async close() {
      const ended = dead === null ? once(worker, 'exit') : null;
      await worker.terminate();
      await ended;
    },
  };
}

/** The same options with the glyphs in memory that both threads see. */
function shared(options: BatchOptions): BatchOptions {
  const { glyphs } = options;
  if (glyphs.pixels.buffer instanceof SharedArrayBuffer) return options;
  const pixels = new Uint8Array(new SharedArrayBuffer(glyphs.pixels.length));
  pixels.set(glyphs.pixels);
  return { ...options, glyphs: { ...glyphs, pixels } };
}
