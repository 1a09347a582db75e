// The network the shipped models use: narrow where the picture is large, wide where it is small.
import { GLYPH_SIZE } from '../../glyph/glyph.ts';
import type { Architecture, Layer } from './architecture.ts';

const conv = (filters: number, stride = 1): readonly Layer[] => [
  { kind: 'conv', filters, kernel: 3, stride, bias: false },
  { kind: 'batchNorm' },
  { kind: 'relu' },
];

/** 295k parameters with 10 outputs, 312k with 140. */
export const compact: Architecture = {
  id: 'compact',
  inputSize: GLYPH_SIZE,
  layers: [
    ...conv(16),
    ...conv(32, 2),
    ...conv(32),
    { kind: 'maxPool', size: 2 },
    ...conv(64),
    ...conv(96),
    { kind: 'maxPool', size: 2 },
    ...conv(96),
    { kind: 'globalAveragePool' },
    { kind: 'dense', units: 128 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.25 },
  ],
};
