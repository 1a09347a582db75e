// How one run trains, by how much there is to learn from. Pure; the figures were measured (docs/training.md).

export interface Recipe {
  /** Learning rates to try; with more than one, validation chooses and the choice is trained again on everything. */
  readonly rates: readonly number[];
  readonly epochs: number;
  /** Share of people's training samples held back to choose by; 0: none. */
  readonly validationShare: number;
  /** Stop after so many epochs without a better validation loss. */
  readonly patience: number | null;
  /** How often each of people's glyphs stands in an epoch. */
  readonly repeats: number;
  readonly replayPerLabel: number;
  /** Glyphs that show whether something known is forgotten: before the gate, and at it. */
  readonly memoryGlyphs: number;
  readonly baseGlyphs: number;
  /** Parts for cross-fitting; 0: the test glyphs are evidence enough. */
  readonly folds: number;
  readonly batch: number;
  /** Shares of the way from the champion's weights to the learnt ones; the largest that forgets nothing is taken. */
  readonly blends: readonly number[];
  /** Pull towards the champion's weights: at most about one over this far away, however long it is trained. */
  readonly pull: number;
  readonly batchNorm: 'train' | 'frozen';
  readonly labelSmoothing: number;
}

/** So many test glyphs are evidence enough by themselves. */
const ENOUGH_TEST = 300;
const FEWEST_TO_CROSS_FIT = 8;
const KNOWN = { memoryGlyphs: 1600, baseGlyphs: 2000 };

export function recipeFor(facts: {
  /** People's samples to train on, and to be tested on. */
  readonly train: number;
  readonly test: number;
  /** Of the former, those that the champion never saw. */
  readonly unseen: number;
  readonly labels: number;
  /** Whether there is a champion to start from. */
  readonly fresh: boolean;
}): Recipe {
  const { train, test, unseen, labels, fresh } = facts;
  if (fresh) {
    return {
      rates: [2e-3],
      epochs: train < 2000 ? 30 : 12,
      validationShare: train < 100 ? 0 : 0.1,
      patience: 6,
      repeats: train < 2000 ? 2 : 1,
      replayPerLabel: 150,
      ...KNOWN,
      folds: train <= 1000 && test < ENOUGH_TEST && unseen >= FEWEST_TO_CROSS_FIT ? 3 : 0,
      batch: 64,
      blends: [1],
      pull: 0.01,
      batchNorm: 'train',
      labelSmoothing: 0.05,
    };
  }
  const small = train <= 1000;
  // Too few to choose by.
  const tiny = train < Math.max(60, 3 * labels);
  const replay = Math.min(
    6000,
    Math.max(Math.round((small ? 1.5 : 0.5) * train), Math.min(40 * labels, 600 + 10 * labels)),
  );
  return {
    rates: tiny ? [1e-3] : small ? [1e-3, 2e-3] : [2e-3],
    epochs: tiny ? 6 : train <= 10_000 ? 5 : 3,
    validationShare: tiny ? 0 : 0.1,
    patience: small ? null : 2,
    repeats: Math.max(1, Math.min(8, Math.round(replay / Math.max(1, train)))),
    replayPerLabel: Math.ceil(replay / labels),
    ...KNOWN,
    folds: small && test < ENOUGH_TEST && unseen >= FEWEST_TO_CROSS_FIT ? (train < 200 ? 4 : 3) : 0,
    batch: 64,
    blends: small ? [0.75, 0.6, 0.45, 0.3] : [1, 0.75, 0.6, 0.45, 0.3],
    pull: 2,
    batchNorm: 'frozen',
    labelSmoothing: 0.05,
  };
}
