// Which queue: BullMQ when a Redis is named, else one in memory. BullMQ is loaded only when it is used.
import type { Log } from '../../log.ts';
import type { TrainingQueue } from './queue.ts';
import { makeChildQueue } from './child.ts';
import type { TrainingProcessOptions } from './trainer.ts';

export async function openQueue(options: {
  readonly redisUrl: string | null;
  readonly trainer: TrainingProcessOptions;
  readonly log: Log;
}): Promise<TrainingQueue> {
  if (options.redisUrl === null) return makeChildQueue(options.trainer);
  const { makeBullQueue } = await import('./bull.ts');
  let last = '';
  return makeBullQueue({
    redisUrl: options.redisUrl,
    // Said once for each kind of trouble: connections are tried again every few seconds.
    onTrouble: (err) => {
      if (err.message !== last) options.log.warn({ err }, 'trouble with Redis');
      last = err.message;
    },
  });
}
