// What a press on a button about a prediction does, to one character or to all of its photo.
import type { Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import { sayOf } from '../words/words.ts';
import { makeAgreeing } from './agreeing.ts';
import type { ButtonAction } from './buttons.ts';
import { notice, type Heard } from './command.ts';
import type { Message, Reply } from './event.ts';
import type { FindableAlphabets } from './find-alphabet.ts';
import { makeKeeping, type Keeping } from './keeping.ts';
import { otherKeyboard, rowKeyboard, wrongKeyboard } from './keyboards.ts';
import { questionMessage, savedMessage, type Question } from './question.ts';
import { readingMessage } from './several.ts';
import { edited, makeShowing, type Showing } from './showing.ts';
import { makeTyped, type Typed } from './typed.ts';

type Action = Exclude<ButtonAction, { readonly do: 'choose' }>;
type Verdict = Extract<Action, { readonly do: 'label' | 'reject' }>;

export interface Answering extends Pick<Keeping, 'after'>, Pick<Showing, 'elsewhere' | 'sign'> {
  /** A press on a button about a prediction. */
  press(heard: Heard, action: Action): Promise<readonly Reply[]>;
  /** A text about a prediction, or about its whole photo. */
  typed: Typed;
  /** The photo as a whole. */
  whole(heard: Heard, prediction: string, before?: string): Promise<Message>;
  /** The photo as a whole, after its line was written down. */
  line(heard: Heard, prediction: string, text: string, before?: string): Promise<Message>;
}

export function makeAnswering(
  deps: FindableAlphabets & {
    readonly recognition: Recognition;
    readonly store: Pick<Store, 'predictions'>;
    readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  },
): Answering {
  const { recognition, store } = deps;
  const showing = makeShowing(deps);
  const agreeing = makeAgreeing({ recognition, store, press, line: all, again: showing.again });
  const keeping = makeKeeping({ ...deps, agreeing });
  const typed = makeTyped({ recognition, store, showing, keeping, agreeing });

  async function verdict(heard: Heard, action: Verdict): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const { prediction, within } = action;
    const given =
      action.do === 'reject'
        ? ({ kind: 'reject' } as const)
        : ({ kind: 'label', label: { id: action.labelId } } as const);
    const answered = await recognition.answer({ prediction, verdict: given, speaker, chat: event.chat });
    if (answered.outcome === 'agree-first') {
      const answer = action.do === 'reject' ? ('reject' as const) : { labelId: action.labelId };
      return agreeing.instead({ prediction, answer, whose: answered.whose, within }, say);
    }
    const said = keeping.after(answered, say);
    if (said.message === undefined) return edited(said);
    if (within !== true) return edited({ ...said, message: await showing.withWhole(heard, prediction, said.message) });
    // The next one of the photo is a tap away.
    const { message, notice: why } = await showing.whole(heard, prediction);
    return edited({ message, notice: said.notice ?? why });
  }

  async function undo(heard: Heard, { prediction: id, within }: Action): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const undone = await recognition.undo({ prediction: id, speaker, chat: event.chat });
    if (undone.outcome === 'unknown-prediction' || undone.outcome === 'not-yours') return notice(say(undone.outcome));
    if (within === true) return showing.one(heard, id);
    const { prediction } = undone;
    const alphabet = deps.alphabet(prediction.alphabet);
    const before = undone.outcome === 'undone' ? `${say('undone')} ` : '';
    const message = await showing.withWhole(heard, id, questionMessage(prediction, alphabet, say, before));
    return edited({ message, ...(before === '' ? { notice: say('nothing-to-undo') } : {}) });
  }

  async function undoAll(heard: Heard, prediction: string): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    const undone = await recognition.undoAll({ prediction, speaker, chat: event.chat });
    if (undone.outcome !== 'undone') return notice(say(undone.outcome));
    const said = undone.undone === 0 ? say('nothing-to-undo') : say('several-undone', { count: undone.undone });
    const none = edited({ message: await readingMessage(undone, say), notice: said });
    const others = await showing.elsewhere(heard, prediction, 'whole');
    return [...none, ...others, ...(await showing.sign(heard, prediction, false))];
  }

  /** Turning the pages of "other…": changes what is shown, never what is saved. */
  async function browse(
    heard: Heard,
    action: Extract<Action, { readonly do: 'back' | 'wrong' | 'rows' | 'row' }>,
  ): Promise<readonly Reply[]> {
    const { say } = heard;
    if (action.do === 'back' && action.within === true) return showing.one(heard, action.prediction);
    const found = await showing.find(heard, action.prediction);
    if ('notice' in found) return notice(found.notice);
    const { alphabet } = found.photo;
    const { answer } = found.glyph;
    const prediction: Question = { ...found.glyph.prediction, ...(action.within && { within: true }) };
    if (answer !== null) return edited({ message: savedMessage(prediction, answer.kind, answer.label, say) });
    if (action.do === 'back') return edited({ message: questionMessage(prediction, alphabet, say) });
    const keyboard =
      action.do === 'wrong'
        ? wrongKeyboard(prediction, alphabet, say)
        : action.do === 'rows'
          ? otherKeyboard(prediction, alphabet, say)
          : rowKeyboard(prediction, action.row, alphabet, say);
    if (keyboard === undefined) return notice(say('unknown-button'));
    return edited({ message: { text: sayOf(say, alphabet.kind)('answer-other'), keyboard } });
  }

  async function whole(heard: Heard, prediction: string, before = ''): Promise<Message> {
    const { message, notice: why } = await showing.whole(heard, prediction, { before });
    return message ?? { text: why };
  }

  /** Everything as it was read, or as the line was typed. */
  async function all(heard: Heard, prediction: string, line?: string): Promise<readonly Reply[]> {
    const { say } = heard;
    const done = await keeping.everything(heard, prediction, line);
    if ('notice' in done) return notice(done.notice);
    if ('ask' in done) return agreeing.instead(done.ask, say);
    const now = edited({ message: await readingMessage(done.photo, say), notice: done.said });
    const others = await showing.elsewhere(heard, prediction, 'whole');
    return [...now, ...others, ...(await showing.sign(heard, prediction, true))];
  }

  async function press(heard: Heard, action: Action): Promise<readonly Reply[]> {
    const { prediction, within } = action;
    const its = (): Promise<readonly Reply[]> =>
      showing.elsewhere(heard, prediction, within === true ? 'whole' : 'one');
    switch (action.do) {
      case 'label':
      case 'reject':
        return [...(await verdict(heard, action)), ...(await its()), ...(await showing.sign(heard, prediction, true))];
      case 'undo':
        return [...(await undo(heard, action)), ...(await its()), ...(await showing.sign(heard, prediction, false))];
      case 'back':
      case 'wrong':
      case 'rows':
      case 'row':
        return browse(heard, action);
      case 'photo':
        return edited(await showing.whole(heard, prediction, { page: action.page }));
      case 'glyph':
        return showing.one(heard, prediction);
      case 'all':
        return all(heard, prediction);
      case 'agree':
        return agreeing.agree(heard, action);
      case 'not-now':
        return agreeing.notNow(heard, action);
      case 'undo-all':
        return undoAll(heard, prediction);
    }
  }

  return {
    after: keeping.after,
    elsewhere: showing.elsewhere,
    sign: showing.sign,
    press,
    typed,
    whole,
    async line(heard, prediction, text, before = '') {
      const done = await keeping.everything(heard, prediction, text);
      if ('notice' in done) return whole(heard, prediction, done.notice);
      if ('ask' in done) return agreeing.message(done.ask, heard.say);
      return readingMessage(done.photo, heard.say, { before: before === '' ? done.said : `${before}\n${done.said}` });
    },
  };
}
