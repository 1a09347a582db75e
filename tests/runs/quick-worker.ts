// A worker to be killed: takes runs like worker/main.ts, with the quick trainer. `node quick-worker.ts DATA_DIR REDIS_URL`.
import { makeLog } from '../../src/log.ts';
import { takeRuns } from '../../worker/take.ts';
import { quickTrainer } from './small-world.ts';

const [dataDir = '', redisUrl = ''] = process.argv.slice(2);
takeRuns({ redisUrl, trainer: quickTrainer(dataDir), log: makeLog('silent'), lockMs: 1000 });
