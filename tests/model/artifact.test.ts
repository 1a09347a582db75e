import { afterEach, describe, expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { decodeArtifact, encodeArtifact, type Artifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import { openClassifier, type Classifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { fromHalf, toHalf } from '../../src/model/onnx/half.ts';
import { encodeModel } from '../../src/model/onnx/model-file.ts';
import { InferenceSession, Tensor } from '../../src/model/onnx/runtime.ts';
import { planOf } from '../../src/model/plan.ts';
import { initialWeights, withOutputs } from '../../src/model/weights.ts';
import { SHAPES, SIDE, toyBatch, toyGlyph, toyNetwork } from './toy.ts';

const shapes = alphabetOf({ id: 'shapes', title: 'shapes', rows: [['―', '|', '□', '\\']] });

function artifactOf(more: Partial<ArtifactMetadata> = {}): Artifact {
  const outputs = more.outputs?.length ?? SHAPES;
  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: 'shapes',
    outputs: shapes.labels.map(({ id, text }) => ({ id, text })),
    glyphSize: SIDE,
    architecture: toyNetwork,
    temperature: 1.5,
    askBelow: 0.6,
    rejectAbove: 0.5,
    lineage: { parent: 'v1', snapshot: 'abc', seed: 7, engine: 'onnx', threads: 2, codeVersion: '1.0.0' },
    metrics: { accuracy: 0.99 },
    ...more,
  };
  const weights = initialWeights(planOf(toyNetwork, outputs), 1);
  return { metadata, network: { architecture: toyNetwork, outputs, weights } };
}

let classifier: Classifier | undefined;
afterEach(async () => {
  await classifier?.close();
  classifier = undefined;
});

test('everything comes back from the file', () => {
  const artifact = artifactOf();
  const back = decodeArtifact(encodeArtifact(artifact), shapes);
  expect(back.metadata).toEqual(artifact.metadata);
  expect(back.network.weights).toEqual(artifact.network.weights);
});

test('the file is an ONNX model that a bare ONNX runtime reads, any number of glyphs at once', async () => {
  const { inputs } = toyBatch(5, 1);
  const artifact = artifactOf();
  const session = await InferenceSession.create(encodeArtifact(artifact));
  const { logits } = await session.run({ glyph: new Tensor('float32', inputs, [5, 1, SIDE, SIDE]) });
  expect(logits?.dims).toEqual([5, SHAPES]);
  const inference = await onnxEngine.load(artifact.network);
  const ours = await inference.logits(inputs);
  const theirs = logits?.data as Float32Array;
  ours.forEach((each, index) => expect(theirs[index]).toBeCloseTo(each, 5));
  await inference.close();
  await session.release();
});

test('in half precision it is nearly half as large and says nearly the same', async () => {
  const artifact = artifactOf();
  const [whole, half] = [encodeArtifact(artifact), encodeArtifact(artifact, { precision: 16 })];
  const parameters = [...artifact.network.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  expect(whole.length - half.length).toBeGreaterThan(1.5 * parameters);
  const { inputs } = toyBatch(8, 1);
  const answers: Float32Array[] = [];
  for (const bytes of [whole, half]) {
    const inference = await onnxEngine.load(decodeArtifact(bytes).network);
    answers.push(await inference.logits(inputs));
    await inference.close();
  }
  answers[0]?.forEach((each, index) => expect(answers[1]?.[index]).toBeCloseTo(each, 2));
});

test('half precision rounds to the nearest, ties to even', () => {
  const numbers = [0, 1, -2.5, 65504, 65519, 65520, 2 ** -24, 2 ** -25, 1.5 * 2 ** -24, 1 + 2 ** -11, 1 + 3 * 2 ** -11];
  const expected = [0, 1, -2.5, 65504, 65504, Infinity, 2 ** -24, 0, 2 ** -23, 1, 1 + 2 ** -9];
  expect([...fromHalf(toHalf(Float32Array.from(numbers)))]).toEqual(expected);
  expect(fromHalf(toHalf(Float32Array.of(NaN)))[0]).toBeNaN();
});

describe('a file that is no good is refused in a sentence', () => {
  const whole = encodeArtifact(artifactOf());
  test.each([
    ['empty', new Uint8Array(), /damaged/],
    ['cut short', whole.slice(0, whole.length >> 1), /damaged/],
    ['text', new TextEncoder().encode('this is no model at all'), /damaged/],
    [
      'another ONNX model',
      encodeModel({ name: 'x', nodes: [], constants: [], inputs: [], outputs: [] }),
      /not made by Inkloop/,
    ],
  ])('%s', (_, bytes, sentence) => {
    expect(() => decodeArtifact(bytes)).toThrow(
      expect.objectContaining({ name: 'OperationalError', message: expect.stringMatching(sentence) }),
    );
  });

  test('cut short anywhere, it is never taken for whole', () => {
    for (let share = 0.05; share < 1; share += 0.05) {
      const part = whole.slice(0, Math.floor(share * whole.length));
      expect(() => decodeArtifact(part), `${share}`).toThrow(expect.objectContaining({ name: 'OperationalError' }));
    }
  });

  test('of a newer format', () => {
    const { metadata, network } = artifactOf();
    const text = JSON.stringify({ ...metadata, formatVersion: 9 });
    const bytes = encodeModel({
      name: 'x',
      nodes: [],
      constants: [],
      inputs: [],
      outputs: [],
      metadata: { inkloop: text },
    });
    expect(network.outputs).toBe(SHAPES);
    expect(() => decodeArtifact(bytes)).toThrow('update Inkloop');
  });

  test('with weights that are not finite', () => {
    const artifact = artifactOf();
    artifact.network.weights.get('head.bias')?.data.fill(NaN);
    expect(() => decodeArtifact(encodeArtifact(artifact))).toThrow('head.bias holds a number that is not finite');
  });

  test('of another alphabet, or with a label the alphabet lacks, by name', () => {
    const letters = alphabetOf({ id: 'letters', title: 'letters', rows: [['a', 'b']] });
    expect(() => decodeArtifact(whole, letters)).toThrow('the alphabet shapes, not letters');
    const fewer = alphabetOf({ id: 'shapes', title: 'shapes', rows: [['―', '|', '○', '\\']] });
    expect(() => decodeArtifact(whole, fewer)).toThrow('a label □ (2) that the alphabet shapes lacks');
  });
});

test('candidates come sorted, sharpened by the temperature, with doubt apart', async () => {
  const outputs = [...artifactOf().metadata.outputs, null];
  classifier = await openClassifier(onnxEngine, encodeArtifact(artifactOf({ outputs })), shapes);
  const [answer] = await classifier.classify([toyGlyph(2, 1)]);
  const probabilities = answer?.candidates.map(({ probability }) => probability) ?? [];
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
  expect(probabilities).toHaveLength(4);
  expect(probabilities.reduce((sum, each) => sum + each, answer?.notACharacter ?? 0)).toBeCloseTo(1, 6);
  expect(answer?.sure).toBe((probabilities[0] ?? 0) >= 0.6);

  await expect(classifier.classify([new Uint8Array(5)])).rejects.toThrow('5 numbers where the model needs 144');
  expect(await classifier.classify([])).toEqual([]);
});

test('a network grown by an output answers for the old ones as before', async () => {
  const { network } = artifactOf();
  const grown = withOutputs(planOf(toyNetwork, 6), network.weights, [0, null, 1, 2, 3, null], 5);
  const [before, after] = [
    await onnxEngine.load(network),
    await onnxEngine.load({ ...network, outputs: 6, weights: grown }),
  ];
  const { inputs } = toyBatch(1, 3);
  const [old, fresh] = [await before.logits(inputs), await after.logits(inputs)];
  [0, 2, 3, 4].forEach((place, index) => expect(fresh[place]).toBeCloseTo(old[index] ?? NaN, 5));
  await before.close();
  await after.close();
});
