// How sure a reading is, and which labels it asks between: what is asked and which buttons stand there follow from it. Pure.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Candidate, Prediction } from '../recognition/outcomes.ts';

type Read = Pick<Prediction, 'candidates' | 'outcome'>;

type Confidence =
  /** A nod is enough. */
  | { readonly kind: 'sure'; readonly best: Candidate }
  /** It is one of these two or three; `alone`: only the first is worth naming. */
  | {
      readonly kind: 'unsure';
      readonly between: readonly [Candidate, Candidate, ...Candidate[]];
      readonly alone: boolean;
    }
  /** What was read is no more than a guess: it is not asked about, only offered. */
  | { readonly kind: 'lost'; readonly guesses: readonly Candidate[] }
  /** Nothing was learnt yet. */
  | { readonly kind: 'nothing-learnt' };

/** A second that is no twin, and a third, are named from this probability on. */
const WORTH_NAMING = 0.1;
/** Those that are named are it more likely than not. */
const LIKELY = 0.5;
const NAMED = 3;
/** Candidates that are offered at all. */
const OFFERED = 4;

export function confidenceOf({ candidates, outcome }: Read, alphabet: Alphabet | undefined): Confidence {
  const [best, second] = candidates;
  if (best === undefined) return { kind: 'nothing-learnt' };
  if (outcome === 'sure') return { kind: 'sure', best };
  if (outcome !== 'not-a-character' && second !== undefined) {
    const twin = twinsOf(best, alphabet, candidates).find(({ labelId }) => labelId !== second.labelId);
    const third = twin ?? candidates.slice(2, NAMED).find(({ probability }) => probability >= WORTH_NAMING);
    const between = [best, second, ...(third === undefined ? [] : [third])] as const;
    const isLikely = between.reduce((sum, { probability }) => sum + probability, 0) >= LIKELY;
    const alone = between.length === 2 && second.probability < WORTH_NAMING && !areTwins(best, second, alphabet);
    if (isLikely) return { kind: 'unsure', between, alone };
  }
  return { kind: 'lost', guesses: offeredOf({ candidates }, alphabet).slice(0, NAMED) };
}

/** The best candidates; a twin of the best is always among them, since its shape may mean either. */
export function offeredOf(
  { candidates }: Pick<Read, 'candidates'>,
  alphabet: Alphabet | undefined,
): readonly Candidate[] {
  const best = candidates.slice(0, OFFERED);
  const [first] = best;
  if (first === undefined) return [];
  const missing = twinsOf(first, alphabet, candidates)
    .filter(({ labelId }) => !best.some((each) => each.labelId === labelId))
    .slice(0, OFFERED - 2);
  return [...best.slice(0, OFFERED - missing.length), ...missing];
}

const areTwins = (one: Candidate, other: Candidate, alphabet: Alphabet | undefined): boolean =>
  alphabet?.confusable.some((each) => each.includes(one.labelId) && each.includes(other.labelId)) === true;

/** Labels of the same shape. */
function twinsOf(
  { labelId }: Candidate,
  alphabet: Alphabet | undefined,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  const group = alphabet?.confusable.find((each) => each.includes(labelId)) ?? [];
  return group.flatMap((id): readonly Candidate[] => {
    const label = alphabet && labelById(alphabet, id);
    if (id === labelId || label === undefined) return [];
    const probability = candidates.find((each) => each.labelId === id)?.probability ?? 0;
    return [{ labelId: id, label: label.text, probability }];
  });
}
