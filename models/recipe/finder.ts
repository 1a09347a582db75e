// npm run seed -- --finder: trains the network that says where characters are, from the banks and fonts of the shipped models alone,
// and writes models/finder/. The same seed and epochs give the same weights. A stopped run goes on from its checkpoint.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { finder } from '../../src/model/architectures/finder.ts';
import type { Network, Weights } from '../../src/model/engine.ts';
import { fit } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { decodeModel, encodeModel } from '../../src/model/onnx/model-file.ts';
import { inferenceModel } from '../../src/model/onnx/inference-model.ts';
import { ANSWERS } from '../../src/model/places.ts';
import { parameterCount, planOf } from '../../src/model/plan.ts';
import { checkWeights, initialWeights } from '../../src/model/weights.ts';
import { finderCard } from './finder-card.ts';
import { openScenes } from './scenes/batches.ts';
import { measureFound } from './scenes/found.ts';

interface FinderOptions {
  readonly seed: number;
  readonly epochs: number;
  /** A finder whose training goes on; null for a fresh start. */
  readonly from: string | null;
  /** The largest learning rate. */
  readonly peak: number;
  /** What a stopped run left after its last epoch and goes on from. */
  readonly checkpoint: string;
  readonly say: (text: string) => void;
}

const BATCH = 16;
const BATCHES_PER_EPOCH = 125;
/** Logit of a middle before anything is learnt: in all but a few cells there is none. */
const RARE = -4;
/** Share of its usual size that the last kernel starts with, so that every cell begins with about that logit. */
const FAINT = 0.1;

const readBanks = (): Promise<readonly Uint8Array[]> =>
  Promise.all(shippedAlphabets.map(({ id }) => readFile(new URL(`../${id}/bank.bin`, import.meta.url))));

/**
 * First weights that say "nothing here" (Lin et al., 2017). If every cell said "perhaps" instead, the first steps would be so steep that
 * AdamW remembers little else for thousands of steps.
 */
function firstWeights(seed: number): Weights {
  const weights = initialWeights(planOf(finder, ANSWERS.count), seed);
  const [kernel, bias] = [weights.get('head.weight'), weights.get('head.bias')];
  if (kernel === undefined || bias === undefined) throw new RangeError('a network without a head');
  for (let i = 0; i < kernel.data.length; i++) kernel.data[i] = FAINT * (kernel.data[i] ?? 0);
  for (const answer of [ANSWERS.hand, ANSWERS.print]) bias.data[answer] = RARE;
  return weights;
}

function weightsOf(model: Uint8Array): Weights {
  const plan = planOf(finder, ANSWERS.count);
  const { weights } = decodeModel(model);
  const own = new Map([...weights].filter(([name]) => plan.weights.some((each) => each.name === name)));
  checkWeights(plan, own);
  return own;
}

async function teachFinder({ seed, epochs, from, peak, checkpoint, say }: FinderOptions): Promise<Network> {
  const initial = from === null ? firstWeights(seed) : weightsOf(await readFile(from));
  const data = openScenes({ banks: await readBanks(), side: finder.inputSize, batch: BATCH, seed }, BATCHES_PER_EPOCH);
  try {
    const { network } = await fit({
      engine: onnxEngine,
      architecture: finder,
      outputs: ANSWERS.count,
      initial,
      seed,
      data,
      batch: BATCH,
      threads: 1,
      epochs,
      schedule: { peak, warmUpSteps: 200 },
      weightDecay: 0.01,
      resume: await readFile(checkpoint).catch(() => undefined),
      now: () => performance.now(),
      onProgress: ({ epoch, step, steps, loss, secondsLeft }) => {
        if (step % 25 === 0 || step === steps) {
          say(`epoch ${epoch}, step ${step}: loss ${loss.toFixed(3)}, ${Math.round(secondsLeft)} s left`);
        }
      },
      onCheckpoint: (bytes) => writeFile(checkpoint, bytes),
    });
    return network;
  } finally {
    await data.close();
  }
}

/** Trains, measures and writes models/finder/. */
export async function makeFinder(options: Omit<FinderOptions, 'checkpoint'>): Promise<void> {
  const { seed, epochs, from, say } = options;
  const run = `${seed}-${epochs}-${options.peak}${from === null ? '' : '-on'}`;
  const checkpoint = path.join(tmpdir(), `inkloop-finder-${run}`);
  const network = await teachFinder({ ...options, checkpoint });
  const folder = new URL('../finder/', import.meta.url);
  const model = encodeModel(inferenceModel(network, { precision: 16 }));
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('model.onnx', folder), model);
  const rows = await measureFound(await readBanks(), 100);
  const parameters = parameterCount(planOf(finder, ANSWERS.count));
  const scenes = BATCH * BATCHES_PER_EPOCH * epochs;
  const card = await finderCard({
    parameters,
    bytes: model.length,
    seed,
    epochs,
    peak: options.peak,
    from,
    scenes,
    rows,
  });
  await writeFile(new URL('card.md', folder), card);
  await rm(checkpoint, { force: true });
  say(`models/finder: ${model.length} bytes`);
}
