// The network that says where characters are in a photo: down to a 64th of its sides, where a character that fills the picture is seen
// as one, and up again to a quarter, where small ones stand apart. What each size sees is added to what the finer one sees.
import type { Architecture, Layer } from './architecture.ts';
import { conv as usual } from './blocks.ts';

/** Far down there are nine pixels of each scene, and scenes differ: means over ten batches are too rough to read by. */
const MOMENTUM = 0.99;
const conv = (filters: number, kernel = 3, stride = 1): readonly Layer[] =>
  usual(filters, kernel, stride).map((layer) =>
    layer.kind === 'batchNorm' ? { ...layer, momentum: MOMENTUM } : layer,
  );

const narrow = (filters: number): Layer => ({ kind: 'conv', filters, kernel: 1 });

/**
 * Half as large, with `inner` at that size; back at full size as so many channels, added to what there was, and smoothed: what comes from
 * below is in blocks, and where in a block a middle lies is only told by its neighbours.
 */
const below = (filters: number, inner: readonly Layer[], back: number): readonly Layer[] => [
  {
    kind: 'residual',
    layers: [...conv(filters, 3, 2), ...inner, narrow(back), { kind: 'upsample', size: 2 }],
    shortcut: [narrow(back)],
  },
  ...conv(back),
];

const at64th = conv(48);
const at32nd = [...conv(48), ...below(48, at64th, 48)];
const at16th = [...conv(48), ...below(48, at32nd, 48)];
const at8th = [{ kind: 'residual', layers: [...conv(32), ...conv(32)] } as const, ...below(48, at16th, 32)];

/** Answers at a quarter of the sides, for pictures whose sides are multiples of 64. Channels in whole blocks of 16 are the fast ones. */
export const finder: Architecture = {
  id: 'finder',
  inputSize: 192,
  head: 'pixels',
  layers: [...conv(16, 3, 2), ...conv(16, 3, 2), ...conv(16), ...below(32, at8th, 32)],
};
