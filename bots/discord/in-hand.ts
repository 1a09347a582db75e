// What is being worked on, so that stopping can wait for it.

export interface InHand {
  /** Runs the work and counts it until it ends; refused (nothing runs) once stopping has begun. The work must not reject. */
  run(work: () => Promise<void>): void;
  /** Aborts when stopping begins: what could go on for ever comes to an end. */
  readonly stopping: AbortSignal;
  /** Takes nothing more, and resolves when all is done or the time is over, with how much was left. */
  drain(graceMs: number): Promise<number>;
}

export function makeInHand(): InHand {
  const running = new Set<Promise<void>>();
  const controller = new AbortController();
  return {
    stopping: controller.signal,
    run(work) {
      if (controller.signal.aborted) return;
      const promise = work().finally(() => running.delete(promise));
      running.add(promise);
    },
    async drain(graceMs) {
      controller.abort();
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      const done = (async () => {
        while (running.size > 0) await Promise.all(running);
      })();
      await Promise.race([done, over]);
      clearTimeout(timer);
      return running.size;
    },
  };
}
