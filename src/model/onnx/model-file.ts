// The ONNX file format, as much of it as we write and read: messages and field numbers as the ONNX specification (IR version 8)
// gives them, under our own names, since Protocol Buffers put only numbers into the file.
import protobuf from 'protobufjs';
import type { Tensor, Weights } from '../engine.ts';
import { fromHalf, toHalf } from './half.ts';

/** An attribute of a node; numbers are integers unless wrapped. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface Node {
  readonly operator: string;
  readonly domain?: string | undefined;
  /** '' leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>> | undefined;
}

export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  /** Float32, int64, or (stored only) float16. */
  readonly data: Float32Array | BigInt64Array | Uint16Array;
}

/** A graph's input or output, of floats; a text in the shape is a size that may vary. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface ModelFile {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly constants: readonly Constant[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Operator set versions by domain, beside that of standard ONNX. */
  readonly domains?: Readonly<Record<string, number>> | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

const OPSET = 17;
const IR_VERSION = 8;
const FLOAT = 1;
const INT64 = 7;
const FLOAT16 = 10;

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id, options: { packed: type !== 'string' } });
const message = (fields: Record<string, protobuf.IField>): protobuf.IType => ({ fields });
const Model = protobuf.Root.fromJSON({
  nested: {
    Model: message({
      irVersion: one('int64', 1),
      producer: one('string', 2),
      graph: one('Graph', 7),
      opsets: many('Opset', 8),
      metadata: many('Entry', 14),
    }),
    Opset: message({ domain: one('string', 1), version: one('int64', 2) }),
    Entry: message({ key: one('string', 1), value: one('string', 2) }),
    Graph: message({
      nodes: many('Node', 1),
      name: one('string', 2),
      initializers: many('Tensor', 5),
      inputs: many('ValueInfo', 11),
      outputs: many('ValueInfo', 12),
    }),
    Node: message({
      inputs: many('string', 1),
      outputs: many('string', 2),
      name: one('string', 3),
      operator: one('string', 4),
      attributes: many('Attribute', 5),
      domain: one('string', 7),
    }),
    Attribute: message({
      name: one('string', 1),
      float: one('float', 2),
      integer: one('int64', 3),
      text: one('bytes', 4),
      integers: many('int64', 8),
      type: one('int32', 20),
    }),
    Tensor: message({
      shape: many('int64', 1),
      type: one('int32', 2),
      name: one('string', 8),
      bytes: one('bytes', 9),
    }),
    ValueInfo: message({ name: one('string', 1), type: one('Type', 2) }),
    Type: message({ tensor: one('TensorType', 1) }),
    TensorType: message({ element: one('int32', 1), shape: one('Shape', 2) }),
    Shape: message({ sizes: many('Size', 1) }),
    Size: message({ value: one('int64', 1), name: one('string', 2) }),
  },
}).lookupType('Model');

/** The file's bytes. */
export function encodeModel(model: ModelFile): Uint8Array {
  const encoded = Model.encode(
    Model.create({
      irVersion: IR_VERSION,
      producer: 'inkloop',
      opsets: Object.entries({ '': OPSET, ...model.domains }).map(([domain, version]) => ({ domain, version })),
      metadata: Object.entries(model.metadata ?? {}).map(([key, value]) => ({ key, value })),
      graph: {
        name: model.name,
        nodes: model.nodes.map((node, index) => ({
          name: `${node.operator}:${index}`,
          operator: node.operator,
          domain: node.domain ?? '',
          inputs: node.inputs,
          outputs: node.outputs,
          attributes: Object.entries(node.attributes ?? {}).map(attribute),
        })),
        initializers: model.constants.map(({ name, shape, data }) => ({
          name,
          shape,
          type: data instanceof Float32Array ? FLOAT : data instanceof Uint16Array ? FLOAT16 : INT64,
          bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
        })),
        inputs: model.inputs.map(port),
        outputs: model.outputs.map(port),
      },
    }),
  ).finish();
  return encoded;
}

function attribute([name, value]: readonly [string, Attribute]): object {
  if (typeof value === 'number') return { name, integer: value, type: 2 };
  if (typeof value === 'string') return { name, text: new TextEncoder().encode(value), type: 3 };
  if ('float' in value) return { name, float: value.float, type: 1 };
  return { name, integers: value, type: 7 };
}

function port({ name, shape }: Port): object {
  const sizes = shape.map((size) => (typeof size === 'number' ? { value: size } : { name: size }));
  return { name, type: { tensor: { element: FLOAT, shape: { sizes } } } };
}

interface RawTensor {
  readonly name: string;
  readonly shape: readonly (number | { toNumber(): number })[];
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** The float tensors (float16 widened) and the metadata of a model's bytes. Throws when they are no ONNX file or cut short. */
export function decodeModel(bytes: Uint8Array): {
  readonly weights: Weights;
  readonly metadata: ReadonlyMap<string, string>;
} {
  const model = Model.decode(bytes) as unknown as {
    readonly metadata: readonly { readonly key: string; readonly value: string }[];
    readonly graph: { readonly initializers: readonly RawTensor[] } | null;
  };
  if (model.graph === null) throw new Error('there is no graph in it');
  const weights = new Map<string, Tensor>();
  for (const tensor of model.graph.initializers) {
    const data = floatsOf(tensor);
    const shape = tensor.shape.map((size) => (typeof size === 'number' ? size : size.toNumber()));
    if (data === null) continue;
    if (data.length !== shape.reduce((product, size) => product * size, 1))
      throw new Error(`${tensor.name} is cut short`);
    weights.set(tensor.name, { shape, data });
  }
  return { weights, metadata: new Map(model.metadata.map(({ key, value }) => [key, value])) };
}

/** What stands beside the graph; weights are passed over. Throws when the bytes are no ONNX file. */
export function metadataOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const { metadata } = Model.decode(bytes) as unknown as {
    readonly metadata: readonly { readonly key: string; readonly value: string }[];
  };
  return new Map(metadata.map(({ key, value }) => [key, value]));
}

/** A graph as others wrote it: what goes in, and which values its operators make of it. */
export interface Outline {
  /** Without weights; a size that may vary is null. */
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[];
  readonly nodes: readonly Pick<Node, 'operator' | 'inputs' | 'outputs'>[];
}

interface RawPort {
  readonly name: string;
  readonly type: {
    readonly tensor: {
      readonly shape: { readonly sizes: readonly { readonly value: number | { toNumber(): number } }[] } | null;
    } | null;
  } | null;
}

/** Throws when the bytes are no ONNX file. */
export function outlineOf(bytes: Uint8Array): Outline {
  const { graph } = Model.decode(bytes) as unknown as {
    readonly graph: {
      readonly nodes: readonly Pick<Node, 'operator' | 'inputs' | 'outputs'>[];
      readonly initializers: readonly RawTensor[];
      readonly inputs: readonly RawPort[];
    } | null;
  };
  if (graph === null || graph.nodes.length === 0) throw new Error('there is no graph in it');
  const weights = new Set(graph.initializers.map(({ name }) => name));
  const sizeOf = (value: number | { toNumber(): number }): number | null => {
    const size = typeof value === 'number' ? value : value.toNumber();
    return size > 0 ? size : null;
  };
  return {
    inputs: graph.inputs
      .filter(({ name }) => !weights.has(name))
      .map(({ name, type }) => ({ name, shape: (type?.tensor?.shape?.sizes ?? []).map(({ value }) => sizeOf(value)) })),
    nodes: graph.nodes.map(({ operator, inputs, outputs }) => ({ operator, inputs, outputs })),
  };
}

/** The same file with one answer more, and more said beside it: two messages of Protocol Buffers in a row are one. */
export function withMore(
  bytes: Uint8Array,
  output: string | null,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const more = Model.encode(
    Model.create({
      metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      ...(output === null ? {} : { graph: { outputs: [{ name: output }] } }),
    }),
  ).finish();
  return new Uint8Array(Buffer.concat([bytes, more]));
}

function floatsOf({ type, bytes }: RawTensor): Float32Array | null {
  // Copied, for the bytes may start at any offset.
  const copy = Uint8Array.from(bytes).buffer;
  if (type === FLOAT) return new Float32Array(copy);
  return type === FLOAT16 ? fromHalf(new Uint16Array(copy)) : null;
}

/** The same numbers at half the size, each rounded to the nearest float16. */
export const toHalves = (data: Float32Array): Uint16Array => toHalf(data);
