// Nesterov's momentum, step by step by hand, and to the lowest point of a bowl.
import { expect, test } from 'vitest';
import { nesterov } from '../../src/model/nesterov.ts';

test('moves by slope and momentum, and pulls towards the anchor', () => {
  const weights = Float32Array.of(1, -2);
  const speed = new Float32Array(2);
  const step = { learningRate: 0.1, weightDecay: 0.5, anchor: Float32Array.of(0, -2) };
  nesterov(weights, Float32Array.of(2, 0), speed, step);
  // Slope 2 + 0.5 · 1; the first speed is that; the step is 0.1 · (1 + 0.9) of it.
  expect(weights[0]).toBeCloseTo(1 - 0.1 * 1.9 * 2.5, 6);
  expect(weights[1]).toBe(-2);
  expect(speed[0]).toBeCloseTo(2.5, 6);
  const before = weights[0] ?? 0;
  nesterov(weights, Float32Array.of(0, 0), speed, step);
  const slope = 0.5 * before;
  const faster = 0.9 * 2.5 + slope;
  expect(weights[0]).toBeCloseTo(before - 0.1 * (slope + 0.9 * faster), 5);
});

test('finds the lowest point of a bowl', () => {
  const weights = Float32Array.of(5, 5);
  const speed = new Float32Array(2);
  for (let i = 0; i < 200; i++) {
    const gradient = Float32Array.of((weights[0] ?? 0) - 3, 10 * ((weights[1] ?? 0) + 1));
    nesterov(weights, gradient, speed, { learningRate: 0.02, weightDecay: 0 });
  }
  expect(weights[0]).toBeCloseTo(3, 1);
  expect(weights[1]).toBeCloseTo(-1, 2);
});
