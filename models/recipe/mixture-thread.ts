// The thread that makes batches while the engine learns from the one before.
import { parentPort, workerData } from 'node:worker_threads';
import { makeMixture, type MixtureOptions } from './mixture.ts';

const make = makeMixture(workerData as MixtureOptions);
parentPort?.on('message', ({ epoch, index }: { readonly epoch: number; readonly index: number }) => {
  parentPort?.postMessage(make(epoch, index), []);
});
