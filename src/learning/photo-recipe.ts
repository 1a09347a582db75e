// How a small network learns to see pictures from nothing but the alphabet's own: each is shown hundreds of times, never twice the same. Pure; the
// figures stand in docs/pictures.md.
import { USUAL_PHOTO_CHANGES } from '../dataset/augment-photo.ts';
import type { Facts, Recipe } from './recipe.ts';

/** How often pictures are looked at in all: a minute or two of one core; longer where nothing is learnt in parts besides. */
const LOOKS = { inParts: 24_000, atOnce: 60_000 };
const FEWEST_EPOCHS = 12;
const MOST_EPOCHS = 100;
/** A model that goes on from the last one needs so much of what a first one does. */
const GOING_ON = 0.3;
/** Made-up pictures that show none of the labels: as many as this share of the samples. */
const STRANGERS = { share: 0.2, fewest: 16, most: 96 };
/** Learning in parts takes as long again for each: only while samples are too few to do without. */
const MOST_IN_PARTS = 400;
const FEWEST_TO_CROSS_FIT = 8;
const ENOUGH_TO_HOLD_BACK = 2000;
const PARTS = 3;

export function photoRecipe({ train, unseen, fresh }: Facts, mirror: boolean): Recipe {
  const strangers = Math.round(Math.max(STRANGERS.fewest, Math.min(STRANGERS.most, STRANGERS.share * train)));
  // What is mostly new is learnt as if all of it were.
  const share = fresh ? 1 : Math.min(1, Math.max(GOING_ON, unseen / Math.max(1, train)));
  const inParts = unseen >= FEWEST_TO_CROSS_FIT && train <= MOST_IN_PARTS;
  const looks = inParts ? LOOKS.inParts : LOOKS.atOnce;
  const whole = Math.min(MOST_EPOCHS, Math.round(looks / (train + strangers)));
  return {
    rate: fresh ? 3e-3 : 1.5e-3,
    epochs: Math.max(FEWEST_EPOCHS, Math.round(share * whole)),
    // The parts tell how sure it may be; a tenth of fewer would not, and is missed in the learning.
    validationShare: train < ENOUGH_TO_HOLD_BACK ? 0 : 0.1,
    patience: null,
    repeats: 1,
    // All of them strangers.
    replayPerLabel: strangers,
    memoryGlyphs: 0,
    baseGlyphs: 0,
    folds: inParts ? PARTS : 0,
    // Of what its parent has seen no part can say how sure it may be.
    calibratedByParts: fresh,
    batch: 16,
    blends: [1],
    pull: 0.02,
    batchNorm: 'train',
    labelSmoothing: 0.05,
    whitened: null,
    augment: { ...USUAL_PHOTO_CHANGES, mirror },
  };
}
