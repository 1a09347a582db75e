// Figures of merit, pure: from answers and probabilities to accuracy, macro-F1, calibration error and their intervals.
import { randomFrom } from '../random.ts';

/** Probabilities of logits divided by `temperature`. */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  const result = new Float64Array(logits.length);
  let largest = -Infinity;
  for (let i = 0; i < result.length; i++) largest = Math.max(largest, logits[i] ?? 0);
  let sum = 0;
  for (let i = 0; i < result.length; i++) sum += result[i] = Math.exp(((logits[i] ?? 0) - largest) / temperature);
  for (let i = 0; i < result.length; i++) result[i] = (result[i] ?? 0) / sum;
  return result;
}

/** One answer: what it was, what was read (null: nothing), and how sure the reader was of that. */
export interface Answer {
  readonly truth: number;
  readonly read: number | null;
  readonly confidence: number;
}

/** Share of answers for which `right` holds; NaN of none. */
export function accuracy(answers: readonly Answer[], right = isRight): number {
  return answers.filter(right).length / answers.length;
}

const isRight = (answer: Answer): boolean => answer.read === answer.truth;

/** Mean F1 over the labels that occur among the truths. */
export function macroF1(answers: readonly Answer[]): number {
  const truths = new Set(answers.map((answer) => answer.truth));
  let sum = 0;
  for (const label of truths) {
    const hits = answers.filter((answer) => answer.truth === label && answer.read === label).length;
    const asked = answers.filter((answer) => answer.truth === label).length;
    const said = answers.filter((answer) => answer.read === label).length;
    sum += (2 * hits) / (asked + said);
  }
  return sum / truths.size;
}

export interface ReliabilityBin {
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** Equal-width bins of confidence over [0, 1]: how sure the reader was, and how often it was right. Empty bins are left out. */
export function reliability(answers: readonly Answer[], bins = 15, right = isRight): readonly ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const answer of answers) {
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.floor(answer.confidence * bins)))];
    if (bin === undefined) continue;
    bin.count++;
    bin.confidence += answer.confidence;
    if (right(answer)) bin.right++;
  }
  return sums
    .filter((bin) => bin.count > 0)
    .map(({ count, confidence, right: hits }) => ({ count, confidence: confidence / count, accuracy: hits / count }));
}

/** Expected calibration error: the bins' gap between confidence and accuracy, weighted by their size (Guo et al., 2017). */
export function expectedCalibrationError(answers: readonly Answer[], bins = 15, right = isRight): number {
  return reliability(answers, bins, right).reduce(
    (sum, bin) => sum + (bin.count / answers.length) * Math.abs(bin.confidence - bin.accuracy),
    0,
  );
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval for `successes` of `trials`; z 1.96 gives 95 %. */
export function wilsonInterval(successes: number, trials: number, z = 1.959964): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const middle = share + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/** The percentile bootstrap's 95 % interval of any figure of the answers. Deterministic in `seed`. */
export function bootstrapInterval(
  answers: readonly Answer[],
  figure: (answers: readonly Answer[]) => number,
  seed: number,
  rounds = 1000,
): Interval {
  const random = randomFrom(seed, answers.length);
  const figures = Array.from({ length: rounds }, () =>
    figure(answers.map((answer) => answers[Math.floor(random() * answers.length)] ?? answer)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => figures[Math.min(rounds - 1, Math.floor(share * rounds))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}

/**
 * The mean over labels of the chance that what shows the label gets a higher score for it than what does not (ties half). `scores` are
 * [answers, labels], `truths` places among the labels. NaN where no label has both.
 */
export function macroAuroc(scores: readonly Float64Array[], truths: readonly number[], labels: number): number {
  let [sum, counted] = [0, 0];
  for (let label = 0; label < labels; label++) {
    const order = truths
      .map((truth, at) => ({ score: scores[at]?.[label] ?? 0, is: truth === label }))
      .sort((a, b) => a.score - b.score);
    const yes = order.filter(({ is }) => is).length;
    const no = order.length - yes;
    if (yes === 0 || no === 0) continue;
    let wins = 0;
    for (let from = 0, below = 0; from < order.length;) {
      let to = from;
      let [ties, hits] = [0, 0];
      for (; to < order.length && order[to]?.score === order[from]?.score; to++) {
        if (order[to]?.is === true) hits++;
        else ties++;
      }
      wins += hits * (below + ties / 2);
      below += ties;
      from = to;
    }
    sum += wins / (yes * no);
    counted++;
  }
  return sum / counted;
}

export interface Confusion {
  readonly truth: number;
  /** null: nothing was read. */
  readonly read: number | null;
  readonly count: number;
}

/** The wrong answers by pair, the most frequent first. */
export function confusions(answers: readonly Answer[]): readonly Confusion[] {
  const counts = new Map<string, Confusion>();
  for (const { truth, read } of answers) {
    if (truth === read) continue;
    const key = `${truth}:${read}`;
    counts.set(key, { truth, read, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.truth - b.truth || (a.read ?? -1) - (b.read ?? -1));
}
