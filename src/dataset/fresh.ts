// Batches of freshly synthesised glyphs, for a first model: no glyph is seen twice. A batch is a pure function of (seed,
// epoch, index), so that the same fonts and seed make the same model.
import { readBank } from './bank.ts';
import type { Batch } from './batches.ts';
import { makeRandom } from './random.ts';
import { makeSynthesiser } from './synthesiser.ts';

export interface FreshOptions {
  /** A packed bank. */
  readonly bank: Uint8Array;
  readonly size: number;
  /** The label of each output; null: not a character. */
  readonly outputs: readonly (number | null)[];
  /** Share of what is no character. */
  readonly junkShare: number;
  /** How far hands differ (SynthOptions). */
  readonly wildness: number;
  readonly batch: number;
  readonly seed: number;
}

/** Throws RangeError when the bank's train part lacks a label. */
export function makeFresh(options: FreshOptions): (epoch: number, index: number) => Batch {
  const { size, outputs, batch, seed } = options;
  const area = size * size;
  const synthesiser = makeSynthesiser(readBank(options.bank), 'train', { size, wildness: options.wildness });
  const labels = outputs.filter((label) => label !== null);
  const outputOf = new Map(outputs.map((label, output) => [label, output]));
  return (epoch, index) => {
    const random = makeRandom(seed, epoch, index);
    const inputs = new Float32Array(batch * area);
    const targets = new Float32Array(batch * outputs.length);
    for (let at = 0; at < batch; at++) {
      const label = random.chance(options.junkShare) ? null : (labels[random.below(labels.length)] ?? null);
      const glyph = synthesiser.draw(label, random);
      for (let i = 0; i < area; i++) inputs[at * area + i] = (glyph[i] ?? 0) / 255;
      targets[at * outputs.length + (outputOf.get(label) ?? 0)] = 1;
    }
    return { inputs, targets, weights: new Float32Array(batch).fill(1) };
  };
}
