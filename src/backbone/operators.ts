// TensorFlow Lite's operators as ONNX's. Pictures turn from [1, height, width, channels] to [N, channels, height, width] on the
// way; what is quantised is reckoned in floats, held to the range that its whole numbers can say.
import { OperationalError } from '../errors.ts';
import type { GraphBuilder } from '../model/onnx/graph.ts';
import type { Table } from './flatbuffer.ts';
import { floatsOf, integersOf, type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite.ts';

/** What an operator needs of the conversion under way. */
interface Conversion {
  readonly graph: GraphBuilder;
  readonly model: TfliteModel;
  /** The ONNX value of a tensor; a constant in the file's order, but for what is added to pictures. */
  value(tensor: number): string;
}

type Convert = (operator: TfliteOperator, conversion: Conversion) => string;

const tensorAt = ({ model }: Conversion, place: number | undefined): TfliteTensor => {
  const tensor = model.tensors[place ?? -1];
  if (tensor === undefined) throw new OperationalError('the .tflite file is damaged: an operator lacks an input');
  return tensor;
};

function constantAt(conversion: Conversion, place: number | undefined, of: TfliteOperator): Float32Array {
  const numbers = floatsOf(tensorAt(conversion, constantBehind(conversion.model, place ?? -1)));
  if (numbers !== null) return numbers;
  throw new OperationalError(`the network computes the weights of a ${of.name} while it runs, which is not read here`);
}

/** The tensor itself, or the constant that it is only another form of. */
function constantBehind({ tensors, operators }: TfliteModel, place: number): number {
  if (tensors[place]?.data != null) return place;
  const made = operators.find((each) => each.name === 'DEQUANTIZE' && each.outputs[0] === place);
  return made === undefined ? place : (made.inputs[0] ?? place);
}

/** [outputs, height, width, inputs] → [outputs, inputs, height, width]. */
function channelsFirst(
  data: Float32Array,
  [outer = 1, height = 1, width = 1, inner = 1]: readonly number[],
): Float32Array {
  const turned = new Float32Array(data.length);
  const area = height * width;
  for (let o = 0; o < outer; o++)
    for (let at = 0; at < area; at++)
      for (let i = 0; i < inner; i++) turned[(o * inner + i) * area + at] = data[(o * area + at) * inner + i] ?? 0;
  return turned;
}

/** Zeros before and after, as TensorFlow counts them: the odd one after. */
function samePads(length: number, kernel: number, stride: number, dilation: number): readonly [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

interface Window {
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly same: boolean;
}

function windowAttributes({ shape }: TfliteTensor, { kernel, strides, dilations = [1, 1], same }: Window) {
  const [, height = 1, width = 1] = shape;
  const [top, bottom] = same ? samePads(height, kernel[0], strides[0], dilations[0]) : [0, 0];
  const [left, right] = same ? samePads(width, kernel[1], strides[1], dilations[1]) : [0, 0];
  return { kernel_shape: [...kernel], strides: [...strides], pads: [top, left, bottom, right] };
}

/** What is done to an answer at once, by its number in the schema. */
function activated({ graph }: Conversion, value: string, activation: number): string {
  switch (activation) {
    case 0:
      return value;
    case 1:
      return graph.node('Relu', [value]);
    case 2:
      return graph.node('Clip', [value, graph.scalar(-1), graph.scalar(1)]);
    case 3:
      return graph.node('Clip', [value, graph.scalar(0), graph.scalar(6)]);
    case 4:
      return graph.node('Tanh', [value]);
    default:
      throw new OperationalError(`the network has an activation of number ${activation}, which is not read here`);
  }
}

const number = (options: Table | null, field: number, otherwise = 0): number =>
  options?.integer(field, otherwise) ?? otherwise;
const small = (options: Table | null, field: number): number => options?.byte(field) ?? 0;
const isSame = (options: Table | null): boolean => small(options, 0) === 0;

/** A stored weight, by the name of its tensor. */
function stored(
  conversion: Conversion,
  place: number | undefined,
  shape: readonly number[],
  data: Float32Array,
): string {
  return conversion.graph.constant({ name: `w${place ?? ''}`, shape, data });
}

function biasOf(operator: TfliteOperator, conversion: Conversion): string[] {
  const place = operator.inputs[2];
  if (place === undefined || place < 0) return [];
  const data = constantAt(conversion, place, operator);
  return [stored(conversion, place, [data.length], data)];
}

/** Where the file keeps a convolution's options, and how its weights lie once channels come first. */
interface Layout {
  readonly weights: readonly number[];
  readonly group: number;
  readonly kernel: readonly [number, number];
  readonly dilationsAt: readonly [height: number, width: number];
  readonly activationAt: number;
}

function convolved(operator: TfliteOperator, conversion: Conversion, layout: Layout): string {
  const { options, inputs } = operator;
  const { weights, group, kernel, dilationsAt, activationAt } = layout;
  const data = channelsFirst(constantAt(conversion, inputs[1], operator), tensorAt(conversion, inputs[1]).shape);
  const dilations: [number, number] = [number(options, dilationsAt[0], 1), number(options, dilationsAt[1], 1)];
  const attributes = windowAttributes(tensorAt(conversion, inputs[0]), {
    kernel: [...kernel],
    strides: [number(options, 2, 1), number(options, 1, 1)],
    dilations,
    same: isSame(options),
  });
  const answer = conversion.graph.node(
    'Conv',
    [
      conversion.value(inputs[0] ?? -1),
      stored(conversion, inputs[1], [...weights], data),
      ...biasOf(operator, conversion),
    ],
    { ...attributes, dilations, group },
  );
  return activated(conversion, answer, small(options, activationAt));
}

const conv: Convert = (operator, conversion) => {
  const [outputs = 1, height = 1, width = 1, channels = 1] = tensorAt(conversion, operator.inputs[1]).shape;
  const [, , , given = channels] = tensorAt(conversion, operator.inputs[0]).shape;
  return convolved(operator, conversion, {
    weights: [outputs, channels, height, width],
    group: given / channels,
    kernel: [height, width],
    dilationsAt: [5, 4],
    activationAt: 3,
  });
};

/** Weights are stored as [1, height, width, outputs]: each output looks at one channel. */
const depthwise: Convert = (operator, conversion) => {
  const [, height = 1, width = 1, outputs = 1] = tensorAt(conversion, operator.inputs[1]).shape;
  const [, , , channels = outputs] = tensorAt(conversion, operator.inputs[0]).shape;
  return convolved(operator, conversion, {
    weights: [outputs, 1, height, width],
    group: channels,
    kernel: [height, width],
    dilationsAt: [6, 5],
    activationAt: 4,
  });
};

const pool =
  (kind: 'AveragePool' | 'MaxPool'): Convert =>
  ({ options, inputs }, conversion) => {
    const attributes = windowAttributes(tensorAt(conversion, inputs[0]), {
      kernel: [number(options, 4, 1), number(options, 3, 1)],
      strides: [number(options, 2, 1), number(options, 1, 1)],
      same: isSame(options),
    });
    const answer = conversion.graph.node(kind, [conversion.value(inputs[0] ?? -1)], attributes);
    return activated(conversion, answer, small(options, 5));
  };

const arithmetic =
  (kind: 'Add' | 'Sub' | 'Mul' | 'Div'): Convert =>
  ({ options, inputs }, conversion) => {
    const rank = Math.max(...inputs.map((place) => tensorAt(conversion, place).shape.length));
    const [one = '', other = ''] = inputs.map((place) => operand(conversion, place, rank));
    return activated(conversion, conversion.graph.node(kind, [one, other]), small(options, 0));
  };

/** A value, or a constant that is spread over a picture: its last dimension is the channels'. */
function operand(conversion: Conversion, place: number, rank: number): string {
  const tensor = tensorAt(conversion, constantBehind(conversion.model, place));
  const data = floatsOf(tensor);
  if (data === null) return conversion.value(place);
  if (rank !== 4) return stored(conversion, place, tensor.shape, data);
  const [, height = 1, width = 1, channels = 1] = [...Array<number>(4 - tensor.shape.length).fill(1), ...tensor.shape];
  return stored(conversion, place, [1, channels, height, width], channelsFirst(data, [1, height, width, channels]));
}

const simple =
  (kind: string): Convert =>
  ({ inputs }, { graph, value }) =>
    graph.node(kind, [value(inputs[0] ?? -1)]);

/** Where a dimension of the file's stands in ours. */
const placeOf = (dimension: number, rank: number): number =>
  rank === 4 ? ([0, 2, 3, 1][dimension < 0 ? dimension + rank : dimension] ?? 0) : dimension;

const mean: Convert = ({ options, inputs }, conversion) => {
  const { shape } = tensorAt(conversion, inputs[0]);
  const axes = (integersOf(tensorAt(conversion, inputs[1])) ?? []).map((axis) => placeOf(axis, shape.length));
  return conversion.graph.node('ReduceMean', [conversion.value(inputs[0] ?? -1)], {
    axes: axes.sort((a, b) => a - b),
    keepdims: Number(options?.flag(0) ?? false),
  });
};

/** Numbers in the file's own order: a picture's channels go last again. */
function asInFile(conversion: Conversion, place: number): string {
  const { shape } = tensorAt(conversion, place);
  const value = conversion.value(place);
  const [, height = 1, width = 1] = shape;
  if (shape.length !== 4 || height * width === 1) return value;
  return conversion.graph.node('Transpose', [value], { perm: [0, 2, 3, 1] });
}

const reshape: Convert = ({ inputs, outputs }, conversion) => {
  const { graph } = conversion;
  const { shape } = tensorAt(conversion, outputs[0]);
  const flat = graph.node('Reshape', [asInFile(conversion, inputs[0] ?? -1), graph.integers(-1, ...shape.slice(1))]);
  const [, height = 1, width = 1] = shape;
  if (shape.length !== 4) return flat;
  if (height * width > 1) return graph.node('Transpose', [flat], { perm: [0, 3, 1, 2] });
  return graph.node('Reshape', [flat, graph.integers(-1, shape[3] ?? 1, 1, 1)]);
};

const dense: Convert = (operator, conversion) => {
  const { inputs, options } = operator;
  const [outputs = 1, width = 1] = tensorAt(conversion, inputs[1]).shape;
  const flat = conversion.graph.node('Reshape', [
    asInFile(conversion, inputs[0] ?? -1),
    conversion.graph.integers(-1, width),
  ]);
  const weight = stored(conversion, inputs[1], [outputs, width], constantAt(conversion, inputs[1], operator));
  const answer = conversion.graph.node('Gemm', [flat, weight, ...biasOf(operator, conversion)], { transB: 1 });
  return activated(conversion, answer, small(options, 0));
};

const pad: Convert = ({ inputs }, conversion) => {
  const around = integersOf(tensorAt(conversion, inputs[1])) ?? [];
  const { length } = tensorAt(conversion, inputs[0]).shape;
  const pads = Array.from({ length: 2 * length }, () => 0);
  for (let dimension = 0; dimension < length; dimension++) {
    const place = placeOf(dimension, length);
    pads[place] = around[2 * dimension] ?? 0;
    pads[place + length] = around[2 * dimension + 1] ?? 0;
  }
  return conversion.graph.node('Pad', [conversion.value(inputs[0] ?? -1), conversion.graph.integers(...pads)]);
};

const prelu: Convert = (operator, conversion) => {
  const { inputs } = operator;
  const slopes = constantAt(conversion, inputs[1], operator);
  const [height = 1, width = 1, channels = 1] = tensorAt(conversion, inputs[1]).shape.slice(-3);
  const weight = stored(
    conversion,
    inputs[1],
    [channels, height, width],
    channelsFirst(slopes, [1, height, width, channels]),
  );
  return conversion.graph.node('PRelu', [conversion.value(inputs[0] ?? -1), weight]);
};

const concatenation: Convert = ({ inputs, options }, conversion) => {
  const { length } = tensorAt(conversion, inputs[0]).shape;
  const values = inputs.map((place) => conversion.value(place));
  const joined = conversion.graph.node('Concat', values, { axis: placeOf(number(options, 0), length) });
  return activated(conversion, joined, small(options, 1));
};

const resize: Convert = ({ inputs, outputs, options }, conversion) => {
  const [, height = 1, width = 1] = tensorAt(conversion, outputs[0]).shape;
  const [, fromHeight = 1, fromWidth = 1] = tensorAt(conversion, inputs[0]).shape;
  const mode = options?.flag(2) === true ? 'align_corners' : options?.flag(3) === true ? 'half_pixel' : 'asymmetric';
  const { graph } = conversion;
  const scales = graph.floats([1, 1, height / fromHeight, width / fromWidth], [4]);
  return graph.node('Resize', [conversion.value(inputs[0] ?? -1), '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: mode,
  });
};

/** The same numbers: dequantised ones are floats here already. */
const same: Convert = ({ inputs }, { value }) => value(inputs[0] ?? -1);

/** Every operator that is read. */
export const operators: Readonly<Record<string, Convert>> = {
  ADD: arithmetic('Add'),
  AVERAGE_POOL_2D: pool('AveragePool'),
  CONCATENATION: concatenation,
  CONV_2D: conv,
  DEPTHWISE_CONV_2D: depthwise,
  DEQUANTIZE: same,
  DIV: arithmetic('Div'),
  FULLY_CONNECTED: dense,
  HARD_SWISH: simple('HardSwish'),
  LEAKY_RELU: ({ inputs, options }, { graph, value }) =>
    graph.node('LeakyRelu', [value(inputs[0] ?? -1)], { alpha: { float: options?.float(0) ?? 0 } }),
  LOGISTIC: simple('Sigmoid'),
  MAX_POOL_2D: pool('MaxPool'),
  MEAN: mean,
  MUL: arithmetic('Mul'),
  PAD: pad,
  PRELU: prelu,
  QUANTIZE: same,
  RELU: simple('Relu'),
  RELU6: ({ inputs }, conversion) => activated(conversion, conversion.value(inputs[0] ?? -1), 3),
  RESHAPE: reshape,
  RESIZE_BILINEAR: resize,
  SOFTMAX: ({ inputs }, { graph, value }) => graph.node('Softmax', [value(inputs[0] ?? -1)], { axis: -1 }),
  SQUEEZE: reshape,
  SUB: arithmetic('Sub'),
  TANH: simple('Tanh'),
};
