// The thread behind batch-source: batches of scenes asked for by epoch and index, answered in order.
import { parentPort, workerData } from 'node:worker_threads';
import { makeSceneBatches, type SceneBatchOptions } from './batches.ts';

const make = makeSceneBatches(workerData as SceneBatchOptions);
parentPort?.on('message', ({ epoch, index }: { readonly epoch: number; readonly index: number }) => {
  const made = make(epoch, index);
  parentPort?.postMessage(made, [made.inputs.buffer, made.targets.buffer, made.weights.buffer]);
});
