// An app to be killed: teaches without pause and says which samples were acknowledged, starts one training run after
// another, and dies at a named point when told so. `node victim.ts DATA_DIR REDIS_URL|- POINT|- NTH`.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSmallWorld } from './small-world.ts';

const [dataDir = '', redisUrl = '-', point = '-', nth = '1'] = process.argv.slice(2);
let met = 0;
const world = await openSmallWorld(dataDir, {
  redisUrl: redisUrl === '-' ? null : redisUrl,
  crashPoint(name) {
    if (name === point && ++met >= Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
});
process.on('SIGTERM', () => process.exit(0));
for (;;) {
  const acknowledged = world.teach(4);
  // Written at once: what the pipe has got, somebody was told.
  writeSync(1, `${acknowledged.join(' ')}\n`);
  if (world.store.samples.count({ alphabet: 'tiny' }) >= 60)
    world.runs.start({ alphabet: 'tiny', requestedBy: 'victim', reason: 'asked' });
  await world.runs.sweep();
  await sleep(15);
}
