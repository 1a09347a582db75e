// What happens to an update on its way in: done once, heard, acknowledged, put in its chat's line, worked on.
import { sequentialize } from '@grammyjs/runner';
import type { Bot, Context } from 'grammy';
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
}

/** Messages in work at once: reading is CPU work, more would only wait elsewhere. */
const AT_WORK = 32;
/** One chat's photos waiting; who sends more at once is asked to slow down. */
const PHOTOS_IN_LINE = 40;
const REMEMBERED = 10_000;

export function installHearing(bot: Bot<HeardContext>, deps: HearingDeps): void {
  const { conversation, ourCommands, greeted, log } = deps;
  const seen = makeRecent(REMEMBERED);
  const ourAlbums = makeRecent(REMEMBERED);
  const inLine = new Map<number, number>();
  const toldBusy = new Set<number>();
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
    if (heard.kind !== 'photo') return next();
    if (message.media_group_id !== undefined) ourAlbums.add(message.media_group_id);
    const before = inLine.get(chat.id) ?? 0;
    if (before >= PHOTOS_IN_LINE) {
      if (toldBusy.has(chat.id)) return;
      toldBusy.add(chat.id);
      return conversation.busy(message);
    }
    inLine.set(chat.id, before + 1);
    try {
      // Seen at once, though the answer may have to wait for others of this chat.
      const thread = message.is_topic_message === true ? message.message_thread_id : undefined;
      ctx.api
        .sendChatAction(chat.id, 'typing', thread === undefined ? {} : { message_thread_id: thread })
        .catch((error: unknown) => log.debug({ because: describe(error) }, 'Telegram: not acknowledged'));
      await next();
    } finally {
      const left = (inLine.get(chat.id) ?? 1) - 1;
      if (left > 0) inLine.set(chat.id, left);
      else {
        inLine.delete(chat.id);
        toldBusy.delete(chat.id);
      }
    }
  });

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
