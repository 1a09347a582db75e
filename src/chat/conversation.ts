// The conversation every platform has with people: one event in, replies out. What is said is decided here, nothing is sent.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelTyped } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { NoModelError } from '../model/champion.ts';
import { labelsOfText } from '../recognition/align.ts';
import type { Recognition } from '../recognition/outcomes.ts';
import type { People } from '../recognition/people.ts';
import type { Store } from '../store/store.ts';
import { sayIn } from '../words/words.ts';
import { makeAnswering } from './answering.ts';
import { aboutOf, decodeButton, wholePhotoOf, type ChooseWhat } from './buttons.ts';
import { notice, reply, type Command, type Heard } from './command.ts';
import type { ChatEvent, HandleEvent, Reply } from './event.ts';
import { languageOf } from './language.ts';
import { makePhotoTalk } from './photo-talk.ts';

/** A bare label said to us answers the last question this long after it was asked. */
const TYPED_ANSWER_WITHIN_MS = 30 * 60_000;

type Text = Extract<ChatEvent, { kind: 'text' }>;

export function makeConversation(deps: {
  readonly recognition: Recognition;
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
  const answering = makeAnswering(deps);
  const photo = makePhotoTalk({ ...deps, answering });

  async function press(heard: Heard<Extract<ChatEvent, { kind: 'press' }>>): Promise<readonly Reply[]> {
    const action = decodeButton(heard.event.payload);
    if (action === undefined) return notice(heard.say('unknown-button'));
    return action.do === 'choose' ? choose(heard, action.what, action.value) : answering.press(heard, action);
  }

  /** A press on a button of a command's. */
  async function choose(heard: Heard, what: ChooseWhat, value: string): Promise<readonly Reply[]> {
    const of = deps.commands.find(({ buttons }) => buttons?.[what] !== undefined);
    if (of?.operatorsOnly === true && !heard.speaker.isOperator) return notice(heard.say('operators-only'));
    return of?.buttons?.[what]?.(heard, value) ?? notice(heard.say('unknown-button'));
  }

  async function text(heard: Heard<Text>): Promise<readonly Reply[]> {
    const about = heard.event.about ?? askedJustNow(heard);
    return about === undefined ? hint(heard) : answering.typed(heard, aboutOf(about), heard.event.text.trim());
  }

  /** A bare label (of a photo of several: its whole line) needs no reply: said to us, it answers the question that was asked last. */
  function askedJustNow({ event, speaker }: Heard<Text>): string | undefined {
    const last = store.predictions.lastOf(speaker.contributor.id, event.chat.id);
    if (last === undefined || deps.now() - last.createdAt > TYPED_ANSWER_WITHIN_MS) return undefined;
    const alphabet = deps.alphabet(last.alphabet);
    if (alphabet === undefined) return undefined;
    if (store.predictions.ofPhoto(last.photoId).length === 1) {
      return labelTyped(alphabet, event.text) === undefined ? undefined : last.id;
    }
    const found = labelsOfText(alphabet, event.text);
    return 'labels' in found && found.labels.length > 0 ? wholePhotoOf(last.id) : undefined;
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
function sentenceFor(error: unknown): string {
  if (error instanceof NoModelError) return 'error-model';
  return error instanceof OperationalError ? 'error-storage' : 'error-unexpected';
}
