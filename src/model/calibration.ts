// Makes probabilities honest: the temperature that fits held-out answers best, and the thresholds for asking and for rejecting.
import { softmax } from './metrics.ts';

/** Held-out glyphs: a row of logits each, and which outputs are acceptable answers. */
interface HeldOut {
  /** [n, outputs]. */
  readonly logits: Float32Array;
  /** [n, outputs], 1 where acceptable. */
  readonly targets: Float32Array;
  readonly outputs: number;
}

/** Mean negative log likelihood of the acceptable outputs at a temperature. */
export function negativeLogLikelihood({ logits, targets, outputs }: HeldOut, temperature: number): number {
  const glyphs = logits.length / outputs;
  let sum = 0;
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const start = glyph * outputs;
    const probabilities = softmax(logits.subarray(start, start + outputs), temperature);
    let accepted = 0;
    for (let i = 0; i < outputs; i++) accepted += (probabilities[i] ?? 0) * (targets[start + i] ?? 0);
    sum -= Math.log(Math.max(accepted, 1e-12));
  }
  return sum / glyphs;
}

/**
 * The temperature with the least negative log likelihood (Guo et al., 2017). 1 without glyphs.
 */
export function fitTemperature(heldOut: HeldOut): number {
  if (heldOut.logits.length === 0) return 1;
  return cheapest((temperature) => negativeLogLikelihood(heldOut, temperature));
}

/**
 * The temperature of the shares within groups of outputs (see probabilities.ts) with the least negative log likelihood, given
 * that the truth is in its group. Glyphs for which no or several outputs of a group are acceptable say nothing. 1 without others.
 */
export function fitTwinTemperature(
  { logits, targets, outputs }: HeldOut,
  groups: readonly (readonly number[])[],
): number {
  const shares: { readonly logits: readonly number[]; readonly truth: number }[] = [];
  for (let start = 0; start < logits.length; start += outputs) {
    for (const group of groups) {
      const accepted = group.filter((output) => targets[start + output] === 1);
      const [truth] = accepted;
      if (truth === undefined || accepted.length > 1) continue;
      shares.push({ logits: group.map((output) => logits[start + output] ?? 0), truth: group.indexOf(truth) });
    }
  }
  if (shares.length === 0) return 1;
  return cheapest((temperature) =>
    shares.reduce(
      (sum, each) => sum - Math.log(Math.max(softmax(each.logits, temperature)[each.truth] ?? 0, 1e-12)),
      0,
    ),
  );
}

/** Golden-section search over the logarithm, between 1/20 and 20, to 0.1 %. */
function cheapest(costOf: (temperature: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  const cost = (logarithm: number): number => costOf(Math.exp(logarithm));
  let [low, high] = [-Math.log(20), Math.log(20)];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [leftCost, rightCost] = [cost(left), cost(right)];
  while (high - low > 1e-3) {
    if (leftCost <= rightCost) {
      [high, right, rightCost] = [right, left, leftCost];
      left = high - golden * (high - low);
      leftCost = cost(left);
    } else {
      [low, left, leftCost] = [left, right, rightCost];
      right = low + golden * (high - low);
      rightCost = cost(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/**
 * The doubt above which a glyph is rejected, so that no more than `falseRejects` (a share) of true characters are.
 * `doubts`: the probability of "not a character" that held-out true characters got.
 */
export function rejectThreshold(doubts: readonly number[], falseRejects: number): number {
  const sorted = doubts.toSorted((a, b) => b - a);
  return sorted[Math.floor(falseRejects * sorted.length)] ?? 1;
}
