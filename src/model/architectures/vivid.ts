// The network of pictures that are seen with no backbone: small enough to be taught from nothing in a minute or two, by the photographs
// of the alphabet alone.
import type { Architecture } from './architecture.ts';
import { conv } from './blocks.ts';

/** Side of what it is shown of a picture: red, green and blue. */
export const VIVID_SIDE = 64;

const half = { kind: 'maxPool', size: 2 } as const;

export const vivid: Architecture = {
  id: 'vivid',
  inputSize: VIVID_SIDE,
  channels: 3,
  layers: [
    ...conv(16, 5, 2),
    ...conv(32),
    half,
    ...conv(64),
    half,
    ...conv(128),
    half,
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.4 },
    { kind: 'dense', units: 128 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.25 },
  ],
};
