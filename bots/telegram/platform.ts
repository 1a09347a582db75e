// Telegram as a chat platform: a bot that polls (or is called), hears what is said to it and carries it to the product.
// Everything Telegram-specific stays in this folder; the product knows only events and replies.
import { setMaxListeners } from 'node:events';
import { createConcurrentSink, createRunner, createSource, type RunnerHandle } from '@grammyjs/runner';
import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { TelegramSettings } from './settings.ts';
import { OperationalError } from '../../src/errors.ts';
import { type Log, redact } from '../../src/log.ts';
import type { ChatPlatform, CommandInfo, HandleEvent, Message } from '../../src/chat/event.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { Language, Say } from '../../src/words/words.ts';
import { makeAdmins } from './admins.ts';
import { makeConnection, RefusedToken } from './connection.ts';
import { makeConversation } from './conversation.ts';
import { makeDownload } from './download.ts';
import { describe, isGone, movedTo } from './failures.ts';
import { makeFollow } from './follow.ts';
import { type HeardContext, installHearing } from './hearing.ts';
import { READ } from './incoming.ts';
import { makeMenus, type MenuDeps } from './menus.ts';
import { say, type Spot, spotOf } from './outgoing.ts';
import { pause } from './pause.ts';
import { installRetries } from './retry.ts';
import { type Timing, usualTiming } from './timing.ts';
import { makeWebhook } from './webhook.ts';

export interface TelegramDeps {
  readonly config: TelegramSettings;
  readonly handle: HandleEvent;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** Telegram ids of those who run the bot now: for their menus only. */
  readonly operators: () => readonly string[];
  /** Small values that outlive the process (who was given an operator's menu). */
  readonly memory: MenuDeps['memory'];
  /** How a person is spoken to, for what this edge has to say by itself. */
  readonly sayTo: SayTo;
  readonly say: (language: Language) => Say;
  readonly log: Log;
  readonly timing?: Partial<Timing>;
}

export interface TelegramPlatform extends ChatPlatform {
  /** Where a webhook is set: answers Telegram's calls to the path of its URL. Null when polling. */
  readonly webhook: ((request: Request) => Promise<Response>) | null;
}

/**
 * Updates taken over at once: more than photos may wait (hearing.ts), so that everybody is seen at once and told when it is
 * too much; no more than can be done in the time that stopping allows.
 */
const TAKEN_OVER = 400;
const ADMINS_KEPT_MS = 60_000;

export function makeTelegramPlatform(deps: TelegramDeps): TelegramPlatform {
  const { config, commands, operators, memory, log } = deps;
  const { token, apiRoot, webhook } = config;
  // Only how long something takes is asked of it: one that nobody sets.
  const clock = (): number => performance.now();
  const timing = { ...usualTiming, ...deps.timing };
  /** Aborted when we stop listening, and when there is no time left for what is in hand. */
  const leaving = new AbortController();
  const over = new AbortController();
  // As many downloads as are at work listen to it.
  setMaxListeners(0, leaving.signal, over.signal);

  const bot = new Bot<HeardContext>(token, { client: { apiRoot, timeoutSeconds: timing.requestSeconds } });
  const { api } = bot;
  installRetries(api, timing.retryMs);
  const connection = makeConnection({ api, log, webhook, timing, clock, leaving: leaving.signal });
  const menus = makeMenus({ api, commands, operators, words: deps.say, memory, log });
  const conversation = makeConversation({
    api,
    handle: deps.handle,
    download: makeDownload({ api, apiRoot, token, timing }),
    follow: makeFollow({ api, log, everyMs: timing.editEveryMs, clock, leaving: leaving.signal }),
    isChatAdmin: makeAdmins({ api, keepMs: ADMINS_KEPT_MS, clock }),
    sayTo: deps.sayTo,
    log,
    over: over.signal,
  });
  installHearing(bot, {
    conversation,
    ourCommands: new Set([READ, ...commands('en').map(({ name }) => name)]),
    greeted: (user) => menus.installFor(String(user)),
    log,
    clock,
  });

  const failed = (what: string, error: unknown): void => {
    const inner = error instanceof Error && 'error' in error ? error.error : error;
    log.error({ because: redact(describe(inner), [token]) }, `Telegram: ${what}`);
  };

  const inHand = new Set<number>();
  const sink = createConcurrentSink<Update, unknown>(
    {
      consume: async (update) => {
        inHand.add(update.update_id);
        try {
          await bot.handleUpdate(update);
        } finally {
          inHand.delete(update.update_id);
        }
      },
    },
    (error) => Promise.resolve(failed('an update could not be handled', error)),
    { concurrency: TAKEN_OVER },
  );

  let runner: RunnerHandle | undefined;
  let listening: Promise<void> | undefined;

  async function listen(): Promise<void> {
    bot.botInfo = await connection.open();
    log.info({ bot: bot.botInfo.username, by: webhook === null ? 'polling' : 'webhook' }, 'Telegram: listening');
    void menus.install();
    if (webhook !== null) return;
    const source = createSource<Update>({
      supply: async (limit, signal) => [...(await connection.poll(limit, signal as unknown as AbortSignal))],
    });
    runner = createRunner(source, sink);
    runner.start();
    await runner.task();
  }

  /** Tells Telegram what is done with; what is still in hand it delivers again, to whoever comes next. */
  async function confirm(): Promise<void> {
    const next = connection.next();
    if (next !== undefined) await connection.confirm(Math.min(next, ...inHand));
  }

  async function sendTo(spot: Spot, message: Message): Promise<'sent' | 'gone'> {
    try {
      await say(api, spot, message);
      return 'sent';
    } catch (error) {
      const moved = movedTo(error);
      if (moved !== undefined && moved !== spot.chat) return sendTo({ chat: moved }, message);
      if (isGone(error)) return 'gone';
      throw new OperationalError(`Telegram did not take a message (${describe(error)})`);
    }
  }

  return {
    name: 'telegram',
    health: () => connection.health(),
    webhook:
      webhook === null
        ? null
        : makeWebhook({
            secret: webhook.secret,
            accept: (update) => {
              if (leaving.signal.aborted || !bot.isInited() || sink.size() >= TAKEN_OVER) return false;
              void sink.handle([update]);
              return true;
            },
          }),
    async start() {
      listening = listen().catch((error: unknown) => {
        if (!(error instanceof RefusedToken) && !leaving.signal.aborted) failed('stopped listening', error);
      });
      await connection.known();
    },
    async stop(graceMs) {
      const deadline = AbortSignal.timeout(graceMs);
      leaving.abort();
      runner?.stop()?.catch(() => {});
      try {
        // Handlers still run when the runner has stopped: they are waited for, up to the deadline.
        while (sink.size() > 0) await pause(10, deadline);
        await before(deadline, Promise.all([listening, ...conversation.following()]));
      } catch {
        log.warn({ updates: sink.size() }, 'Telegram: stopped with work still in hand');
      } finally {
        over.abort();
      }
      if (runner !== undefined) await before(deadline, confirm()).catch(() => {});
    },
    operatorChanged: (id) => menus.installFor(id),
    // A person's private chat with a bot has the person's own number.
    privately: (id) => (/^\d{1,15}$/.test(id) ? { chat: Number(id) } : undefined),
    async send(address, message) {
      const spot = spotOf(address);
      return spot === undefined ? 'gone' : sendTo(spot, message);
    },
  };
}

/** The work's outcome, or a rejection at the deadline. */
function before(deadline: AbortSignal, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([
    work,
    new Promise((_, reject) => {
      if (deadline.aborted) reject(new Error('out of time'));
      else deadline.addEventListener('abort', () => reject(new Error('out of time')), { once: true });
    }),
  ]);
}
