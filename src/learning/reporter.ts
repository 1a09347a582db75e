// Turns the progress of single fits into that of the run, told now and then: what is done of all, which only ever grows, and how long
// the rest may take.
import type { FitProgress } from '../model/fit.ts';
import type { Progress, TrainingStage } from '../records/job.ts';

export interface Reporter {
  stage(stage: TrainingStage): void;
  /** Which part of the preparing is done. */
  prepared(share: number): void;
  /** How many fits there will be. */
  expect(fits: number): void;
  fit(progress: FitProgress): void;
}

/** Progress is told at most so often, ms. */
const TELL_EVERY_MS = 400;

/** What is done when a stage begins: a part of the time that a usual run takes (120 new digits, 2 cores: 0.3, 0.3, 0.99, 1). */
const BEGINS: Readonly<Record<TrainingStage, number>> = {
  preparing: 0,
  training: 0.25,
  'cross-fitting': 0.25,
  evaluating: 0.96,
  storing: 0.99,
};
/** What comes after the learning, by how long that took. */
const AFTER = (1 - BEGINS.evaluating) / (BEGINS.evaluating - BEGINS.training);

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
  let learningSince = 0;
  let share = 0;
  /** Where in the fit that is under way it was heard of last; null between two. */
  let heard: { readonly epoch: number; readonly step: number } | null = null;
  let last: Pick<Progress, 'epoch' | 'epochs' | 'loss' | 'secondsLeft'> = {
    epoch: 0,
    epochs: 0,
    loss: null,
    secondsLeft: null,
  };
  const reached = (part: number): void => void (share = Math.max(share, Math.min(1, part)));
  const tell = (): void => {
    toldAt = tools.now();
    tools.onProgress({ stage, share, ...last, checkpoint: tools.checkpoint() });
  };
  return {
    stage(next) {
      if (next === 'training') learningSince = tools.now();
      if (next === 'evaluating') {
        last = { ...last, secondsLeft: (AFTER * (tools.now() - learningSince)) / 1000 };
      }
      stage = next;
      reached(BEGINS[next]);
      tell();
    },
    prepared(part) {
      reached(part * BEGINS.training);
      if (tools.now() - toldAt >= TELL_EVERY_MS) tell();
    },
    expect(many) {
      fits = many;
    },
    fit({ epoch, epochs, step, steps, loss, secondsLeft }) {
      const isNext = heard === null || epoch < heard.epoch || (epoch === heard.epoch && step < heard.step);
      // One that stopped early has no last step.
      if (isNext && heard !== null) fitsDone++;
      if (isNext) fitStartedAt = tools.now();
      heard = { epoch, step };
      const whole = (tools.now() - fitStartedAt) / 1000 + secondsLeft;
      const left = secondsLeft + Math.max(0, fits - fitsDone - 1) * whole;
      const ended = step === steps;
      const after = AFTER * ((tools.now() - learningSince) / 1000 + left);
      last = {
        epoch: ended ? epoch : epoch - 1,
        epochs,
        // A fit that ran away has no loss that could be told.
        loss: Number.isFinite(loss) ? loss : null,
        secondsLeft: Number.isFinite(left) ? Math.max(0, left + after) : null,
      };
      const learnt = (fitsDone + (epoch - 1 + step / steps) / epochs) / Math.max(fits, fitsDone + 1);
      reached(BEGINS.training + learnt * (BEGINS.evaluating - BEGINS.training));
      if (ended && epoch === epochs) {
        fitsDone++;
        heard = null;
      }
      if (ended || tools.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}
