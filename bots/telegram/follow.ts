// One message that is edited as work goes on: as seldom as Telegram bears, and the last word always arrives.
import type { Api } from 'grammy';
import type { Message } from '../../src/chat/event.ts';
import type { Log } from '../../src/log.ts';
import { describe, isGone, retryAfter } from './failures.ts';
import { revise, type Said } from './outgoing.ts';
import { pause } from './pause.ts';

export interface FollowDeps {
  readonly api: Api;
  readonly log: Log;
  /** Milliseconds between two edits in one chat. */
  readonly everyMs: number;
  readonly clock: () => number;
  /** Once aborted, the newest word is delivered and nothing more is waited for. */
  readonly leaving: AbortSignal;
}

export type Follow = (said: Said, updates: AsyncIterable<Message>) => Promise<void>;

const LAST_WORD_ATTEMPTS = 3;

export function makeFollow({ api, log, everyMs, clock, leaving }: FollowDeps): Follow {
  /** When each chat may be edited next; several messages of one chat share it. */
  const nextTurn = new Map<number, number>();

  async function waitTurn(chat: number): Promise<void> {
    const now = clock();
    const turn = Math.max(now, nextTurn.get(chat) ?? 0);
    for (const [each, time] of nextTurn) if (time <= now) nextTurn.delete(each);
    nextTurn.set(chat, turn + everyMs);
    if (turn > now) await pause(turn - now, leaving).catch(() => {});
  }

  return async (said, updates) => {
    let newest: Message | undefined;
    let ended = false;
    let wake: () => void = () => {};
    const iterator = updates[Symbol.asyncIterator]();

    async function listen(): Promise<void> {
      try {
        for (;;) {
          const { done, value } = await iterator.next();
          if (done === true) break;
          newest = value;
          wake();
        }
      } catch (error) {
        log.warn({ because: describe(error) }, 'Telegram: the updates of a message broke off');
      } finally {
        ended = true;
        wake();
      }
    }

    const leave = (): void => {
      ended = true;
      // A generator that waits for something answers only later: nobody waits for it.
      iterator.return?.().catch(() => {});
      wake();
    };
    leaving.addEventListener('abort', leave, { once: true });
    const listening = listen();
    let failures = 0;
    let before: string | undefined;
    try {
      for (;;) {
        if (newest === undefined) {
          if (ended || leaving.aborted) return;
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        await waitTurn(said.spot.chat);
        const message: Message = newest;
        newest = undefined;
        const written = JSON.stringify([message.text, message.keyboard]);
        if (written === before && message.pictures === undefined && message.files === undefined) continue;
        try {
          if ((await revise(api, said, message)) === 'lost') return;
          failures = 0;
          before = written;
        } catch (error) {
          failures += 1;
          if (isGone(error) || (ended && failures >= LAST_WORD_ATTEMPTS)) throw error;
          // A newer word may have come meanwhile; else this one is tried again.
          newest ??= message;
          await pause(1000 * (retryAfter(error) ?? failures), leaving).catch(() => {});
        }
      }
    } catch (error) {
      log.warn({ because: describe(error) }, 'Telegram: a message could not be brought up to date');
    } finally {
      leaving.removeEventListener('abort', leave);
      iterator.return?.().catch(() => {});
      if (!leaving.aborted) await listening;
    }
  };
}
