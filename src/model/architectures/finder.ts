// The network that says where characters are in a photo: down to a 64th of its sides, where a character that fills the picture is seen
// as one, and up again to a quarter, where small ones stand apart. What each size sees is added to what the finer one sees.
import type { Architecture, Layer } from './architecture.ts';
import { conv } from './blocks.ts';

const residual = (filters: number): Layer => ({ kind: 'residual', layers: [...conv(filters), ...conv(filters)] });
const narrow = (filters: number): Layer => ({ kind: 'conv', filters, kernel: 1 });

/** Half as large, with `inner` at that size; back at full size, as so many channels, added to what there was. */
const below = (filters: number, inner: readonly Layer[], back: number): Layer => ({
  kind: 'residual',
  layers: [...conv(filters, 3, 2), ...inner, narrow(back), { kind: 'upsample', size: 2 }],
  shortcut: [narrow(back)],
});

/** Answers at a quarter of the sides, for pictures whose sides are multiples of 64. Channels in whole blocks of 16 are the fast ones. */
export const finder: Architecture = {
  id: 'finder',
  inputSize: 192,
  head: 'pixels',
  layers: [
    ...conv(16, 3, 2),
    ...conv(16, 3, 2),
    ...conv(16),
    below(32, [residual(32), below(48, [residual(48), below(48, [...conv(48), below(48, conv(48), 48)], 48)], 32)], 32),
    ...conv(32),
  ],
};
