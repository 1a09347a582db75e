// What the networks are put together from.
import type { Layer } from './architecture.ts';

/** A convolution, normalised over the batch, and ReLU. */
export const conv = (filters: number, kernel = 3, stride = 1): readonly Layer[] => [
  { kind: 'conv', filters, kernel, stride, bias: false },
  { kind: 'batchNorm' },
  { kind: 'relu' },
];
