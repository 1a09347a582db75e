// A .tflite file as data: its tensors, its operators in order, and its constants as numbers. Names and numbers are those of
// TensorFlow Lite's schema (version 3); what is never needed for a network of pictures is not read.
import { OperationalError } from '../errors.ts';
import { fromHalf } from '../model/onnx/half.ts';
import { Table } from './flatbuffer.ts';

export interface TfliteTensor {
  readonly name: string;
  /** In the file's own order: pictures are [1, height, width, channels]. */
  readonly shape: readonly number[];
  readonly type: string;
  /** For whole numbers that stand for others: scale · (number − zero), by slices of one dimension where there are several. */
  readonly quantised: {
    readonly scales: readonly number[];
    readonly zeros: readonly number[];
    readonly dimension: number;
  } | null;
  /** Its bytes where it is a constant. */
  readonly data: Uint8Array | null;
}

export interface TfliteOperator {
  /** As in the schema, like CONV_2D; of one of somebody's own, its own name. */
  readonly name: string;
  /** Places of tensors; −1 leaves an optional one out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Table | null;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const TYPES: Readonly<Record<number, string>> = {
  0: 'float32',
  1: 'float16',
  2: 'int32',
  3: 'uint8',
  4: 'int64',
  7: 'int16',
  9: 'int8',
};

const OPERATORS: Readonly<Record<number, string>> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  5: 'DEPTH_TO_SPACE',
  6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  21: 'RELU6',
  22: 'RESHAPE',
  23: 'RESIZE_BILINEAR',
  25: 'SOFTMAX',
  26: 'SPACE_TO_DEPTH',
  28: 'TANH',
  34: 'PAD',
  36: 'GATHER',
  39: 'TRANSPOSE',
  40: 'MEAN',
  41: 'SUB',
  42: 'DIV',
  43: 'SQUEEZE',
  45: 'STRIDED_SLICE',
  49: 'SPLIT',
  53: 'CAST',
  54: 'PRELU',
  55: 'MAXIMUM',
  67: 'TRANSPOSE_CONV',
  77: 'SHAPE',
  83: 'PACK',
  97: 'RESIZE_NEAREST_NEIGHBOR',
  98: 'LEAKY_RELU',
  114: 'QUANTIZE',
  117: 'HARD_SWISH',
};
const CUSTOM = 32;

/** Whether the bytes say of themselves that they are a .tflite file. */
export const isTflite = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'TFL3';

/** Throws OperationalError for bytes that are damaged or cut short. */
export function readTflite(bytes: Uint8Array): TfliteModel {
  try {
    return read(bytes);
  } catch (cause) {
    throw new OperationalError('the .tflite file is damaged: fetch it again', { cause });
  }
}

function read(bytes: Uint8Array): TfliteModel {
  const model = Table.root(bytes);
  const names = model.tables(1).map((code) => {
    const number = Math.max(code.byte(0), code.integer(3));
    return number === CUSTOM ? code.text(1) : (OPERATORS[number] ?? `number ${number}`);
  });
  const [graph] = model.tables(2);
  if (graph === undefined) throw new RangeError('there is no graph in it');
  const buffers = model.tables(4);
  const tensors = graph.tables(0).map((tensor): TfliteTensor => {
    const type = tensor.byte(1);
    const data = buffers[tensor.integer(2)]?.bytes(0) ?? new Uint8Array();
    const quantisation = tensor.table(4);
    const scales = quantisation?.floats(2) ?? [];
    return {
      name: tensor.text(3),
      shape: tensor.integers(0),
      type: TYPES[type] ?? `type ${type}`,
      quantised:
        quantisation === null || scales.length === 0
          ? null
          : { scales, zeros: quantisation.longs(3), dimension: quantisation.integer(6) },
      data: data.length === 0 ? null : data,
    };
  });
  const operators = graph.tables(3).map((operator) => ({
    name: names[operator.integer(0)] ?? 'an operator that the file does not name',
    inputs: operator.integers(1),
    outputs: operator.integers(2),
    options: operator.table(4),
  }));
  const inputs = graph.integers(1);
  const outputs = graph.integers(2);
  const used = [...inputs, ...outputs, ...operators.flatMap((each) => [...each.inputs, ...each.outputs])];
  if (used.some((place) => place >= tensors.length)) throw new RangeError('it speaks of a tensor that it lacks');
  return { tensors, operators, inputs, outputs };
}

/** A constant's whole numbers, like a shape; null where it is none. */
export function integersOf({ data, type }: TfliteTensor): readonly number[] | null {
  if (data === null) return null;
  const { buffer } = data.slice();
  if (type === 'int32') return [...new Int32Array(buffer)];
  return type === 'int64' ? Array.from(new BigInt64Array(buffer), Number) : null;
}

/** A constant's numbers, in the file's own order; null where it is none, or of a type that no network of pictures has. */
export function floatsOf(tensor: TfliteTensor): Float32Array | null {
  const raw = rawOf(tensor);
  if (raw === null || raw.length !== tensor.shape.reduce((product, each) => product * each, 1)) return null;
  return tensor.quantised === null ? Float32Array.from(raw) : dequantised(raw, tensor.shape, tensor.quantised);
}

function rawOf({ data, type }: TfliteTensor): ArrayLike<number> | null {
  if (data === null) return null;
  const { buffer } = data.slice();
  switch (type) {
    case 'float32':
      return new Float32Array(buffer);
    case 'float16':
      return fromHalf(new Uint16Array(buffer));
    case 'uint8':
      return new Uint8Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    default:
      return null;
  }
}

function dequantised(
  raw: ArrayLike<number>,
  shape: readonly number[],
  { scales, zeros, dimension }: NonNullable<TfliteTensor['quantised']>,
): Float32Array {
  // Numbers that lie beside each other in one slice of the dimension.
  const inner = shape.slice(dimension + 1).reduce((product, each) => product * each, 1);
  const slices = shape[dimension] ?? 1;
  return Float32Array.from(raw, (value, at) => {
    const slice = scales.length === 1 ? 0 : Math.floor(at / inner) % slices;
    return (scales[slice] ?? 1) * (value - (zeros[slice] ?? zeros[0] ?? 0));
  });
}
