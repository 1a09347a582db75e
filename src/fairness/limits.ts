// How much one person or one chat may ask of us: token buckets, kept in memory and bounded.
import { Newest } from '../newest.ts';

interface Rate {
  /** How many at once. */
  readonly burst: number;
  /** How many more each second. */
  readonly perSecond: number;
}

interface Limiter {
  /** Takes one; says how many seconds to wait when there is none (0: taken). */
  take(key: string): number;
  /** Gives one back: what it was taken for did not happen. */
  giveBack(key: string): void;
}

const MOST_BUCKETS = 50_000;

export function makeLimiter(rate: Rate, now: () => number): Limiter {
  const buckets = new Newest<string, { tokens: number; at: number }>(MOST_BUCKETS);

  const refilled = (key: string): { tokens: number; at: number } => {
    const at = now();
    const bucket = buckets.get(key);
    const tokens =
      bucket === undefined
        ? rate.burst
        : // Set back, the clock gives nothing and takes nothing.
          Math.min(rate.burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * rate.perSecond);
    const fresh = { tokens, at };
    buckets.set(key, fresh);
    return fresh;
  };

  return {
    take(key) {
      const bucket = refilled(key);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / rate.perSecond);
      bucket.tokens -= 1;
      return 0;
    },
    giveBack(key) {
      const bucket = refilled(key);
      bucket.tokens = Math.min(rate.burst, bucket.tokens + 1);
    },
  };
}
