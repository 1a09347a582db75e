// What is being worked on, so that stopping can wait for it.
import { setMaxListeners } from 'node:events';
import { pause } from './pause.ts';

interface InHand {
  /** Counts the work until it settles. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Aborts when stopping begins: what could go on for ever comes to an end, and nothing more is taken. */
  readonly stopping: AbortSignal;
  /** Aborts when the time to stop is over: what is still in hand is given up. */
  readonly over: AbortSignal;
  /** Begins to stop, and resolves when all is done or the time is over, with how much was left. */
  drain(graceMs: number): Promise<number>;
}

export function makeInHand(): InHand {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const over = new AbortController();
  // As many as are in hand listen to them.
  setMaxListeners(0, stopping.signal, over.signal);

  async function done(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  return {
    stopping: stopping.signal,
    over: over.signal,
    hold(work) {
      const held = work.finally(() => running.delete(held));
      running.add(held);
      return held;
    },
    async drain(graceMs) {
      stopping.abort();
      await Promise.race([done(), pause(graceMs, over.signal)]);
      over.abort();
      return running.size;
    },
  };
}
