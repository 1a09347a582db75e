// What training needs to remember, and nothing of how: the store implements it with SQL, each method one transaction.
import type { Decision, PairedOutcome } from './gate.ts';
import type { Progress } from './job.ts';

export type RunState = 'queued' | 'running' | 'promoted' | 'kept' | 'failed' | 'cancelled';
/** Who or what asked for a run. */
export type RunReason = 'samples' | 'schedule' | 'asked';

/** What is fixed when a run is inserted; with the code version it is enough to repeat the run. */
export interface NewRun {
  readonly alphabet: string;
  readonly reason: RunReason;
  /** Artifact hash of the champion at the start. */
  readonly champion: string;
  readonly bank: string | null;
  readonly seed: number;
  readonly engine: 'onnx' | 'tfjs';
}

export interface Run extends NewRun {
  readonly id: string;
  readonly state: RunState;
  /** Hash of the frozen list of samples; null until it is frozen. */
  readonly snapshot: string | null;
  readonly seenThrough: number;
  readonly progress: Progress | null;
  /** Version it became, promoted or kept; null otherwise. */
  readonly version: string | null;
  readonly decision: Decision | null;
  /** One English sentence for a run that failed or was cancelled. */
  readonly because: string | null;
  /** How often it was handed to the queue. */
  readonly attempts: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** Everything the end of a run writes, all or nothing. */
export interface RunEnd {
  readonly run: string;
  readonly state: 'promoted' | 'kept';
  readonly artifact: string;
  readonly evaluation: string;
  readonly decision: Decision;
  /** Samples that were evidence in this gate: their `uses` go up by one. */
  readonly evidence: readonly number[];
  readonly now: number;
}

export interface TrainingRecords {
  /** Inserts a queued run with a lease; 'busy' when the alphabet has an active one (a unique index says so). */
  insertRun(
    run: NewRun,
    leaseUntil: number,
    now: number,
  ): { readonly outcome: 'started'; readonly run: Run } | { readonly outcome: 'busy'; readonly run: Run };
  run(id: string): Run | null;
  activeRuns(): readonly Run[];
  recentRuns(alphabet: string, limit: number): readonly Run[];
  setSnapshot(run: string, snapshot: string, seenThrough: number): void;
  /** Records progress and renews the lease; false when the run is over. */
  recordProgress(run: string, progress: Progress, leaseUntil: number): boolean;
  /** Active runs whose lease ended before now. */
  lapsedRuns(now: number): readonly Run[];
  /** Queued again, one attempt more; false when the run is over. */
  requeue(run: string, leaseUntil: number): boolean;
  /** Compare-and-swap to failed or cancelled; false when the run was over already. Writes an outbox row. */
  endWithout(run: string, state: 'failed' | 'cancelled', because: string, now: number): boolean;
  /**
   * Compare-and-swap of the run and, when promoted, of the champion (still the one the run started from); writes the
   * version, the uses and the outbox row. 'over': already finalised. 'overtaken': another champion came meanwhile.
   */
  endWith(end: RunEnd): 'done' | 'over' | 'overtaken';
  /** Of these samples, those not withdrawn, with how often each was evidence before. */
  evidence(samples: readonly number[]): ReadonlyMap<number, Pick<PairedOutcome, 'uses'>>;
}
