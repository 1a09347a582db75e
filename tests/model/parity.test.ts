// Two engines, one network: what ONNX Runtime works out by hand must be what TensorFlow.js differentiates by itself, for every kind
// of layer; and both must agree with plain differences of the loss.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Architecture, Layer } from '../../src/model/architectures/architecture.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import { keen } from '../../src/model/architectures/keen.ts';
import { vivid } from '../../src/model/architectures/vivid.ts';
import type { Engine, TrainerOptions, Weights } from '../../src/model/engine.ts';
import { dropoutMasks, fit } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { planOf } from '../../src/model/plan.ts';
import { randomFrom } from '../../src/random.ts';
import { makeTfjsEngine } from '../../src/model/tfjs/engine.ts';
import { initialWeights, startFrom } from '../../src/model/weights.ts';
import { SHAPES, SIDE, toyBatch, toyNetwork, toySource, toyValidation } from './toy.ts';

let tfjsEngine: Engine;
beforeAll(async () => {
  await tf.setBackend('cpu');
  tfjsEngine = makeTfjsEngine(tf);
});

const conv = (filters: number, more: object = {}): Layer => ({ kind: 'conv', filters, kernel: 3, ...more });
const flatten: Layer = { kind: 'flatten' };
const cases: Record<string, readonly Layer[]> = {
  'dense': [flatten, { kind: 'dense', units: 5 }],
  'convolution, same': [conv(8), flatten],
  'convolution, valid, no bias': [conv(4, { padding: 'valid', bias: false }), conv(3, { padding: 'valid' }), flatten],
  'convolution, even kernel': [conv(4), conv(4, { kernel: 2 }), flatten],
  'convolution, 5×5': [conv(8), conv(8, { kernel: 5 }), flatten],
  'convolution, 1×1': [conv(8), conv(16, { kernel: 1 }), flatten],
  'convolution, stride 2, same': [conv(8), conv(16, { stride: 2 }), flatten],
  'convolution, stride 2, valid, rest': [conv(4, { padding: 'valid' }), conv(4, { stride: 2, kernel: 5, padding: 'valid' }), flatten],
  'convolution, stride 3': [conv(4, { stride: 3 }), conv(4, { stride: 3 }), flatten],
  'convolution, widths that are no multiple of 8': [conv(6), conv(10), conv(7), flatten],
  'convolution, wide': [conv(16), { kind: 'maxPool', size: 2 }, conv(32), conv(8), flatten],
  'ReLU': [conv(4), { kind: 'relu' }, conv(4), { kind: 'relu' }, flatten],
  'max pool': [conv(8), { kind: 'maxPool', size: 2 }, conv(8), flatten],
  'max pool, ReLU before and after': [conv(8), { kind: 'relu' }, { kind: 'maxPool', size: 2 }, { kind: 'relu' }, flatten],
  'max pool with a rest': [conv(8, { padding: 'valid' }), { kind: 'maxPool', size: 3 }, flatten],
  'upsample': [conv(4), { kind: 'upsample', size: 3 }, conv(4), flatten],
  'upsample, wide': [conv(16), { kind: 'maxPool', size: 2 }, { kind: 'upsample', size: 2 }, conv(16), flatten],
  'global average pool': [conv(8), { kind: 'globalAveragePool' }],
  'batch norm': [conv(8, { bias: false }), { kind: 'batchNorm' }, { kind: 'relu' }, conv(8), { kind: 'batchNorm', epsilon: 1e-3 }, flatten],
  'batch norm, ReLU, max pool': [conv(8), { kind: 'batchNorm' }, { kind: 'relu' }, { kind: 'maxPool', size: 2 }, conv(16), { kind: 'batchNorm' }, { kind: 'relu' }, { kind: 'globalAveragePool' }],
  'batch norm on flat values': [flatten, { kind: 'dense', units: 9 }, { kind: 'batchNorm' }],
  'dropout': [conv(4), { kind: 'dropout', rate: 0.3 }, flatten, { kind: 'dropout', rate: 0.5 }],
  'residual': [conv(8), { kind: 'residual', layers: [conv(8), { kind: 'relu' }, conv(8)] }, { kind: 'relu' }, flatten],
  'residual with a shortcut': [conv(8), { kind: 'residual', layers: [conv(16, { stride: 2 }), { kind: 'batchNorm' }], shortcut: [conv(16, { kernel: 1, stride: 2, bias: false })] }, flatten],
}; // prettier-ignore

// Two whole blocks of glyphs: the fast convolutions want no less, and two threads take one each.
const BATCH = 16;
const architectureOf = (layers: readonly Layer[]): Architecture => ({ id: 'case', inputSize: SIDE, layers });

function optionsOf(architecture: Architecture, more: Partial<TrainerOptions> = {}): TrainerOptions {
  return {
    architecture,
    outputs: SHAPES,
    batch: BATCH,
    threads: 1,
    batchNorm: 'train',
    labelSmoothing: 0.1,
    weightDecay: 0.01,
    ...more,
  };
}

/** Random weights with nothing at a special value: biases, scales and running averages too. */
function weightsOf(architecture: Architecture): Weights {
  const plan = planOf(architecture, SHAPES);
  const random = randomFrom(5);
  const roles = new Map(plan.weights.map(({ name, role }) => [name, role]));
  return new Map(
    [...initialWeights(plan, 3)].map(([name, { shape, data }]) => {
      const role = roles.get(name);
      const low = role === 'scale' || role === 'variance' ? 0.5 : -0.3;
      return [name, { shape, data: role === 'kernel' ? data : data.map(() => low + 0.6 * random()) }];
    }),
  );
}

/** Some glyphs accept two answers, and weigh more than others. */
function batchOf() {
  const batch = toyBatch(BATCH, 42);
  batch.targets[1] = 1;
  return { ...batch, weights: batch.weights.map((_, index) => 0.5 + (index % 3)) };
}

/** Largest difference, in units of the largest number. */
function apart(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const size = Math.max(1e-3, ...a.map(Math.abs));
  return Math.max(...a.map((each, index) => Math.abs(each - (b[index] ?? NaN)))) / size;
}

describe.each(Object.entries(cases))('%s', (_, layers) => {
  const architecture = architectureOf(layers);
  const weights = weightsOf(architecture);

  test('logits and embeddings', async () => {
    const network = { architecture, outputs: SHAPES, weights };
    const { inputs } = batchOf();
    const [ours, theirs] = [await onnxEngine.load(network), await tfjsEngine.load(network)];
    const [one, other] = [await ours.answers(inputs), await theirs.answers(inputs)];
    expect(apart(one.logits, other.logits)).toBeLessThan(1e-4);
    expect(one.embeddings).toHaveLength(BATCH * ours.embedding);
    expect(apart(one.embeddings, other.embeddings)).toBeLessThan(1e-4);
    expect(await ours.logits(inputs)).toEqual(one.logits);
    await ours.close();
  });

  test.each([1, 2])('gradients, with %i threads', async (threads) => {
    const options = optionsOf(architecture, { threads });
    const ours = await onnxEngine.compile(options, startFrom(weights));
    const theirs = await tfjsEngine.compile(options, startFrom(weights));
    const masks = dropoutMasks(ours, BATCH, 1, 0, 0);
    const [mine, oracle] = [await ours.gradients(batchOf(), masks), await theirs.gradients(batchOf(), masks)];
    expect(mine.loss).toBeCloseTo(oracle.loss, 4);
    expect([...mine.gradients.keys()]).toEqual([...oracle.gradients.keys()]);
    for (const [name, { data }] of oracle.gradients) {
      const difference = apart(data, mine.gradients.get(name)?.data ?? new Float32Array());
      expect(difference, name).toBeLessThan(2e-3);
    }
    await ours.close();
  });

  test('gradients are what the loss does when a weight is moved a little', async () => {
    const options = optionsOf(architecture);
    const trainer = await onnxEngine.compile(options, startFrom(weights));
    const masks = dropoutMasks(trainer, BATCH, 1, 0, 0);
    const { gradients } = await trainer.gradients(batchOf(), masks);
    // All weights of a tensor move along its gradient: the loss must change by step · |gradient|².
    for (const [name, { data }] of gradients) {
      const length = Math.hypot(...data);
      if (length < 1e-4) continue;
      const lossAt = async (step: number): Promise<number> => {
        const moved = new Map(weights);
        const before = weights.get(name);
        if (before === undefined) throw new Error(name);
        moved.set(name, {
          shape: before.shape,
          data: before.data.map((each, i) => each + (step * (data[i] ?? 0)) / length),
        });
        const probe = await onnxEngine.compile(options, startFrom(moved));
        const { loss } = await probe.gradients(batchOf(), masks);
        await probe.close();
        return loss;
      };
      const step = 1e-3;
      const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
      expect(Math.abs(slope - length) / Math.max(length, 0.01), name).toBeLessThan(0.1);
    }
    await trainer.close();
  });
});

test.each(['train', 'frozen'] as const)('a few steps come out alike with batch norm: %s', async (batchNorm) => {
  const options = optionsOf(toyNetwork, { batchNorm });
  const start = startFrom(weightsOf(toyNetwork));
  const ours = await onnxEngine.compile(options, start);
  const theirs = await tfjsEngine.compile(options, start);
  const masks = dropoutMasks(ours, BATCH, 1, 0, 0);
  for (let i = 0; i < 3; i++) {
    const [mine, oracle] = [await ours.step(batchOf(), masks, 0.01), await theirs.step(batchOf(), masks, 0.01)];
    expect(mine).toBeCloseTo(oracle, 4);
  }
  for (const [name, { data }] of theirs.state().weights) {
    expect(apart(data, ours.state().weights.get(name)?.data ?? new Float32Array()), name).toBeLessThan(1e-2);
  }
  await ours.close();
});

test('a short training run comes out alike on both engines', async () => {
  const run = async (engine: Engine) =>
    fit({
      engine,
      architecture: toyNetwork,
      outputs: SHAPES,
      seed: 3,
      data: toySource(16, 8),
      batch: 16,
      threads: 1,
      epochs: 2,
      schedule: { peak: 0.01, warmUpSteps: 3 },
      weightDecay: 0.01,
      validation: toyValidation(),
      now: () => performance.now(),
    });
  const [ours, theirs] = [await run(onnxEngine), await run(tfjsEngine)];
  expect(ours.history[0]?.loss).toBeCloseTo(theirs.history[0]?.loss ?? NaN, 2);
  expect(ours.history[1]?.loss).toBeCloseTo(theirs.history[1]?.loss ?? NaN, 2);
  expect(ours.history[1]?.validationLoss).toBeCloseTo(theirs.history[1]?.validationLoss ?? NaN, 1);
});

test.each([1, 2])('a picture in colour gives the same on both engines, with %i threads', async (threads) => {
  const small = { ...vivid, inputSize: 16 };
  const weights = weightsOf(small);
  const options = optionsOf(small, { threads });
  const random = randomFrom(8);
  const batch = { ...batchOf(), inputs: Float32Array.from({ length: BATCH * 3 * 16 * 16 }, () => random()) };
  const ours = await onnxEngine.compile(options, startFrom(weights));
  const theirs = await tfjsEngine.compile(options, startFrom(weights));
  const masks = dropoutMasks(ours, BATCH, 1, 0, 0);
  const [mine, oracle] = [await ours.gradients(batch, masks), await theirs.gradients(batch, masks)];
  expect(mine.loss).toBeCloseTo(oracle.loss, 4);
  for (const [name, { data }] of oracle.gradients) {
    expect(apart(data, mine.gradients.get(name)?.data ?? new Float32Array()), name).toBeLessThan(1e-2);
  }
  await ours.close();
  const network = { architecture: small, outputs: SHAPES, weights };
  const [reading, oracles] = [await onnxEngine.load(network), await tfjsEngine.load(network)];
  const [one, other] = [await reading.answers(batch.inputs), await oracles.answers(batch.inputs)];
  expect(apart(one.logits, other.logits)).toBeLessThan(1e-4);
  expect(apart(one.embeddings, other.embeddings)).toBeLessThan(1e-4);
  await reading.close();
});

test.each([brisk, keen])('the shipped network $id gives the same gradients on both engines', async (shipped) => {
  const small = { ...shipped, inputSize: 16 };
  const weights = weightsOf(small);
  const options = optionsOf(small, { batch: 4 });
  const random = randomFrom(8);
  const batch = {
    inputs: Float32Array.from({ length: 4 * 256 }, () => random()),
    targets: Float32Array.from({ length: 16 }, (_, index) => (index % 5 === 0 ? 1 : 0)),
    weights: new Float32Array(4).fill(1),
  };
  const ours = await onnxEngine.compile(options, startFrom(weights));
  const theirs = await tfjsEngine.compile(options, startFrom(weights));
  const masks = dropoutMasks(ours, 4, 1, 0, 0);
  const [mine, oracle] = [await ours.gradients(batch, masks), await theirs.gradients(batch, masks)];
  for (const [name, { data }] of oracle.gradients) {
    expect(apart(data, mine.gradients.get(name)?.data ?? new Float32Array()), name).toBeLessThan(1e-2);
  }
  await ours.close();
});
