// Keeping a message up to date: what is said, how often, and what happens when saying or the work itself fails.
import { expect, test } from 'vitest';
import { everyMs, follow, type Following } from '../../../bots/shared/follow.ts';

/** Updates that come when the test says so. */
function source<T>() {
  const waiting: T[] = [];
  let isOver = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  return {
    push(...values: T[]) {
      waiting.push(...values);
      wake();
    },
    end(error?: Error) {
      isOver = true;
      failure = error;
      wake();
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<T> {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else if (failure !== undefined) throw failure;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function following(more: Partial<Following<string>> = {}) {
  const updates = source<string>();
  const said: string[] = [];
  const stop = new AbortController();
  const done = follow(updates, {
    pace: everyMs(30),
    revise: (newest) => Promise.resolve(void said.push(newest)),
    stopping: stop.signal,
    ...more,
  });
  return { updates, said, stop, done };
}

test('what is overtaken is left out; the first and the last wait for nothing', async () => {
  const { updates, said, done } = following({ pace: everyMs(60_000) });
  updates.push('a');
  await settled();
  updates.push('b', 'c');
  await settled();
  expect(said).toEqual(['a']);
  updates.push('d');
  updates.end();
  await done;
  expect(said).toEqual(['a', 'd']);
});

test('two words are as far apart as the pace says', async () => {
  const times: number[] = [];
  const { updates, done } = following({ revise: () => Promise.resolve(void times.push(performance.now())) });
  for (let step = 0; step < 12; step++) {
    updates.push(String(step));
    await settled();
  }
  updates.end();
  await done;
  const gaps = times.slice(1, -1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(0);
  expect(Math.min(...gaps)).toBeGreaterThan(28);
});

test('a word that failed is tried again, unless a newer one has come', async () => {
  const tried: string[] = [];
  const { updates, done } = following({
    pace: () => Promise.resolve(),
    revise: async (newest) => {
      tried.push(newest);
      await settled();
      return tried.length < 3 ? 'again' : undefined;
    },
  });
  updates.push('a');
  while (tried.length === 0) await settled();
  updates.push('b');
  updates.end();
  await done;
  expect(tried).toEqual(['a', 'b', 'b']);
});

test('when nobody is there to be told, it ends, and the work is told so', async () => {
  let left = false;
  async function* work(): AsyncGenerator<string> {
    try {
      yield 'a';
      await settled();
      yield 'b';
      await settled();
      yield 'c';
    } finally {
      left = true;
    }
  }
  const said: string[] = [];
  await follow(work(), {
    pace: () => Promise.resolve(),
    revise: (newest) => Promise.resolve(said.push(newest) === 1 ? 'over' : undefined),
    stopping: new AbortController().signal,
  });
  await settled();
  await settled();
  expect([said, left]).toEqual([['a'], true]);
});

test('stopping says the newest word once more and waits for nothing, not even for work that never moves', async () => {
  const { updates, said, stop, done } = following({ pace: everyMs(60_000) });
  updates.push('a');
  await settled();
  updates.push('b');
  await settled();
  stop.abort();
  await done;
  expect(said).toEqual(['a', 'b']);
  const late = following({ stopping: AbortSignal.abort() });
  late.updates.push('a');
  await late.done;
  expect(late.said).toEqual([]);
});

test('what the work throws is thrown on, after its last word', async () => {
  const { updates, said, done } = following();
  updates.push('a');
  updates.end(new Error('the work broke'));
  await expect(done).rejects.toThrow('the work broke');
  expect(said).toEqual(['a']);
});
