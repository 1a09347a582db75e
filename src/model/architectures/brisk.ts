// The network of the shipped digits and of what starts from nothing: it goes down to a quarter of the glyph's side at once, which
// makes it quick to train, and keeps where things are (a voiced mark, a small circle) up to the dense layer.
import { GLYPH_SIZE } from '../../glyph/glyph.ts';
import type { Architecture } from './architecture.ts';
import { conv } from './blocks.ts';

/** 404k parameters with 11 outputs, 414k with 86. */
export const brisk: Architecture = {
  id: 'brisk',
  inputSize: GLYPH_SIZE,
  layers: [
    ...conv(24, 5, 2),
    ...conv(48, 3, 2),
    ...conv(64, 3, 1),
    { kind: 'maxPool', size: 2 },
    ...conv(96, 3, 1),
    { kind: 'flatten' },
    { kind: 'dense', units: 128 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.25 },
  ],
};
