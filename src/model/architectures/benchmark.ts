// Two networks that only the benchmarks train: small and quick (A), deep and heavy (B), so that engines can be compared.
import type { Architecture, Layer } from './architecture.ts';

export const benchmarkA: Architecture = {
  id: 'benchmark-a',
  inputSize: 28,
  layers: [
    { kind: 'conv', filters: 32, kernel: 3, padding: 'valid' },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'conv', filters: 64, kernel: 3, padding: 'valid' },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 128 },
    { kind: 'relu' },
  ],
};

const stage = (filters: number): readonly Layer[] => [
  { kind: 'conv', filters, kernel: 3 },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'conv', filters, kernel: 3 },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'maxPool', size: 2 },
];

export const benchmarkB: Architecture = {
  id: 'benchmark-b',
  inputSize: 48,
  layers: [...stage(32), ...stage(64), ...stage(128), { kind: 'globalAveragePool' }],
};
