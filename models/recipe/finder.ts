// npm run seed -- --finder: trains the network that says where characters are, from the banks and fonts of the shipped models alone,
// and writes models/finder/. The same seed and epochs give the same weights. A stopped run goes on from its checkpoint.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { UsageError } from '../../src/errors.ts';
import { finder } from '../../src/model/architectures/finder.ts';
import type { Network } from '../../src/model/engine.ts';
import { fit } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { encodeModel } from '../../src/model/onnx/model-file.ts';
import { inferenceModel } from '../../src/model/onnx/inference-model.ts';
import { ANSWERS } from '../../src/model/places.ts';
import { parameterCount, planOf } from '../../src/model/plan.ts';
import { finderCard } from './finder-card.ts';
import { openScenes } from './scenes/batches.ts';
import { measureFound } from './scenes/found.ts';

interface FinderOptions {
  readonly seed: number;
  /** Epochs of each stage; a stage begins where the one before ended, but for AdamW's memory, which the first steps fill with slopes far too steep. */
  readonly epochs: readonly number[];
  /** The largest learning rate. */
  readonly peak: number;
  /** What a stopped run left after its last epoch and goes on from: this, and the stage's number. */
  readonly checkpoint: string;
  readonly say: (text: string) => void;
}

const BATCH = 16;
const BATCHES_PER_EPOCH = 125;

const readBanks = (): Promise<readonly Uint8Array[]> =>
  Promise.all(shippedAlphabets.map(({ id }) => readFile(new URL(`../${id}/bank.bin`, import.meta.url))));

async function teachFinder({ seed, epochs, peak, checkpoint, say }: FinderOptions): Promise<Network> {
  const banks = await readBanks();
  let network: Network | undefined;
  for (const [stage, count] of epochs.entries()) {
    const file = `${checkpoint}.${stage}`;
    // Each stage sees other scenes.
    const data = openScenes({ banks, side: finder.inputSize, batch: BATCH, seed: seed + stage }, BATCHES_PER_EPOCH);
    try {
      const result = await fit({
        engine: onnxEngine,
        architecture: finder,
        outputs: ANSWERS.count,
        initial: network?.weights,
        seed: seed + stage,
        data,
        batch: BATCH,
        threads: 1,
        epochs: count,
        schedule: { peak, warmUpSteps: 60 },
        weightDecay: 0.01,
        resume: await readFile(file).catch(() => undefined),
        now: () => performance.now(),
        onProgress: ({ epoch, step, steps, loss, secondsLeft }) => {
          if (step % 25 === 0 || step === steps) {
            say(
              `${stage + 1}: epoch ${epoch}, step ${step}: loss ${loss.toFixed(3)}, ${Math.round(secondsLeft)} s left`,
            );
          }
        },
        onCheckpoint: (bytes) => writeFile(file, bytes),
      });
      network = result.network;
    } finally {
      await data.close();
    }
  }
  if (network === undefined) throw new UsageError('--epochs names no stage: 22,16,24 is usual');
  return network;
}

/** Trains, measures and writes models/finder/. */
export async function makeFinder(options: Omit<FinderOptions, 'checkpoint'>): Promise<void> {
  const { seed, epochs, say } = options;
  const checkpoint = path.join(tmpdir(), `inkloop-finder-${seed}-${epochs.join('-')}-${options.peak}`);
  const network = await teachFinder({ ...options, checkpoint });
  const folder = new URL('../finder/', import.meta.url);
  const model = encodeModel(inferenceModel(network, { precision: 16 }));
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('model.onnx', folder), model);
  const rows = await measureFound(await readBanks(), 100);
  const parameters = parameterCount(planOf(finder, ANSWERS.count));
  const scenes = BATCH * BATCHES_PER_EPOCH * epochs.reduce((sum, each) => sum + each, 0);
  const card = await finderCard({ parameters, bytes: model.length, seed, epochs, scenes, rows });
  await writeFile(new URL('card.md', folder), card);
  for (const stage of epochs.keys()) await rm(`${checkpoint}.${stage}`, { force: true });
  say(`models/finder: ${model.length} bytes`);
}
