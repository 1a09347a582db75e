// What stands at the axes of shares, in the reader's language.
import type { Axes } from '../report/plot.ts';
import type { Say } from '../words/words.ts';

export const axesOfShares = (across: string, say: Say): Axes & { readonly cut: (from: number) => string } => ({
  across,
  up: say('axis-right'),
  cut: (from) => say('axis-cut', { from }),
});
