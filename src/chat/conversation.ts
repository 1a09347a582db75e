// The conversation every platform has with people: one event in, replies out. What is said is decided here, nothing is sent.
import { labelTyped, type Alphabet } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { NoModelError } from '../model/champion.ts';
import { labelsOfText } from '../recognition/align.ts';
import { Newest } from '../newest.ts';
import type { Recognition } from '../recognition/outcomes.ts';
import type { People } from '../recognition/people.ts';
import type { Store } from '../store/store.ts';
import { sayIn, type MessageId } from '../words/words.ts';
import type { Answering } from './answering.ts';
import { aboutOf, decodeButton, wholePhotoOf, type ChooseWhat } from './buttons.ts';
import { notice, reply, type Command, type Heard } from './command.ts';
import type { ChatEvent, HandleEvent, Reply } from './event.ts';
import { languageOf } from './language.ts';
import { looksLikeLabel, notALabel } from './not-a-label.ts';
import { makePhotoTalk } from './photo-talk.ts';
import { makeWhichPhoto, TYPED_WITHIN_MS, whichMessage } from './which-photo.ts';

/** People who are remembered to have looked at other characters of a photo. */
const MOST_POINTED = 1000;

type Text = Extract<ChatEvent, { kind: 'text' }>;

export function makeConversation(deps: {
  readonly recognition: Recognition;
  readonly answering: Answering;
  readonly store: Pick<Store, 'predictions' | 'verdicts'>;
  readonly people: Pick<People, 'meet'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
  readonly commands: readonly Command[];
  /** A glyph as a picture. */
  readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  readonly log: Log;
  readonly now: () => number;
}): HandleEvent {
  const { store } = deps;
  const { answering } = deps;
  const photo = makePhotoTalk(deps);
  const whichPhoto = makeWhichPhoto(deps);
  /** What somebody was last shown other characters for; another photo or a restart makes them say which they mean. */
  const pointedAt = new Newest<string, string>(MOST_POINTED);
  const whoWhere = ({ event, speaker }: Heard): string => `${speaker.platform}:${speaker.id} ${event.chat.id}`;

  async function press(heard: Heard<Extract<ChatEvent, { kind: 'press' }>>): Promise<readonly Reply[]> {
    const action = decodeButton(heard.event.payload);
    if (action === undefined) return notice(heard.say('unknown-button'));
    if (action.do === 'wrong' || action.do === 'rows' || action.do === 'row')
      pointedAt.set(whoWhere(heard), action.prediction);
    else if (action.do !== 'choose') pointedAt.delete(whoWhere(heard));
    return action.do === 'choose' ? choose(heard, action.what, action.value) : answering.press(heard, action);
  }

  /** A press on a button of a command's. */
  async function choose(heard: Heard, what: ChooseWhat, value: string): Promise<readonly Reply[]> {
    const of = deps.commands.find(({ buttons }) => buttons?.[what] !== undefined);
    if (of?.operatorsOnly === true && !heard.speaker.isOperator) return notice(heard.say('operators-only'));
    return of?.buttons?.[what]?.(heard, value) ?? notice(heard.say('unknown-button'));
  }

  async function text(heard: Heard<Text>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const text = event.text.trim();
    const about = event.about ?? photoReferredTo(event);
    if (about !== undefined) return answering.typed(heard, aboutOf(about), text);
    const meant = whichPhoto(speaker.contributor.id, event.chat.id, text, pointedAt.get(whoWhere(heard)));
    switch (meant.kind) {
      case 'one':
        return answering.typed(heard, aboutOf(meant.about), text);
      case 'which':
        return [{ kind: 'message', message: await whichMessage(meant.choices, text, deps.alphabet, say, event.chat) }];
      case 'reply':
        return reply(say(event.chat.noReplies === true ? 'which-reply-tap' : 'which-reply'));
      case 'none': {
        const wrong = wrongLabel(heard);
        return wrong === undefined ? hint(heard) : reply(wrong);
      }
    }
  }

  /** The sentence about a text that was to be a label, of the question that was asked last or of what is read here, and is none. */
  function wrongLabel({ event, speaker, say }: Heard<Text>): string | undefined {
    const { chat, text: written } = event;
    const newest = store.predictions.lastOf(speaker.contributor.id, chat.id);
    const last = newest !== undefined && deps.now() - newest.createdAt <= TYPED_WITHIN_MS ? newest : undefined;
    if (last === undefined && chat.kind !== 'private') return undefined;
    const id = last?.alphabet ?? deps.recognition.alphabetOf(speaker.platform, chat);
    const alphabet = deps.alphabet(id);
    if (alphabet === undefined || written.trim() === '' || labelTyped(alphabet, written) !== undefined)
      return undefined;
    if (event.meantAsLabel === true || looksLikeLabel(written, deps)) return notALabel(written, id, deps, say);
    // As many characters as the photo has: its line, with one that is none of the alphabet's.
    const found = labelsOfText(alphabet, written);
    const length = [...new Intl.Segmenter().segment(written.replace(/\s/gu, ''))].length;
    const glyphs = last === undefined ? 1 : store.predictions.ofPhoto(last.photoId).length;
    const isLine = glyphs > 1 && length === glyphs && 'unknown' in found;
    return isLine ? notALabel(found.unknown, id, deps, say) : undefined;
  }

  /** What a text is about that replies to a photo rather than to our question about it. */
  function photoReferredTo({ person, repliesTo }: Text): string | undefined {
    if (repliesTo === undefined) return undefined;
    const [first, ...others] = store.predictions.byMessage(`${person.platform}:${repliesTo}`);
    return first && (others.length === 0 ? first.id : wholePhotoOf(first.id));
  }

  /** What we are for, said to who is alone with us. */
  const hint = ({ event, say }: Heard): readonly Reply[] =>
    event.chat.kind === 'private' ? reply(say('text-hint')) : [];

  async function command(heard: Heard<Extract<ChatEvent, { kind: 'command' }>>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const wanted = deps.commands.find(({ name }) => name === event.name);
    if (wanted === undefined) return hint(heard);
    if (wanted.operatorsOnly && !speaker.isOperator) {
      const who = `${speaker.platform}:${speaker.id}`;
      const how = speaker.platform === 'web' ? '' : ` ${say('operator-hint', { who })}`;
      return reply(say('operators-only') + how);
    }
    return wanted.run(heard, event.rest.trim());
  }

  return async (event) => {
    // Who speaks is decided here, once.
    const speaker = deps.people.meet(event.person);
    const language = languageOf(speaker);
    const say = sayIn(language);
    const heard = { speaker, say, language };
    try {
      switch (event.kind) {
        case 'photo':
          pointedAt.delete(whoWhere({ ...heard, event }));
          return await photo({ ...heard, event });
        case 'press':
          return await press({ ...heard, event });
        case 'command':
          return await command({ ...heard, event });
        case 'text':
          return await text({ ...heard, event });
      }
    } catch (error) {
      // The one edge towards people: they get a sentence, the log gets the cause.
      deps.log.error(
        { err: error, kind: event.kind, platform: event.person.platform },
        'an event could not be handled',
      );
      const sentence = say(sentenceFor(error));
      return event.kind === 'press' ? notice(sentence) : reply(sentence);
    }
  };
}

/** Which sentence tells people of a failure. */
function sentenceFor(error: unknown): MessageId {
  if (error instanceof NoModelError) return 'error-model';
  return error instanceof OperationalError ? 'error-storage' : 'error-unexpected';
}
