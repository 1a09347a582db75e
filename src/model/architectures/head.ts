// The network of a picture alphabet: one dense layer on what a frozen backbone makes of a picture. Whoever has seen a million
// photographs has done the seeing; what is learnt here is which of it matters.
import type { Architecture } from './architecture.ts';

/** A head on embeddings of so many numbers. */
export const headOn = (length: number): Architecture => ({
  id: 'head',
  inputSize: length,
  rows: 1,
  layers: [{ kind: 'flatten' }],
});
