// Batches of freshly synthesised glyphs, of real ones changed by the usual augmentation, and of what is not a character: what a
// first model and the shipped ones learn from. The same fonts and seed make the same model.
import type { TrainingBatch } from '../model/engine.ts';
import { makeRandom, type Random } from '../random.ts';
import { augmentGlyph, USUAL_AUGMENTATION } from './augment.ts';
import { readBank } from './bank.ts';
import { openBatches, type MakeBatch, type OpenBatchSource } from './batch-source.ts';
import type { TrainingGlyphs } from './batches.ts';
import { makeSynthesiser } from './synthesiser.ts';

interface MixtureOptions {
  /** A packed bank. */
  readonly bank: Uint8Array;
  readonly size: number;
  /** The label of each output; null: not a character. */
  readonly outputs: readonly (number | null)[];
  /** Real glyphs, and their share of a batch. */
  readonly real?: (Pick<TrainingGlyphs, 'pixels' | 'answers'> & { readonly share: number }) | undefined;
  /** Share of what is not a character; the rest is synthesised. */
  readonly junkShare: number;
  /** How far hands differ (SynthOptions). */
  readonly wildness: number;
  readonly batch: number;
  readonly seed: number;
}

/** Made by a thread of its own. */
export const openMixture = (options: MixtureOptions, batchesPerEpoch: number): OpenBatchSource =>
  openBatches(import.meta.url, options, batchesPerEpoch);

export function makeBatches({ size, outputs, real, batch, seed, ...options }: MixtureOptions): MakeBatch {
  const area = size * size;
  const synthesiser = makeSynthesiser(readBank(options.bank), 'train', { size, wildness: options.wildness });
  const outputOf = new Map(outputs.map((label, output) => [label, output]));
  const labels = synthesiser.labels.filter((label) => outputOf.has(label));
  const byAnswer = new Map<number, number[]>();
  for (let i = 0; 2 * i < (real?.answers.length ?? 0); i++) {
    const answer = real?.answers[2 * i] ?? 0;
    const same = byAnswer.get(answer);
    if (same === undefined) byAnswer.set(answer, [i]);
    else same.push(i);
  }
  const taught = [...byAnswer.values()];

  const fill = (at: number, random: Random, { inputs, targets }: TrainingBatch): void => {
    const kind = random.next();
    if (real !== undefined && kind < real.share && taught.length > 0) {
      const glyphs = taught[random.below(taught.length)] ?? [];
      const which = glyphs[random.below(glyphs.length)] ?? 0;
      const glyph = real.pixels.subarray(which * area, (which + 1) * area);
      augmentGlyph(glyph, size, random, USUAL_AUGMENTATION, inputs, at * area);
      for (const answer of real.answers.subarray(2 * which, 2 * which + 2)) {
        if (answer >= 0) targets[at * outputs.length + answer] = 1;
      }
      return;
    }
    const junk = kind > 1 - options.junkShare && outputOf.has(null);
    const label = junk ? null : (labels[random.below(labels.length)] ?? null);
    const glyph = synthesiser.draw(label, random);
    for (let i = 0; i < area; i++) inputs[at * area + i] = (glyph[i] ?? 0) / 255;
    targets[at * outputs.length + (outputOf.get(label) ?? 0)] = 1;
  };

  return (epoch, index) => {
    const random = makeRandom(seed, epoch, index);
    const made = {
      inputs: new Float32Array(batch * area),
      targets: new Float32Array(batch * outputs.length),
      weights: new Float32Array(batch).fill(1),
    };
    for (let at = 0; at < batch; at++) fill(at, random, made);
    return made;
  };
}
