// A message that changes while work goes on, as often as a page can usefully show it; the last state is always told.
import type { Message } from '../../src/chat/event.ts';

const PAUSE_MS = 200;

/** Tells the states of `updates` until they end or `stopping` is aborted; `live` is false with the last one, which is `first` where there was none. */
export async function follow(
  first: Message,
  updates: AsyncIterable<Message>,
  stopping: AbortSignal,
  tell: (message: Message, live: boolean) => void,
): Promise<void> {
  let latest = first;
  let toldAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const iterator = updates[Symbol.asyncIterator]();
  const stop = () => void Promise.resolve(iterator.return?.()).catch(() => undefined);
  stopping.addEventListener('abort', stop, { once: true });
  const tellNow = () => {
    timer = undefined;
    toldAt = performance.now();
    tell(latest, true);
  };
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) break;
      latest = next.value;
      timer ??= setTimeout(tellNow, Math.max(0, toldAt + PAUSE_MS - performance.now()));
    }
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
    tell(latest, false);
  }
}
