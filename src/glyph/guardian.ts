// A thread that ends its process when the work at hand takes more time or memory than it may. Where that work is JavaScript, as a PDF's is,
// the main thread has no time to look for itself.
import { Worker } from 'node:worker_threads';

interface Most {
  /** Beyond what the process held when the work began, bytes. */
  readonly memory: number;
  /** Of the processor, ms. */
  readonly computeMs: number;
}

export interface Guardian {
  /** Another piece of work begins: it is measured from here. */
  again(): void;
  leave(): void;
}

const EVERY_MS = 25;

/** Plain JavaScript, so that it needs no loader: the thread is there before the work begins. */
const WATCHING = `
const { parentPort, workerData: { memory, computeMs, everyMs, turns } } = require('node:worker_threads');
let turn, began, before;
setInterval(() => {
  if (turn !== turns[0]) [turn, began, before] = [turns[0], process.cpuUsage(), process.memoryUsage.rss()];
  const { user, system } = process.cpuUsage(began);
  if ((user + system) / 1000 > computeMs || process.memoryUsage.rss() - before > memory) process.kill(process.pid, 'SIGKILL');
}, everyMs);
parentPort.postMessage('here');
`;

export async function watchOver(most: Most): Promise<Guardian> {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(WATCHING, {
    eval: true,
    workerData: { ...most, everyMs: EVERY_MS, turns },
    execArgv: [],
    env: {},
  });
  await new Promise((resolve, reject) => void thread.once('message', resolve).once('error', reject));
  return { again: () => void Atomics.add(turns, 0, 1), leave: () => void thread.terminate() };
}
