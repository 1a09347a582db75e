// What a button carries: an action, a prediction's short id, a label's id; never text. One codec, one parser, 64 bytes.
import { PREDICTION_ID_LENGTH } from '../recognition/outcomes.ts';
import type { Button } from './event.ts';

interface About {
  readonly prediction: string;
  /** It is one of several in its photo, and the message returns to the whole. */
  readonly within?: true;
}

export type ButtonAction =
  /** The prediction is right about its best candidate, or is really this label. */
  | (About & { readonly do: 'label'; readonly labelId: number })
  | (About & { readonly do: 'reject' })
  /** The best candidate is wrong: shows what else it may be. */
  | (About & { readonly do: 'wrong' })
  | (About & { readonly do: 'undo' })
  /** Show the first keyboard again. */
  | (About & { readonly do: 'back' })
  /** Show the rows of an alphabet (page of rows), then the labels of one row. */
  | (About & { readonly do: 'rows'; readonly page: number })
  | (About & { readonly do: 'row'; readonly row: number })
  /** A photo of several characters: all of it (a page of its numbers), one of them, and what is said of all at once. */
  | (About & { readonly do: 'photo'; readonly page: number })
  | (About & { readonly do: 'glyph' })
  | (About & { readonly do: 'all' })
  | (About & { readonly do: 'undo-all' })
  /** Who answered agrees to teach by this text, and the answer is kept: a label, "not a character", all as it was read, or the typed line. */
  | (About & { readonly do: 'agree'; readonly text: number; readonly whose: string; readonly answer: AgreedAnswer })
  /** They do not, now: the question again, of one or of the whole photo. */
  | (About & { readonly do: 'not-now'; readonly whole: boolean })
  /** Settings: what is chosen is an id of ours. */
  | { readonly do: 'choose'; readonly what: ChooseWhat; readonly value: string };

/** What is kept once somebody agreed. */
export type AgreedAnswer = { readonly labelId: number } | 'reject' | 'all' | 'line';

const chooseWhats = [
  'alphabet',
  'language',
  'answering',
  'only',
  'announce',
  'forget',
  'consent',
  'rollback',
  'silence',
  'hand',
  'withdraw',
  'cancel',
  'retrain',
  'stats',
] as const;
export type ChooseWhat = (typeof chooseWhats)[number];

const letters = {
  label: 'l',
  reject: 'x',
  wrong: 'n',
  undo: 'u',
  back: 'b',
  rows: 'p',
  row: 'r',
  photo: 'v',
  glyph: 'g',
  all: 'a',
  'undo-all': 'w',
  agree: 'k',
  'not-now': 'q',
  choose: 's',
} as const;

/** Stands behind the id of a prediction where `within`, and where a text is about the whole photo. */
const WITHIN = '+';

export function encodeButton(action: ButtonAction): string {
  const letter = letters[action.do];
  if (action.do === 'choose') return `${letter}:${action.what}:${action.value}`;
  const about = `${letter}:${action.prediction}${action.within === true ? WITHIN : ''}`;
  switch (action.do) {
    case 'label':
      return `${about}:${action.labelId}`;
    case 'rows':
    case 'photo':
      return `${about}:${action.page}`;
    case 'row':
      return `${about}:${action.row}`;
    case 'agree':
      return `${about}:${action.text}-${action.whose}-${encodeAnswer(action.answer)}`;
    case 'not-now':
      return `${about}:${action.whole ? WHOLE : ONE}`;
    case 'reject':
    case 'wrong':
    case 'undo':
    case 'back':
    case 'glyph':
    case 'all':
    case 'undo-all':
      return about;
  }
}

/** Parses what came back from a platform; undefined for anything that is not exactly a button of ours. */
export function decodeButton(payload: string): ButtonAction | undefined {
  const match = /^([a-z]):([\w-]{1,40})(\+)?(?::([\w-]{1,40}))?$/.exec(payload);
  if (match === null) return undefined;
  const [, letter, subject = '', within, value] = match;
  const number = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
  if (letter === letters.choose) {
    const what = chooseWhats.find((each) => each === subject);
    if (what === undefined || value === undefined || within !== undefined) return undefined;
    return { do: 'choose', what, value };
  }
  if (subject.length !== PREDICTION_ID_LENGTH) return undefined;
  const about: About = { prediction: subject, ...(within === undefined ? {} : { within: true }) };
  if (number !== undefined) {
    if (letter === letters.label) return { ...about, do: 'label', labelId: number };
    if (letter === letters.rows) return { ...about, do: 'rows', page: number };
    if (letter === letters.photo) return { ...about, do: 'photo', page: number };
    if (letter === letters.row) return { ...about, do: 'row', row: number };
  }
  if (letter === letters.agree) return agreeButton(about, value ?? '');
  if (letter === letters['not-now'] && (value === WHOLE || value === ONE))
    return { ...about, do: 'not-now', whole: value === WHOLE };
  if (value !== undefined) return undefined;
  const plain = (['reject', 'wrong', 'undo', 'back', 'glyph', 'all', 'undo-all'] as const).find(
    (each) => letters[each] === letter,
  );
  return plain && { ...about, do: plain };
}

const [WHOLE, ONE] = ['all', 'one'];
const answers = { reject: 'x', all: 'a', line: 't' } as const;

const encodeAnswer = (answer: AgreedAnswer): string =>
  typeof answer === 'object' ? `l${answer.labelId}` : answers[answer];

function agreeButton(about: About, value: string): ButtonAction | undefined {
  const [, text, whose = '', letter, labelId] = /^(\d{1,6})-(\w+)-(?:([xat])|l(\d{1,6}))$/.exec(value) ?? [];
  if (text === undefined) return undefined;
  const plain = (['reject', 'all', 'line'] as const).find((each) => answers[each] === letter);
  const answer = plain ?? { labelId: Number(labelId) };
  return { ...about, do: 'agree', text: Number(text), whose, answer };
}

/**
 * What a button is about, so that a platform can tell what a text means that replies to its message: a prediction, or its whole
 * photo (`aboutOf` of src/chat/buttons.ts reads it; platforms only hand it on).
 */
export function pressedPrediction(payload: string): string | undefined {
  const action = decodeButton(payload);
  if (action === undefined || action.do === 'choose') return undefined;
  const whole =
    ['photo', 'glyph', 'all', 'undo-all'].includes(action.do) ||
    (action.do === 'not-now' && action.whole) ||
    (action.do === 'agree' && (action.answer === 'all' || action.answer === 'line'));
  return whole ? wholePhotoOf(action.prediction) : action.prediction;
}

/** What a text is about that means the whole photo. */
export const wholePhotoOf = (prediction: string): string => `${prediction}${WITHIN}`;

export function aboutOf(about: string): { readonly prediction: string; readonly whole: boolean } {
  const whole = about.endsWith(WITHIN);
  return { prediction: whole ? about.slice(0, -WITHIN.length) : about, whole };
}

/** A line of buttons as it stands on a screen that is filled from the left: what is read from the right is turned. */
export function laidOut(line: readonly Button[]): readonly Button[] {
  return line.some(({ fromRight }) => fromRight) ? line.toReversed() : line;
}
