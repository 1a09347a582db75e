// The training of a seed: the mixture's batches through the engine. The last epoch is kept: at the end of the cosine the weights
// have settled, and choosing by a loss that label smoothing skews would take an earlier, noisier epoch.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { openMixture } from '../../src/dataset/mixture.ts';
import type { Network } from '../../src/model/engine.ts';
import { fit } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { realGlyphs, type ReadSet } from './real-glyphs.ts';
import type { Recipe } from './recipes.ts';

const BATCH = 64;
const STEPS_PER_EPOCH = 125;

export interface TeachOptions {
  readonly alphabet: Alphabet;
  readonly recipe: Recipe;
  readonly sets: readonly ReadSet[];
  readonly bank: Uint8Array;
  readonly outputs: readonly (number | null)[];
  readonly size: number;
  readonly seed: number;
  readonly epochs: number;
  /** Goes on from its weights; null: from random ones. */
  readonly start: Network | null;
  /** The largest learning rate. */
  readonly peak: number;
  readonly say: (text: string) => void;
}

export async function teach(options: TeachOptions): Promise<Network> {
  const { alphabet, recipe, sets, bank, outputs, size, seed, start, say } = options;
  const mixture = openMixture(
    {
      bank,
      size,
      outputs,
      real: { ...realGlyphs(alphabet, sets, outputs, 'train', size), share: recipe.realShare },
      junkShare: recipe.junkShare,
      wildness: recipe.wildness,
      batch: BATCH,
      seed,
    },
    STEPS_PER_EPOCH,
  );
  const started = performance.now();
  try {
    const { network } = await fit({
      engine: onnxEngine,
      architecture: { ...recipe.architecture, inputSize: size },
      outputs: outputs.length,
      initial: start?.weights,
      seed,
      data: mixture,
      batch: BATCH,
      threads: 1,
      epochs: options.epochs,
      schedule: { peak: options.peak, warmUpSteps: 100 },
      labelSmoothing: 0.05,
      weightDecay: 0.02,
      onProgress: ({ epoch, epochs, step, steps, loss, secondsLeft }) => {
        if (step === steps) say(`epoch ${epoch}/${epochs}, loss ${loss.toFixed(3)}, ${Math.round(secondsLeft)} s left`);
      },
      now: () => performance.now(),
    });
    say(`taught in ${Math.round((performance.now() - started) / 1000)} s`);
    return network;
  } finally {
    await mixture.close();
  }
}
