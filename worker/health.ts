// Is the worker of this machine alive? Asks Redis whether it still hears of one from here: for a container's health check.
import { networkInterfaces } from 'node:os';
import { Queue } from 'bullmq';
import { botKinds } from '../bots/list.ts';
import { parseConfig } from '../src/config.ts';
import { endWith, readEnvFile } from '../src/process.ts';
import { UsageError } from '../src/errors.ts';
import { connect, KEY_PREFIX, QUEUE_NAME } from '../src/runs/queue/redis.ts';

const PATIENCE_MS = 5000;

readEnvFile();
try {
  const { redisUrl } = parseConfig(process.env, botKinds);
  if (redisUrl === null) throw new UsageError('Set REDIS_URL: a worker without Redis has nothing to do.');
  const giveUp = setTimeout(() => process.exit(1), PATIENCE_MS);
  const connection = connect(redisUrl, () => undefined);
  const workers = await new Queue(QUEUE_NAME, { connection, prefix: KEY_PREFIX }).getWorkers();
  clearTimeout(giveUp);
  const mine = new Set(Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []));
  const here = workers.some(({ addr }) => mine.has((addr ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')));
  console.log(here ? 'a worker of this machine is connected' : 'no worker of this machine is connected');
  process.exit(here ? 0 : 1);
} catch (error) {
  endWith(error);
}
