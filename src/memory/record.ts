// How well the champion reads this person, by their own answers; and how much of a memory's opinion is let through. Where the champion
// hardly errs, most of what would change its answer is wrong: a memory must be the surer, the better the champion has been.

export interface Record {
  /** Takes in whether the champion alone read an answer's shape right. */
  note(isRight: boolean): void;
  /** How much likelier than the champion's answer another one must be to take its place; at least 1. */
  odds(): number;
}

/** Read before the first answer, as if: 30 with one error. Most people are read well. */
const [READ, MISREAD] = [30, 1] as const;
/** A champion that errs with one in five answers or more needs no protection. */
const POOR = 0.2;
/** How much likelier than the next an answer is that only stays. */
const BEFORE = 1.01;

export function makeRecord(): Record {
  let [read, misread] = [READ, MISREAD] as [number, number];
  return {
    note(isRight) {
      read += 1;
      misread += Number(!isRight);
    },
    // Bayes: of how likely the champion is to be wrong with this person, beside a poor one.
    odds: () => Math.max(1, ((read - misread) / misread) * (POOR / (1 - POOR))),
  };
}

/**
 * What a memory and the champion say together, [labels], adding up to 1. Where another shape than the champion's own answer, `first`, is the most
 * probable, but not `odds` times likelier, the champion's answer stays just before it.
 */
export function held(
  mix: Float64Array,
  first: number,
  odds: number,
  isSameShape: (a: number, b: number) => boolean,
): Float64Array {
  const now = largest(mix);
  if (isSameShape(now, first)) return mix;
  const shape = (of: number): number => mix.reduce((sum, each, place) => sum + (isSameShape(place, of) ? each : 0), 0);
  if (shape(now) > odds * shape(first)) return mix;
  const raised = mix.with(first, BEFORE * (mix[now] ?? 0));
  const sum = raised.reduce((total, each) => total + each, 0);
  return raised.map((each) => each / sum);
}

/** Where the largest value stands. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let place = 1; place < values.length; place++) if ((values[place] ?? 0) > (values[best] ?? 0)) best = place;
  return best;
}
