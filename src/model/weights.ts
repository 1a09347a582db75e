// Weights at the start of a training run: random ones for a new network, or those of another network grown to more outputs.
import { UsageError } from '../errors.ts';
import { randomFrom } from '../random.ts';
import type { Tensor, TrainingState, Weights } from './engine.ts';
import { elementCount, type Plan, type WeightSpec } from './plan.ts';

/** He-normal kernels, zero biases, batch norm that changes nothing. Deterministic in `seed`, layer by layer. */
export function initialWeights(plan: Plan, seed: number): Weights {
  return new Map(plan.weights.map((spec, index) => [spec.name, initialTensor(spec, seed, index)]));
}

function initialTensor(spec: WeightSpec, seed: number, index: number): Tensor {
  const data = new Float32Array(elementCount(spec.shape));
  if (spec.role === 'scale' || spec.role === 'variance') data.fill(1);
  if (spec.role === 'kernel') {
    const random = randomFrom(seed, 0x5745_4947, index);
    const deviation = Math.sqrt(2 / spec.fanIn);
    for (let i = 0; i < data.length; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      data[i] = deviation * radius * Math.cos(2 * Math.PI * random());
    }
  }
  return { shape: spec.shape, data };
}

/** All zeros, for a single layer: it has no symmetry that chance would have to break. */
export const blankWeights = (plan: Plan): Weights =>
  new Map(
    plan.weights.map(({ name, shape }) => [name, { shape, data: new Float32Array(elementCount(shape)) }] as const),
  );

/** The state a fresh optimiser starts from. */
export function startFrom(weights: Weights): TrainingState {
  return { weights, firstMoments: new Map(), secondMoments: new Map(), steps: 0 };
}

/** Throws UsageError, naming the weight, unless `weights` are exactly those the plan lists, all finite. */
export function checkWeights(plan: Plan, weights: Weights): void {
  const known = new Set(plan.weights.map((spec) => spec.name));
  for (const name of weights.keys()) {
    if (!known.has(name)) throw new UsageError(`architecture ${plan.architecture.id} has no weight ${name}`);
  }
  for (const { name, shape } of plan.weights) {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new UsageError(`the weight ${name} is missing`);
    if (tensor.shape.join('×') !== shape.join('×') || tensor.data.length !== elementCount(shape)) {
      throw new UsageError(`the weight ${name} is ${tensor.shape.join('×')} where ${shape.join('×')} is needed`);
    }
    if (!tensor.data.every(Number.isFinite))
      throw new UsageError(`the weight ${name} holds a number that is not finite`);
  }
}

/**
 * Fits weights to a plan whose outputs changed: output `i` of the new head takes what output `from[i]` of the old one had learnt, or
 * starts fresh where that is null. Everything before the head is kept.
 */
export function withOutputs(plan: Plan, weights: Weights, from: readonly (number | null)[], seed: number): Weights {
  const fresh = initialWeights(plan, seed);
  const grown = new Map<string, Tensor>(weights);
  for (const name of ['head.weight', 'head.bias']) {
    const target = fresh.get(name);
    const source = weights.get(name);
    if (target === undefined || source === undefined) throw new UsageError(`the weight ${name} is missing`);
    const width = elementCount(target.shape.slice(1));
    if (elementCount(source.shape.slice(1)) !== width)
      throw new UsageError(`the weight ${name} does not fit this architecture`);
    from.forEach((old, index) => {
      if (old !== null) target.data.set(source.data.subarray(old * width, (old + 1) * width), index * width);
    });
    grown.set(name, target);
  }
  return grown;
}
