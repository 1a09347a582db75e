// Which buttons stand under a prediction: pure, from what was predicted to rows of buttons.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import { sayOf, type Say } from '../words/words.ts';
import { encodeButton } from './buttons.ts';
import { confidenceOf, offeredOf } from './confidence.ts';
import type { Button, Keyboard } from './event.ts';
import { rowsOf } from './rows.ts';
import type { Prediction } from '../recognition/outcomes.ts';

/** Labels up to which "other…" shows all of them at once, in the alphabet's own rows. */
const ALL_AT_ONCE = 40;
/** Buttons on one keyboard beside those of its last row: Telegram takes a hundred, Discord four selects of 25. */
const MOST = 96;
/** Buttons a row that still can be hit with a thumb. */
const WIDE = 8;
/** Characters that a phone's line of buttons shows, what each button takes around its text, and what is long for one button. */
const LINE = 56;
const AROUND = 4;
const LONG = 24;

/** `within`: one of several in its photo. */
type Named = Pick<Prediction, 'id' | 'candidates' | 'outcome'> & { readonly within?: true };

const about = ({ id, within }: Pick<Named, 'id' | 'within'>) => ({ prediction: id, ...(within && { within }) });

function labelButton(
  alphabet: Alphabet,
  prediction: Named,
  labelId: number,
  say: Say,
  role?: Button['role'],
  mark = '',
): Button {
  const label = labelById(alphabet, labelId);
  const text = label?.text ?? '?';
  return {
    text: `${mark}${text}`,
    // A figure has another name in every language, and who reads aloud knows it.
    name: say('button-label-name', { name: /^\p{Nd}$/u.test(text) ? text : (label?.name ?? text) }),
    payload: encodeButton({ ...about(prediction), do: 'label', labelId }),
    ...(role === undefined ? {} : { role }),
  };
}

/**
 * Sure: ✓ and ✗. Unsure: what it may be, none before the others. Else what comes to mind. All but the first have the ways out
 * beside them: other…, not a character. Nothing learnt yet: the whole alphabet.
 */
export function answerKeyboard(prediction: Named, alphabet: Alphabet, say: Say): Keyboard {
  const confidence = confidenceOf(prediction, alphabet);
  switch (confidence.kind) {
    case 'nothing-learnt':
      return [...chooseRows(alphabet, prediction, say), [rejectButton(prediction, sayOf(say, alphabet.kind))]];
    case 'sure': {
      const no = encodeButton({ ...about(prediction), do: 'wrong' });
      return [
        [
          labelButton(alphabet, prediction, confidence.best.labelId, say, 'primary', '✓ '),
          { text: '✗', name: say('button-wrong-name'), payload: no },
        ],
      ];
    }
    case 'unsure':
      return offer(prediction, confidence.alone ? [confidence.between[0]] : confidence.between, alphabet, say);
    case 'lost':
      return offer(prediction, confidence.guesses, alphabet, say);
  }
}

/** ✗ under what was read: the next candidates, and the ways out. */
export function wrongKeyboard(prediction: Named, alphabet: Alphabet, say: Say): Keyboard {
  const back: Button = { text: say('button-back'), payload: encodeButton({ ...about(prediction), do: 'back' }) };
  return [...offer(prediction, offeredOf(prediction, alphabet).slice(1), alphabet, say), [back]];
}

/** In the alphabet's kind's own words. */
function offer(
  prediction: Named,
  candidates: readonly { readonly labelId: number }[],
  alphabet: Alphabet,
  say: Say,
): Button[][] {
  const offered = candidates.map(({ labelId }) => labelButton(alphabet, prediction, labelId, say));
  const rows = rowsOf(offered, roomFor(offered));
  const other = { text: say('button-other'), payload: encodeButton({ ...about(prediction), do: 'rows', page: 0 }) };
  return [...rows, [other, rejectButton(prediction, sayOf(say, alphabet.kind))]];
}

const rejectButton = (prediction: Named, say: Say): Button => ({
  text: say('button-reject'),
  payload: encodeButton({ ...about(prediction), do: 'reject' }),
});

/** Under a verdict: undo. */
export function undoKeyboard(prediction: Pick<Named, 'id' | 'within'>, say: Say): Keyboard {
  return [[{ text: say('button-undo'), payload: encodeButton({ ...about(prediction), do: 'undo' }) }]];
}

/** "other…": all labels where they fit, else the alphabet's rows to choose from. */
export function otherKeyboard(prediction: Named, alphabet: Alphabet, say: Say): Keyboard {
  const back: Button = { text: say('button-back'), payload: encodeButton({ ...about(prediction), do: 'back' }) };
  return [...chooseRows(alphabet, prediction, say), [back]];
}

/** Whether its labels are too many to stand side by side. */
export const isLong = ({ labels }: Alphabet): boolean => labels.length > ALL_AT_ONCE;

/** All labels where they fit, else the alphabet's rows to choose from. */
function chooseRows(alphabet: Alphabet, prediction: Named, say: Say): Button[][] {
  if (!isLong(alphabet)) return labelRows(alphabet, prediction, say);
  const groups = rowGroups(alphabet).map((group, row): Button => {
    const texts = group.map((id) => labelById(alphabet, id)?.text ?? '');
    const joined = texts.join(texts.some((text) => text.length > 2) ? ' ' : '');
    const isShort = texts.length <= 5 && joined.length <= LONG;
    const shown = isShort ? joined : `${texts[0] ?? ''} – ${texts.at(-1) ?? ''}`;
    return {
      text: shown,
      name: say('button-row-name', { labels: texts.join(' ') }),
      payload: encodeButton({ ...about(prediction), do: 'row', row }),
    };
  });
  return rowsOf(groups, Math.min(3, roomFor(groups)));
}

/** The labels of one row of the alphabet; undefined for a row that is not there. */
export function rowKeyboard(prediction: Named, row: number, alphabet: Alphabet, say: Say): Keyboard | undefined {
  const group = rowGroups(alphabet)[row];
  if (group === undefined) return undefined;
  const buttons = group.map((id) => labelButton(alphabet, prediction, id, say));
  return [
    ...rowsOf(inDirection(alphabet, buttons), Math.min(buttons.length <= WIDE ? WIDE : 6, roomFor(buttons))),
    [{ text: say('button-back'), payload: encodeButton({ ...about(prediction), do: 'rows', page: 0 }) }],
  ];
}

function labelRows(alphabet: Alphabet, prediction: Named, say: Say): Button[][] {
  const buttons = alphabet.rows.map((row) => row.map((id) => labelButton(alphabet, prediction, id, say)));
  const wide = roomFor(buttons.flat());
  return buttons.flatMap((row) => rowsOf(inDirection(alphabet, row), wide));
}

/** How many of these stand side by side on a phone and can be read; of single characters as many as a thumb can hit. */
function roomFor(buttons: readonly Button[]): number {
  const longest = Math.max(1, ...buttons.map(({ text }) => text.length));
  return Math.max(1, Math.min(WIDE, Math.floor(LINE / (longest + AROUND))));
}

/** In the alphabet's own order; where people read it from the right, a platform begins there. */
function inDirection(alphabet: Alphabet, buttons: Button[]): Button[] {
  return alphabet.direction === 'rtl' ? buttons.map((button) => ({ ...button, fromRight: true })) : buttons;
}

/**
 * The alphabet's rows, as people know them; where there are more than one keyboard holds, neighbours are joined, and a row
 * too long for one is parted. Two taps reach 96 × 96 labels.
 */
function rowGroups(alphabet: Alphabet): readonly (readonly number[])[] {
  const rows = alphabet.rows.flatMap((row) => rowsOf(row, MOST));
  if (rows.length <= MOST) return rows;
  const groups: number[][] = [];
  const least = Math.ceil(alphabet.labels.length / MOST);
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < least && last.length + row.length <= MOST) last.push(...row);
    else groups.push([...row]);
  }
  return groups.length <= MOST
    ? groups
    : rowsOf(
        alphabet.labels.map(({ id }) => id),
        least,
      );
}
