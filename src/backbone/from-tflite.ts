// A .tflite network becomes an ONNX file with one answer: the embedding, which the network's last dense layer would have answered
// from, or, place by place, what stands in the picture before that is averaged. Only what comes before is read, so a head of any kind may follow.
import { OperationalError } from '../errors.ts';
import { GraphBuilder } from '../model/onnx/graph.ts';
import type { ModelFile } from '../model/onnx/model-file.ts';
import { operators } from './operators.ts';
import { readTflite, type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite.ts';

/** A network of pictures as ONNX, and what it wants to be shown. */
interface Converted {
  readonly file: ModelFile;
  /** Side of the square picture. */
  readonly side: number;
  /** What it is shown is (level − mean) / deviation, of levels 0 … 255. */
  readonly mean: number;
  readonly deviation: number;
  /** Numbers of the embedding. */
  readonly length: number;
  /** The network's own answers, where it tells many things apart; 0: none. */
  readonly answers: number;
}

/** Fewer answers than this say less than what stands before them. */
export const FEWEST_ANSWERS = 100;

/** So many places across, and as many down: of 36 signs of unseen hands, ten pictures each, two points more were read so than of one mean. */
const PLACES = 3;

/**
 * Converts a .tflite file's bytes; `byPlace`: to answer with the last sum before the last dense layer, in nine places of the picture. Throws OperationalError in half a sentence: damaged, an operator that is not read (by name),
 * no square colour picture as input, no dense layer.
 */
export function fromTflite(bytes: Uint8Array, byPlace = false): Converted {
  const model = readTflite(bytes);
  const [input] = model.inputs;
  const picture = model.tensors[input ?? -1];
  if (input === undefined || picture === undefined || model.inputs.length !== 1)
    throw new OperationalError('it has several inputs, where one picture is needed');
  const [, height = 0, width = 0, channels = 0] = picture.shape;
  if (picture.shape.length !== 4 || height !== width || channels !== 3)
    throw new OperationalError(
      `its input is ${picture.shape.join('×')}, where a square picture in three colours is needed`,
    );

  const { target: pooled, own } = pooledOf(model);
  const target = byPlace ? lastSumBefore(model, pooled) : pooled;
  const graph = new GraphBuilder();
  const values = new Map<number, string>([[input, graph.input('picture', ['N', 3, height, width])]]);
  const value = (place: number): string => {
    const known = values.get(place);
    if (known === undefined) throw new OperationalError('the .tflite file is damaged: its operators are out of order');
    return known;
  };
  for (const operator of before(model, own === null ? [target] : [target, own])) {
    const convert = operators[operator.name];
    if (convert === undefined)
      throw new OperationalError(`it needs the operator ${operator.name}, which is not read here`);
    const [output = -1] = operator.outputs;
    values.set(output, held(graph, convert(operator, { graph, model, value }), model.tensors[output]));
  }
  const { shape } = tensorAt(model, target);
  const length = (byPlace ? PLACES ** 2 : 1) * (shape.at(-1) ?? 0);
  const averaged = (): string =>
    byPlace
      ? graph.node('AveragePool', [value(target)], inPlaces(shape))
      : graph.node('GlobalAveragePool', [value(target)]);
  const flat = shape.length === 4 ? graph.node('Flatten', [averaged()]) : value(target);
  graph.output('embedding', flat, ['N', length]);
  const answers = own === null ? 0 : (tensorAt(model, own).shape.at(-1) ?? 0);
  if (own !== null) graph.output('answers', graph.node('Flatten', [value(own)]), ['N', answers]);
  return { file: graph.build('backbone'), side: height, length, answers, ...levelsOf(picture) };
}

const tensorAt = (model: TfliteModel, place: number): TfliteTensor => {
  const tensor = model.tensors[place];
  if (tensor === undefined) throw new OperationalError('the .tflite file is damaged: a tensor is missing');
  return tensor;
};

/** The tensor that the last dense layer reads (which may be a 1×1 convolution of a 1×1 picture), and what that answers where it is probabilities. */
function pooledOf(model: TfliteModel): { readonly target: number; readonly own: number | null } {
  const isDense = ({ name, inputs }: TfliteOperator): boolean => {
    const [, height, width] = model.tensors[inputs[0] ?? -1]?.shape ?? [];
    return name === 'FULLY_CONNECTED' || (name === 'CONV_2D' && height === 1 && width === 1);
  };
  const dense = model.operators.findLast(isDense);
  const [last] = dense?.inputs ?? [];
  if (last === undefined) throw new OperationalError('it has no dense layer, before which an embedding would stand');
  // Flattened only: the picture itself can be averaged.
  const made = model.operators.find(({ outputs }) => outputs[0] === last);
  const target =
    made?.name === 'RESHAPE' && tensorAt(model, made.inputs[0] ?? -1).shape.length === 4
      ? (made.inputs[0] ?? last)
      : last;
  const [answer] = dense?.outputs ?? [];
  const isTold =
    model.operators.at(-1)?.name === 'SOFTMAX' &&
    answer !== undefined &&
    (tensorAt(model, answer).shape.at(-1) ?? 0) >= FEWEST_ANSWERS;
  return { target, own: isTold ? answer : null };
}

/** What the last block before it adds up to: few channels, and still a picture. */
function lastSumBefore(model: TfliteModel, target: number): number {
  const isPicture = (place: number): boolean => {
    const { shape } = tensorAt(model, place);
    return shape.length === 4 && Math.min(shape[1] ?? 0, shape[2] ?? 0) >= PLACES;
  };
  const sum = before(model, [target]).findLast(({ name, outputs }) => name === 'ADD' && outputs.some(isPicture));
  const [place] = sum?.outputs ?? [];
  if (place === undefined) throw new OperationalError('it adds up to no picture before its last dense layer');
  return place;
}

/** Windows that cover a picture of this shape, and share as little as they can. */
function inPlaces([, height = PLACES, width = PLACES]: readonly number[]) {
  const strides = [height, width].map((size) => Math.floor(size / PLACES));
  const kernel = [height, width].map((size, at) => size - (PLACES - 1) * (strides[at] ?? 1));
  return { kernel_shape: kernel, strides };
}

/** The operators that these tensors are made by, in order; constants are no operators' work. */
function before(model: TfliteModel, targets: readonly number[]): readonly TfliteOperator[] {
  const needed = new Set(targets);
  const found: TfliteOperator[] = [];
  for (const operator of model.operators.toReversed()) {
    if (!operator.outputs.some((place) => needed.has(place))) continue;
    if (operator.name === 'DEQUANTIZE' && model.tensors[operator.inputs[0] ?? -1]?.data != null) continue;
    found.unshift(operator);
    for (const place of operator.inputs) needed.add(place);
  }
  return found;
}

/** Whole numbers end somewhere: what they cannot say is cut off, as the quantised network does. */
function held(graph: GraphBuilder, value: string, tensor: TfliteTensor | undefined): string {
  const [scale] = tensor?.quantised?.scales ?? [];
  const least = tensor?.type === 'uint8' ? 0 : tensor?.type === 'int8' ? -128 : null;
  if (scale === undefined || least === null) return value;
  const zero = tensor?.quantised?.zeros[0] ?? 0;
  return graph.node('Clip', [value, graph.scalar(scale * (least - zero)), graph.scalar(scale * (least + 255 - zero))]);
}

/** A quantised input says what its levels stand for; floats are taken to be 0 … 1. */
function levelsOf({ quantised, type }: TfliteTensor): { readonly mean: number; readonly deviation: number } {
  const [scale] = quantised?.scales ?? [];
  const [zero = 0] = quantised?.zeros ?? [];
  if (scale === undefined || (type !== 'uint8' && type !== 'int8')) return { mean: 0, deviation: 255 };
  return { mean: type === 'int8' ? zero + 128 : zero, deviation: 1 / scale };
}
