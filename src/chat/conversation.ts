// The conversation every platform has with people: one event in, replies out. What is said is decided here, nothing is sent.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById, labelByText, labelTyped } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { NoModelError } from '../model/champion.ts';
import type { Store } from '../store/store.ts';
import { sayIn, type Say } from '../words/words.ts';
import { decodeButton, type ButtonAction, type ChooseWhat } from './buttons.ts';
import type { ChatEvent, HandleEvent, Message, Reply } from './event.ts';
import { notice, reply, type Command, type Heard } from './command.ts';
import { findAlphabet, unknownAlphabet } from './find-alphabet.ts';
import { answerKeyboard, otherKeyboard, rowKeyboard, undoKeyboard } from './keyboards.ts';
import { languageOf } from './language.ts';
import type { People } from '../recognition/people.ts';
import type { Answered, Prediction, Recognition } from '../recognition/outcomes.ts';

/** A bare label said to us answers the last question this long after it was asked. */
const TYPED_ANSWER_WITHIN_MS = 30 * 60_000;

type Photo = Extract<ChatEvent, { kind: 'photo' }>;
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
  const { recognition, store } = deps;

  const titleOf = (id: string): string => deps.alphabet(id)?.title ?? id;

  /** The question under a photo: what was read, and the buttons. */
  function asked(prediction: Prediction, say: Say, before = ''): Message {
    const alphabet = deps.alphabet(prediction.alphabet);
    return {
      text: before + questionText(prediction, alphabet, say),
      ...(alphabet === undefined ? {} : { keyboard: answerKeyboard(prediction, alphabet, say) }),
    };
  }

  const withGlyph = (message: Message, prediction: Prediction, say: Say): Message => ({
    ...message,
    pictures: [{ png: () => deps.glyphPng(prediction.glyph), alt: say('picture-glyph'), role: 'glyph' }],
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

  async function photo(heard: Heard<Photo>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const named = event.alphabet === undefined ? undefined : findAlphabet(deps, event.alphabet);
    // An alphabet that nobody knows is told off by whoever reads.
    const alphabet = named?.id ?? event.alphabet;
    const { kind: _, caption: __, alphabet: ___, person: ____, ...asked } = event;
    const request = { ...asked, speaker };
    const recognised = await recognition.recognise(alphabet === undefined ? request : { ...request, alphabet });
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
        return reply(say('disk-nearly-full'));
      case 'unreadable':
        return reply(say(`unreadable-${recognised.because}`));
      case 'unknown-alphabet':
        return reply(unknownAlphabet(deps, recognised.alphabet, say));
      case 'predictions': {
        const replies: Reply[] = [];
        for (const prediction of recognised.predictions) {
          replies.push({
            kind: 'message',
            message: withGlyph(await firstMessage(heard, prediction), prediction, say),
          });
        }
        return replies;
      }
    }
  }

  /** A caption that is a label answers at once; any other caption is only a caption. */
  async function firstMessage({ event, speaker, say }: Heard<Photo>, prediction: Prediction): Promise<Message> {
    const alphabet = deps.alphabet(prediction.alphabet);
    const caption = event.caption?.trim() ?? '';
    const label = alphabet && labelTyped(alphabet, caption);
    if (label === undefined) return asked(prediction, say, foreignLabel(caption, prediction, say));
    const verdict = { kind: 'label', label: { id: label.id } } as const;
    const { chat } = event;
    const answered = await recognition.answer({ prediction: prediction.id, verdict, speaker, chat });
    const { message, notice } = afterAnswer(answered, say);
    return message ?? asked(prediction, say, notice === undefined ? '' : `${notice}\n`);
  }

  /** Who captions a photo with another alphabet's character should know that it was not taken for an answer. */
  function foreignLabel(caption: string, { alphabet }: Prediction, say: Say): string {
    const isLabel = deps.alphabets().some((each) => labelByText(each, caption) !== undefined);
    return isLabel ? `${say('unknown-label', { label: caption, alphabet: titleOf(alphabet) })}\n` : '';
  }

  async function press(heard: Heard<Extract<ChatEvent, { kind: 'press' }>>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const { chat } = event;
    const action = decodeButton(event.payload);
    if (action === undefined) return notice(say('unknown-button'));
    switch (action.do) {
      case 'choose':
        return choose(heard, action.what, action.value);
      case 'label':
      case 'reject': {
        const verdict =
          action.do === 'reject'
            ? ({ kind: 'reject' } as const)
            : ({ kind: 'label', label: { id: action.labelId } } as const);
        return edited(
          afterAnswer(await recognition.answer({ prediction: action.prediction, verdict, speaker, chat }), say),
        );
      }
      case 'undo': {
        const undone = await recognition.undo({ prediction: action.prediction, speaker, chat });
        switch (undone.outcome) {
          case 'undone':
            return edited({ message: asked(undone.prediction, say, `${say('undone')} `) });
          case 'nothing-to-undo':
            return edited({ message: asked(undone.prediction, say), notice: say('nothing-to-undo') });
          case 'unknown-prediction':
            return notice(say('unknown-prediction'));
          case 'not-yours':
            return notice(say('not-yours'));
        }
      }
      // fall through is impossible: both switches above return
      case 'back':
      case 'rows':
      case 'row':
        return browse(action, heard);
    }
  }

  /** Turning the pages of "other…": changes what is shown, never what is saved. */
  async function browse(
    action: Extract<ButtonAction, { do: 'back' | 'rows' | 'row' }>,
    { event, speaker, say }: Heard,
  ): Promise<readonly Reply[]> {
    const question = await recognition.question(action.prediction, speaker, event.chat);
    if (question.outcome !== 'question') return notice(say(question.outcome));
    const { prediction, alphabet } = question;
    const standing = store.verdicts.get(prediction.id);
    if (standing !== undefined) {
      const label = alphabet.labels.find(({ id }) => id === standing.labelId)?.text ?? null;
      return edited({ message: savedMessage(prediction, standing.kind, label, say) });
    }
    if (action.do === 'back') return edited({ message: asked(prediction, say) });
    const keyboard =
      action.do === 'rows'
        ? otherKeyboard(prediction, alphabet, say)
        : rowKeyboard(prediction, action.row, alphabet, say);
    if (keyboard === undefined) return notice(say('unknown-button'));
    return edited({ message: { text: say('answer-other'), keyboard } });
  }

  async function text(heard: Heard<Text>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const { chat } = event;
    const written = event.text.trim();
    const about = event.about ?? askedJustNow(heard);
    if (about === undefined) return hint(heard);
    const verdict = { kind: 'label', label: { text: written } } as const;
    const answered = await recognition.answer({ prediction: about, verdict, speaker, chat });
    const { message, notice } = afterAnswer(answered, say);
    if (notice !== undefined) return reply(notice);
    return message === undefined ? [] : [{ kind: 'message', message }];
  }

  /** A bare label needs no reply: said to us (in a group: by name or command), it answers the question that was asked last. */
  function askedJustNow({ event, speaker }: Heard<Text>): string | undefined {
    const last = store.predictions.lastOf(speaker.contributor.id, event.chat.id);
    if (last === undefined || deps.now() - last.createdAt > TYPED_ANSWER_WITHIN_MS) return undefined;
    const alphabet = deps.alphabet(last.alphabet);
    const isLabel = alphabet !== undefined && labelTyped(alphabet, event.text) !== undefined;
    return isLabel ? last.id : undefined;
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

  /** A press on a button of a command's. */
  async function choose(heard: Heard, what: ChooseWhat, value: string): Promise<readonly Reply[]> {
    const of = deps.commands.find(({ buttons }) => buttons?.[what] !== undefined);
    if (of?.operatorsOnly === true && !heard.speaker.isOperator) return notice(heard.say('operators-only'));
    return of?.buttons?.[what]?.(heard, value) ?? notice(heard.say('unknown-button'));
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
