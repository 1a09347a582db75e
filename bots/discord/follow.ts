// Keeps a message up to date while work goes on: no more often than the platform bears, and the last word always counts.

/**
 * Calls `edit` with the newest of `updates`, at most once every `everyMs`; what was overtaken is left out, the last is
 * never. Ends when the updates do, or soon after `stopping`: then the newest known is written once more. Rejects when `edit` does.
 */
export async function follow<T>(
  updates: AsyncIterable<T>,
  edit: (newest: T) => Promise<void>,
  { everyMs, stopping }: { readonly everyMs: number; readonly stopping: AbortSignal },
): Promise<void> {
  const iterator = updates[Symbol.asyncIterator]();
  let newest: { readonly value: T } | undefined;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};

  const reading = (async () => {
    for (let step = await iterator.next(); step.done !== true && !stopping.aborted; step = await iterator.next()) {
      newest = { value: step.value };
      wake();
    }
  })()
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => {
      ended = true;
      wake();
    });

  const over = (): boolean => ended || stopping.aborted;
  const pause = (ms: number | undefined, until: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        stopping.removeEventListener('abort', done);
        wake = () => {};
        resolve();
      }
      wake = () => {
        if (until()) done();
      };
      stopping.addEventListener('abort', done);
      if (until()) done();
    });

  try {
    while (!over() || newest !== undefined) {
      if (newest === undefined) {
        await pause(undefined, () => newest !== undefined || over());
        continue;
      }
      const { value } = newest;
      newest = undefined;
      await edit(value);
      if (!over()) await pause(everyMs, over);
    }
  } finally {
    // A source that waits for its next step cannot be hurried; it is left to itself.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => {});
  }
  if (ended) await reading;
  if (failure !== undefined) throw failure.error;
}
