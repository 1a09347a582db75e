// Turns the progress of single fits into that of the run, told now and then.
import type { FitProgress } from '../model/fit.ts';
import type { Progress, TrainingStage } from '../records/job.ts';

export interface Reporter {
  stage(stage: TrainingStage): void;
  /** How many fits there will be. */
  expect(fits: number): void;
  fit(progress: FitProgress): void;
}

/** Progress is told at most so often, ms. */
const TELL_EVERY_MS = 400;

export function makeReporter(tools: {
  onProgress(progress: Progress): unknown;
  now(): number;
  /** Hash of the last checkpoint. */
  checkpoint(): string | null;
}): Reporter {
  let stage: TrainingStage = 'preparing';
  let fits = 1;
  let fitsDone = 0;
  let toldAt = -Infinity;
  let fitStartedAt = 0;
  let last: Pick<Progress, 'epoch' | 'epochs' | 'loss' | 'secondsLeft'> = {
    epoch: 0,
    epochs: 0,
    loss: null,
    secondsLeft: null,
  };
  const tell = (): void => {
    toldAt = tools.now();
    tools.onProgress({ stage, ...last, checkpoint: tools.checkpoint() });
  };
  return {
    stage(next) {
      stage = next;
      tell();
    },
    expect(many) {
      fits = many;
    },
    fit({ epoch, epochs, step, steps, loss, secondsLeft }) {
      if (epoch === 1 && step === 1) fitStartedAt = tools.now();
      const whole = (tools.now() - fitStartedAt) / 1000 + secondsLeft;
      const left = secondsLeft + Math.max(0, fits - fitsDone - 1) * whole;
      const ended = step === steps;
      last = {
        epoch: ended ? epoch : epoch - 1,
        epochs,
        // A fit that ran away has no loss that could be told.
        loss: Number.isFinite(loss) ? loss : null,
        secondsLeft: Number.isFinite(left) ? Math.max(0, left) : null,
      };
      if (ended && epoch === epochs) fitsDone++;
      if (ended || tools.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}
