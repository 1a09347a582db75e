// What happens to an update on its way in: done once, heard, acknowledged, put in its chat's line, worked on.
import { sequentialize } from '@grammyjs/runner';
import type { Bot, Context } from 'grammy';
import type { Message } from 'grammy/types';
import type { Log } from '../../src/log.ts';
import type { Conversation } from './conversation.ts';
import { describe } from './failures.ts';
import { hear, type Heard } from './incoming.ts';
import { makeTurns } from './pause.ts';
import { makeRecent } from './recent.ts';

export type HeardContext = Context & { heard?: Heard };

export interface HearingDeps {
  readonly conversation: Conversation;
  readonly ourCommands: ReadonlySet<string>;
  /** Somebody said /start in private: now they can be written to. */
  readonly greeted: (user: number) => Promise<void>;
  readonly log: Log;
  readonly clock: () => number;
}

/** Messages in work at once: reading is CPU work, more would only wait elsewhere. */
const AT_WORK = 32;
/** One chat's photos or words waiting, and everybody's photos; who sends more is asked to come again. */
const IN_LINE = 40;
const PHOTOS_IN_ALL = 256;
/** Nobody is told more often than this. */
const BUSY_AGAIN_MS = 10_000;
const REMEMBERED = 10_000;

export function installHearing(bot: Bot<HeardContext>, deps: HearingDeps): void {
  const { conversation, ourCommands, greeted, log, clock } = deps;
  const seen = makeRecent(REMEMBERED);
  const ourAlbums = makeRecent(REMEMBERED);
  const photos = makeLines();
  const words = makeLines();
  const toldBusy = new Map<number, number>();
  const inTurn = makeTurns(AT_WORK);

  bot.use(async (ctx, next) => {
    if (seen.add(ctx.update.update_id)) await next();
  });

  bot.on('message', async (ctx, next) => {
    const { message, chat } = ctx;
    const heard = hear(message, {
      me: ctx.me,
      isOurCommand: (name) => ourCommands.has(name),
      isOurAlbum: (album) => ourAlbums.has(album),
    });
    if (heard.kind === 'nothing') return;
    ctx.heard = heard;
    // A flood of words is no conversation: what is more than a person can mean is passed over.
    if (heard.kind !== 'photo') return words.of(chat.id) < IN_LINE ? words.stand(chat.id, next) : undefined;
    if (message.media_group_id !== undefined) ourAlbums.add(message.media_group_id);
    if (photos.of(chat.id) >= IN_LINE || photos.all() >= PHOTOS_IN_ALL) return busy(message);
    return photos.stand(chat.id, () => {
      // Seen at once, though the answer may have to wait for others.
      const thread = message.is_topic_message === true ? message.message_thread_id : undefined;
      ctx.api
        .sendChatAction(chat.id, 'typing', thread === undefined ? {} : { message_thread_id: thread })
        .catch((error: unknown) => log.debug({ because: describe(error) }, 'Telegram: not acknowledged'));
      return next();
    });
  });

  async function busy(message: Message): Promise<void> {
    const now = clock();
    for (const [chat, at] of toldBusy) if (now - at > BUSY_AGAIN_MS) toldBusy.delete(chat);
    if (toldBusy.has(message.chat.id)) return;
    toldBusy.set(message.chat.id, now);
    await conversation.busy(message);
  }

  // In order within a chat, side by side across chats. Presses have a line of their own: nobody looks at a spinning
  // button until an album is read.
  bot.use(
    sequentialize((ctx) =>
      ctx.chat === undefined ? [] : [`${ctx.callbackQuery === undefined ? 'said' : 'pressed'} ${ctx.chat.id}`],
    ),
  );

  bot.on('message', async (ctx) => {
    const { message, heard } = ctx;
    if (heard === undefined) return;
    await inTurn(() => conversation.message(message, heard));
    if (heard.kind === 'command' && heard.name === 'start' && ctx.chat.type === 'private') await greeted(ctx.from.id);
  });

  bot.on('callback_query', (ctx) => conversation.press(ctx.callbackQuery));
}

interface Lines {
  /** How many stand in a chat's line, and in all of them. */
  of(chat: number): number;
  all(): number;
  /** Counts the work as standing in the chat's line until it is done. */
  stand(chat: number, work: () => Promise<void>): Promise<void>;
}

function makeLines(): Lines {
  const lines = new Map<number, number>();
  let all = 0;
  return {
    of: (chat) => lines.get(chat) ?? 0,
    all: () => all,
    async stand(chat, work) {
      all += 1;
      lines.set(chat, (lines.get(chat) ?? 0) + 1);
      try {
        await work();
      } finally {
        all -= 1;
        const left = (lines.get(chat) ?? 1) - 1;
        if (left > 0) lines.set(chat, left);
        else lines.delete(chat);
      }
    },
  };
}
