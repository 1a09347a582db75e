// What was heard, as the product's event: pictures fetched, words handed on. It gives what is to be said, whatever went wrong.
import type { User } from 'grammy/types';
import type { ChatEvent, HandleEvent, Reply } from '../../src/chat/event.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { Log } from '../../src/log.ts';
import type { Person } from '../../src/recognition/person.ts';
import type { MessageId, Say } from '../../src/words/words.ts';
import type { FetchFile } from './download.ts';
import { describe } from './failures.ts';
import { type Incoming, READ } from './incoming.ts';
import type { Moves } from './moves.ts';

export type Heard = Exclude<Incoming, { kind: 'nothing' }>;

/** `key` is what the message is known by (`keyOf`). Never rejects. */
export type Ask = (
  said: Pick<ChatEvent, 'person' | 'chat' | 'address'>,
  heard: Heard,
  key: string,
) => Promise<readonly Reply[]>;

export function makeAsk(deps: {
  readonly handle: HandleEvent;
  readonly fetchFile: FetchFile;
  readonly moves: Pick<Moves, 'known'>;
  readonly sayTo: SayTo;
  /** The bot's name, where it can be asked as a guest. */
  readonly guestName: () => string | undefined;
  readonly log: Log;
}): Ask {
  const { handle, fetchFile, moves, sayTo, log } = deps;

  /** What people would not find by themselves. */
  const moreFor = (say: Say): { more?: string } => {
    const bot = deps.guestName();
    return bot === undefined ? {} : { more: say('telegram-guest-offer', { bot: `@${bot}` }) };
  };

  async function photo(
    said: Parameters<Ask>[0],
    heard: Extract<Heard, { kind: 'photo' }>,
    key: string,
  ): Promise<readonly Reply[]> {
    const { file, further: others = [], caption, meantAsLabel, author } = heard;
    const fetched: Uint8Array[] = [];
    let failure: MessageId | undefined;
    for (const each of [file, ...others]) {
      const bytes = await fetchFile(each);
      if (typeof bytes === 'string') failure = bytes;
      else fetched.push(bytes);
    }
    const [bytes, ...further] = fetched;
    const refused = failure === undefined ? [] : sentence(said.person, failure);
    if (bytes === undefined) return refused;
    const replies = await handle({
      ...said,
      kind: 'photo',
      bytes,
      ...(further.length > 0 && { further }),
      key,
      ...(caption === undefined ? {} : { caption }),
      ...(meantAsLabel ? { meantAsLabel: true } : {}),
      ...(author === undefined ? {} : { author: author === 'unknown' ? '' : String(moves.known(author)) }),
    });
    return [...refused, ...replies];
  }

  const sentence = (person: Person, id: MessageId): Reply[] => [
    { kind: 'message', message: { text: sayTo(person)(id) } },
  ];

  return async (said, heard, key) => {
    const { person } = said;
    try {
      // Under no photo: what it is for.
      if (heard.kind === 'command' && heard.name === READ) return sentence(person, 'command-read');
      return heard.kind === 'photo'
        ? await photo(said, heard, key)
        : await handle({
            ...eventOf(said, heard, sayTo(person)),
            ...(isOffered(said, heard) && moreFor(sayTo(person))),
          });
    } catch (error) {
      log.error({ because: describe(error) }, `Telegram: a ${heard.kind} could not be handled`);
      return sentence(person, 'error-unexpected');
    }
  };
}

/** Alone with somebody there is room for it. */
const isOffered = ({ chat }: Parameters<Ask>[0], { kind }: Heard): boolean =>
  kind === 'command' && chat.kind === 'private';

function eventOf(
  said: Pick<ChatEvent, 'person' | 'chat' | 'address'>,
  heard: Exclude<Heard, { kind: 'photo' }>,
  say: Say,
): ChatEvent {
  if (heard.kind === 'command') {
    // Alone with the bot every photo is read anyway.
    const also = said.chat.kind === 'private' ? [] : [{ name: READ, description: say('command-read') }];
    return { ...said, kind: 'command', name: heard.name, rest: heard.rest, also };
  }
  const { text, about, repliesTo } = heard;
  return {
    ...said,
    kind: 'text',
    text,
    ...(about === undefined ? {} : { about }),
    ...(repliesTo === undefined ? {} : { repliesTo }),
  };
}

export function personFrom(user: User): Person {
  return {
    platform: 'telegram',
    id: String(user.id),
    ...(user.language_code === undefined ? {} : { language: user.language_code }),
  };
}
