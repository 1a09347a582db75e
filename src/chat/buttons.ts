// What a button carries: an action, a prediction's short id, a label's id; never text. One codec, one parser, 64 bytes.
import { PREDICTION_ID_LENGTH } from '../recognition/outcomes.ts';
import type { Button } from './event.ts';

export type ButtonAction =
  /** The prediction is right about its best candidate, or is really this label. */
  | { readonly do: 'label'; readonly prediction: string; readonly labelId: number }
  | { readonly do: 'reject'; readonly prediction: string }
  | { readonly do: 'undo'; readonly prediction: string }
  /** Show the first keyboard again. */
  | { readonly do: 'back'; readonly prediction: string }
  /** Show the rows of an alphabet (page of rows), then the labels of one row. */
  | { readonly do: 'rows'; readonly prediction: string; readonly page: number }
  | { readonly do: 'row'; readonly prediction: string; readonly row: number }
  /** Settings: what is chosen is an id of ours. */
  | { readonly do: 'choose'; readonly what: ChooseWhat; readonly value: string };

const chooseWhats = [
  'alphabet',
  'language',
  'answering',
  'announce',
  'forget',
  'rollback',
  'silence',
  'withdraw',
] as const;
export type ChooseWhat = (typeof chooseWhats)[number];

const letters = { label: 'l', reject: 'x', undo: 'u', back: 'b', rows: 'p', row: 'r', choose: 's' } as const;

export function encodeButton(action: ButtonAction): string {
  const letter = letters[action.do];
  switch (action.do) {
    case 'label':
      return `${letter}:${action.prediction}:${action.labelId}`;
    case 'rows':
      return `${letter}:${action.prediction}:${action.page}`;
    case 'row':
      return `${letter}:${action.prediction}:${action.row}`;
    case 'reject':
    case 'undo':
    case 'back':
      return `${letter}:${action.prediction}`;
    case 'choose':
      return `${letter}:${action.what}:${action.value}`;
  }
}

/** Parses what came back from a platform; undefined for anything that is not exactly a button of ours. */
export function decodeButton(payload: string): ButtonAction | undefined {
  const match = /^([a-z]):([\w-]{1,40})(?::([\w-]{1,40}))?$/.exec(payload);
  if (match === null) return undefined;
  const [, letter, subject = '', value] = match;
  const number = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
  if (letter === letters.choose) {
    const what = chooseWhats.find((each) => each === subject);
    return what === undefined || value === undefined ? undefined : { do: 'choose', what, value };
  }
  if (subject.length !== PREDICTION_ID_LENGTH) return undefined;
  const prediction = subject;
  if (letter === letters.label && number !== undefined) return { do: 'label', prediction, labelId: number };
  if (letter === letters.rows && number !== undefined) return { do: 'rows', prediction, page: number };
  if (letter === letters.row && number !== undefined) return { do: 'row', prediction, row: number };
  if (value !== undefined) return undefined;
  if (letter === letters.reject) return { do: 'reject', prediction };
  if (letter === letters.undo) return { do: 'undo', prediction };
  if (letter === letters.back) return { do: 'back', prediction };
  return undefined;
}

/** The prediction a button is about, so that a platform can tell which message a text replies to. */
export function predictionOf(payload: string): string | undefined {
  const action = decodeButton(payload);
  return action !== undefined && action.do !== 'choose' ? action.prediction : undefined;
}

/** A line of buttons as it stands on a screen that is filled from the left: what is read from the right is turned. */
export function laidOut(line: readonly Button[]): readonly Button[] {
  return line.some(({ fromRight }) => fromRight) ? line.toReversed() : line;
}
