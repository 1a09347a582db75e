// One message that is edited as work goes on: as seldom as Telegram bears, and the last word is insisted on.
import type { Api } from 'grammy';
import type { Message } from '../../src/chat/event.ts';
import type { Log } from '../../src/log.ts';
import { Newest } from '../../src/newest.ts';
import { follow } from '../shared/follow.ts';
import { pause } from '../shared/pause.ts';
import { describe, isGone, retryAfter } from './failures.ts';
import { revise, type Said } from './outgoing.ts';

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
const CHATS = 10_000;

export function makeFollow({ api, log, everyMs, clock, leaving }: FollowDeps): Follow {
  /** When each chat may be edited next; several messages of one chat share it, and the last word of one waits as well. */
  const nextTurn = new Newest<number, number>(CHATS);

  async function waitTurn(chat: number): Promise<void> {
    const now = clock();
    const turn = Math.max(now, nextTurn.get(chat) ?? 0);
    nextTurn.set(chat, turn + everyMs);
    if (turn > now) await pause(turn - now, leaving);
  }

  return async (said, updates) => {
    let failures = 0;
    let before: string | undefined;
    await follow(updates, {
      stopping: leaving,
      pace: () => waitTurn(said.spot.chat),
      async revise(message, ended) {
        const written = JSON.stringify([message.text, message.keyboard]);
        if (written === before && message.pictures === undefined && message.files === undefined) return undefined;
        try {
          const how = await revise(api, said, message);
          failures = 0;
          before = written;
          return how === 'edited' ? undefined : 'over';
        } catch (error) {
          failures += 1;
          if (isGone(error) || (ended.aborted && failures >= LAST_WORD_ATTEMPTS)) throw error;
          await pause(1000 * (retryAfter(error) ?? failures), leaving);
          return 'again';
        }
      },
    }).catch((error: unknown) =>
      log.warn({ because: describe(error) }, 'Telegram: a message could not be kept up to date'),
    );
  };
}
