// The network of the shipped letters and kana: as large as `brisk`, but looks closer. It goes down in two steps, and its second
// layer sees half the glyph's side.
import { GLYPH_SIZE } from '../../glyph/glyph.ts';
import type { Architecture } from './architecture.ts';
import { conv } from './blocks.ts';

/** 460k parameters with 63 outputs. */
export const keen: Architecture = {
  id: 'keen',
  inputSize: GLYPH_SIZE,
  layers: [
    ...conv(32, 5, 2),
    ...conv(48),
    { kind: 'maxPool', size: 2 },
    ...conv(64),
    ...conv(96),
    { kind: 'maxPool', size: 2 },
    ...conv(96),
    { kind: 'flatten' },
    { kind: 'dense', units: 112 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.25 },
  ],
};
