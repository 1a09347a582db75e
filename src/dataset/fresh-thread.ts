// The thread behind fresh-source: batches asked for by epoch and index, answered in order.
import { parentPort, workerData } from 'node:worker_threads';
import { makeFresh, type FreshOptions } from './fresh.ts';

const make = makeFresh(workerData as FreshOptions);
parentPort?.on('message', ({ epoch, index }: { readonly epoch: number; readonly index: number }) => {
  const made = make(epoch, index);
  parentPort?.postMessage(made, [made.inputs.buffer, made.targets.buffer, made.weights.buffer]);
});
