// What people answer, by button or in writing, about one character or about all of a photo; and what their message says then.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelsOfText } from '../recognition/align.ts';
import type { Answerable, Answered, Photo, Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import { sayOf, type Say } from '../words/words.ts';
import { isSame, makeAgreeing, type Unagreed } from './agreeing.ts';
import type { ButtonAction } from './buttons.ts';
import { notice, type Heard } from './command.ts';
import type { Message, Reply } from './event.ts';
import type { FindableAlphabets } from './find-alphabet.ts';
import { otherKeyboard, rowKeyboard, wrongKeyboard } from './keyboards.ts';
import { notALabel } from './not-a-label.ts';
import { questionMessage, savedMessage, type Question } from './question.ts';
import { readingMessage, wholeButton } from './several.ts';

type Action = Exclude<ButtonAction, { readonly do: 'choose' }>;
type Verdict = Extract<Action, { readonly do: 'label' | 'reject' }>;

export interface Answering {
  /** A press on a button about a prediction. */
  press(heard: Heard, action: Action): Promise<readonly Reply[]>;
  /** A text about a prediction, or about its whole photo. */
  typed(
    heard: Heard,
    about: { readonly prediction: string; readonly whole: boolean },
    text: string,
  ): Promise<readonly Reply[]>;
  /** What the message that asks about a photo says now, where something else was pressed or said. */
  elsewhere(heard: Heard, prediction: string, as: 'one' | 'whole'): Promise<readonly Reply[]>;
  /** The photo as a whole. */
  whole(heard: Heard, prediction: string, before?: string): Promise<Message>;
  /** The photo as a whole, after its line was written down. */
  line(heard: Heard, prediction: string, text: string, before?: string): Promise<Message>;
  /** What stands in the message of one character once it was answered, or the sentence why it was not. */
  after(answered: Answered, say: Say): { readonly message?: Message; readonly notice?: string };
}

export function makeAnswering(
  deps: FindableAlphabets & {
    readonly recognition: Recognition;
    readonly store: Pick<Store, 'predictions'>;
    readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  },
): Answering {
  const { recognition, store } = deps;
  const agreeing = makeAgreeing({ recognition, store, press, line: all, again });
  const tooMany = (seconds: number, say: Say): string => say('too-many-verdicts', { minutes: Math.ceil(seconds / 60) });

  function after(answered: Answered, say: Say): { readonly message?: Message; readonly notice?: string } {
    switch (answered.outcome) {
      case 'saved':
        return { message: savedMessage(answered.prediction, answered.kind, answered.label, say) };
      case 'already': {
        const { prediction, label } = answered;
        const kind = label === null ? 'reject' : label === prediction.candidates[0]?.label ? 'confirm' : 'correct';
        return {
          message: savedMessage(prediction, kind, label, say),
          notice: label === null ? say('already-rejected') : say('already-saved', { label }),
        };
      }
      case 'unknown-label':
        return { notice: notALabel(answered.label, answered.alphabet, deps, say) };
      case 'too-many':
        return { notice: tooMany(answered.retryAfterSeconds, say) };
      case 'agree-first': {
        const { prediction, labelId, whose } = answered;
        const answer = labelId === null ? 'reject' : { labelId };
        return { message: agreeing.message({ prediction: prediction.id, answer, whose }, say) };
      }
      case 'unknown-prediction':
      case 'not-yours':
      case 'blocked':
      case 'not-agreed':
      case 'only-read':
        return { notice: say(answered.outcome) };
    }
  }

  /** The whole photo in place of what was pressed, or why not. */
  async function shown(
    { event, speaker, say }: Heard,
    prediction: string,
    more: { readonly page?: number; readonly before?: string } = {},
  ): Promise<{ readonly message?: Message; readonly notice?: string }> {
    const opened = await recognition.open(prediction, speaker, event.chat);
    if (opened.outcome !== 'photo') return { notice: say(opened.outcome) };
    return { message: await readingMessage(opened, say, more) };
  }

  async function elsewhere(heard: Heard, prediction: string, as: 'one' | 'whole'): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const said = store.predictions.message(prediction);
    if (said === null || (event.kind === 'press' && isSame(event.on, said))) return [];
    const photo = await recognition.open(prediction, speaker, event.chat);
    if (photo.outcome !== 'photo') return [];
    const found = photo.glyphs.find((each) => each.prediction.id === prediction);
    if (found === undefined) return [];
    const isWhole = as === 'whole' && photo.glyphs.length > 1;
    const message = isWhole
      ? await readingMessage(photo, say)
      : await withWhole(heard, prediction, standing(found, photo.alphabet, say));
    return [{ kind: 'revise', said, message }];
  }

  /** The question, or the answer that stands. */
  const standing = ({ prediction, answer }: Answerable, alphabet: Alphabet, say: Say, within?: true): Message => {
    const asked: Question = { ...prediction, ...(within && { within }) };
    return answer === null
      ? questionMessage(asked, alphabet, say)
      : savedMessage(asked, answer.kind, answer.label, say);
  };

  async function verdict(heard: Heard, action: Verdict): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const { prediction } = action;
    const given =
      action.do === 'reject'
        ? ({ kind: 'reject' } as const)
        : ({ kind: 'label', label: { id: action.labelId } } as const);
    const answered = await recognition.answer({ prediction, verdict: given, speaker, chat: event.chat });
    if (answered.outcome === 'agree-first') {
      const { within } = action;
      const answer = action.do === 'reject' ? ('reject' as const) : { labelId: action.labelId };
      return agreeing.instead({ prediction, answer, whose: answered.whose, within }, say);
    }
    const said = after(answered, say);
    if (said.message === undefined) return edited(said);
    if (action.within !== true) return edited({ ...said, message: await withWhole(heard, prediction, said.message) });
    // The next one of the photo is a tap away.
    return edited({
      ...(await shown(heard, prediction)),
      ...(said.notice === undefined ? {} : { notice: said.notice }),
    });
  }

  /** The question about one, or the whole photo, in place of what was pressed. */
  async function again(
    heard: Heard,
    {
      prediction,
      within,
      whole: isWhole,
    }: { readonly prediction: string; readonly within?: true; readonly whole: boolean },
    before = '',
  ): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    if (isWhole) return edited(await shown(heard, prediction, { before }));
    if (within === true) return one(heard, prediction);
    const photo = await recognition.open(prediction, speaker, event.chat);
    if (photo.outcome !== 'photo') return notice(say(photo.outcome));
    const found = photo.glyphs.find((each) => each.prediction.id === prediction);
    if (found === undefined) return notice(say('unknown-prediction'));
    return edited({ message: await withWhole(heard, prediction, standing(found, photo.alphabet, say)) });
  }

  /** A photo's main character leads to the others as well. */
  async function withWhole({ event, speaker, say }: Heard, prediction: string, message: Message): Promise<Message> {
    const photo = await recognition.open(prediction, speaker, event.chat);
    if (photo.outcome !== 'photo' || photo.glyphs.length === 1) return message;
    const whole = wholeButton(photo.glyphs[0].prediction.id, photo.glyphs.length, say);
    return { ...message, keyboard: [...(message.keyboard ?? []), [whole]] };
  }

  async function undo(heard: Heard, { prediction: id, within }: Action): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const undone = await recognition.undo({ prediction: id, speaker, chat: event.chat });
    if (undone.outcome === 'unknown-prediction' || undone.outcome === 'not-yours') return notice(say(undone.outcome));
    if (within === true) return one(heard, id);
    const { prediction } = undone;
    const alphabet = deps.alphabet(prediction.alphabet);
    const before = undone.outcome === 'undone' ? `${say('undone')} ` : '';
    const message = await withWhole(heard, id, questionMessage(prediction, alphabet, say, before));
    return edited({ message, ...(before === '' ? { notice: say('nothing-to-undo') } : {}) });
  }

  /** One character of a photo: its picture, its question or answer, and the way back where there are others. */
  async function one({ event, speaker, say }: Heard, id: string): Promise<readonly Reply[]> {
    const photo = await recognition.open(id, speaker, event.chat);
    if (photo.outcome !== 'photo') return notice(say(photo.outcome));
    const found = photo.glyphs.find(({ prediction }) => prediction.id === id);
    if (found === undefined) return notice(say('unknown-prediction'));
    const { prediction } = found;
    const png = deps.glyphPng(prediction.glyph);
    const alt = sayOf(say, photo.alphabet.kind)('picture-glyph');
    // The photo shows several: which one is asked about has to be seen.
    const pictures = [{ png: () => png, alt, role: 'glyph', inDoubt: true }] as const;
    const { length } = photo.glyphs;
    if (length === 1) return edited({ message: { ...standing(found, photo.alphabet, say), pictures } });
    const message = standing(found, photo.alphabet, say, true);
    const number = String(prediction.place + 1);
    return edited({
      message: {
        text: `${number}: ${message.text}`,
        keyboard: [...(message.keyboard ?? []), [wholeButton(photo.glyphs[0].prediction.id, length, say)]],
        pictures,
      },
    });
  }

  /** Turning the pages of "other…": changes what is shown, never what is saved. */
  async function browse(
    heard: Heard,
    action: Extract<Action, { readonly do: 'back' | 'wrong' | 'rows' | 'row' }>,
  ): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    if (action.do === 'back' && action.within === true) return one(heard, action.prediction);
    const opened = await recognition.open(action.prediction, speaker, event.chat);
    if (opened.outcome !== 'photo') return notice(say(opened.outcome));
    const found = opened.glyphs.find(({ prediction }) => prediction.id === action.prediction);
    if (found === undefined) return notice(say('unknown-prediction'));
    const { alphabet } = opened;
    const other = sayOf(say, alphabet.kind)('answer-other');
    const prediction: Question = { ...found.prediction, ...(action.within && { within: true }) };
    const { answer } = found;
    if (answer !== null) return edited({ message: savedMessage(prediction, answer.kind, answer.label, say) });
    if (action.do === 'back') return edited({ message: questionMessage(prediction, alphabet, say) });
    if (action.do === 'wrong')
      return edited({ message: { text: other, keyboard: wrongKeyboard(prediction, alphabet, say) } });
    const keyboard =
      action.do === 'rows'
        ? otherKeyboard(prediction, alphabet, say)
        : rowKeyboard(prediction, action.row, alphabet, say);
    if (keyboard === undefined) return notice(say('unknown-button'));
    return edited({ message: { text: other, keyboard } });
  }

  /** Everything that is not answered yet, as it was read or as it was written down. */
  async function everything(
    { event, speaker, say }: Heard,
    prediction: string,
    text?: string,
  ): Promise<
    { readonly photo: Photo; readonly said: string } | { readonly notice: string } | { readonly ask: Unagreed }
  > {
    const done = await recognition.answerAll({
      prediction,
      speaker,
      chat: event.chat,
      ...(text === undefined ? {} : { text }),
    });
    if (done.outcome === 'unknown-label') {
      return { notice: notALabel(done.label, done.alphabet, deps, say) };
    }
    if (done.outcome === 'agree-first') {
      const { whose } = done;
      return { ask: { prediction, whose, answer: text === undefined ? 'all' : { line: text } } };
    }
    if (done.outcome !== 'answered') return { notice: say(done.outcome) };
    const { saved, retryAfterSeconds } = done;
    const said = [
      saved === 0 ? say('several-none-saved') : say('several-saved', { saved }),
      ...(retryAfterSeconds === undefined ? [] : [tooMany(retryAfterSeconds, say)]),
    ];
    return { photo: done, said: said.join(' ') };
  }

  async function whole(heard: Heard, prediction: string, before = ''): Promise<Message> {
    const { message, notice: why } = await shown(heard, prediction, { before });
    return message ?? { text: why ?? '' };
  }

  async function line(heard: Heard, prediction: string, text: string, before = ''): Promise<Message> {
    const done = await everything(heard, prediction, text);
    if ('notice' in done) return whole(heard, prediction, done.notice);
    if ('ask' in done) return agreeing.message(done.ask, heard.say);
    return readingMessage(done.photo, heard.say, { before: before === '' ? done.said : `${before}\n${done.said}` });
  }

  /** Everything as it was read, or as the line was typed. */
  async function all(heard: Heard, prediction: string, line?: string): Promise<readonly Reply[]> {
    const { say } = heard;
    const done = await everything(heard, prediction, line);
    if ('notice' in done) return notice(done.notice);
    if ('ask' in done) return agreeing.instead(done.ask, say);
    const now = edited({ message: await readingMessage(done.photo, say), notice: done.said });
    return [...now, ...(await elsewhere(heard, prediction, 'whole'))];
  }

  async function press(heard: Heard, action: Action): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const { prediction } = action;
    const its = (as: 'one' | 'whole'): Promise<readonly Reply[]> => elsewhere(heard, prediction, as);
    switch (action.do) {
      case 'label':
      case 'reject':
        return [...(await verdict(heard, action)), ...(await its(action.within === true ? 'whole' : 'one'))];
      case 'undo':
        return [...(await undo(heard, action)), ...(await its(action.within === true ? 'whole' : 'one'))];
      case 'back':
      case 'wrong':
      case 'rows':
      case 'row':
        return browse(heard, action);
      case 'photo':
        return edited(await shown(heard, prediction, { page: action.page }));
      case 'glyph':
        return one(heard, prediction);
      case 'all':
        return all(heard, prediction);
      case 'agree':
        return agreeing.agree(heard, action);
      case 'not-now':
        return agreeing.notNow(heard, action);
      case 'undo-all': {
        const undone = await recognition.undoAll({ prediction, speaker, chat: event.chat });
        if (undone.outcome !== 'undone') return notice(say(undone.outcome));
        const said = undone.undone === 0 ? say('nothing-to-undo') : say('several-undone', { count: undone.undone });
        const none = edited({ message: await readingMessage(undone, say), notice: said });
        return [...none, ...(await its('whole'))];
      }
    }
  }

  return {
    after,
    whole,
    line,
    elsewhere,
    press,
    async typed(heard, about, text) {
      const { event, speaker, say } = heard;
      const { chat } = event;
      const to = store.predictions.address(about.prediction);
      // Thanks stand under the photo.
      const told = (message: Message): Reply => ({ kind: 'message', message, ...(to === null ? {} : { to }) });
      /** What is said, and the photo's own message; where that is not known, its buttons stand under what is said. */
      const both = async (said: string, as: 'one' | 'whole', message: Message): Promise<readonly Reply[]> => {
        const own = await elsewhere(heard, about.prediction, as);
        return own.length === 0 ? [told(message)] : [told({ text: said }), ...own];
      };
      if (about.whole) {
        const photo = await recognition.open(about.prediction, speaker, chat);
        if (photo.outcome !== 'photo') return [told({ text: say(photo.outcome) })];
        const found = labelsOfText(photo.alphabet, text);
        // One label for several: nobody can know whose it is.
        if ('labels' in found && found.labels.length < 2 && photo.glyphs.length > 1)
          return [told({ text: say('several-which') })];
        const done = await everything(heard, about.prediction, text);
        if ('notice' in done) return [told({ text: done.notice })];
        if ('ask' in done) return [told(agreeing.message(done.ask, say))];
        return both(done.said, 'whole', await readingMessage(done.photo, say, { before: done.said }));
      }
      const given = { kind: 'label', label: { text } } as const;
      const answered = await recognition.answer({ prediction: about.prediction, verdict: given, speaker, chat });
      const { message, notice: why } = after(answered, say);
      if (why !== undefined) return [told({ text: why })];
      if (answered.outcome === 'agree-first' && message !== undefined) return [told(message)];
      return message === undefined ? [] : both(message.text, 'one', message);
    },
  };
}

function edited({ message, notice: why }: { readonly message?: Message; readonly notice?: string }): readonly Reply[] {
  return [
    ...(message === undefined ? [] : [{ kind: 'edit', message } as const]),
    ...(why === undefined ? [] : [{ kind: 'notice', text: why } as const]),
  ];
}
