// Turns an architecture into the plan both engines build from: every operation in order, with shapes, and every weight by name.
import { UsageError } from '../errors.ts';
import type { Architecture, Layer } from './architectures/architecture.ts';

/** Shape of one glyph's value: [channels, height, width], or [units]. */
export type TensorShape = readonly [number, number, number] | readonly [number];

interface Step {
  /** Name of the layer: its kind and number; the prefix of its weights. */
  readonly name: string;
  /** Value ids; 0 is the glyph. */
  readonly input: number;
  readonly output: number;
}
export type Operation =
  | (Step & {
      readonly kind: 'conv';
      readonly kernel: number;
      readonly stride: number;
      readonly bias: boolean;
      /** Zeros before and after, alike for both axes. */
      readonly pads: readonly [before: number, after: number];
    })
  | (Step & { readonly kind: 'batchNorm'; readonly momentum: number; readonly epsilon: number })
  | (Step & { readonly kind: 'relu' })
  | (Step & { readonly kind: 'maxPool'; readonly size: number })
  | (Step & { readonly kind: 'upsample'; readonly size: number })
  | (Step & { readonly kind: 'globalAveragePool' })
  | (Step & { readonly kind: 'flatten' })
  | (Step & { readonly kind: 'dense' })
  | (Step & { readonly kind: 'dropout'; readonly rate: number; readonly mask: number })
  | (Step & { readonly kind: 'add'; readonly other: number });

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: 'kernel' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';
  /** Inputs that meet in one output; what the first random weights are scaled by. */
  readonly fanIn: number;
}

export interface Plan {
  readonly architecture: Architecture;
  readonly outputs: number;
  readonly operations: readonly Operation[];
  /** By value id. */
  readonly shapes: readonly TensorShape[];
  readonly weights: readonly WeightSpec[];
  readonly masks: readonly { readonly size: number; readonly rate: number }[];
}

export const elementCount = (shape: readonly number[]): number => shape.reduce((product, each) => product * each, 1);

/** Shape of what goes in. */
export const inputShape = ({ inputSize, rows, channels }: Architecture): TensorShape => [
  channels ?? 1,
  rows ?? inputSize,
  inputSize,
];

/** Numbers that go in for one glyph. */
export const inputLength = (architecture: Architecture): number => elementCount(inputShape(architecture));

/** The value that the last layer answers from: the embedding, flat but where each pixel is answered for. */
export const embeddingOf = ({ operations }: Plan): number => operations.at(-1)?.input ?? 0;

/** Numbers in a glyph's embedding; 0 where each pixel is answered for. */
export function embeddingLength(plan: Plan): number {
  const shape = plan.shapes[embeddingOf(plan)];
  return shape?.length === 1 ? shape[0] : 0;
}

/** Learnt by gradient, as opposed to the running averages of batch norm. */
export const isParameter = (spec: WeightSpec): boolean => spec.role !== 'mean' && spec.role !== 'variance';

/** Number of learnt parameters. */
export const parameterCount = (plan: Plan): number =>
  plan.weights.filter(isParameter).reduce((sum, spec) => sum + elementCount(spec.shape), 0);

/** Plans `architecture` with a last layer of `outputs` units, or of `outputs` channels where each pixel is answered for. Throws UsageError, naming the layer that does not fit. */
export function planOf(architecture: Architecture, outputs: number): Plan {
  const operations: Operation[] = [];
  const shapes: TensorShape[] = [inputShape(architecture)];
  const weights: WeightSpec[] = [];
  const masks: { size: number; rate: number }[] = [];
  const numbers = new Map<string, number>();

  const refuse = (name: string, why: string): never => {
    throw new UsageError(`architecture ${architecture.id}, layer ${name}: ${why}`);
  };
  const shapeOf = (value: number): TensorShape => shapes[value] ?? refuse(String(value), 'no such value');
  const nameFor = (kind: string): string => {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    return `${kind}${number}`;
  };
  const value = (shape: TensorShape): number => shapes.push(shape) - 1;
  const picture = (name: string, input: number): readonly [number, number, number] => {
    const shape = shapeOf(input);
    return shape.length === 3 ? shape : refuse(name, 'needs a picture, but what comes in is flat');
  };

  const dense = (name: string, input: number, units: number): number => {
    const shape = shapeOf(input);
    if (shape.length !== 1) return refuse(name, 'needs a flat input: put flatten or globalAveragePool before it');
    weights.push(
      { name: `${name}.weight`, shape: [units, shape[0]], role: 'kernel', fanIn: shape[0] },
      { name: `${name}.bias`, shape: [units], role: 'bias', fanIn: shape[0] },
    );
    const output = value([units]);
    operations.push({ kind: 'dense', name, input, output });
    return output;
  };

  const conv = (name: string, layer: Extract<Layer, { kind: 'conv' }>, input: number): number => {
    const [channels, height, width] = picture(name, input);
    const { filters, kernel, stride = 1, padding = 'same', bias = true } = layer;
    const total = padding === 'valid' ? 0 : Math.max((Math.ceil(height / stride) - 1) * stride + kernel - height, 0);
    const pads: readonly [number, number] = [Math.floor(total / 2), Math.ceil(total / 2)];
    const side = (length: number): number => Math.floor((length + total - kernel) / stride) + 1;
    if (side(height) < 1) refuse(name, `a kernel of ${kernel} does not fit into ${height}×${width}`);
    const fanIn = channels * kernel * kernel;
    weights.push({
      name: `${name}.weight`,
      shape: [filters, channels, kernel, kernel],
      role: 'kernel',
      fanIn,
    });
    if (bias) weights.push({ name: `${name}.bias`, shape: [filters], role: 'bias', fanIn });
    const output = value([filters, side(height), side(width)]);
    operations.push({ kind: 'conv', name, input, output, kernel, stride, bias, pads });
    return output;
  };

  const one = (layer: Layer, input: number): number => {
    switch (layer.kind) {
      case 'conv':
        return conv(nameFor('conv'), layer, input);
      case 'dense':
        return dense(nameFor('dense'), input, layer.units);
      case 'batchNorm': {
        const name = nameFor('batchNorm');
        const channels = [shapeOf(input)[0]];
        for (const role of ['scale', 'shift', 'mean', 'variance'] as const) {
          weights.push({ name: `${name}.${role}`, shape: channels, role, fanIn: 1 });
        }
        const output = value(shapeOf(input));
        const { momentum = 0.9, epsilon = 1e-5 } = layer;
        operations.push({ kind: 'batchNorm', name, input, output, momentum, epsilon });
        return output;
      }
      case 'relu': {
        const output = value(shapeOf(input));
        operations.push({ kind: 'relu', name: nameFor('relu'), input, output });
        return output;
      }
      case 'maxPool': {
        const name = nameFor(layer.kind);
        const [channels, height, width] = picture(name, input);
        const { size } = layer;
        if (size > height || size > width) refuse(name, `a window of ${size} does not fit into ${height}×${width}`);
        const output = value([channels, Math.floor(height / size), Math.floor(width / size)]);
        operations.push({ kind: layer.kind, name, input, output, size });
        return output;
      }
      case 'upsample': {
        const name = nameFor(layer.kind);
        const [channels, height, width] = picture(name, input);
        const { size } = layer;
        const output = value([channels, size * height, size * width]);
        operations.push({ kind: 'upsample', name, input, output, size });
        return output;
      }
      case 'globalAveragePool': {
        const name = nameFor(layer.kind);
        const output = value([picture(name, input)[0]]);
        operations.push({ kind: layer.kind, name, input, output });
        return output;
      }
      case 'flatten': {
        const name = nameFor(layer.kind);
        const output = value([elementCount(picture(name, input))]);
        operations.push({ kind: layer.kind, name, input, output });
        return output;
      }
      case 'dropout': {
        const output = value(shapeOf(input));
        const mask = masks.push({ size: elementCount(shapeOf(input)), rate: layer.rate }) - 1;
        operations.push({ kind: 'dropout', name: nameFor('dropout'), input, output, rate: layer.rate, mask });
        return output;
      }
      case 'residual': {
        const name = nameFor('residual');
        const body = all(layer.layers, input);
        const other = all(layer.shortcut ?? [], input);
        if (shapeOf(body).join('×') !== shapeOf(other).join('×')) {
          refuse(name, `cannot add ${shapeOf(body).join('×')} and ${shapeOf(other).join('×')}: give it a shortcut`);
        }
        const output = value(shapeOf(body));
        operations.push({ kind: 'add', name, input: body, output, other });
        return output;
      }
    }
  };
  const all = (layers: readonly Layer[], input: number): number =>
    layers.reduce((current, layer) => one(layer, current), input);

  if (!Number.isInteger(outputs) || outputs < 1) refuse('head', `${outputs} is no number of outputs`);
  const last = all(architecture.layers, 0);
  if (architecture.head === 'pixels') conv('head', { kind: 'conv', filters: outputs, kernel: 1 }, last);
  else dense('head', last, outputs);
  return { architecture, outputs, operations, shapes, weights, masks };
}
