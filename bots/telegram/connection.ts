// Being connected to Telegram: who we are, polling or webhook, and what to do when it does not work. Whatever goes wrong
// is waited out, but for a refused token, which only a person can mend.
import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Health } from '../../src/health.ts';
import type { Log } from '../../src/log.ts';
import { pause } from '../shared/pause.ts';
import { describe, isConflict, isRefusedToken, retryAfter } from './failures.ts';
import { forApi } from './signal.ts';
import type { Timing } from './timing.ts';
import { REFUSED, type TelegramSettings } from './settings.ts';

/** Kinds of update we use; Telegram sends no others then. Edited messages and channels' posts are not among them. */
const ALLOWED_UPDATES = ['message', 'callback_query'] as const;
/** Asked for only where the bot may be a guest: an older server never hears of it. */
const AS_A_GUEST = [...ALLOWED_UPDATES, 'guest_message'] as const;

export class RefusedToken extends Error {
  override readonly name = 'RefusedToken';
}

interface ConnectionDeps {
  readonly api: Api;
  readonly log: Log;
  readonly webhook: TelegramSettings['webhook'];
  readonly timing: Pick<Timing, 'pollSeconds' | 'backoff'>;
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
  poll(limit: number): Promise<readonly Update[]>;
  /** Tells Telegram that everything before this update is done with. */
  confirm(before: number, signal: AbortSignal): Promise<void>;
  /** The update after the last one received; undefined before there was one. */
  next(): number | undefined;
}

const refusal = REFUSED;
const conflict =
  'Another process is using this TELEGRAM_BOT_TOKEN. Stop the other one, or give this one a bot of its own; trying again meanwhile';
/** Two pollers take turns: this long without a conflict makes the next one news again. */
const CONFLICT_IS_NEWS_AFTER_MS = 600_000;

export function makeConnection(deps: ConnectionDeps): Connection {
  const { api, log, webhook, clock, leaving } = deps;
  const { pollSeconds, backoff } = deps.timing;
  let health: Health = { state: 'starting' };
  let offset: number | undefined;
  let allowed: typeof ALLOWED_UPDATES | typeof AS_A_GUEST = ALLOWED_UPDATES;
  let lastConflict = -Infinity;
  /** Whether the trouble we are in was told to the log. */
  let wasTold = false;
  let tell: () => void = () => {};
  const known = new Promise<void>((resolve) => (tell = resolve));

  function become(next: Health): void {
    health = next;
    tell();
  }

  function isUp(): void {
    if (health.state === 'up') return;
    if (wasTold) log.info('Telegram: connected again');
    wasTold = false;
    become({ state: 'up' });
  }

  function isDown(error: unknown): void {
    const conflicts = isConflict(error);
    const because = conflicts ? conflict : trouble(error);
    const isNews = conflicts ? clock() - lastConflict > CONFLICT_IS_NEWS_AFTER_MS : health.state !== 'down';
    if (conflicts) lastConflict = clock();
    // What is wrong at the start is said by whoever started us, from our health.
    if (isNews) {
      if (health.state !== 'starting') log.warn(because);
      wasTold = true;
    }
    become({ state: 'down', because });
  }

  async function insist<T>(task: () => Promise<T>): Promise<T> {
    for (let wait = backoff.first; ; wait = Math.min(2 * wait, backoff.most)) {
      try {
        return await task();
      } catch (error) {
        if (leaving.aborted) throw error;
        if (isRefusedToken(error)) {
          if (health.state !== 'starting') log.error(refusal);
          become({ state: 'down', because: refusal });
          throw new RefusedToken(refusal, { cause: describe(error) });
        }
        // A poll that breaks off once is an ordinary day.
        const isBlip = health.state === 'up' && wait === backoff.first && !isConflict(error);
        if (!isBlip) isDown(error);
        const seconds = retryAfter(error);
        await pause(seconds === undefined ? wait : 1000 * seconds, leaving);
        leaving.throwIfAborted();
      }
    }
  }

  return {
    health: () => health,
    known: () => known,
    next: () => offset,
    async open() {
      const me = await insist(() => api.getMe(forApi(leaving)));
      if (me.supports_guest_queries === true) allowed = AS_A_GUEST;
      const kinds = { allowed_updates: allowed };
      // A webhook left from before would refuse us the polling; updates that wait are kept.
      if (webhook === null) await insist(() => api.deleteWebhook({}, forApi(leaving)));
      else {
        const options = { secret_token: webhook.secret, ...kinds };
        await insist(() => api.setWebhook(webhook.url, options, forApi(leaving)));
      }
      isUp();
      return me;
    },
    async poll(limit) {
      const updates = await insist(() =>
        api.getUpdates(
          {
            offset: offset ?? 0,
            limit: Math.max(1, Math.min(limit, 100)),
            // After trouble a short poll tells at once that all is well again.
            timeout: health.state === 'up' ? pollSeconds : 0,
            allowed_updates: allowed,
          },
          forApi(leaving),
        ),
      );
      isUp();
      const last = updates.at(-1);
      if (last !== undefined) offset = last.update_id + 1;
      return updates;
    },
    async confirm(before, signal) {
      await api.getUpdates({ offset: before, limit: 1, timeout: 0 }, forApi(signal));
    },
  };
}

function trouble(error: unknown): string {
  const what = describe(error);
  return what.startsWith('setWebhook: 400')
    ? `Telegram does not take TELEGRAM_WEBHOOK_URL; trying again (${what})`
    : `Telegram cannot be reached; trying again (${what})`;
}
