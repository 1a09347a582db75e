// The thread behind batch-source.ts. No TypeScript: on Node 20 a thread does not inherit the loader that understands it.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { makeBatches } = await import(workerData.module);
const make = makeBatches(workerData.options);
parentPort.on('message', ({ epoch, index }) => {
  const made = make(epoch, index);
  parentPort.postMessage(made, [made.inputs.buffer, made.targets.buffer, made.weights.buffer]);
});
