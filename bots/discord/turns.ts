// So many at a time: whoever comes later waits for a turn.

/** Returns a function that runs work when fewer than `most` are running, in the order it was asked. */
export function makeTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // A turn that becomes free is handed on, so that nobody slips in before those who wait.
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
