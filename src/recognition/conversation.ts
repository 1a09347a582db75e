// The conversation every platform has with people: one event in, replies out. What is said is decided here, nothing is sent.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById, labelByText, labelTyped } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { NoModelError } from '../model/champion.ts';
import type { Store } from '../store/store.ts';
import { sayIn, type Say } from '../words/words.ts';
import { decodeButton, type ButtonAction } from './buttons.ts';
import type { ChatEvent, HandleEvent, Message, Reply } from './chat.ts';
import type { Command, Heard } from './command.ts';
import { findAlphabet } from './find-alphabet.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard, undoKeyboard } from './keyboards.ts';
import type { LanguageOf } from './language.ts';
import type { People } from './people.ts';
import type { Answered, Prediction, Recognition } from './recognition.ts';
import type { Choose } from './settings.ts';

/** A bare label said to us answers the last question this long after it was asked. */
const TYPED_ANSWER_WITHIN_MS = 30 * 60_000;

export function makeConversation(deps: {
  readonly recognition: Recognition;
  readonly store: Pick<Store, 'predictions' | 'verdicts'>;
  readonly people: People;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
  readonly languageOf: LanguageOf;
  readonly commands: readonly Command[];
  readonly choose: Choose;
  /** A glyph as a picture. */
  readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  readonly log: Log;
  readonly now: () => number;
}): HandleEvent {
  const { recognition, store, people } = deps;

  const titleOf = (id: string): string => deps.alphabet(id)?.title ?? id;

  /** The question under a photo: what was read, and the buttons. */
  function question(prediction: Prediction, say: Say, before = ''): Message {
    const alphabet = deps.alphabet(prediction.alphabet);
    return {
      text: before + questionText(prediction, alphabet, say),
      ...(alphabet === undefined ? {} : { keyboard: answerKeyboard(prediction, alphabet, say) }),
    };
  }

  const withGlyph = (message: Message, prediction: Prediction, say: Say): Message => ({
    ...message,
    pictures: [{ png: deps.glyphPng(prediction.glyph), alt: say('picture-glyph'), role: 'glyph' }],
  });

  const tooMany = (seconds: number, say: Say): string => say('too-many-verdicts', { minutes: Math.ceil(seconds / 60) });

  /** What stands in the message once it was answered, or the sentence why it was not. */
  function afterAnswer(answered: Answered, say: Say): { readonly message?: Message; readonly notice?: string } {
    switch (answered.outcome) {
      case 'saved':
        return { message: savedMessage(answered.prediction, answered.kind, answered.label, say) };
      case 'already': {
        const { prediction, label } = answered;
        const notice = label === null ? say('already-rejected') : say('already-saved', { label });
        const kind = label === null ? 'reject' : label === prediction.candidates[0]?.label ? 'confirm' : 'correct';
        return { message: savedMessage(prediction, kind, label, say), notice };
      }
      case 'unknown-prediction':
        return { notice: say('unknown-prediction') };
      case 'unknown-label':
        return { notice: say('unknown-label', { label: answered.label, alphabet: titleOf(answered.alphabet) }) };
      case 'not-yours':
        return { notice: say('not-yours') };
      case 'blocked':
        return { notice: say('blocked') };
      case 'too-many':
        return { notice: tooMany(answered.retryAfterSeconds, say) };
    }
  }

  async function photo(event: Extract<ChatEvent, { kind: 'photo' }>, say: Say): Promise<readonly Reply[]> {
    const named = event.alphabet === undefined ? undefined : findAlphabet(deps, event.alphabet);
    // An alphabet that nobody knows is told off by whoever reads.
    const alphabet = named?.id ?? event.alphabet;
    const { kind: _, caption: __, alphabet: ___, ...asked } = event;
    const recognised = await recognition.recognise(alphabet === undefined ? asked : { ...asked, alphabet });
    const told = (text: string): Reply[] => [{ kind: 'message', message: { text } }];
    switch (recognised.outcome) {
      case 'busy':
        return [
          {
            kind: 'message',
            message: { text: say('busy', { seconds: recognised.retryAfterSeconds }) },
            retryAfterSeconds: recognised.retryAfterSeconds,
          },
        ];
      case 'disk-nearly-full':
        return told(say('disk-nearly-full'));
      case 'unreadable':
        return told(say(`unreadable-${recognised.because}`));
      case 'unknown-alphabet':
        return told(say('alphabet-unknown', { alphabet: recognised.alphabet, known: recognised.known.join(', ') }));
      case 'predictions': {
        const replies: Reply[] = [];
        for (const prediction of recognised.predictions) {
          replies.push({
            kind: 'message',
            message: withGlyph(await firstMessage(event, prediction, say), prediction, say),
          });
        }
        return replies;
      }
    }
  }

  /** A caption that is a label answers at once; any other caption is only a caption. */
  async function firstMessage(
    event: Extract<ChatEvent, { kind: 'photo' }>,
    prediction: Prediction,
    say: Say,
  ): Promise<Message> {
    const alphabet = deps.alphabet(prediction.alphabet);
    const caption = event.caption?.trim() ?? '';
    const label = alphabet && labelTyped(alphabet, caption);
    if (label === undefined) return question(prediction, say, foreignLabel(caption, prediction, say));
    const { person, chat } = event;
    const verdict = { kind: 'label', label: { id: label.id } } as const;
    const answered = await recognition.answer({ prediction: prediction.id, verdict, person, chat });
    const { message, notice } = afterAnswer(answered, say);
    return message ?? question(prediction, say, notice === undefined ? '' : `${notice}\n`);
  }

  /** Who captions a photo with another alphabet's character should know that it was not taken for an answer. */
  function foreignLabel(caption: string, { alphabet }: Prediction, say: Say): string {
    const isLabel = deps.alphabets().some((each) => labelByText(each, caption) !== undefined);
    return isLabel ? `${say('unknown-label', { label: caption, alphabet: titleOf(alphabet) })}\n` : '';
  }

  async function press(event: Extract<ChatEvent, { kind: 'press' }>, heard: Heard): Promise<readonly Reply[]> {
    const { say } = heard;
    const action = decodeButton(event.payload);
    if (action === undefined) return [{ kind: 'notice', text: say('unknown-button') }];
    if (action.do === 'choose') return deps.choose(heard, action.what, action.value);
    const { person, chat } = event;
    switch (action.do) {
      case 'label':
      case 'reject': {
        const verdict =
          action.do === 'reject'
            ? ({ kind: 'reject' } as const)
            : ({ kind: 'label', label: { id: action.labelId } } as const);
        return edited(
          afterAnswer(await recognition.answer({ prediction: action.prediction, verdict, person, chat }), say),
        );
      }
      case 'undo': {
        const undone = await recognition.undo({ prediction: action.prediction, person, chat });
        switch (undone.outcome) {
          case 'undone':
            return edited({ message: question(undone.prediction, say, `${say('undone')} `) });
          case 'nothing-to-undo':
            return edited({ message: question(undone.prediction, say), notice: say('nothing-to-undo') });
          case 'unknown-prediction':
            return [{ kind: 'notice', text: say('unknown-prediction') }];
          case 'not-yours':
            return [{ kind: 'notice', text: say('not-yours') }];
        }
      }
      // fall through is impossible: both switches above return
      case 'back':
      case 'rows':
      case 'row':
        return browse(action, event, say);
    }
  }

  /** Turning the pages of "other…": changes what is shown, never what is saved. */
  async function browse(
    action: Extract<ButtonAction, { do: 'back' | 'rows' | 'row' }>,
    { person, chat }: ChatEvent,
    say: Say,
  ): Promise<readonly Reply[]> {
    const prediction = recognition.prediction(action.prediction);
    const alphabet = prediction && deps.alphabet(prediction.alphabet);
    if (prediction === undefined || alphabet === undefined)
      return [{ kind: 'notice', text: say('unknown-prediction') }];
    if (!(await recognition.mayAnswer(prediction.id, person, chat)))
      return [{ kind: 'notice', text: say('not-yours') }];
    const standing = store.verdicts.get(prediction.id);
    if (standing !== undefined) {
      const label = alphabet.labels.find(({ id }) => id === standing.labelId)?.text ?? null;
      return edited({ message: savedMessage(prediction, standing.kind, label, say) });
    }
    if (action.do === 'back') return edited({ message: question(prediction, say) });
    const keyboard =
      action.do === 'rows'
        ? otherKeyboard(prediction, alphabet, say)
        : rowKeyboard(prediction, action.row, alphabet, say);
    if (keyboard === undefined) return [{ kind: 'notice', text: say('unknown-button') }];
    return edited({ message: { text: say('answer-other'), keyboard } });
  }

  async function text(event: Extract<ChatEvent, { kind: 'text' }>, say: Say): Promise<readonly Reply[]> {
    const { person, chat } = event;
    const written = event.text.trim();
    const about = event.about ?? askedJustNow(event);
    if (about === undefined) {
      return chat.kind === 'private' ? [{ kind: 'message', message: { text: say('text-hint') } }] : [];
    }
    const verdict = { kind: 'label', label: { text: written } } as const;
    const answered = await recognition.answer({ prediction: about, verdict, person, chat });
    const { message, notice } = afterAnswer(answered, say);
    if (notice !== undefined) return [{ kind: 'message', message: { text: notice } }];
    return message === undefined ? [] : [{ kind: 'message', message }];
  }

  /** A bare label needs no reply: said to us (in a group: by name or command), it answers the question that was asked last. */
  function askedJustNow({ person, chat, ...event }: Extract<ChatEvent, { kind: 'text' }>): string | undefined {
    const last = store.predictions.lastOf(people.contributor(person).id, chat.id);
    if (last === undefined || deps.now() - last.createdAt > TYPED_ANSWER_WITHIN_MS) return undefined;
    const alphabet = deps.alphabet(last.alphabet);
    const isLabel = alphabet !== undefined && labelTyped(alphabet, event.text) !== undefined;
    return isLabel ? last.id : undefined;
  }

  async function command(event: Extract<ChatEvent, { kind: 'command' }>, heard: Heard): Promise<readonly Reply[]> {
    const wanted = deps.commands.find(({ name }) => name === event.name);
    if (wanted === undefined) {
      return event.chat.kind === 'private' ? [{ kind: 'message', message: { text: heard.say('text-hint') } }] : [];
    }
    if (wanted.operatorsOnly && !people.isOperator(event.person)) {
      const who = `${event.person.platform}:${event.person.id}`;
      const hint = event.person.platform === 'web' ? '' : ` ${heard.say('operator-hint', { who })}`;
      return [{ kind: 'message', message: { text: heard.say('operators-only') + hint } }];
    }
    return wanted.run(heard, event.rest.trim());
  }

  return async (event) => {
    const language = deps.languageOf(event.person);
    const say = sayIn(language);
    try {
      const heard: Heard = { event, say, language };
      switch (event.kind) {
        case 'photo':
          return await photo(event, say);
        case 'press':
          return await press(event, heard);
        case 'command':
          return await command(event, heard);
        case 'text':
          return await text(event, say);
      }
    } catch (error) {
      // The one edge towards people: they get a sentence, the log gets the cause.
      deps.log.error(
        { err: error, kind: event.kind, platform: event.person.platform },
        'an event could not be handled',
      );
      const sentence = say(sentenceFor(error));
      return event.kind === 'press'
        ? [{ kind: 'notice', text: sentence }]
        : [{ kind: 'message', message: { text: sentence } }];
    }
  };
}

function questionText(prediction: Prediction, alphabet: Alphabet | undefined, say: Say): string {
  const [first, second] = prediction.candidates;
  const title = alphabet?.title ?? prediction.alphabet;
  if (first === undefined) return say('answer-no-model', { alphabet: title });
  if (prediction.outcome === 'not-a-character') return say('answer-doubt', { alphabet: title, label: first.label });
  if (prediction.outcome === 'sure' || second === undefined) {
    return say('answer-sure', { label: first.label, percent: percentOf(first.probability) });
  }
  const asked = {
    first: first.label,
    second: second.label,
    firstPercent: percentOf(first.probability),
    secondPercent: percentOf(second.probability),
  };
  const identities = [first, second].map(({ labelId }) => alphabet && labelById(alphabet, labelId)?.identity);
  const { cased } = prediction;
  // Of two cases of one letter the letter itself is less in doubt than either.
  if (cased !== undefined && identities.every((identity) => identity === cased.identity))
    return say('answer-case', { ...asked, letter: cased.identity, percent: percentOf(cased.probability) });
  return say('answer-unsure', asked);
}

function savedMessage(
  prediction: Prediction,
  kind: 'confirm' | 'correct' | 'reject',
  label: string | null,
  say: Say,
): Message {
  // Where nothing was guessed, nothing was corrected.
  const how = prediction.candidates.length === 0 ? 'confirm' : kind;
  return {
    text: label === null ? say('saved-reject') : say(`saved-${how}`, { label }),
    keyboard: undoKeyboard(prediction.id, say),
  };
}

function edited({ message, notice }: { readonly message?: Message; readonly notice?: string }): readonly Reply[] {
  return [
    ...(message === undefined ? [] : [{ kind: 'edit', message } as const]),
    ...(notice === undefined ? [] : [{ kind: 'notice', text: notice } as const]),
  ];
}

/** Which sentence tells people of a failure. */
function sentenceFor(error: unknown): string {
  if (error instanceof NoModelError) return 'error-model';
  return error instanceof OperationalError ? 'error-storage' : 'error-unexpected';
}

/** Whole percent for people; never 100, since nothing read by a machine is certain. */
function percentOf(probability: number): number {
  return Math.min(99, Math.round(probability * 100));
}
