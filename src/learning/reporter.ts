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
  fit(name: string, progress: FitProgress): void;
  /** It is over, maybe before its last step, or was when the run began. */
  fitted(name: string): void;
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
  let toldAt = -Infinity;
  let learningSince = 0;
  let share = 0;
  /** How much of each fit is done; several may be under way. */
  const done = new Map<string, number>();
  /** Fits, or parts of them, that an earlier attempt did: they took none of this run's time. */
  let brought = 0;
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
    fit(name, { epoch, epochs, step, steps, loss }) {
      const before = (epoch - 1) / epochs;
      if (!done.has(name)) brought += before;
      done.set(name, before + step / steps / epochs);
      const ended = step === steps;
      const { learnt, left } = outlook();
      const after = AFTER * ((tools.now() - learningSince) / 1000 + left);
      // What is said of epochs is of the challenger while it is taught, whatever is learnt beside it.
      const isLeading = stage !== 'training' || name === done.keys().next().value;
      if (isLeading) last = { ...last, epoch: ended ? epoch : epoch - 1, epochs };
      last = {
        ...last,
        // A fit that ran away has no loss that could be told.
        loss: !isLeading ? last.loss : Number.isFinite(loss) ? loss : null,
        secondsLeft: Number.isFinite(left) ? Math.max(0, left + after) : null,
      };
      reached(BEGINS.training + learnt * (BEGINS.evaluating - BEGINS.training));
      if ((ended && isLeading) || tools.now() - toldAt >= TELL_EVERY_MS) tell();
    },
    fitted(name) {
      if (!done.has(name)) brought += 1;
      done.set(name, 1);
    },
  };

  /** The share of all fits that is done, and how many seconds the others take at this pace. */
  function outlook(): { readonly learnt: number; readonly left: number } {
    const sum = [...done.values()].reduce((total, each) => total + each, 0);
    const all = Math.max(fits, done.size);
    const pace = (sum - brought) / ((tools.now() - learningSince) / 1000);
    return { learnt: sum / all, left: (all - sum) / pace };
  }
}
