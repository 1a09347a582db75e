// The one thing in which running alone and running grown differ: how a job reaches a trainer and its result comes back.
// State is pulled from the database, never trusted to a queue: it may forget everything and the sweep tells it again.
import type { JobFailure, JobResult, JobSpec, Progress } from '../../records/job.ts';

/** Called for every job, in order for one run; a delivery may come twice, and after the run is over. */
export interface QueueListener {
  progress(run: string, progress: Progress): void;
  result(result: JobResult): void;
  failure(failure: JobFailure): void;
}

export type QueueHealth =
  | {
      readonly ok: true;
      readonly workers: number;
      /** How Redis makes room when its memory is full, where it may throw away what is queued. */
      readonly evicts?: string;
    }
  | { readonly ok: false; readonly because: string };

export interface TrainingQueue {
  /** Hears what becomes of every job from now on. Called once, before the first enqueue. */
  listen(listener: QueueListener): void;
  /**
   * Hands the job over, or asks after it: telling a run again while it is waiting or being performed changes nothing, and
   * when it has ended the listener hears the end again. So the sweep simply tells every unfinished run.
   * `again`: its result was no good, it must be performed once more.
   * Throws an OperationalError when the queue is away; the sweep will try again.
   */
  enqueue(job: JobSpec, again?: boolean): Promise<void>;
  /** Who holds the leases of runs told to this queue: one process alone, or all that share a Redis. */
  readonly holder: string;
  /** Whether others go on with its runs when this process leaves. */
  readonly shared: boolean;
  /**
   * Stops the run wherever it is; the listener hears a failure of kind "cancelled" then. False when the queue does not
   * know the run (any more), and nobody will say anything. Throws an OperationalError when the queue is away.
   */
  cancel(run: string): Promise<boolean>;
  health(): Promise<QueueHealth>;
  /** Stops listening. Alone, the child is ended too; its run resumes from its checkpoint at the next start. */
  close(): Promise<void>;
}
