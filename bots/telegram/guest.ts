// Where somebody mentions the bot in a chat that it is no member of: it sees that one message and may say one message there, which it can
// change but not follow. No picture can be sent along, nobody can be told anything alone: what is said stands by its words.
import type { Api } from 'grammy';
import type { CallbackQuery, Message as TelegramMessage, User } from 'grammy/types';
import type { HandleEvent, Message, Reply } from '../../src/chat/event.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { Log } from '../../src/log.ts';
import type { Chat } from '../../src/recognition/person.ts';
import type { SayAnew } from './anew.ts';
import { type Ask, personFrom } from './asking.ts';
import { describe } from './failures.ts';
import { answerOnce, guestHandle, reviseGuest } from './guest-answer.ts';
import { type Incoming, keyOf } from './incoming.ts';
import { answerPress } from './pressed.ts';

type GuestMessage = TelegramMessage & { readonly from: User; readonly guest_query_id: string };

export interface TelegramGuest {
  /** Somebody asks: from now on they wait for the one answer. */
  asked(message: GuestMessage): {
    answer(heard: Incoming): Promise<void>;
    /** It cannot be read now. */
    busy(): Promise<void>;
  };
  /** A press under what was said as a guest. */
  press(query: CallbackQuery, inline: string): Promise<void>;
}

export const isGuestMessage = (message: TelegramMessage): message is GuestMessage =>
  message.guest_query_id !== undefined && message.from !== undefined;

/** Numbers of such chats may be those of others that we know: what is said there is known by a name of its own. */
const guestKey = (message: TelegramMessage): string => `guest:${keyOf(message)}`;
const BUSY_SECONDS = 10;

export function makeTelegramGuest(deps: {
  readonly api: Api;
  readonly ask: Ask;
  readonly sayAnew: SayAnew;
  readonly handle: HandleEvent;
  readonly sayTo: SayTo;
  /** Who waits longer is told that it is being read: nobody knows how long Telegram waits for the answer. */
  readonly soonMs: number;
  readonly log: Log;
}): TelegramGuest {
  const { api, handle, log } = deps;

  /** They are read as at home, in the alphabet that they chose alone with the bot; and answered among others. */
  const chatOf = (user: User): Chat => ({
    id: String(user.id),
    kind: 'group',
    isChatAdmin: () => Promise.resolve(false),
  });
  /** A later word reaches them alone, where they have ever spoken to the bot. */
  const addressOf = (user: User) => ({ chat: user.id });

  const lost = (error: unknown): void =>
    log.warn({ because: describe(error) }, 'Telegram: what was asked of a guest could not be answered');

  async function elsewhere(replies: readonly Reply[]): Promise<void> {
    for (const reply of replies) if (reply.kind === 'revise') await deps.sayAnew(reply.said, reply.message).catch(lost);
  }

  return {
    asked(message) {
      const { from } = message;
      const person = personFrom(from);
      const say = deps.sayTo(person);
      const one = answerOnce(api, message.guest_query_id);
      const soon = setTimeout(() => void one.say({ text: say('telegram-guest-soon') }).catch(lost), deps.soonMs);

      async function tell(replies: readonly Reply[]): Promise<void> {
        clearTimeout(soon);
        const told = wordsOf(replies);
        if (told === undefined) return;
        const handle = await one.say(told);
        for (const reply of replies) if (reply.kind === 'message') reply.said?.(handle);
      }

      return {
        async answer(heard) {
          const isAbout = heard.kind === 'photo' || (heard.kind === 'text' && heard.about !== undefined);
          const said = { person, chat: chatOf(from), address: addressOf(from) };
          const replies = isAbout ? await deps.ask(said, heard, guestKey(message)) : words(say('telegram-guest-how'));
          await tell(replies).catch(lost);
          await elsewhere(replies);
        },
        busy: () => tell(words(say('busy', { seconds: BUSY_SECONDS }))).catch(lost),
      };
    },
    async press(query, inline) {
      const person = personFrom(query.from);
      let replies: readonly Reply[] = [];
      try {
        if (query.data !== undefined) {
          const said = { person, chat: chatOf(query.from), address: addressOf(query.from) };
          replies = await handle({ ...said, kind: 'press', payload: query.data, on: guestHandle(inline) });
        }
      } catch (error) {
        log.error({ because: describe(error) }, 'Telegram: a press could not be handled');
        replies = [{ kind: 'notice', text: deps.sayTo(person)('error-unexpected') }];
      }
      // Nothing new can be said there: a further word is a notice.
      const notices = replies.map((reply): Reply => {
        const said =
          reply.kind === 'message' ? reply.message : reply.kind === 'sign' ? reply.instead?.message : undefined;
        return said === undefined ? reply : { kind: 'notice', text: said.text };
      });
      const answered = answerPress(api, query.id, notices, lost);
      for (const reply of replies) if (reply.kind === 'edit') await reviseGuest(api, inline, reply.message).catch(lost);
      await elsewhere(replies);
      await answered;
    },
  };
}

const words = (text: string): readonly Reply[] => [{ kind: 'message', message: { text } }];

/** One message of all that is to be said; undefined where that is nothing. */
function wordsOf(replies: readonly Reply[]): Message | undefined {
  const said = replies.flatMap((reply): Message[] => {
    if (reply.kind === 'message') return [reply.message];
    if (reply.kind === 'sign') return reply.instead === undefined ? [] : [reply.instead.message];
    return reply.kind === 'notice' ? [{ text: reply.text }] : [];
  });
  if (said.length === 0) return undefined;
  const keyboard = said.findLast((message) => message.keyboard !== undefined)?.keyboard;
  return { text: said.map(({ text }) => text).join('\n\n'), ...(keyboard && { keyboard }) };
}
