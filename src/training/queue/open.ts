// The one place where running alone and running grown part ways: with a Redis runs go through BullMQ, else to a child process.
import type { Log } from '../../log.ts';
import type { TrainingQueue } from '../queue.ts';
import { makeChildQueue } from './child.ts';
import type { TrainerOptions } from './trainer.ts';

export async function openQueue(options: {
  readonly redisUrl: string | null;
  readonly trainer: TrainerOptions;
  readonly log: Log;
}): Promise<TrainingQueue> {
  if (options.redisUrl === null) return makeChildQueue(options.trainer);
  // Loaded only where it is used: alone, nothing of Redis is in memory.
  const { makeBullQueue } = await import('./bull.ts');
  const troubled = new Set<string>();
  return makeBullQueue({
    redisUrl: options.redisUrl,
    onTrouble: (err) => {
      // A Redis that is away says so many times a second.
      if (!troubled.has(err.message)) options.log.warn({ err }, 'Redis is in trouble; answering and saving go on');
      troubled.add(err.message);
    },
  });
}
