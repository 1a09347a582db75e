// What happens to an update on its way in: done once, heard, acknowledged, put in its chat's line, worked on.
import { sequentialize } from '@grammyjs/runner';
import type { Bot, Context } from 'grammy';
import type { Chat, Message, UserFromGetMe } from 'grammy/types';
import type { Log } from '../../src/log.ts';
import { makeFairLine } from '../../src/fairness/fair-line.ts';
import { Newest } from '../../src/newest.ts';
import { makeAlbums } from './albums.ts';
import type { TelegramConversation } from './conversation.ts';
import { isGuestMessage, type TelegramGuest } from './guest.ts';
import { describe } from './failures.ts';
import { hear, type Incoming } from './incoming.ts';

export type HeardContext = Context & { heard?: Incoming };
type HeardPhoto = Extract<Incoming, { kind: 'photo' }>;

interface HearingDeps {
  readonly conversation: TelegramConversation;
  readonly guest: TelegramGuest;
  readonly ourCommands: ReadonlySet<string>;
  /** A group became a supergroup, which has another number. */
  readonly moved: (from: number, to: number) => void;
  /** Somebody said /start in private: now they can be written to. */
  readonly greeted: (user: number) => Promise<void>;
  readonly log: Log;
  readonly clock: () => number;
  /** An album of which nothing came for so long is whole. */
  readonly albumMs: number;
}

/** Messages in work at once: reading is CPU work, more would only wait elsewhere. */
const AT_WORK = 32;
/** So many messages of one chat wait or are at work, and so many photos of all; who sends more is asked to come again. */
const OF_A_CHAT = 40;
const PHOTOS_IN_ALL = 256;
/** More are never in hand (`TAKEN_OVER` of the platform): words of many people are not passed over. */
const IN_LINE = 1000;
/** Nobody is told more often than this. */
const BUSY_AGAIN_MS = 10_000;
const REMEMBERED = 10_000;

export function installHearing(bot: Bot<HeardContext>, deps: HearingDeps): void {
  const { conversation, guest, ourCommands, moved, greeted, log, clock } = deps;
  const albums = makeAlbums<HeardPhoto>(deps.albumMs, clock);
  const seen = new Newest<number, true>(REMEMBERED);
  const ourAlbums = new Newest<string, true>(REMEMBERED);
  const toldBusy = new Newest<number, number>(REMEMBERED);
  // In order within a chat, side by side across chats.
  const line = makeFairLine({ atOnce: AT_WORK, each: 1, ofOne: OF_A_CHAT - 1, waiting: IN_LINE });
  let photos = 0;

  bot.use(async (ctx, next) => {
    const { update_id: id } = ctx.update;
    if (seen.has(id)) return;
    seen.set(id, true);
    await next();
  });

  const about = (me: UserFromGetMe) => ({
    me,
    isOurCommand: (name: string) => ourCommands.has(name),
    isOurAlbum: (album: string) => ourAlbums.has(album),
  });

  bot.on('message', async (ctx, next) => {
    const { message, chat } = ctx;
    // Both chats say so, the old one last of all and the new one first of all.
    if (message.migrate_to_chat_id !== undefined) moved(chat.id, message.migrate_to_chat_id);
    if (message.migrate_from_chat_id !== undefined) moved(message.migrate_from_chat_id, chat.id);
    const heard = hear(message, about(ctx.me));
    if (heard.kind === 'nothing') return;
    ctx.heard = heard;
    if (heard.kind === 'photo' && heard.quote === message.message_id && message.media_group_id !== undefined) {
      const { media_group_id: id } = message;
      ourAlbums.set(id, true);
      const album = await albums.collect(`${chat.id} ${id}`, heard);
      // Whoever came first answers for all of them.
      if (album === undefined) return;
      ctx.heard = ofAlbum(album.photos);
      await inLine(ctx, next).finally(album.answered);
      return;
    }
    await inLine(ctx, next);
  });

  async function inLine(
    { message, chat, heard, api }: HeardContext & { message: Message; chat: Chat },
    next: () => Promise<void>,
  ): Promise<void> {
    const taken = (): void => {
      // Seen at once, though the answer may have to wait for others.
      const thread = message.is_topic_message === true ? message.message_thread_id : undefined;
      api
        .sendChatAction(chat.id, 'typing', thread === undefined ? {} : { message_thread_id: thread })
        .catch((error: unknown) => log.debug({ because: describe(error) }, 'Telegram: not acknowledged'));
    };
    if (heard?.kind !== 'photo') {
      // A flood of words is not a conversation: what is more than a person can mean is passed over.
      await line.run({ share: [String(chat.id)] }, next);
      return;
    }
    await photoInLine({ share: [String(chat.id)], taken }, next, () => busy(message));
  }

  async function photoInLine(
    whose: { readonly share: readonly string[]; readonly taken?: () => void },
    work: () => Promise<void>,
    busy: () => Promise<void>,
  ): Promise<void> {
    if (photos >= PHOTOS_IN_ALL) return busy();
    photos += 1;
    const turn = await line.run(whose, work).finally(() => (photos -= 1));
    if (turn.outcome === 'busy') await busy();
  }

  // We stand in no line of that chat, which we do not know: whoever called has one of their own.
  bot.on('guest_message', async (ctx) => {
    const message = ctx.guestMessage;
    if (!isGuestMessage(message) || message.from.is_bot) return;
    const heard = hear(message, about(ctx.me));
    const share = [`guest ${message.from.id}`];
    const asked = guest.asked(message);
    await photoInLine({ share }, () => asked.answer(heard), asked.busy);
  });

  async function busy(message: Message): Promise<void> {
    const now = clock();
    if (now - (toldBusy.get(message.chat.id) ?? -Infinity) <= BUSY_AGAIN_MS) return;
    toldBusy.set(message.chat.id, now);
    await conversation.busy(message);
  }

  bot.on('message', async (ctx) => {
    const { message, heard } = ctx;
    if (heard === undefined) return;
    await conversation.message(message, heard);
    if (heard.kind === 'command' && heard.name === 'start' && ctx.chat.type === 'private') await greeted(ctx.from.id);
  });

  // Presses wait for one another only: nobody looks at a spinning button until an album is read.
  const pressesInOrder = sequentialize<HeardContext>(({ chat, callbackQuery }) => {
    const where = chat?.id ?? callbackQuery?.inline_message_id;
    return where === undefined ? [] : [String(where)];
  });
  bot.on('callback_query', pressesInOrder, ({ callbackQuery }) =>
    callbackQuery.inline_message_id === undefined
      ? conversation.press(callbackQuery)
      : guest.press(callbackQuery, callbackQuery.inline_message_id),
  );
}

/** The caption stands under one of them, and is meant for all. */
function ofAlbum([first, ...others]: readonly [HeardPhoto, ...HeardPhoto[]]): HeardPhoto {
  const captioned = [first, ...others].find(({ caption }) => caption !== undefined) ?? first;
  const { caption, meantAsLabel } = captioned;
  return { ...first, caption, meantAsLabel, further: others.map(({ file }) => file) };
}
