// A backbone that sees little: how much there is of a few colours in each quarter of a picture. Enough to tell made-up photographs apart.
import { GraphBuilder } from '../../src/model/onnx/graph.ts';
import { encodeModel } from '../../src/model/onnx/model-file.ts';

const SIDE = 32;

/** An .onnx file as somebody would export it: levels from 0 to 1 in, two answers out that are never asked for. */
export function smallBackbone(): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('image', ['N', 3, SIDE, SIDE]);
  const colours = [2, -1, -1, -1, 2, -1, -1, -1, 2, 1, 1, 1, 1, 1, -2, 1, -2, 1];
  const weight = graph.floats(colours, [colours.length / 3, 3, 1, 1]);
  const seen = graph.node('Relu', [graph.node('Conv', [input, weight], { kernel_shape: [1, 1] })]);
  const quarters = graph.node('AveragePool', [seen], {
    kernel_shape: [SIDE / 4, SIDE / 4],
    strides: [SIDE / 4, SIDE / 4],
  });
  const flat = graph.node('Flatten', [quarters]);
  const length = 16 * (colours.length / 3);
  graph.output('logits', graph.node('Gemm', [flat, graph.floats(Array<number>(2 * length).fill(0), [length, 2])]), [
    'N',
    2,
  ]);
  return encodeModel(graph.build('small'));
}
