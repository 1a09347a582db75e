// The names under which training stands in Redis, and how to connect to it: the same for the apps and for the workers.
import { Redis } from 'ioredis';
import { OperationalError } from '../../errors.ts';

export const QUEUE_NAME = 'training';
export const KEY_PREFIX = 'inkloop';

/** Set while a run's cancellation waits to be seen by its worker. */
export const cancelKey = (run: string): string => `${KEY_PREFIX}:cancel:${run}`;
/** A cancellation nobody was there to see is forgotten after so many seconds. */
export const CANCEL_SECONDS = 86_400;

/**
 * `ask`: for questions that must be answered soon or fail. `wait`: for whoever has nothing to do but wait for Redis. Both
 * connect again for ever; errors are the caller's to hear (`onError`), as every lost connection is one.
 */
export function connect(url: string, manner: 'ask' | 'wait', onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: manner === 'wait',
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(3000, 100 * 2 ** Math.min(times, 6)),
  });
  redis.on('error', onError);
  return redis;
}

/** The answer, or an OperationalError when Redis is away or silent for so long. */
export async function answered<T>(question: Promise<T>, milliseconds = 5000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([question, silence]);
  } catch (cause) {
    throw new OperationalError(
      `Redis does not answer (${cause instanceof Error ? cause.message : 'unknown'}). Check REDIS_URL and that it runs.`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
