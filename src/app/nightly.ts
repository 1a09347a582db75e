// Looks at the whole database once a night, beside everything else; a damaged one is told in the log and in /readyz until the next
// start, which refuses it.
import type { Log } from '../log.ts';
import type { Health } from '../health.ts';

/** By the clock of this machine. */
const NIGHT = { from: 2, until: 5 };
const LEAST_BETWEEN_MS = 12 * 3_600_000;

interface Nightly {
  /** To be called often; returns at once. */
  look(): void;
  health(): Health;
  /** Waits for a look that is under way. */
  close(): Promise<void>;
}

export function makeNightly(deps: {
  /** What is wrong, and what to do; null when nothing is. */
  readonly check: () => Promise<string | null>;
  readonly log: Log;
  readonly now: () => number;
}): Nightly {
  let lookedAt: number | null = null;
  let looking: Promise<void> = Promise.resolve();
  let health: Health = { state: 'up' };

  async function check(): Promise<void> {
    try {
      const wrong = await deps.check();
      if (wrong === null) return;
      health = { state: 'down', because: wrong };
      deps.log.error(wrong);
    } catch (err) {
      deps.log.warn({ err }, 'the database could not be looked at; it is tried again tomorrow night');
    }
  }

  return {
    look() {
      const now = deps.now();
      const hour = new Date(now).getHours();
      if (hour < NIGHT.from || hour >= NIGHT.until) return;
      if (lookedAt !== null && Math.abs(now - lookedAt) < LEAST_BETWEEN_MS) return;
      lookedAt = now;
      looking = check();
    },
    health: () => health,
    close: () => looking,
  };
}
