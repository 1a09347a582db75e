// A toy world for the tests: four shapes on small squares, a network of a few hundred weights that can learn them, all seeded.
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import type { TrainingBatch } from '../../src/model/engine.ts';
import type { BatchSource, ValidationSet } from '../../src/model/fit.ts';
import { randomFrom } from '../../src/random.ts';

export const SIDE = 12;
export const SHAPES = 4;

export const toyNetwork: Architecture = {
  id: 'toy',
  inputSize: SIDE,
  layers: [
    { kind: 'conv', filters: 8, kernel: 3, bias: false },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'residual', layers: [{ kind: 'conv', filters: 8, kernel: 3 }, { kind: 'relu' }] },
    { kind: 'globalAveragePool' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'dense', units: 16 },
    { kind: 'relu' },
  ],
};

/** A bar across, a bar down, a frame or a diagonal, somewhere, with noise: ink 0 … 255. */
export function toyGlyph(shape: number, ...seeds: readonly number[]): Uint8Array {
  const random = randomFrom(shape, ...seeds);
  const glyph = Uint8Array.from({ length: SIDE * SIDE }, () => Math.floor(60 * random()));
  const [left, top] = [1 + Math.floor(3 * random()), 1 + Math.floor(3 * random())];
  const ink = (x: number, y: number): void =>
    void (glyph[(top + y) * SIDE + left + x] = 200 + Math.floor(55 * random()));
  for (let i = 0; i < 7; i++) {
    if (shape === 0) ink(i, 3);
    if (shape === 1) ink(3, i);
    if (shape === 3) ink(i, i);
    if (shape === 2)
      for (const [x, y] of [
        [i, 0],
        [i, 6],
        [0, i],
        [6, i],
      ] as const)
        ink(x, y);
  }
  return glyph;
}

const inks = (glyphs: readonly Uint8Array[]): Float32Array =>
  Float32Array.from(glyphs.flatMap((glyph) => [...glyph].map((ink) => ink / 255)));

const oneHot = (shapes: readonly number[], outputs: number): Float32Array => {
  const targets = new Float32Array(shapes.length * outputs);
  shapes.forEach((shape, index) => (targets[index * outputs + shape] = 1));
  return targets;
};

export function toyBatch(size: number, seed: number, outputs = SHAPES): TrainingBatch {
  const shapes = Array.from({ length: size }, (_, index) => index % SHAPES);
  return {
    inputs: inks(shapes.map((shape, index) => toyGlyph(shape, seed, index))),
    targets: oneHot(shapes, outputs),
    weights: new Float32Array(size).fill(1),
  };
}

export function toySource(batch: number, batchesPerEpoch: number, seed = 1): BatchSource {
  return {
    batchesPerEpoch,
    batch: (epoch, index) => Promise.resolve(toyBatch(batch, seed * 1000 + epoch * batchesPerEpoch + index)),
  };
}

export function toyValidation(size = 100): ValidationSet {
  const { inputs, targets } = toyBatch(size, 999_999);
  return { inputs, targets };
}
