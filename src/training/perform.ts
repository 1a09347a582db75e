// One training run, from blobs to blobs: the same alone and on any worker, and never near the database.
import type { Blobs } from '../blobs/blobs.ts';
import type { JobResult, JobSpec, Progress } from './job.ts';

export interface PerformTools {
  readonly blobs: Blobs;
  onProgress(progress: Progress): unknown;
  readonly signal: AbortSignal;
  /** Milliseconds that only ever grow. */
  now(): number;
}

/** Performs the job. Throws when aborted, an OperationalError when blobs are missing or the disk is full. */
export function perform(job: JobSpec, tools: PerformTools): Promise<JobResult> {
  throw new Error(`not yet: ${job.run} ${typeof tools}`);
}
