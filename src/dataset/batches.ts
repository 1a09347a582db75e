// Batches of glyphs that are there: which of them each holds, and how they are changed.
import { makeRandom } from '../random.ts';
import { augmentGlyph, type AugmentOptions } from './augment.ts';
import { augmentPhoto, type PhotoChanges } from './augment-photo.ts';
import { openBatches, type MakeBatch, type OpenBatchSource } from './batch-source.ts';

/** How glyphs are changed while they are learnt: as pens and paper do, or, pictures in colour, as cameras and light do. */
export type Augmentation = AugmentOptions | PhotoChanges;

/** n glyphs to train on, packed: a hundred thousand of 40 × 40 are 160 MB. */
export interface TrainingGlyphs {
  /** Side of a square one. */
  readonly size: number;
  /** Numbers of each, where it is no square. */
  readonly area?: number | undefined;
  /** n × size × size, 0 paper … 255 ink. */
  readonly pixels: Uint8Array;
  /** What a network is shown instead, as it is; for glyphs that are not augmented. */
  readonly levels?: Float32Array | undefined;
  /** n × 2 outputs that are right answers; the second is −1 where there is only one (it is there for letters of unknown case). */
  readonly answers: Int32Array;
  /** n weights of the glyphs' losses; all 1 when left out. */
  readonly weights?: Float32Array | undefined;
}

export interface BatchOptions {
  readonly glyphs: TrainingGlyphs;
  readonly outputs: number;
  /** Glyphs a batch. The last batch of an epoch is filled up from its beginning. */
  readonly batch: number;
  readonly seed: number;
  /** Null: the glyphs as they are. */
  readonly augment: Augmentation | null;
  /** Of each batch only so many glyphs from this one on, as they are in the whole one; all when left out. */
  readonly part?: { readonly from: number; readonly count: number } | undefined;
}

/** How many batches hold every glyph once. */
export function batchesPerEpoch({ glyphs, batch }: Pick<BatchOptions, 'glyphs' | 'batch'>): number {
  return Math.ceil(glyphs.answers.length / 2 / batch);
}

/** Made by a thread of its own, which shares the glyphs' memory where it can be shared. */
export const openGlyphBatches = (options: BatchOptions): OpenBatchSource =>
  openBatches(import.meta.url, options, batchesPerEpoch(options));

/** Makes batches; keeps the order of the epoch it made last. */
export function makeBatches(options: BatchOptions): MakeBatch {
  const { glyphs, outputs, batch, seed, augment } = options;
  const { from, count: rows } = options.part ?? { from: 0, count: batch };
  const count = glyphs.answers.length / 2;
  const area = glyphs.area ?? glyphs.size ** 2;
  if (count === 0 || glyphs.pixels.length !== count * area)
    throw new RangeError('a batch needs glyphs, and answers to all of them');
  let orderedEpoch = -1;
  let order = new Uint32Array();
  return (epoch, index) => {
    if (epoch !== orderedEpoch) {
      order = shuffled(count, seed, epoch);
      orderedEpoch = epoch;
    }
    const inputs = new Float32Array(rows * area);
    const targets = new Float32Array(rows * outputs);
    const weights = new Float32Array(rows).fill(1);
    for (let i = 0; i < rows; i++) {
      const position = index * batch + from + i;
      // Each glyph's own chance, so that a part of a batch is the same by itself.
      const random = makeRandom(seed, epoch, index, from + i);
      const which = order[position % count] ?? 0;
      const glyph = glyphs.pixels.subarray(which * area, (which + 1) * area);
      if (glyphs.levels !== undefined) inputs.set(glyphs.levels.subarray(which * area, (which + 1) * area), i * area);
      else if (augment === null) for (let k = 0; k < area; k++) inputs[i * area + k] = (glyph[k] ?? 0) / 255;
      else if ('of' in augment) augmentPhoto(glyph, Math.sqrt(area / 3), random, augment, inputs, i * area);
      else augmentGlyph(glyph, glyphs.size, random, augment, inputs, i * area);
      for (const answer of glyphs.answers.subarray(2 * which, 2 * which + 2))
        if (answer >= 0) targets[i * outputs + answer] = 1;
      if (glyphs.weights !== undefined) weights[i] = glyphs.weights[which] ?? 1;
    }
    return { inputs, targets, weights };
  };
}

/** All numbers below `count` in an order of chance (Fisher and Yates). */
function shuffled(count: number, seed: number, epoch: number): Uint32Array<ArrayBuffer> {
  const random = makeRandom(seed, epoch);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}
