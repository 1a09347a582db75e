// The learning rate's course over a run: pure, so that a resumed run takes it up where it was.

/** From 0 to the peak in a straight line, then down to 0 along half a cosine. */
export interface Schedule {
  readonly peak: number;
  readonly warmUpSteps?: number | undefined;
}

/** The rate after so many of all steps. */
export function learningRateAt({ peak, warmUpSteps = 0 }: Schedule, step: number, steps: number): number {
  if (step < warmUpSteps) return (peak * (step + 1)) / warmUpSteps;
  const done = (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
  return (peak * (1 + Math.cos(Math.PI * Math.min(1, done)))) / 2;
}
