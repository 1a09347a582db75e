// The network as TensorFlow.js operations, to read with and to differentiate. Pictures are NHWC here, as TensorFlow.js likes them;
// weights keep the shapes that the plan gives them.
import type * as tf from '@tensorflow/tfjs';
import type { Operation, Plan } from '../plan.ts';

/** @tensorflow/tfjs, or @tensorflow/tfjs-node, which has the same functions. */
export type TensorFlow = typeof tf;

interface ForwardTools {
  readonly tf: TensorFlow;
  readonly plan: Plan;
  readonly weight: (name: string) => tf.Tensor;
  /** Masks when learning; none when reading. */
  readonly masks: readonly tf.Tensor[] | null;
  /** Takes a batch's mean and unbiased variance by batch norm's name; null: use the running ones. */
  readonly statistics: ((name: string, mean: tf.Tensor, variance: tf.Tensor) => void) | null;
}

/** [n, 1, s, s] glyphs → [n, outputs] logits; [n, height, width, outputs] where each pixel is answered for. */
export function forward(tools: ForwardTools, glyphs: tf.Tensor): tf.Tensor {
  const values = forwardValues(tools, glyphs);
  return valueAt(values, values.length - 1);
}

/** All values on the way there, by id. */
export function forwardValues(tools: ForwardTools, glyphs: tf.Tensor): readonly tf.Tensor[] {
  const values: tf.Tensor[] = [glyphs.transpose([0, 2, 3, 1])];
  for (const operation of tools.plan.operations) {
    values[operation.output] = apply(tools, operation, valueAt(values, operation.input), values);
  }
  return values;
}

export function valueAt(values: readonly tf.Tensor[], id: number): tf.Tensor {
  const value = values[id];
  if (value === undefined) throw new RangeError(`value ${id} does not exist yet`);
  return value;
}

function apply(tools: ForwardTools, operation: Operation, x: tf.Tensor, values: readonly tf.Tensor[]): tf.Tensor {
  const { tf, weight } = tools;
  const { name } = operation;
  const picture = x as tf.Tensor4D;
  switch (operation.kind) {
    case 'conv':
      return convolve(tools, operation, picture);
    case 'batchNorm':
      return normalise(tools, operation, x);
    case 'dense':
      return tf
        .matMul(x as tf.Tensor2D, weight(`${name}.weight`) as tf.Tensor2D, false, true)
        .add(weight(`${name}.bias`));
    case 'relu':
      return tf.relu(x);
    case 'maxPool':
      return tf.maxPool(picture, operation.size, operation.size, 'valid');
    case 'upsample': {
      // By copies: the gradient of resizeNearestNeighbor is wrong on the plain backend (finite differences say so).
      const [glyphs, height, width, channels] = picture.shape;
      const { size } = operation;
      const high = picture.reshape([glyphs, height, 1, width * channels]).tile([1, 1, size, 1]);
      const wide = high.reshape([glyphs * size * height, width, 1, channels]).tile([1, 1, size, 1]);
      return wide.reshape([glyphs, size * height, size * width, channels]);
    }
    case 'globalAveragePool':
      return x.mean([1, 2]);
    case 'flatten':
      return x.transpose([0, 3, 1, 2]).reshape([x.shape[0] ?? 0, -1]);
    case 'dropout': {
      const mask = tools.masks?.[operation.mask];
      if (mask === undefined) return x;
      const [channels = 0, height, width] = tools.plan.shapes[operation.input] ?? [];
      if (height === undefined || width === undefined) return x.mul(mask);
      return x.mul(mask.reshape([-1, channels, height, width]).transpose([0, 2, 3, 1]));
    }
    case 'add':
      return x.add(valueAt(values, operation.other));
  }
}

function convolve(tools: ForwardTools, operation: Extract<Operation, { kind: 'conv' }>, x: tf.Tensor4D): tf.Tensor {
  const { tf, weight } = tools;
  const { name, pads, stride, bias } = operation;
  const [before, after] = pads;
  const padded = tf.pad4d(x, [[0, 0], [before, after], [before, after], [0, 0]]); // prettier-ignore
  const kernel = tf.transpose<tf.Tensor4D>(weight(`${name}.weight`) as tf.Tensor4D, [2, 3, 1, 0]);
  const convolved = tf.conv2d(padded, kernel, stride, 'valid');
  return bias ? convolved.add(weight(`${name}.bias`)) : convolved;
}

function normalise(tools: ForwardTools, operation: Extract<Operation, { kind: 'batchNorm' }>, x: tf.Tensor): tf.Tensor {
  const { weight, statistics } = tools;
  const { name, epsilon } = operation;
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = statistics === null ? weight(`${name}.mean`) : x.mean(axes);
  const centred = x.sub(mean);
  const variance = statistics === null ? weight(`${name}.variance`) : centred.square().mean(axes);
  if (statistics !== null) {
    const count = x.size / (x.shape.at(-1) ?? 1);
    statistics(name, mean, variance.mul(count / Math.max(1, count - 1)));
  }
  return centred
    .div(variance.add(epsilon).sqrt())
    .mul(weight(`${name}.scale`))
    .add(weight(`${name}.shift`));
}
