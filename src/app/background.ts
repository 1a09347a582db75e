// The work that nobody asks for: a list of names, how often, and what. What fails is logged once, and tried again a second later.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** How often the list is looked at, ms. */
const LOOK_MS = 1000;

export interface BackgroundTask {
  readonly name: string;
  /** At most once in so many ms; 0: at each look. */
  readonly every: number;
  readonly run: () => void | Promise<unknown>;
}

interface Background {
  /** One look at everything that is due. Throws what the first task that failed threw; those behind it wait for the next look. */
  look(): Promise<void>;
  /** Looks again and again until `close`. */
  start(): void;
  /** Waits for the look that is under way. */
  close(): Promise<void>;
}

export function makeBackground(tasks: readonly BackgroundTask[], log: Log, now: () => number): Background {
  const ranAt = new Map<string, number>();
  const closing = new AbortController();
  let working: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    for (const { name, every, run } of tasks) {
      // A clock that was set back makes nothing wait.
      if (Math.abs(now() - (ranAt.get(name) ?? -Infinity)) < every) continue;
      ranAt.set(name, now());
      await run();
    }
  }

  async function keepLooking(): Promise<void> {
    let failing = false;
    while (!closing.signal.aborted) {
      try {
        await look();
        failing = false;
      } catch (error) {
        if (!failing) log.error({ err: error }, 'background work failed; it is tried again each second');
        failing = true;
      }
      await sleep(LOOK_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    look,
    start: () => void (working = keepLooking()),
    async close() {
      closing.abort();
      await working;
    },
  };
}
