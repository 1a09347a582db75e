// AdamW (Loshchilov & Hutter, 2019): Adam's step from moving averages of gradient and squared gradient, with weight decay kept apart
// from them. Plain numbers in place, so that it is the same for every engine.

interface AdamWMoments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

interface AdamWStep {
  readonly learningRate: number;
  /** Pulls weights towards the anchor (or 0) by learningRate · weightDecay of the way. */
  readonly weightDecay: number;
  readonly anchor?: Float32Array | undefined;
  /** This step's number, from 1. */
  readonly number: number;
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Moves `weights` and `moments` by one step along `gradient`. */
export function adamW(weights: Float32Array, gradient: Float32Array, moments: AdamWMoments, step: AdamWStep): void {
  const { first, second } = moments;
  const { learningRate, anchor } = step;
  const rate = learningRate / (1 - BETA_1 ** step.number);
  const correction = 1 / (1 - BETA_2 ** step.number);
  const decay = learningRate * step.weightDecay;
  for (let i = 0; i < weights.length; i++) {
    const slope = gradient[i] ?? 0;
    const average = BETA_1 * (first[i] ?? 0) + (1 - BETA_1) * slope;
    // The average of a weight that gets no gradient any more ends; left to fade for ever it would make every step slow.
    const mean = (first[i] = Math.abs(average) < 1e-30 ? 0 : average);
    const square = (second[i] = BETA_2 * (second[i] ?? 0) + (1 - BETA_2) * slope * slope);
    const weight = weights[i] ?? 0;
    const target = anchor === undefined ? 0 : (anchor[i] ?? 0);
    weights[i] = weight - decay * (weight - target) - (rate * mean) / (Math.sqrt(square * correction) + EPSILON);
  }
}
