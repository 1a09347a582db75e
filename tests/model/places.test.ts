// Networks that answer for each pixel: their losses' gradients, worked out by hand, against TensorFlow.js' own differentiation and
// against plain differences of the loss.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import { finder } from '../../src/model/architectures/finder.ts';
import type { Engine, TrainerOptions, TrainingBatch, Weights } from '../../src/model/engine.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { ANSWERS, TARGETS } from '../../src/model/places.ts';
import { planOf } from '../../src/model/plan.ts';
import { randomFrom } from '../../src/random.ts';
import { makeTfjsEngine } from '../../src/model/tfjs/engine.ts';
import { initialWeights, startFrom } from '../../src/model/weights.ts';

let tfjsEngine: Engine;
beforeAll(async () => {
  await tf.setBackend('cpu');
  tfjsEngine = makeTfjsEngine(tf);
});

const BATCH = 16;
const SIDE = 16;

/** Down and up again, with what was seen before added: the shape of the finder, in small. */
const small: Architecture = {
  id: 'small finder',
  inputSize: SIDE,
  head: 'pixels',
  layers: [
    { kind: 'conv', filters: 16, kernel: 3, stride: 2 },
    { kind: 'relu' },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv', filters: 16, kernel: 3, stride: 2, bias: false },
        { kind: 'batchNorm' },
        { kind: 'relu' },
        { kind: 'upsample', size: 2 },
      ],
    },
  ],
};

function optionsOf(architecture: Architecture, batch: number): TrainerOptions {
  return {
    architecture,
    outputs: ANSWERS.count,
    batch,
    threads: 1,
    batchNorm: 'train',
    labelSmoothing: 0,
    weightDecay: 0.01,
  };
}

function weightsOf(architecture: Architecture): Weights {
  const random = randomFrom(7);
  return new Map(
    [...initialWeights(planOf(architecture, ANSWERS.count), 3)].map(([name, { shape, data }]) => [
      name,
      { shape, data: name.endsWith('bias') ? data.map(() => 0.3 * (random() - 0.5)) : data },
    ]),
  );
}

/** Random pictures and targets; a middle of each kind in every scene, some of no weight. */
function batchOf(batch: number, side: number, cells: number): TrainingBatch {
  const random = randomFrom(11);
  const area = cells * cells;
  const targets = new Float32Array(batch * TARGETS.count * area);
  for (let scene = 0; scene < batch; scene++) {
    const plane = (number: number): Float32Array =>
      targets.subarray((scene * TARGETS.count + number) * area, (scene * TARGETS.count + number + 1) * area);
    for (const kind of [TARGETS.hand, TARGETS.print]) {
      plane(kind).forEach((_, i, all) => (all[i] = 0.9 * random()));
      plane(kind)[Math.floor(random() * area)] = 1;
    }
    plane(TARGETS.box).forEach((_, i, all) => (all[i] = random() < 0.4 ? random() : 0));
    for (let k = 0; k < 4; k++) plane(TARGETS.sides + k).forEach((_, i, all) => (all[i] = 2 * random() - 1));
    plane(TARGETS.ink).forEach((_, i, all) => (all[i] = random()));
  }
  return {
    inputs: Float32Array.from({ length: batch * side * side }, () => random() - 0.5),
    targets,
    weights: Float32Array.from({ length: batch }, (_, index) => 0.5 + (index % 3)),
  };
}

function apart(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const size = Math.max(1e-3, ...a.map(Math.abs));
  return Math.max(...a.map((each, index) => Math.abs(each - (b[index] ?? NaN)))) / size;
}

test.each([
  ['a small one', small, BATCH, SIDE, SIDE / 2],
  ['the shipped one', { ...finder, inputSize: 64 }, 4, 64, 16],
] as const)('answers and gradients of both engines are alike: %s', async (_, architecture, batch, side, cells) => {
  const weights = weightsOf(architecture);
  const data = batchOf(batch, side, cells);
  const network = { architecture, outputs: ANSWERS.count, weights };
  const [reading, oracleReading] = [await onnxEngine.load(network), await tfjsEngine.load(network)];
  expect(apart(await reading.logits(data.inputs), await oracleReading.logits(data.inputs))).toBeLessThan(1e-4);

  const ours = await onnxEngine.compile(optionsOf(architecture, batch), startFrom(weights));
  const theirs = await tfjsEngine.compile(optionsOf(architecture, batch), startFrom(weights));
  const [mine, oracle] = [await ours.gradients(data, []), await theirs.gradients(data, [])];
  expect(mine.loss).toBeCloseTo(oracle.loss, 3);
  for (const [name, { data: numbers }] of oracle.gradients) {
    expect(apart(numbers, mine.gradients.get(name)?.data ?? new Float32Array()), name).toBeLessThan(1e-2);
  }
  await ours.close();
  await reading.close();
});

test('gradients are what the loss does when a weight is moved a little', async () => {
  const weights = weightsOf(small);
  const options = optionsOf(small, BATCH);
  const data = batchOf(BATCH, SIDE, SIDE / 2);
  const trainer = await onnxEngine.compile(options, startFrom(weights));
  const { gradients } = await trainer.gradients(data, []);
  await trainer.close();
  for (const [name, { data: gradient }] of gradients) {
    const length = Math.hypot(...gradient);
    if (length < 1e-4) continue;
    const lossAt = async (step: number): Promise<number> => {
      const before = weights.get(name);
      if (before === undefined) throw new Error(name);
      const moved = before.data.map((each, i) => each + (step * (gradient[i] ?? 0)) / length);
      const probe = await onnxEngine.compile(
        options,
        startFrom(new Map(weights).set(name, { shape: before.shape, data: moved })),
      );
      const { loss } = await probe.gradients(data, []);
      await probe.close();
      return loss;
    };
    const step = 1e-3;
    const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
    expect(Math.abs(slope - length) / Math.max(length, 0.01), name).toBeLessThan(0.1);
  }
});

test('a network that answers for each pixel with other channels is refused in a sentence', async () => {
  const options = { ...optionsOf(small, BATCH), outputs: 3 };
  const start = startFrom(initialWeights(planOf(small, 3), 1));
  await expect(onnxEngine.compile(options, start)).rejects.toThrow('a network that finds things has 7 outputs');
});
