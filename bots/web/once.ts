// A page that lost its connection sends the same thing again under the same key; it gets the first answer, and nothing happens twice.
import { Newest } from '../../src/newest.ts';

const MOST_KEPT = 2_000;

/** Runs `work` unless it ran (or runs) under this key; failures are not remembered. */
export function makeOnce<T>(): (key: string | undefined, work: () => Promise<T>) => Promise<T> {
  const done = new Newest<string, Promise<T>>(MOST_KEPT);
  return (key, work) => {
    if (key === undefined) return work();
    const known = done.get(key);
    if (known !== undefined) return known;
    const result = work();
    done.set(key, result);
    result.catch(() => done.delete(key));
    return result;
  };
}
