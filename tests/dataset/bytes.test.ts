// What models learn from is the same bytes for the same seed, release after release: else a shipped model could not be made again. The
// hashes are of the code that made those; whoever changes one on purpose has every shipped model to make anew.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeHands } from '../../models/recipe/hands.ts';
import * as scenes from '../../models/recipe/scenes/batches.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { USUAL_AUGMENTATION } from '../../src/dataset/augment.ts';
import { readBank } from '../../src/dataset/bank.ts';
import type { OpenBatchSource } from '../../src/dataset/batch-source.ts';
import * as glyphs from '../../src/dataset/batches.ts';
import { bankFromFonts } from '../../src/dataset/font-bank.ts';
import * as mixture from '../../src/dataset/mixture.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import { keen } from '../../src/model/architectures/keen.ts';
import type { TrainingBatch } from '../../src/model/engine.ts';
import { dropoutMasks } from '../../src/model/fit.ts';
import { planOf } from '../../src/model/plan.ts';
import { initialWeights } from '../../src/model/weights.ts';
import { makeRandom } from '../../src/random.ts';

const hashOf = (parts: readonly ArrayBufferView[]): string => {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of parts) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex').slice(0, 16);
};

/** Three batches of each of two epochs: of this thread, and of one of their own. */
async function bothWays(
  make: (epoch: number, index: number) => TrainingBatch,
  source: OpenBatchSource,
): Promise<readonly string[]> {
  const places = [0, 1].flatMap((epoch) => [0, 1, 2].map((index) => [epoch, index] as const));
  const bytes = ({ inputs, targets, weights }: TrainingBatch): ArrayBufferView[] => [inputs, targets, weights];
  try {
    const theirs = await Promise.all(places.map(([epoch, index]) => source.batch(epoch, index)));
    return [hashOf(places.flatMap(([epoch, index]) => bytes(make(epoch, index)))), hashOf(theirs.flatMap(bytes))];
  } finally {
    await source.close();
  }
}

const bank = readFileSync(new URL('../../models/digits/bank.bin', import.meta.url));
const synthesiser = makeSynthesiser(readBank(bank), 'train', { wildness: 0.9 });
const outputs = [...synthesiser.labels, null];
const drawn = [...synthesiseSamples(synthesiser, outputs, 3, 5)];
const real = {
  size: 40,
  pixels: Uint8Array.from(drawn.flatMap(({ glyph }) => [...glyph])),
  answers: Int32Array.from(drawn.flatMap(({ label }) => [outputs.indexOf(label), -1])),
};

it('synthesised samples', () => {
  expect(hashOf([real.pixels])).toBe('aac66154250fbdfc');
});

it('a sample whose bytes hang on the last bit of how noise is interpolated', () => {
  const ukrainian = readBank(readFileSync(new URL('../../models/ukrainian/bank.bin', import.meta.url)));
  const glyph = makeSynthesiser(ukrainian, 'train', { wildness: 0.9 }).draw(26, makeRandom(5, 26, 643));
  expect(hashOf([glyph])).toBe('02721c55a233acf3');
});

it('batches of augmented glyphs', async () => {
  const options = { glyphs: real, outputs: outputs.length, batch: 16, seed: 3, augment: USUAL_AUGMENTATION };
  const both = await bothWays(glyphs.makeBatches(options), glyphs.openGlyphBatches(options));
  // What people's retrains see; no shipped model was made of these.
  expect(both).toEqual(['87c2a84ea20f96d2', '87c2a84ea20f96d2']);
  const half = (from: number) => glyphs.makeBatches({ ...options, part: { from, count: 8 } })(1, 2).inputs;
  expect(hashOf([half(0), half(8)])).toBe(hashOf([glyphs.makeBatches(options)(1, 2).inputs]));
});

it('batches of a mixture of fonts and real glyphs', async () => {
  const kinds = { real: { ...real, share: 0.4 }, junkShare: 0.1, wildness: 0.9 };
  const options = { bank, size: 40, outputs, ...kinds, batch: 16, seed: 4 };
  const both = await bothWays(mixture.makeBatches(options), mixture.openMixture(options, 3));
  expect(both).toEqual(['7919f42622bc97c3', '7919f42622bc97c3']);
});

it('batches of made-up scenes', async () => {
  const options = { banks: [bank], side: 96, batch: 2, seed: 4 };
  const both = await bothWays(scenes.makeBatches(options), scenes.openScenes(options, 3));
  expect(both).toEqual(['4810d022617657c7', '4810d022617657c7']);
});

it.each([
  [brisk, 'ff410cbfd613f2e2', '92dd6670f34799f2'],
  [keen, '4c5c7162261e279c', 'd69c183f974281a0'],
])('first weights and dropout of $id', (architecture, weights, dropout) => {
  const plan = planOf(architecture, 47);
  expect(hashOf([...initialWeights(plan, 1).values()].map(({ data }) => data))).toBe(weights);
  expect(hashOf(dropoutMasks(plan, 16, 1, 2, 3))).toBe(dropout);
});

it('renderings of our own hands, and of fonts', () => {
  const hands = [...writeHands(digits, 32)].flatMap(({ written }) => written);
  expect(hashOf(hands.map(({ rendering }) => rendering.bits))).toBe('0e0ab0ac4fd7d081');
  const picture = { width: 90, height: 70, ink: Uint8Array.from({ length: 6300 }, (_, i) => (i * i) % 256) };
  const font = { path: 'a', name: 'a', family: 'a', covers: () => true };
  const { entries } = bankFromFonts('digits', digits.labels.slice(0, 1), [font], () => picture).bank;
  expect(hashOf(entries.map(({ rendering }) => rendering.bits))).toBe('7606215f79e4c65e');
});
