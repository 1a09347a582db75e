// One update from Telegram, carried to the product and its replies carried back. Nothing is decided here about what is
// read or said: only who spoke where, and which of Telegram's calls says it.
import type { Api } from 'grammy';
import type { CallbackQuery, Chat as TelegramChat, Message as TelegramMessage, User } from 'grammy/types';
import type { Log } from '../../src/log.ts';
import type { HandleEvent, Reply } from '../../src/chat/event.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { SayAnew } from './anew.ts';
import { type Ask, personFrom } from './asking.ts';
import { describe, isGone } from './failures.ts';
import { type Incoming, keyOf } from './incoming.ts';
import type { Moves } from './moves.ts';
import { answerPress } from './pressed.ts';
import type { Sign } from './signs.ts';
import type { Whisper } from './whisper.ts';
import { addressOf, handleOf, revise, say, type Said, type Showing, type Spot, spotOf } from './outgoing.ts';

interface ConversationDeps {
  readonly api: Api;
  readonly handle: HandleEvent;
  readonly ask: Ask;
  readonly sayAnew: SayAnew;
  /** Whether somebody is an admin of a group. */
  readonly isChatAdmin: (chat: number, user: number) => Promise<boolean>;
  readonly moves: Pick<Moves, 'known'>;
  readonly sayTo: SayTo;
  readonly showing: Showing;
  readonly sign: Sign;
  readonly whisper: Whisper;
  /** Whether the answer to a command concerns only who asks. */
  readonly isPersonal: (command: string) => boolean;
  /** The page's public address, where it has one. */
  readonly page: string | null;
  readonly log: Log;
}

/** How replies are carried: to somebody who has just come; to one member of a group alone, all of it or only what is theirs. */
interface Manner {
  readonly greeting?: boolean;
  readonly alone?: { readonly user: number; readonly query?: string; readonly all: boolean };
}

export interface TelegramConversation {
  message(message: TelegramMessage, heard: Incoming): Promise<void>;
  press(query: CallbackQuery): Promise<void>;
  /** Tells somebody that their photo cannot be taken now. */
  busy(message: TelegramMessage): Promise<void>;
}

const BUSY_SECONDS = 10;

export function makeTelegramConversation(deps: ConversationDeps): TelegramConversation {
  const { api, handle, ask, isChatAdmin, moves, sayTo, showing, log } = deps;

  function chatOf({ chat, hiddenAdmin }: { chat: TelegramChat; hiddenAdmin: boolean }, user: User | undefined): Chat {
    return {
      id: String(moves.known(chat.id)),
      kind: chat.type === 'private' ? 'private' : 'group',
      isChatAdmin: async () =>
        chat.type === 'private' || hiddenAdmin || (user !== undefined && (await isChatAdmin(chat.id, user.id))),
    };
  }

  /** A channel or a hidden admin is who they appear as; behind them all stands the same helper account of Telegram's. */
  function personOf(message: TelegramMessage): Person {
    const user = userOf(message);
    if (user !== undefined) return personFrom(user);
    return { platform: 'telegram', id: String(moves.known(message.sender_chat?.id ?? 0)) };
  }

  /** Carries the replies back, in order. `pressed` is the message that an edit replaces. */
  async function carry(
    spot: Spot,
    replies: readonly Reply[],
    person: Person,
    pressed: Said | undefined,
    { greeting = false, alone }: Manner = {},
  ): Promise<void> {
    const words = sayTo(person);
    // Telegram opens pages only where nobody else is.
    const page = greeting && deps.page !== null ? { url: deps.page, text: words('telegram-page') } : undefined;
    const instead = { tooLarge: words('telegram-file-too-large'), refused: words('file-not-sent') };
    const answers = replies.filter((reply) => reply.kind === 'message').length;
    const anew = async (reply: Extract<Reply, { kind: 'message' | 'edit' }>): Promise<void> => {
      const to = reply.kind === 'message' && reply.to !== undefined ? (spotOf(reply.to) ?? spot) : spot;
      const options = { withGlyphs: answers > 1, instead, page };
      const whispered = alone?.all === true ? await deps.whisper(to, alone, reply.message, options) : undefined;
      const said = whispered ?? (await say(api, to, reply.message, showing, options));
      if (said !== undefined && reply.kind === 'message') reply.said?.(handleOf(said));
    };
    for (const reply of replies) {
      if (reply.kind === 'edit' && pressed !== undefined) {
        const isApart = reply.alone === true && pressed.alone === undefined && alone !== undefined;
        if (isApart && (await deps.whisper(spot, alone, reply.message)) !== undefined) continue;
        // What can be edited no more is said where the group is now.
        const how = await revise(api, pressed, reply.message, showing);
        if (how === 'moved') await say(api, spot, reply.message, showing);
      } else if (reply.kind === 'notice') {
        await say(api, spot, { text: reply.text }, showing);
      } else if (reply.kind === 'revise') {
        // Beside what was said; a message that is gone is nobody's loss.
        await deps.sayAnew(reply.said, reply.message).catch(lost);
      } else if (reply.kind === 'sign') {
        const to = spotOf(reply.to);
        const stands = to !== undefined && (await deps.sign(to, reply.kept));
        if (!stands && reply.instead !== undefined) await anew(reply.instead);
      } else {
        await anew(reply);
      }
    }
  }

  /** What was said could not be carried back: a matter for the log, unless we were simply thrown out. */
  function lost(error: unknown): void {
    if (isGone(error)) log.debug({ because: describe(error) }, 'Telegram: a chat is gone');
    else log.warn({ because: describe(error) }, 'Telegram: a reply could not be sent');
  }

  return {
    async message(message, heard) {
      if (heard.kind === 'nothing') return;
      const spot = spotFor(message, heard.kind === 'photo' ? heard.quote : undefined);
      const person = personOf(message);
      // An admin may speak in the group's own name.
      const hiddenAdmin = message.sender_chat?.id === message.chat.id;
      const chat = chatOf({ chat: message.chat, hiddenAdmin }, userOf(message));
      const replies = await ask({ person, chat, address: addressOf(spot) }, heard, keyOf(message));
      try {
        const isPrivate = message.chat.type === 'private';
        const greeting = heard.kind === 'command' && heard.name === 'start' && isPrivate;
        const user = userOf(message)?.id;
        const isTheirs = heard.kind === 'command' && deps.isPersonal(heard.name);
        const apart = isTheirs && !isPrivate && user !== undefined ? { alone: { user, all: true } } : {};
        await carry(spot, replies, person, undefined, { greeting, ...apart });
      } catch (error) {
        lost(error);
      }
    },
    async busy(message) {
      const text = sayTo(personOf(message))('busy', { seconds: BUSY_SECONDS });
      await say(api, spotFor(message, message.message_id), { text }, showing).catch(lost);
    },
    async press(query) {
      const { message, data } = query;
      let replies: readonly Reply[] = [];
      try {
        if (message !== undefined && data !== undefined) {
          const person = personFrom(query.from);
          const spot = pressSpot(message);
          replies = await handle({
            person,
            chat: chatOf({ chat: message.chat, hiddenAdmin: false }, query.from),
            address: addressOf(spot),
            kind: 'press',
            payload: data,
            on: handleOf(saidIn(message, query.from)),
          });
        }
      } catch (error) {
        log.error({ because: describe(error) }, 'Telegram: a press could not be handled');
        replies = [{ kind: 'notice', text: sayTo(personFrom(query.from))('error-unexpected') }];
      }
      const rest = replies.filter((reply) => reply.kind !== 'notice');
      const answered = answerPress(api, query.id, replies, lost);
      try {
        if (message !== undefined) {
          const pressed = saidIn(message, query.from);
          const alone = { user: query.from.id, query: query.id, all: pressed.alone !== undefined };
          const apart = message.chat.type === 'private' ? {} : { alone };
          await carry(pressSpot(message), rest, personFrom(query.from), pressed, apart);
        }
      } catch (error) {
        lost(error);
      }
      await answered;
    },
  };
}

const userOf = (message: TelegramMessage): User | undefined =>
  message.sender_chat === undefined ? message.from : undefined;

type Pressed = NonNullable<CallbackQuery['message']>;

/** Where the answer goes: in a group, or to a photo, it says what it answers. */
function spotFor(message: TelegramMessage, quote: number | undefined): Spot {
  const reply = quote ?? (message.chat.type === 'private' ? undefined : message.message_id);
  return { chat: message.chat.id, ...threadOf(message), ...(reply === undefined ? {} : { reply }) };
}

/** A later word about a press answers the photo, where the pressed message shows which. */
function pressSpot(message: Pressed): Spot {
  const quoted = 'reply_to_message' in message ? message.reply_to_message?.message_id : undefined;
  const reply = quoted ?? (message.chat.type === 'private' ? undefined : message.message_id);
  return { chat: message.chat.id, ...threadOf(message), ...(reply === undefined ? {} : { reply }) };
}

/** Replies outside of forums carry a thread's id too, but nothing can be sent to such a thread. */
function threadOf(message: Pressed | TelegramMessage): { thread?: number } {
  const isTopic = 'is_topic_message' in message && message.is_topic_message;
  return isTopic && message.message_thread_id !== undefined ? { thread: message.message_thread_id } : {};
}

function saidIn(message: Pressed, by: User): Said {
  const hasMedia =
    ('photo' in message && message.photo !== undefined) || ('document' in message && message.document !== undefined);
  const theirs = 'ephemeral_message_id' in message ? message.ephemeral_message_id : undefined;
  const id = theirs === undefined ? { id: message.message_id } : { id: theirs, alone: by.id };
  return { spot: pressSpot(message), hasMedia, ...id };
}
