import { expect, test } from 'vitest';
import { architectureSchema, type Layer } from '../../src/model/architectures/architecture.ts';
import { architectures } from '../../src/model/architectures/list.ts';
import { learningRateAt } from '../../src/model/schedule.ts';
import { parameterCount, planOf } from '../../src/model/plan.ts';
import { openTfjsEngine } from '../../src/model/tfjs/open.ts';
import { checkWeights, initialWeights } from '../../src/model/weights.ts';

const plan = (...layers: readonly Layer[]) => planOf({ id: 'net', inputSize: 28, layers }, 10);

test('every listed network can be built, and survives as JSON', () => {
  for (const architecture of architectures) {
    expect(parameterCount(planOf(architecture, 140))).toBeLessThanOrEqual(500_000);
    expect(architectureSchema.parse(JSON.parse(JSON.stringify(architecture)))).toEqual(architecture);
  }
  expect(new Set(architectures.map(({ id }) => id)).size).toBe(architectures.length);
});

test('the benchmark networks are those that others have measured', () => {
  const count = (id: string, outputs: number): number => {
    const architecture = architectures.find((each) => each.id === id);
    return architecture === undefined ? NaN : parameterCount(planOf(architecture, outputs));
  };
  expect(count('benchmark-a', 10)).toBe(225_034);
  expect(count('benchmark-b', 50)).toBe(293_778);
});

test.each<[string, readonly Layer[]]>([
  ['dense1: needs a flat input', [{ kind: 'dense', units: 5 }]],
  ['head: needs a flat input', [{ kind: 'conv', filters: 4, kernel: 3 }]],
  ['conv1: needs a picture', [{ kind: 'flatten' }, { kind: 'conv', filters: 4, kernel: 3 }]],
  ['maxPool4: a window of 4 does not fit into 3×3', [2, 2, 2, 4].map((size): Layer => ({ kind: 'maxPool', size }))],
  [
    'residual1: cannot add 4×28×28 and 1×28×28',
    [{ kind: 'residual', layers: [{ kind: 'conv', filters: 4, kernel: 3 }] }],
  ],
])('layers that do not fit are named: %s', (sentence, layers) => {
  expect(() => plan(...layers)).toThrow(sentence);
});

test.each([
  [{ id: 'x', inputSize: 28, layers: [{ kind: 'magic' }] }, 'layers.0.kind'],
  [{ id: 'x', inputSize: 28, layers: [{ kind: 'dropout', rate: 1 }] }, 'layers.0.rate'],
  [{ id: '', inputSize: 28, layers: [] }, 'id'],
  [null, ''],
])('what is no architecture is refused: %j', (value, where) => {
  expect(architectureSchema.safeParse(value).error?.issues[0]?.path.join('.')).toBe(where);
});

test('weights that do not fit are named', () => {
  const toy = plan({ kind: 'flatten' });
  const weights = new Map(initialWeights(toy, 1));
  expect(() => checkWeights(toy, weights)).not.toThrow();
  expect(() => checkWeights(plan({ kind: 'flatten' }, { kind: 'dense', units: 3 }), weights)).toThrow(
    'dense1.weight is missing',
  );
  weights.set('other', { shape: [1], data: new Float32Array(1) });
  expect(() => checkWeights(toy, weights)).toThrow('no weight other');
});

test('the learning rate warms up, then falls along a cosine', () => {
  const at = (step: number): number => learningRateAt({ peak: 1, warmUpSteps: 10 }, step, 110);
  expect([at(0), at(9), at(10), at(60), at(110)].map((rate) => Number(rate.toFixed(4)))).toEqual([0.1, 1, 1, 0.5, 0]);
});

test('a missing TensorFlow.js says how to get it', async () => {
  const missing = openTfjsEngine(() => Promise.reject(new Error('Cannot find package')));
  await expect(missing).rejects.toThrow('npm install @tensorflow/tfjs-node');
});
