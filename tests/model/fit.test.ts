import { expect, test } from 'vitest';
import { decodeArtifact, encodeArtifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import { openClassifier } from '../../src/model/classifier.ts';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import type { Weights } from '../../src/model/engine.ts';
import { fit, type FitOptions } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { SHAPES, SIDE, toyGlyph, toyNetwork, toySource, toyValidation } from './toy.ts';

const shapes = alphabetOf({ id: 'shapes', title: 'shapes', rows: [['―', '|', '□', '\\']] });

const options: FitOptions = {
  engine: onnxEngine,
  architecture: toyNetwork,
  outputs: SHAPES,
  seed: 7,
  data: toySource(32, 10),
  batch: 32,
  threads: 1,
  epochs: 5,
  schedule: { peak: 0.02, warmUpSteps: 5 },
  labelSmoothing: 0.05,
  weightDecay: 0.01,
  validation: toyValidation(),
  now: () => performance.now(),
};

const bytesOf = (weights: Weights): string =>
  [...weights].map(([name, { data }]) => `${name} ${Buffer.from(data.buffer).toString('base64')}`).join('\n');

test('a network learns to tell the shapes, and what it learnt survives the file', async () => {
  const { network, history, bestEpoch } = await fit(options);
  expect(history).toHaveLength(5);
  expect(history[bestEpoch - 1]?.validationAccuracy).toBeGreaterThan(0.95);
  expect(history[bestEpoch - 1]?.validationLoss).toBe(Math.min(...history.map((each) => each.validationLoss ?? NaN)));

  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: 'shapes',
    outputs: shapes.labels.map(({ id, text }) => ({ id, text })),
    glyphSize: SIDE,
    architecture: toyNetwork,
    temperature: 1,
    askBelow: 0.5,
    rejectAbove: 0.5,
    lineage: { parent: null, snapshot: null, seed: 7, engine: 'onnx', threads: 1, codeVersion: 'test' },
    metrics: { accuracy: 1 },
  };
  const file = encodeArtifact({ metadata, network });
  expect(bytesOf(decodeArtifact(file, shapes).network.weights)).toBe(bytesOf(network.weights));

  const classifier = await openClassifier(onnxEngine, file, shapes);
  const answers = await classifier.classify([0, 1, 2, 3].map((shape) => toyGlyph(shape, 4711)));
  expect(answers.map(({ candidates }) => candidates[0]?.labelId)).toEqual([0, 1, 2, 3]);
  const sum = answers[0]?.candidates.reduce((total, { probability }) => total + probability, 0);
  expect(sum).toBeCloseTo(1, 6);
  await classifier.close();
});

test('the same seed and threads give the same weights, bit for bit; another seed gives others', async () => {
  const short = { ...options, epochs: 2, threads: 2 };
  const first = await fit(short);
  const second = await fit(short);
  expect(bytesOf(second.network.weights)).toBe(bytesOf(first.network.weights));
  const other = await fit({ ...short, seed: 8 });
  expect(bytesOf(other.network.weights)).not.toBe(bytesOf(first.network.weights));
});

test('a run that is killed goes on from its checkpoint to the very same weights', async () => {
  const whole = await fit(options);
  let checkpoint: Uint8Array | undefined;
  const killer = new AbortController();
  const killed = fit({
    ...options,
    signal: killer.signal,
    onCheckpoint: (bytes) => {
      checkpoint = bytes;
    },
    onProgress: ({ epoch, step }) => {
      if (epoch === 3 && step === 4) killer.abort(new Error('killed'));
    },
  });
  await expect(killed).rejects.toThrow('killed');
  const resumed = await fit({ ...options, resume: checkpoint });
  expect(resumed.history).toEqual(whole.history);
  expect(bytesOf(resumed.network.weights)).toBe(bytesOf(whole.network.weights));
});

test('training stops when validation no longer gains, and keeps the best epoch', async () => {
  const { history, bestEpoch } = await fit({
    ...options,
    epochs: 30,
    schedule: { peak: 0.3 },
    patience: 2,
  });
  expect(history.length).toBeLessThan(30);
  expect(history.length - bestEpoch).toBe(2);
});

test('progress tells epoch, step, loss and the time left', async () => {
  let clock = 0;
  const seen: { epoch: number; step: number; secondsLeft: number }[] = [];
  await fit({ ...options, epochs: 2, now: () => (clock += 500), onProgress: (progress) => seen.push(progress) });
  expect(seen).toHaveLength(20);
  expect(seen[0]).toMatchObject({ epoch: 1, epochs: 2, step: 1, steps: 10 });
  expect(seen[9]?.secondsLeft).toBeCloseTo(5, 0);
  expect(seen.at(-1)).toMatchObject({ epoch: 2, step: 10, secondsLeft: 0 });
});

test('frozen batch norm keeps its averages, and everything else learns', async () => {
  const whole = await fit({ ...options, epochs: 1 });
  const { weights } = whole.network;
  const more = await fit({ ...options, epochs: 1, initial: weights, batchNorm: 'frozen' });
  const kept = [...weights.keys()].filter((name) =>
    weights.get(name)?.data.every((each, index) => each === more.network.weights.get(name)?.data[index]),
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.every((name) => /\.(?:mean|variance)$/u.test(name))).toBe(true);
});

test('weights pulled towards the initial ones stay nearer to them', async () => {
  const { weights } = (await fit({ ...options, epochs: 1 })).network;
  const tuned = async (pull: Partial<FitOptions>) => {
    const { network } = await fit({ ...options, epochs: 1, seed: 9, initial: weights, ...pull });
    const before = weights.get('dense1.weight')?.data ?? new Float32Array(0);
    const after = network.weights.get('dense1.weight')?.data ?? new Float32Array(0);
    return Math.hypot(...before.map((each, index) => each - (after[index] ?? 0)));
  };
  const free = await tuned({ weightDecay: 0 });
  const held = await tuned({ weightDecay: 20, stayNearInitial: true });
  expect(held).toBeLessThan(free * 0.8);
});
