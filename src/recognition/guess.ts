// What a glyph is taken for before anybody has answered: what its cell of a practice sheet was for, else what the model reads.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Prediction } from './outcomes.ts';

interface Guess {
  /** Null: not a character, or nothing to say. */
  readonly label: { readonly labelId: number; readonly label: string } | null;
  /** Worth a look by itself; of a sheet: not to be saved unseen. */
  readonly doubtful: boolean;
}

/** In a cell the model is believed against the sheet only where it is sure, and gives the cell's label less than this. */
const UNLIKELY = 0.05;

export function guessOf(
  { candidates, outcome, expected }: Pick<Prediction, 'candidates' | 'outcome' | 'expected'>,
  { confusable }: Pick<Alphabet, 'confusable'>,
): Guess {
  const best = candidates[0] ?? null;
  if (expected === undefined) {
    return outcome === 'not-a-character'
      ? { label: null, doubtful: false }
      : { label: best, doubtful: outcome !== 'sure' };
  }
  const meant = new Set([expected.labelId, ...(confusable.find((group) => group.includes(expected.labelId)) ?? [])]);
  const likely = candidates.some(({ labelId, probability }) => meant.has(labelId) && probability >= UNLIKELY);
  return { label: expected, doubtful: outcome === 'not-a-character' || (outcome === 'sure' && !likely) };
}

/** The label that "all right" saves; undefined where it saves nothing. */
export function savedUnseen(
  prediction: Pick<Prediction, 'candidates' | 'outcome' | 'expected'>,
  alphabet: Pick<Alphabet, 'confusable'>,
): number | undefined {
  const { label, doubtful } = guessOf(prediction, alphabet);
  return label === null || (prediction.expected !== undefined && doubtful) ? undefined : label.labelId;
}
