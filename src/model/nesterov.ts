// Nesterov's momentum (Sutskever et al., 2013): every weight moves by its own slope, so that what many samples say counts for more than what
// is rare. For one layer, whose loss has a single lowest point, that generalises better than steps of one length for all.

interface NesterovStep {
  readonly learningRate: number;
  /** Pulls weights towards the anchor (or 0), as a part of the slope. */
  readonly weightDecay: number;
  readonly anchor?: Float32Array | undefined;
}

const MOMENTUM = 0.9;

/** Moves `weights` and their `speed` by one step along `gradient`. */
export function nesterov(weights: Float32Array, gradient: Float32Array, speed: Float32Array, step: NesterovStep): void {
  const { learningRate, weightDecay, anchor } = step;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    const slope = (gradient[i] ?? 0) + weightDecay * (weight - (anchor === undefined ? 0 : (anchor[i] ?? 0)));
    const next = MOMENTUM * (speed[i] ?? 0) + slope;
    // One that gets no slope any more ends; left to fade for ever it would make every step slow.
    speed[i] = Math.abs(next) < 1e-30 ? 0 : next;
    weights[i] = weight - learningRate * (slope + MOMENTUM * next);
  }
}
