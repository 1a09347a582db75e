// The learning rate's course over a run: pure, so that a resumed run takes it up where it was.
import type { EpochFigures } from './checkpoint.ts';

export type Schedule = {
  readonly peak: number;
  /** Steps from 0 up to the peak, in a straight line. */
  readonly warmUpSteps?: number | undefined;
} & (
  | { readonly kind: 'cosine'; readonly floor?: number | undefined }
  | {
      readonly kind: 'plateau';
      /** Epochs without a better validation loss before the rate is cut, and what it is multiplied by. */
      readonly patience: number;
      readonly factor: number;
    }
);

export interface Moment {
  /** Steps done since the run began, and in all. */
  readonly step: number;
  readonly steps: number;
  readonly history: readonly EpochFigures[];
}

export function learningRateAt(schedule: Schedule, { step, steps, history }: Moment): number {
  const { peak, warmUpSteps = 0 } = schedule;
  if (step < warmUpSteps) return (peak * (step + 1)) / warmUpSteps;
  switch (schedule.kind) {
    case 'cosine': {
      const { floor = 0 } = schedule;
      const done = (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
      return floor + ((peak - floor) * (1 + Math.cos(Math.PI * Math.min(1, done)))) / 2;
    }
    case 'plateau':
      return peak * schedule.factor ** plateaus(history, schedule.patience);
  }
}

/** How often `patience` epochs in a row brought no better loss. */
function plateaus(history: readonly EpochFigures[], patience: number): number {
  let best = Infinity;
  let waited = 0;
  let cuts = 0;
  for (const { loss, validationLoss = loss } of history) {
    if (validationLoss < best) {
      best = validationLoss;
      waited = 0;
    } else if (++waited >= patience) {
      cuts++;
      waited = 0;
    }
  }
  return cuts;
}
