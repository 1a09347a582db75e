// A file becomes a backbone: .onnx as it was exported, with its card inside; and what cannot be one is told in a sentence.
import { expect, test } from 'vitest';
import { cardOf } from '../../src/backbone/card.ts';
import { described } from '../../src/backbone/describe.ts';
import { openEmbedder } from '../../src/backbone/embedder.ts';
import { makeBackbone } from '../../src/backbone/make.ts';
import { GraphBuilder } from '../../src/model/onnx/graph.ts';
import { encodeModel } from '../../src/model/onnx/model-file.ts';

const wishes = { name: 'small', licence: 'MIT', source: 'small.onnx', levels: 'unit', views: 'whole' } as const;

/** Four channels, the first three being the colours and the last how dark it is; then a head of two. */
function exported({
  shape = ['N', 3, 16, 16],
  operator = 'Conv',
}: { shape?: (string | number)[]; operator?: string } = {}): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('data', shape);
  const weight = graph.floats([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1], [4, 3, 1, 1]);
  const seen = graph.node(operator, [input, weight, graph.floats([0, 0, 0, 3], [4])], { kernel_shape: [1, 1] });
  const pooled = graph.node('Flatten', [graph.node('GlobalAveragePool', [seen])]);
  const head = graph.node('Gemm', [pooled, graph.floats(Array<number>(8).fill(1), [4, 2])]);
  graph.output('logits', head, ['N', 2]);
  return encodeModel(graph.build('exported'));
}

const filled = (red: number, green: number, blue: number): Uint8Array =>
  Uint8Array.from({ length: 3 * 16 * 16 }, (_, at) => [red, green, blue][at % 3] ?? 0);

test('an .onnx network answers with what its last dense layer reads, and its file says how', async () => {
  const { bytes, card } = await makeBackbone(exported(), wishes);
  expect(card).toMatchObject({
    name: 'small',
    licence: 'MIT',
    side: 16,
    length: 4,
    answers: 0,
    input: 'data',
    signed: false,
  });
  expect(cardOf(bytes)).toEqual(card);
  expect((await makeBackbone(exported(), wishes)).bytes).toEqual(bytes);
  const embedder = await openEmbedder(bytes, card, 1);
  const { pooled, shares } = await embedder.raw(filled(255, 0, 51));
  [1, 0, 0.2, 1.8].forEach((wanted, at) => expect(pooled[at]).toBeCloseTo(wanted, 5));
  expect(shares).toHaveLength(0);
  // As bytes: each a part of the whole, whose size tells nothing.
  expect(await embedder.embed([filled(255, 0, 51)])).toEqual(described([{ pooled, shares }], card));
  expect(described([{ pooled: pooled.map((each) => 3 * each), shares }], card)).toEqual(
    described([{ pooled, shares }], card),
  );
  // Of two views their mean.
  const [red, black] = [await embedder.raw(filled(255, 0, 0)), await embedder.raw(filled(0, 0, 0))];
  expect(await embedder.embed([filled(255, 0, 0), filled(0, 0, 0)])).toEqual(described([red, black], card));
  await embedder.close();
});

test('what a network tells apart by itself stands behind what it sees, as probabilities', async () => {
  const graph = new GraphBuilder();
  const input = graph.input('data', ['N', 3, 16, 16]);
  const pooled = graph.node('Flatten', [graph.node('GlobalAveragePool', [input])]);
  const weights = Array.from({ length: 360 }, (_, at) => (at === 7 ? 9 : 0));
  graph.output('logits', graph.node('Gemm', [pooled, graph.floats(weights, [3, 120])]), ['N', 120]);
  const { bytes, card } = await makeBackbone(encodeModel(graph.build('exported')), wishes);
  expect(card).toMatchObject({ length: 123, answers: 120, answering: { name: 'logits', shares: false } });
  const embedder = await openEmbedder(bytes, card, 1);
  const { shares } = await embedder.raw(filled(255, 0, 0));
  expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 4);
  expect(shares[7]).toBeGreaterThan(0.98);
  const bytesOf = await embedder.embed([filled(255, 0, 0)]);
  expect(bytesOf).toHaveLength(123);
  expect([...bytesOf.subarray(3)].indexOf(Math.max(...bytesOf.subarray(3)))).toBe(7);
  await embedder.close();
});

test.each([
  ['another input', exported({ shape: ['N', 1, 16, 16] }), 'small.onnx cannot be a backbone: its input is any×1×16×16'],
  ['an operator that nobody has', exported({ operator: 'Dream' }), 'Dream'],
  ['no network', Buffer.from('This is a letter, not a network.'), 'neither a whole .tflite nor a whole .onnx file'],
  ['an empty file', new Uint8Array(), 'neither a whole .tflite nor a whole .onnx file'],
  ['half of one', exported().slice(0, 200), 'small.onnx cannot be a backbone'],
  ['a film', new Uint8Array(150_000_001), '150 MB, and a backbone 150 at most'],
])('%s is told', async (_, bytes, because) => {
  await expect(makeBackbone(bytes, wishes)).rejects.toThrow(because);
});

test('a card that was changed is damage', async () => {
  const { bytes } = await makeBackbone(exported(), wishes);
  expect(() => cardOf(bytes.slice(0, -40))).toThrow('the backbone is damaged: add it again');
  expect(() => cardOf(exported())).toThrow('the backbone is damaged');
});
