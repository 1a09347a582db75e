// Counting what one caller did lately, in bounded memory: new visitors, log-in attempts.
import { Newest } from '../../src/newest.ts';

interface Limit {
  /** Counts one more by `key`; 0 when it is within the limit, else the seconds until the next is. */
  take(key: string): number;
  /** Forgets what `key` did. */
  clear(key: string): void;
}

const MOST_KEYS = 10_000;

/** At most `most` by one key in any `windowMs` (a window begins with its first count). */
export function makeLimit(most: number, windowMs: number, now: () => number): Limit {
  const windows = new Newest<string, { readonly until: number; count: number }>(MOST_KEYS);
  return {
    take(key) {
      const time = now();
      let window = windows.get(key);
      if (window === undefined || window.until <= time) {
        // The oldest window goes first: somebody with very many addresses pushes out others', not our memory.
        window = { until: time + windowMs, count: 0 };
        windows.set(key, window);
      }
      if (window.count >= most) return Math.max(1, Math.ceil((window.until - time) / 1000));
      window.count += 1;
      return 0;
    },
    clear: (key) => void windows.delete(key),
  };
}
