// Being connected to Telegram: who we are, polling or webhook, and what to do when it does not work. Whatever goes wrong
// is waited out, but for a refused token, which only a person can mend.
import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Health } from '../../src/recognition/chat.ts';
import type { Log } from '../../src/log.ts';
import { describe, isConflict, isRefusedToken, retryAfter } from './failures.ts';
import { pause } from './pause.ts';

/** Kinds of update we use; Telegram sends no others then. Edited messages and channels' posts are not among them. */
export const ALLOWED_UPDATES = ['message', 'callback_query'] as const;

export class RefusedToken extends Error {
  override readonly name = 'RefusedToken';
}

export interface ConnectionDeps {
  readonly api: Api;
  readonly log: Log;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** Seconds that Telegram holds a poll open when there is nothing new. */
  readonly pollSeconds: number;
  /** Waits between attempts, in milliseconds: the first, and the longest it grows to by doubling. */
  readonly backoff: { readonly first: number; readonly most: number };
  readonly clock: () => number;
  readonly leaving: AbortSignal;
}

export interface Connection {
  health(): Health;
  /** Resolves as soon as the health is anything but 'starting'. */
  known(): Promise<void>;
  /** Makes ready to receive; insists until it works. Rejects with RefusedToken, or when leaving. */
  open(): Promise<UserFromGetMe>;
  /** The next updates, at most so many; insists likewise. */
  poll(limit: number, signal: AbortSignal): Promise<readonly Update[]>;
  /** Tells Telegram that everything before this update is done with. */
  confirm(before: number): Promise<void>;
  /** The update after the last one received; undefined before there was one. */
  next(): number | undefined;
}

const refusal =
  'Telegram refuses TELEGRAM_BOT_TOKEN. Get the right one from @BotFather (/mybots, API Token), put it in .env and start again';
const conflict =
  'Another process is using this TELEGRAM_BOT_TOKEN. Stop the other one, or give this one a bot of its own; trying again meanwhile';
/** Two pollers take turns: this long without a conflict makes the next one news again. */
const CONFLICT_IS_NEWS_AFTER_MS = 600_000;

export function makeConnection(deps: ConnectionDeps): Connection {
  const { api, log, webhook, pollSeconds, backoff, clock, leaving } = deps;
  let health: Health = { state: 'starting' };
  let offset: number | undefined;
  let lastConflict = -Infinity;
  let told: string | undefined;
  let tell: () => void = () => {};
  const known = new Promise<void>((resolve) => (tell = resolve));

  function become(next: Health): void {
    health = next;
    tell();
  }

  function isUp(): void {
    if (health.state === 'up') return;
    if (told !== undefined) log.info('Telegram: connected again');
    told = undefined;
    become({ state: 'up' });
  }

  function isDown(error: unknown): void {
    const because = isConflict(error) ? conflict : `Telegram cannot be reached; trying again (${describe(error)})`;
    if (isConflict(error)) {
      const isNews = clock() - lastConflict > CONFLICT_IS_NEWS_AFTER_MS;
      lastConflict = clock();
      if (isNews) log.warn(because);
    } else if (told === undefined) log.warn(because);
    told = because;
    become({ state: 'down', because });
  }

  async function insist<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let wait = backoff.first; ; wait = Math.min(2 * wait, backoff.most)) {
      try {
        return await task();
      } catch (error) {
        if (signal.aborted) throw error;
        if (isRefusedToken(error)) {
          log.error(refusal);
          become({ state: 'down', because: refusal });
          throw new RefusedToken(refusal, { cause: describe(error) });
        }
        isDown(error);
        const seconds = retryAfter(error);
        await pause(seconds === undefined ? wait : 1000 * seconds, signal);
      }
    }
  }

  return {
    health: () => health,
    known: () => known,
    next: () => offset,
    async open() {
      const me = await insist(() => api.getMe(), leaving);
      const kinds = { allowed_updates: ALLOWED_UPDATES };
      // A webhook left from before would refuse us the polling; updates that wait are kept.
      if (webhook === null) await insist(() => api.deleteWebhook(), leaving);
      else await insist(() => api.setWebhook(webhook.url, { secret_token: webhook.secret, ...kinds }), leaving);
      isUp();
      return me;
    },
    async poll(limit, signal) {
      const updates = await insist(
        () =>
          api.getUpdates(
            {
              offset: offset ?? 0,
              limit: Math.max(1, Math.min(limit, 100)),
              // After trouble a short poll tells at once that all is well again.
              timeout: health.state === 'up' ? pollSeconds : 0,
              allowed_updates: ALLOWED_UPDATES,
            },
            signal as unknown as Parameters<Api['getUpdates']>[1],
          ),
        signal,
      );
      isUp();
      const last = updates.at(-1);
      if (last !== undefined) offset = last.update_id + 1;
      return updates;
    },
    async confirm(before) {
      await api.getUpdates({ offset: before, limit: 1, timeout: 0 });
    },
  };
}
