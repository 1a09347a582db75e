// The names under which training stands in Redis, and how to connect to it: the same for the apps and for the workers.
import { Redis } from 'ioredis';
import { OperationalError } from '../../errors.ts';

export const QUEUE_NAME = 'training';
export const KEY_PREFIX = 'inkloop';

/** Set while a run's cancellation waits to be seen by its worker. */
export const cancelKey = (run: string): string => `${KEY_PREFIX}:cancel:${run}`;
/** A cancellation nobody was there to see is forgotten after so many seconds. */
export const CANCEL_SECONDS = 86_400;

/** Why a connection is not ready: a password that is refused is told by an error alone. */
const troubles = new WeakMap<Redis, string>();

/** Connects, again and again for ever; every lost connection is an error for `onError` to hear. */
export function connect(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    // As BullMQ asks: a command waits for its answer rather than fail with the connection.
    maxRetriesPerRequest: null,
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(3000, 100 * 2 ** Math.min(times, 6)),
  });
  redis.on('error', (error) => {
    troubles.set(redis, error.message);
    onError(error);
    // Redis would go on in database 0, which may be another installation's.
    if (error.message.includes('DB index is out of range')) redis.disconnect();
  });
  return redis;
}

/**
 * The answer to a question, or an OperationalError when Redis is away or silent for so long. Nothing is asked while it is
 * away, so that no questions pile up.
 */
export async function ask<T>(redis: Redis, question: () => Promise<T>, milliseconds = 5000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onReady: (() => void) | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const trouble = redis.status === 'ready' ? undefined : troubles.get(redis);
      const tried = trouble ?? `no answer in ${milliseconds / 1000} s`;
      reject(new OperationalError(`Redis does not answer (${tried}). Check REDIS_URL and that it runs.`));
    }, milliseconds);
  });
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
    if (redis.status === 'ready') resolve();
    else redis.once('ready', resolve);
  });
  try {
    return await Promise.race([ready.then(question), silence]);
  } finally {
    clearTimeout(timer);
    if (onReady !== undefined) redis.off('ready', onReady);
  }
}
