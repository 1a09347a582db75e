// The thread behind augment-source: batches asked for by epoch and index, answered in order.
import { parentPort, workerData } from 'node:worker_threads';

import type { BatchAnswer, BatchRequest } from './augment-source.ts';
import { type BatchOptions, makeBatches } from './batches.ts';

const make = makeBatches(workerData as BatchOptions);
parentPort?.on('message', ({ epoch, index }: BatchRequest) => {
  const made = make(epoch, index);
  const answer: BatchAnswer = { epoch, index, made };
  parentPort?.postMessage(answer, [made.inputs.buffer, made.targets.buffer, made.weights.buffer]);
});
