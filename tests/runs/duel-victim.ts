// A process that looks at the duels of a store once, and dies at a named point when told so. `node duel-victim.ts FILE POINT|-`.
import type { Blobs } from '../../src/blobs/blobs.ts';
import { splitter } from '../../src/dataset/split.ts';
import { makeLog } from '../../src/log.ts';
import { makeDuelling } from '../../src/runs/duelling.ts';
import { openStore } from '../../src/store/store.ts';

const [file = '', point = '-'] = process.argv.slice(2);
const store = openStore(file, { splitter });
await makeDuelling({
  store,
  blobs: { has: () => Promise.resolve(true) } as unknown as Blobs,
  verify: () => Promise.resolve(),
  announce: () => undefined,
  now: () => Date.now(),
  crashPoint: (name) => name === point && process.kill(process.pid, 'SIGKILL'),
  twinsOf: () => [],
  log: makeLog('silent'),
}).look();
store.close();
