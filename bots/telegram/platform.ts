// Telegram as a chat platform: a bot that polls (or is called), hears what is said to it and carries it to the product.
// Everything Telegram-specific stays in this folder; the product knows only events and replies.
import { createConcurrentSink, createRunner, createSource, type RunnerHandle, sequentialize } from '@grammyjs/runner';
import { Bot, type Context } from 'grammy';
import type { Update } from 'grammy/types';
import type { Config } from '../../src/config.ts';
import { OperationalError } from '../../src/errors.ts';
import { type Log, redact } from '../../src/log.ts';
import type { ChatPlatform, CommandInfo, HandleEvent } from '../../src/recognition/chat.ts';
import type { Language, Say } from '../../src/words/words.ts';
import { makeAdmins } from './admins.ts';
import { type Connection, makeConnection, RefusedToken } from './connection.ts';
import { makeConversation } from './conversation.ts';
import { makeDownload } from './download.ts';
import { describe, isGone, movedTo } from './failures.ts';
import { makeFollow } from './follow.ts';
import { hear, type Heard } from './incoming.ts';
import { makeMenus } from './menus.ts';
import { say, spotOf } from './outgoing.ts';
import { makeTurns, pause } from './pause.ts';
import { makeRecent } from './recent.ts';
import { installRetries } from './retry.ts';
import { makeWebhook } from './webhook.ts';

/** Times in milliseconds (seconds where named); the tests make them short. */
export interface Timing {
  readonly requestSeconds: number;
  readonly pollSeconds: number;
  readonly downloadMs: number;
  readonly retryMs: number;
  readonly editEveryMs: number;
  readonly backoff: { readonly first: number; readonly most: number };
}

const usualTiming: Timing = {
  requestSeconds: 60,
  pollSeconds: 30,
  downloadMs: 15_000,
  retryMs: 500,
  editEveryMs: 1100,
  backoff: { first: 1000, most: 30_000 },
};

export interface TelegramDeps {
  readonly config: NonNullable<Config['telegram']>;
  readonly handle: HandleEvent;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** Telegram ids of those who run the bot: for their menus only. */
  readonly operators: readonly string[];
  readonly say: (language: Language) => Say;
  readonly log: Log;
  readonly clock?: () => number;
  readonly timing?: Partial<Timing>;
}

export interface TelegramPlatform extends ChatPlatform {
  /** Where a webhook is set: what answers Telegram at the path of its URL. Null when polling. */
  readonly webhook: ((request: Request) => Promise<Response>) | null;
}

/** Photos and presses in work at once: reading is CPU work, more would only wait elsewhere. */
const AT_WORK = 32;
/** Updates taken over at once; those of one chat wait in line for each other without keeping others from work. */
const TAKEN_OVER = 128;
/** One chat's photos waiting; who sends more is asked to slow down. */
const PHOTOS_IN_LINE = 30;
const REMEMBERED = 10_000;
const ADMINS_KEPT_MS = 60_000;

type Ctx = Context & { heard?: Heard };

export function makeTelegramPlatform(deps: TelegramDeps): TelegramPlatform {
  const { config, handle, commands, operators, log } = deps;
  const { token, apiRoot } = config;
  const clock = deps.clock ?? Date.now;
  const timing = { ...usualTiming, ...deps.timing };
  /** Aborted when we stop listening; and when there is no time left for what is in hand. */
  const leaving = new AbortController();
  const over = new AbortController();

  const bot = new Bot<Ctx>(token, { client: { apiRoot, timeoutSeconds: timing.requestSeconds } });
  const { api } = bot;
  installRetries(api, timing.retryMs);
  const connection = makeConnection({
    api,
    log,
    webhook: config.webhook,
    pollSeconds: timing.pollSeconds,
    backoff: timing.backoff,
    clock,
    leaving: leaving.signal,
  });
  const menus = makeMenus({ api, commands, operators, log });
  const conversation = makeConversation({
    api,
    handle,
    download: makeDownload({ api, apiRoot, token, timeoutMs: timing.downloadMs, retryMs: timing.retryMs }),
    follow: makeFollow({ api, log, everyMs: timing.editEveryMs, clock, leaving: leaving.signal }),
    isChatAdmin: makeAdmins({ api, keepMs: ADMINS_KEPT_MS, clock }),
    words: deps.say,
    log,
    over: over.signal,
  });

  const seen = makeRecent(REMEMBERED);
  const ourAlbums = makeRecent(REMEMBERED);
  const ourCommands = new Set(commands('en').map(({ name }) => name));
  const inLine = new Map<number, number>();
  const inTurn = makeTurns(AT_WORK);

  // What was delivered twice is done once.
  bot.use(async (ctx, next) => {
    if (seen.add(ctx.update.update_id)) await next();
  });
  // Heard, and acknowledged, before it waits for its chat's turn.
  bot.on('message', async (ctx, next) => {
    const { message, chat } = ctx;
    const heard = hear(message, {
      me: ctx.me,
      isOurCommand: (name) => ourCommands.has(name),
      isOurAlbum: (album) => ourAlbums.has(album),
    });
    if (heard.kind === 'nothing') return;
    ctx.heard = heard;
    if (heard.kind !== 'photo') return next();
    if (message.media_group_id !== undefined) ourAlbums.add(message.media_group_id);
    const before = inLine.get(chat.id) ?? 0;
    if (before > PHOTOS_IN_LINE) return;
    inLine.set(chat.id, before + 1);
    try {
      if (before === PHOTOS_IN_LINE) return await conversation.busy(message);
      const thread = message.is_topic_message === true ? message.message_thread_id : undefined;
      api
        .sendChatAction(chat.id, 'typing', thread === undefined ? {} : { message_thread_id: thread })
        .catch((error: unknown) => log.debug({ because: describe(error) }, 'Telegram: not acknowledged'));
      await next();
    } finally {
      const left = (inLine.get(chat.id) ?? 1) - 1;
      if (left === 0) inLine.delete(chat.id);
      else inLine.set(chat.id, left);
    }
  });
  bot.use(sequentialize((ctx) => (ctx.chat === undefined ? [] : [String(ctx.chat.id)])));
  bot.on('message', async (ctx) => {
    const { message, heard } = ctx;
    if (heard === undefined) return;
    await inTurn(() => conversation.message(message, heard));
    const isStart = heard.kind === 'command' && heard.name === 'start' && ctx.chat.type === 'private';
    if (isStart && operators.includes(String(message.from.id))) await menus.installFor(String(message.from.id));
  });
  bot.on('callback_query', (ctx) => inTurn(() => conversation.press(ctx.callbackQuery)));

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
    async (error) => {
      const inner = error instanceof Error && 'error' in error ? error.error : error;
      log.error({ because: redact(describe(inner), [token]) }, 'Telegram: an update could not be handled');
    },
    { concurrency: TAKEN_OVER },
  );

  let runner: RunnerHandle | undefined;
  async function listen(): Promise<void> {
    bot.botInfo = await connection.open();
    log.info({ bot: bot.botInfo.username, by: config.webhook === null ? 'polling' : 'webhook' }, 'Telegram: listening');
    void menus.install();
    if (config.webhook !== null) return;
    const source = createSource<Update>({
      supply: async (limit, signal) => [...(await connection.poll(limit, signal as unknown as AbortSignal))],
    });
    runner = createRunner(source, sink);
    runner.start();
    await runner.task();
  }

  let listening: Promise<void> | undefined;
  return {
    name: 'telegram',
    health: connection.health,
    webhook:
      config.webhook === null
        ? null
        : makeWebhook({
            secret: config.webhook.secret,
            accept: (update) => {
              if (leaving.signal.aborted || !bot.isInited() || sink.size() >= TAKEN_OVER) return false;
              void sink.handle([update]);
              return true;
            },
          }),
    async start() {
      listening = listen().catch((error: unknown) => {
        if (error instanceof RefusedToken || leaving.signal.aborted) return;
        log.error({ because: redact(describe(error), [token]) }, 'Telegram: stopped listening');
      });
      await connection.known();
    },
    async stop(graceMs) {
      const time = new AbortController();
      const timer = setTimeout(() => time.abort(), graceMs);
      leaving.abort();
      runner?.stop()?.catch(() => {});
      try {
        // Handlers still run when the runner has stopped: they are waited for, up to the deadline.
        while (sink.size() > 0) await pause(10, time.signal);
        await until(Promise.all([listening, ...conversation.following()]), time.signal);
      } catch {
        log.warn({ updates: sink.size() }, 'Telegram: stopped with updates still in hand');
      } finally {
        over.abort();
      }
      if (runner !== undefined) await confirm(connection, inHand, time.signal);
      clearTimeout(timer);
    },
    async send(address, message) {
      const spot = spotOf(address);
      if (spot === undefined) return 'gone';
      try {
        await say(api, spot, message);
        return 'sent';
      } catch (error) {
        const moved = movedTo(error);
        if (moved !== undefined) return this.send({ chat: moved }, message);
        if (isGone(error)) return 'gone';
        throw new OperationalError(`Telegram did not take a message (${describe(error)})`);
      }
    },
  };
}

/** Tells Telegram what is done with, so that it is not delivered again; what is still in hand will be, after a restart. */
async function confirm(connection: Connection, inHand: ReadonlySet<number>, time: AbortSignal): Promise<void> {
  const next = connection.next();
  if (next === undefined || time.aborted) return;
  await until(connection.confirm(Math.min(next, ...inHand)), time).catch(() => {});
}

function until(work: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return Promise.race([
    work,
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('out of time')), { once: true }),
    ),
  ]);
}
