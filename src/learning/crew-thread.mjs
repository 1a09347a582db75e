// A thread of crew.ts. No TypeScript: on Node 20 a thread does not inherit the loader that understands it.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { openWork } = await import('./work.ts');
const stop = new AbortController();
const work = await openWork(workerData.engine, stop.signal);
let atWork = Promise.resolve();

async function take({ piece, order }) {
  try {
    const made = await work.does(piece, order, (news) => parentPort.postMessage({ kind: 'news', news }, []));
    parentPort.postMessage({ kind: 'made', made }, []);
  } catch (because) {
    parentPort.postMessage({ kind: 'failed', because }, []);
  }
}

// It ends by itself: a thread that is ended while ONNX Runtime computes takes the whole process along.
async function leave() {
  stop.abort();
  await atWork;
  await work.close();
  process.exit(0);
}

parentPort.on('message', (asked) => {
  if (asked === 'leave') void leave();
  else atWork = take(asked);
});
