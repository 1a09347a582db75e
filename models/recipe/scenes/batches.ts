// Batches of made-up scenes for the finder: a function of seed, epoch and index, so that a run can be stopped and go on.
import { readBank } from '../../../src/dataset/bank.ts';
import { openBatches, type MakeBatch, type OpenBatchSource } from '../../../src/dataset/batch-source.ts';
import { inputOf, STEP } from '../../../src/find/answer.ts';
import { TARGETS } from '../../../src/model/places.ts';
import { makeScenes } from './scene.ts';
import { writeTargets } from './targets.ts';

export interface SceneBatchOptions {
  /** Packed banks. */
  readonly banks: readonly Uint8Array[];
  readonly side: number;
  readonly batch: number;
  readonly seed: number;
}

/** Made by a thread of its own. */
export const openScenes = (options: SceneBatchOptions, batchesPerEpoch: number): OpenBatchSource =>
  openBatches(import.meta.url, options, batchesPerEpoch);

export function makeBatches({ banks, side, batch, seed }: SceneBatchOptions): MakeBatch {
  const make = makeScenes(
    banks.map((bank) => readBank(bank)),
    'train',
  );
  const planes = TARGETS.count * (side / STEP) ** 2;
  return (epoch, index) => {
    const inputs = new Float32Array(batch * side * side);
    const targets = new Float32Array(batch * planes);
    const middles: number[] = [];
    for (let at = 0; at < batch; at++) {
      const scene = make({ width: side, height: side }, seed, epoch, index, at);
      inputOf(scene.raster, side, side, inputs.subarray(at * side * side, (at + 1) * side * side));
      middles.push(writeTargets(scene, targets.subarray(at * planes, (at + 1) * planes)));
    }
    return { inputs, targets, weights: evenly(middles) };
  };
}

/** A page has hundreds of middles, a photo of one character a few: it must not weigh hundreds of times as much. */
function evenly(middles: readonly number[]): Float32Array<ArrayBuffer> {
  const weights = middles.map((count) => (3 + count) ** -0.7);
  const all = middles.reduce((sum, count) => sum + Math.max(1, count), 0);
  const weighed = middles.reduce((sum, count, i) => sum + Math.max(1, count) * (weights[i] ?? 0), 0);
  return Float32Array.from(weights, (weight) => (weight * all) / weighed);
}
