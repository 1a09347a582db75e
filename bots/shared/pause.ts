// Waiting that can be cut short.
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after so many milliseconds, or as soon as `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}
