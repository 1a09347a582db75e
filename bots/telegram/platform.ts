// Telegram as a chat platform: a bot that polls (or is called), hears what is said to it and carries it to the product.
// Everything Telegram-specific stays in this folder; the product knows only events and replies.
import { createConcurrentSink, createRunner, createSource, type RunnerHandle } from '@grammyjs/runner';
import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { OperationalError } from '../../src/errors.ts';
import { redact } from '../../src/log.ts';
import type { ChatPlatform, Message } from '../../src/chat/event.ts';
import type { BotDeps } from '../kind.ts';
import { makeDownload } from '../shared/download.ts';
import { iconJpeg } from '../shared/icon.ts';
import { makeInHand } from '../shared/in-hand.ts';
import { makeAdmins } from './admins.ts';
import { makeSayAnew } from './anew.ts';
import { makeAsk } from './asking.ts';
import { makeConnection, RefusedToken } from './connection.ts';
import { makeTelegramConversation } from './conversation.ts';
import { makeFetchFile } from './download.ts';
import { describe, isGone } from './failures.ts';
import { makeTelegramGuest } from './guest.ts';
import { type HeardContext, installHearing } from './hearing.ts';
import { READ } from './incoming.ts';
import { makeMenus } from './menus.ts';
import { followMoves, makeMoves } from './moves.ts';
import { say, type Showing, type Spot, spotOf } from './outgoing.ts';
import { givePicture } from './picture.ts';
import { describeBot } from './profile.ts';
import { installRetries } from './retry.ts';
import { makeSayRich } from './rich.ts';
import { ids, type TelegramSettings } from './settings.ts';
import { setPageButton } from './page-button.ts';
import { makeSign } from './signs.ts';
import { type Timing, usualTiming } from './timing.ts';
import { makeWhisper } from './whisper.ts';
import { makeWebhook } from './webhook.ts';

export interface TelegramDeps extends Omit<BotDeps, 'suggest'> {
  readonly config: TelegramSettings;
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
/** Between two edits in a chat as work goes on: a group bears about 20 messages a minute in all, and others speak there, too. */
const EDIT_EVERY_MS = { private: 2000, group: 6000 };

export function makeTelegramPlatform(deps: TelegramDeps): TelegramPlatform {
  const { config, commands, operators, memory, log } = deps;
  const { token, apiRoot, webhook } = config;
  // Only how long something takes is asked of it: one that nobody sets.
  const clock = (): number => performance.now();
  const timing = { ...usualTiming, ...deps.timing };
  const inHand = makeInHand();
  const { stopping: leaving, over } = inHand;

  const bot = new Bot<HeardContext>(token, { client: { apiRoot, timeoutSeconds: timing.requestSeconds } });
  const { api } = bot;
  installRetries(api, timing.retryMs);
  const moves = makeMoves(memory);
  followMoves(api, moves);
  const connection = makeConnection({ api, log, webhook, timing, clock, leaving });
  const { downloadMs: withinMs, retryMs } = timing;
  const download = makeDownload({ platform: 'Telegram', withinMs, retryMs, stop: over, log });
  const menus = makeMenus({ api, commands, operators, words: deps.say, memory, log });
  const showing: Showing = {
    rich: makeSayRich({
      api,
      uploadMs: timing.uploadMs,
      refused: (because) => log.debug({ because }, 'Telegram: figures are said as text'),
    }),
    uploadMs: timing.uploadMs,
    unshown: (error) => log.warn({ because: describe(error) }, 'Telegram: a picture could not be shown'),
  };
  const { handle, sayTo } = deps;
  const ask = makeAsk({
    handle,
    fetchFile: makeFetchFile({ api, apiRoot, token, download }),
    moves,
    sayTo,
    guestName: () => (bot.botInfo.supports_guest_queries === true ? bot.botInfo.username : undefined),
    log,
  });
  const sayAnew = makeSayAnew(api, showing);
  const guest = makeTelegramGuest({ api, ask, sayAnew, handle, sayTo, soonMs: timing.guestMs, log });
  const conversation = makeTelegramConversation({
    api,
    ask,
    sayAnew,
    handle,
    showing,
    whisper: makeWhisper({
      api,
      showing,
      unheard: (because) => log.debug({ because }, 'Telegram: nobody can be told something alone'),
    }),
    isPersonal: (name) => commands('en').some((each) => each.name === name && each.personal === true),
    page: deps.page,
    isChatAdmin: makeAdmins({ api, keepMs: ADMINS_KEPT_MS, clock }),
    moves,
    sign: makeSign({ api, unsigned: (because) => log.debug({ because }, 'Telegram: no reaction at a photo') }),
    sayTo,
    log,
  });
  installHearing(bot, {
    conversation,
    guest,
    ourCommands: new Set([READ, ...commands('en').map(({ name }) => name)]),
    moved: moves.noted,
    greeted: (user) => menus.installFor(String(user)),
    log,
    clock,
    albumMs: timing.albumMs,
  });

  const failed = (what: string, error: unknown): void => {
    const inner = error instanceof Error && 'error' in error ? error.error : error;
    log.error({ because: redact(describe(inner), [token]) }, `Telegram: ${what}`);
  };

  /** Updates that are not done with. */
  const taken = new Set<number>();
  const sink = createConcurrentSink<Update, unknown>(
    {
      consume: (update) => {
        taken.add(update.update_id);
        return inHand.hold(bot.handleUpdate(update)).finally(() => taken.delete(update.update_id));
      },
    },
    (error) => Promise.resolve(failed('an update could not be handled', error)),
    { concurrency: TAKEN_OVER },
  );

  let runner: RunnerHandle | undefined;

  async function listen(): Promise<void> {
    bot.botInfo = await connection.open();
    log.info({ bot: bot.botInfo.username, by: webhook === null ? 'polling' : 'webhook' }, 'Telegram: listening');
    void menus.install();
    void setPageButton({ api, page: deps.page, memory, log });
    void givePicture({ api, me: bot.botInfo.id, draw: iconJpeg, memory, log });
    void describeBot({ api, words: deps.say, memory, log });
    if (webhook !== null) return;
    const source = createSource<Update>({
      supply: async (limit) => [...(await connection.poll(limit))],
    });
    runner = createRunner(source, sink);
    runner.start();
    await runner.task();
  }

  /** Tells Telegram what is done with; what is still in hand it delivers again, to whoever comes next. */
  async function confirm(deadline: AbortSignal): Promise<void> {
    const next = connection.next();
    if (next !== undefined) await connection.confirm(Math.min(next, ...taken), deadline);
  }

  async function sendTo(spot: Spot, message: Message): Promise<'sent' | 'gone'> {
    try {
      await say(api, spot, message, showing);
      return 'sent';
    } catch (error) {
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
              if (leaving.aborted || !bot.isInited() || sink.size() >= TAKEN_OVER) return false;
              void sink.handle([update]);
              return true;
            },
          }),
    async start() {
      void inHand.hold(
        listen().catch((error: unknown) => {
          if (!(error instanceof RefusedToken) && !leaving.aborted) failed('stopped listening', error);
        }),
      );
      await connection.known();
    },
    async stop(graceMs) {
      const deadline = AbortSignal.timeout(graceMs);
      runner?.stop()?.catch(() => {});
      const left = await inHand.drain(graceMs);
      if (left > 0) log.warn({ left }, 'Telegram: stopped with work still in hand');
      if (runner !== undefined) await confirm(deadline).catch(() => {});
    },
    operatorChanged: (id) => menus.installFor(id),
    // A person's private chat with a bot has the person's own number.
    privately: (id) => (ids.are.test(id) ? { chat: Number(id) } : undefined),
    async revise(handle, message) {
      try {
        return await inHand.hold(sayAnew(handle, message));
      } catch (error) {
        if (isGone(error)) return 'lost';
        throw new OperationalError(`Telegram did not take an edit (${describe(error)})`);
      }
    },
    pace: ({ chat }) => ({
      chat: String(chat),
      ms: typeof chat === 'number' && chat < 0 ? EDIT_EVERY_MS.group : EDIT_EVERY_MS.private,
    }),
    async send(address, message) {
      const spot = spotOf(address);
      return spot === undefined ? 'gone' : sendTo(spot, message);
    },
  };
}
