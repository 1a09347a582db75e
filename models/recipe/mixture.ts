// What a seed learns from, batch by batch: freshly synthesised glyphs, real ones changed by the usual augmentation, and what is
// no character. A batch is a function of (seed, epoch, index), so a seed can be made again.
import { augmentGlyph, USUAL_AUGMENTATION } from '../../src/dataset/augment.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeRandom, type Random } from '../../src/dataset/random.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import type { TrainingBatch } from '../../src/model/engine.ts';

/** Real glyphs with one or two right outputs each (two where the case is unknown; else the second is −1). */
export interface RealGlyphs {
  readonly pixels: Uint8Array;
  readonly answers: Int32Array;
}

export interface MixtureOptions {
  readonly bank: Uint8Array;
  readonly size: number;
  /** The label of each output; null: not a character. */
  readonly outputs: readonly (number | null)[];
  readonly real: RealGlyphs;
  /** Shares of a batch; the rest is synthesised. */
  readonly realShare: number;
  readonly junkShare: number;
  readonly wildness: number;
  readonly batch: number;
  readonly seed: number;
}

export function makeMixture(options: MixtureOptions): (epoch: number, index: number) => TrainingBatch {
  const { size, outputs, real, batch, seed } = options;
  const area = size * size;
  const synthesiser = makeSynthesiser(readBank(options.bank), 'train', { size, wildness: options.wildness });
  const outputOf = new Map(outputs.map((label, output) => [label, output]));
  const none = outputOf.get(null);
  const byAnswer = new Map<number, number[]>();
  for (let i = 0; i < real.answers.length / 2; i++) {
    const answer = real.answers[2 * i] ?? 0;
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), i]);
  }
  const taught = [...byAnswer.values()];

  const fill = (at: number, random: Random, inputs: Float32Array, targets: Float32Array): void => {
    const kind = random.next();
    if (kind < options.realShare && taught.length > 0) {
      const glyphs = taught[random.below(taught.length)] ?? [];
      const which = glyphs[random.below(glyphs.length)] ?? 0;
      const glyph = real.pixels.subarray(which * area, (which + 1) * area);
      augmentGlyph(glyph, size, random, USUAL_AUGMENTATION, inputs, at * area);
      for (const answer of real.answers.subarray(2 * which, 2 * which + 2)) {
        if (answer >= 0) targets[at * outputs.length + answer] = 1;
      }
      return;
    }
    const junk = kind > 1 - options.junkShare && none !== undefined;
    const label = junk ? null : (synthesiser.labels[random.below(synthesiser.labels.length)] ?? null);
    const glyph = synthesiser.draw(label, random);
    for (let i = 0; i < area; i++) inputs[at * area + i] = (glyph[i] ?? 0) / 255;
    targets[at * outputs.length + (outputOf.get(label) ?? 0)] = 1;
  };

  return (epoch, index) => {
    const random = makeRandom(seed, epoch, index);
    const inputs = new Float32Array(batch * area);
    const targets = new Float32Array(batch * outputs.length);
    for (let at = 0; at < batch; at++) fill(at, random, inputs, targets);
    return { inputs, targets, weights: new Float32Array(batch).fill(1) };
  };
}
