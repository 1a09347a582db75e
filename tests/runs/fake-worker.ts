// A worker to be stopped or killed: takes runs like worker/main.ts, with the trainer in miniature. `node fake-worker.ts REDIS_URL`.
import { makeLog } from '../../src/log.ts';
import { takeRuns } from '../../worker/take.ts';
import { fakeTrainer } from './queue-support.ts';

const [redisUrl = ''] = process.argv.slice(2);
takeRuns({ redisUrl, trainer: fakeTrainer, log: makeLog('silent'), lockMs: 1000 });
