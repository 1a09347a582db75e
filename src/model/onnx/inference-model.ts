// The network as a plain ONNX model that reads glyphs: `glyph` [N, 1, s, s] (ink 0 … 1) in, `logits` [N, outputs] out and the `embedding` they were made
// from, every weight an initialiser under its own name. Standard operators only, so that any ONNX tool can open it. Where each pixel is answered for,
// pictures may be of any size, and `logits` is [N, outputs, height, width].
import type { Network } from '../engine.ts';
import { embeddingLength, embeddingOf, inputShape, planOf, elementCount, type Operation } from '../plan.ts';
import { convAttributes, poolAttributes, upsampleAttributes } from './attributes.ts';
import { GraphBuilder } from './graph.ts';
import { toHalves, type ModelFile } from './model-file.ts';

export function inferenceModel(network: Network, options: { readonly precision?: 16 | 32 } = {}): ModelFile {
  const plan = planOf(network.architecture, network.outputs);
  const graph = new GraphBuilder();
  const pixels = network.architecture.head === 'pixels';
  const values = ['glyph'];
  graph.input('glyph', pixels ? ['N', 1, 'H', 'W'] : ['N', ...inputShape(network.architecture)]);

  const half = new Map<string, string>();
  for (const { name, shape, role } of plan.weights) {
    const data = network.weights.get(name)?.data ?? new Float32Array(elementCount(shape));
    if (options.precision === 16 && role === 'kernel') {
      graph.constant({ name, shape, data: toHalves(data) });
      half.set(name, graph.node('Cast', [name], { to: 1 }));
    } else graph.constant({ name, shape, data });
  }
  const weight = (name: string): string => half.get(name) ?? name;

  for (const operation of plan.operations) {
    values[operation.output] = reading(graph, operation, values[operation.input] ?? '', weight, values);
  }
  const last = plan.operations.at(-1);
  graph.output(
    'logits',
    values[last?.output ?? 0] ?? '',
    pixels ? ['N', network.outputs, 'h', 'w'] : ['N', network.outputs],
  );
  if (!pixels) graph.output('embedding', values[embeddingOf(plan)] ?? '', ['N', embeddingLength(plan)]);
  return graph.build(network.architecture.id);
}

function reading(
  graph: GraphBuilder,
  operation: Operation,
  input: string,
  weight: (name: string) => string,
  values: readonly string[],
): string {
  const { name } = operation;
  switch (operation.kind) {
    case 'conv': {
      const inputs = [input, weight(`${name}.weight`)];
      if (operation.bias) inputs.push(weight(`${name}.bias`));
      return graph.node('Conv', inputs, convAttributes(operation));
    }
    case 'batchNorm': {
      const weights = ['scale', 'shift', 'mean', 'variance'].map((role) => weight(`${name}.${role}`));
      return graph.node('BatchNormalization', [input, ...weights], { epsilon: { float: operation.epsilon } });
    }
    case 'relu':
      return graph.node('Relu', [input]);
    case 'maxPool':
      return graph.node('MaxPool', [input], poolAttributes(operation.size));
    case 'upsample': {
      const scales = graph.floats([1, 1, operation.size, operation.size], [4]);
      return graph.node('Resize', [input, '', scales], upsampleAttributes);
    }
    case 'globalAveragePool':
      return graph.node('Flatten', [graph.node('GlobalAveragePool', [input])]);
    case 'flatten':
      return graph.node('Flatten', [input]);
    case 'dropout':
      return input;
    case 'dense':
      return graph.node('Gemm', [input, weight(`${name}.weight`), weight(`${name}.bias`)], { transB: 1 });
    case 'add':
      return graph.node('Add', [input, values[operation.other] ?? '']);
  }
}
