// How one run trains, by how much there is to learn from. Pure; the figures were measured (docs/training.md).
import { USUAL_AUGMENTATION } from '../dataset/augment.ts';
import type { Augmentation } from '../dataset/batches.ts';
import type { Whitened } from './whiten.ts';

export interface Recipe {
  /** The learning rate at its highest. */
  readonly rate: number;
  readonly epochs: number;
  /** Share of people's training samples held back: they choose the epoch, and calibrate. 0: none. */
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
  /** Whether what the parts say of what they have not seen tells how sure the model may be. */
  readonly calibratedByParts: boolean;
  readonly batch: number;
  /** Shares of the way from the champion's weights to the learnt ones; the largest that forgets nothing is taken. */
  readonly blends: readonly number[];
  /** Pull towards the champion's weights: at most about one over this far away, however long it is trained. */
  readonly pull: number;
  readonly batchNorm: 'train' | 'frozen';
  readonly labelSmoothing: number;
  /** Directions in which pictures of one label differ most, and that count for less so; null: AdamW, on glyphs as they are. */
  readonly whitened: Whitened | null;
  /** How glyphs are changed, another time each: as pens and paper do, or cameras and light; null: what a backbone made of a picture stays. */
  readonly augment: Augmentation | null;
}

/** So many test glyphs are evidence enough by themselves. */
const ENOUGH_TEST = 300;
const FEWEST_TO_CROSS_FIT = 8;
/**
 * Made-up pictures that show none of the labels. Of 850 photographs without a hand, those that a model of ten signs refused: none without
 * strangers, 96.7 % with 48, 98.4 % with 96; of 970 hands none was refused.
 */
const STRANGERS = 96;
const FEWEST_STRANGERS = 16;
/** A head is learnt in parts as long as that takes no longer than a moment. */
const MOST_IN_PARTS = 4000;
/**
 * Of 37 breeds, five pictures each, 86.7 % were read with the plain one and 84.7 % with the other; of 36 signs of four unseen hands in turn, ten
 * pictures each, 91.3 % with the one of hands and 90.8 % with as few directions as the plain one has.
 */
const WHITENED = {
  plain: { directions: 32, usual: 1, centred: false },
  signed: { directions: 64, usual: 0.2, centred: true },
} as const;
const KNOWN = { memoryGlyphs: 1600, baseGlyphs: 2000 };

export interface Facts {
  /** People's samples to train on, and to be tested on. */
  readonly train: number;
  readonly test: number;
  /** Of the former, those that the champion never saw. */
  readonly unseen: number;
  readonly labels: number;
  /** Whether there is a champion to start from. */
  readonly fresh: boolean;
}

export function recipeFor({ train, test, unseen, labels, fresh }: Facts): Recipe {
  if (fresh) {
    return {
      rate: 2e-3,
      epochs: train < 2000 ? 30 : 12,
      validationShare: train < 100 ? 0 : 0.1,
      patience: 6,
      repeats: train < 2000 ? 2 : 1,
      replayPerLabel: 150,
      ...KNOWN,
      folds: train <= 1000 && test < ENOUGH_TEST && unseen >= FEWEST_TO_CROSS_FIT ? 3 : 0,
      calibratedByParts: false,
      batch: 64,
      blends: [1],
      pull: 0.01,
      batchNorm: 'train',
      labelSmoothing: 0.05,
      whitened: null,
      augment: USUAL_AUGMENTATION,
    };
  }
  const small = train <= 1000;
  const tiny = train < Math.max(60, 3 * labels);
  const replay = Math.min(
    6000,
    Math.max(Math.round((small ? 1.5 : 0.5) * train), Math.min(40 * labels, 600 + 10 * labels)),
  );
  return {
    rate: tiny ? 1e-3 : 2e-3,
    epochs: tiny ? 6 : small ? 4 : 2,
    // So few neither choose an epoch nor calibrate, and are missed in the learning.
    validationShare: small ? 0 : 0.1,
    patience: null,
    repeats: Math.max(1, Math.min(8, Math.round(replay / Math.max(1, train)))),
    replayPerLabel: Math.ceil(replay / labels),
    ...KNOWN,
    folds: small && test < ENOUGH_TEST && unseen >= FEWEST_TO_CROSS_FIT ? (train < 200 ? 4 : 3) : 0,
    calibratedByParts: false,
    batch: 64,
    whitened: null,
    blends: small ? [0.75, 0.6, 0.45, 0.3] : [1, 0.75, 0.6, 0.45, 0.3],
    pull: 2,
    batchNorm: 'frozen',
    labelSmoothing: 0.05,
    augment: USUAL_AUGMENTATION,
  };
}

/**
 * A head on a backbone: one layer, learnt anew from all there is each time, in a moment. Nothing is replayed but what is no label, for
 * all else was learnt from people's samples, and these are all there.
 */
export function headRecipe({ train, labels }: Facts, signed: boolean): Recipe {
  const inParts = train >= FEWEST_TO_CROSS_FIT && train <= MOST_IN_PARTS;
  // So many steps, however few the samples; a layer that starts from nothing needs them.
  // No more than there are samples, or all would be strange.
  const strangers = Math.max(FEWEST_STRANGERS, Math.min(STRANGERS, train));
  const steps = Math.ceil((train + strangers) / 64);
  return {
    // Over the mean square of what the layer is shown.
    rate: 8,
    epochs: Math.max(8, Math.min(100, Math.ceil((300 + 2 * labels) / Math.max(1, steps)))),
    validationShare: inParts ? 0 : 0.1,
    patience: null,
    repeats: 1,
    // All of them strangers.
    replayPerLabel: strangers,
    memoryGlyphs: 0,
    baseGlyphs: 0,
    // Of few samples each part is learnt from nearly all of them, or it would be less sure than the whole may be.
    folds: inParts ? (train < 300 ? 10 : train < 1000 ? 5 : 3) : 0,
    calibratedByParts: true,
    batch: 64,
    blends: [1],
    pull: 1e-4,
    batchNorm: 'train',
    labelSmoothing: 0.02,
    whitened: signed ? WHITENED.signed : WHITENED.plain,
    augment: null,
  };
}
