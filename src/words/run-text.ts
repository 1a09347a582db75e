// A run in words: where it stands, or how it ended and why. The code chooses the sentence, the figures fill it.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import { FEWEST_GLYPHS, type Decision } from '../records/decision.ts';
import type { JobSpec, Progress } from '../records/job.ts';
import type { Say } from './words.ts';

/** What the sentences need of a run. */
interface RunInWords {
  readonly id: number;
  readonly state: 'queued' | 'running' | 'promoted' | 'kept' | 'failed' | 'cancelled';
  readonly job: Pick<JobSpec, 'champion'> | null;
  readonly progress: Progress | null;
  readonly decision: Decision | null;
  readonly versionId: string | null;
  readonly error: string | null;
}

/** A run as one line. */
export function runText(run: RunInWords, alphabet: Alphabet, say: Say): string {
  const id = String(run.id);
  const because = decisionText(run.decision, alphabet, say);
  switch (run.state) {
    case 'queued':
    case 'running':
      return progressText(run, alphabet, say);
    case 'promoted':
      return `${say('retrain-promoted', { run: id, version: run.versionId ?? '' })} ${because}`;
    case 'kept':
      return `${say(run.job?.champion === null ? 'retrain-kept-none' : 'retrain-kept', { run: id })} ${because}`;
    case 'failed':
      return say('retrain-failed', { run: id, because: run.error ?? '–' });
    case 'cancelled':
      return say('retrain-cancelled', { run: id });
  }
}

const BAR = 12;

/** One bar from asking to the decision; what is left in minutes. */
function progressText(run: RunInWords, alphabet: Alphabet, say: Say): string {
  const share = shareOf(run.progress);
  const done = Math.floor(share * BAR);
  const secondsLeft = run.progress?.secondsLeft ?? null;
  const values = {
    run: String(run.id),
    alphabet: alphabet.title,
    bar: '▰'.repeat(done) + '▱'.repeat(BAR - done),
    percent: Math.floor(100 * share),
  };
  if (run.state === 'queued' && run.progress === null) return say('retrain-queued', values);
  const minutes = secondsLeft === null ? -1 : secondsLeft < 60 ? 0 : Math.round(secondsLeft / 60);
  return say('retrain-progress', { ...values, stage: stageOf(run.progress), minutes });
}

/** How far it is, 0 … 1: full only when it is decided. */
export const shareOf = (progress: Progress | null): number => Math.min(0.99, progress?.share ?? 0);

/** What it is doing, in three steps that people can tell apart. */
export function stageOf(progress: Progress | null): 'preparing' | 'learning' | 'comparing' {
  switch (progress?.stage) {
    case undefined:
    case 'preparing':
      return 'preparing';
    case 'training':
    case 'cross-fitting':
      return 'learning';
    case 'evaluating':
    case 'storing':
      return 'comparing';
  }
}

/** The gate's decision in a sentence; empty where there is none. */
export function decisionText(decision: Decision | null, alphabet: Alphabet, say: Say): string {
  if (decision === null) return '';
  const { wins, losses } = decision.counted ?? decision;
  switch (decision.code) {
    case 'better':
      return say('gate-better', { wins, losses });
    case 'not-enough-evidence':
      return say('gate-not-enough-evidence', { wins, losses, needed: decision.proofAt ?? 0 });
    case 'too-few-glyphs':
      return say('gate-too-few-glyphs', { tested: decision.tested, needed: FEWEST_GLYPHS });
    case 'label-fell': {
      const fallen = decision.labels.find((each) => each.fell)?.label ?? null;
      const label = fallen === null ? say('button-reject') : (labelById(alphabet, fallen)?.text ?? String(fallen));
      return say('gate-label-fell', { label });
    }
    case 'base-fell':
      return say('gate-base-fell', { points: decision.base.fall.toFixed(2) });
    case 'too-few-people':
      return say('gate-too-few-people', { wins: decision.wins, losses: decision.losses });
    case 'withdrawn':
    case 'overtaken':
      return say(`gate-${decision.code}`);
  }
}
