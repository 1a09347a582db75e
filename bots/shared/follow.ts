// Keeps a message up to date while work goes on: no more often than the platform bears, and the last word always arrives.
import { pause } from './pause.ts';

export interface Following<T> {
  /** Waits until the next word may be said. `ended` aborts when no newer one will come. */
  readonly pace: (ended: AbortSignal) => Promise<void>;
  /** Says it. 'again': it or a newer one is to be tried once more; 'over': nobody is there to be told. */
  readonly revise: (newest: T, ended: AbortSignal) => Promise<'again' | 'over' | void>;
  readonly stopping: AbortSignal;
}

/** So many milliseconds between two words; the last one does not wait for them. */
export function everyMs(ms: number): Following<unknown>['pace'] {
  let next = -Infinity;
  return async (ended) => {
    const now = performance.now();
    if (next > now) await pause(next - now, ended);
    next = performance.now() + ms;
  };
}

/**
 * Says the newest of `updates`: what was overtaken is left out, the last is never. Ends when the updates do, or soon after
 * `stopping`, and then the newest known is said once more. Rejects when `revise` does, or when the updates did.
 */
export async function follow<T>(updates: AsyncIterable<T>, { pace, revise, stopping }: Following<T>): Promise<void> {
  const iterator = updates[Symbol.asyncIterator]();
  const over = new AbortController();
  const ended = over.signal;
  let newest: { readonly value: T } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};

  async function listen(): Promise<void> {
    for (let step = await iterator.next(); step.done !== true && !ended.aborted; step = await iterator.next()) {
      newest = { value: step.value };
      wake();
    }
  }

  const end = (): void => {
    over.abort();
    wake();
  };
  stopping.addEventListener('abort', end, { once: true });
  if (stopping.aborted) end();
  void listen()
    .catch((error: unknown) => (failure = { error }))
    .finally(end);
  try {
    for (;;) {
      if (newest === undefined && !ended.aborted) await new Promise<void>((resolve) => (wake = resolve));
      if (newest === undefined) break;
      await pace(ended);
      const { value } = newest;
      newest = undefined;
      const how = await revise(value, ended);
      if (how === 'over') break;
      if (how === 'again') newest ??= { value };
    }
  } finally {
    end();
    stopping.removeEventListener('abort', end);
    // A source that waits for its next step cannot be hurried; it is left to itself.
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
  if (failure !== undefined) throw failure.error;
}
