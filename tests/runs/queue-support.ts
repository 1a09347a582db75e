// What the tests of both queues share: jobs for the miniature trainer, and an ear that can wait for what it wants to hear.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { JobFailure, JobResult, JobSpec, Progress } from '../../src/records/job.ts';
import type { QueueListener, TrainingQueue } from '../../src/runs/queue/queue.ts';
import type { TrainingProcessOptions } from '../../src/runs/queue/trainer.ts';
import { aJob } from '../support/records.ts';
import { until } from '../support/until.ts';

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

export const fakeTrainer: TrainingProcessOptions = {
  entry: fileURLToPath(new URL('fake-trainer.ts', import.meta.url)),
  blobs: { kind: 'folder', folder: '/nowhere' },
  patience: 300,
};

export const jobFor = (run: string, what: string): JobSpec => ({ ...aJob, run, alphabet: what });

export interface Ear {
  readonly progress: { readonly run: string; readonly progress: Progress }[];
  readonly results: JobResult[];
  readonly failures: JobFailure[];
  /** Resolves when something true was heard; fails after `seconds`. */
  until(condition: () => boolean, seconds?: number): Promise<void>;
}

export function listenTo(queue: TrainingQueue): Ear {
  const ear: Ear = { progress: [], results: [], failures: [], until };
  queue.listen({
    progress: (run, progress) => ear.progress.push({ run, progress }),
    result: (result) => ear.results.push(result),
    failure: (failure) => ear.failures.push(failure),
  });
  return ear;
}

/** A queue that does nothing but write down what it was told; the test speaks for its workers. */
export function makeSilentQueue() {
  const told: JobSpec[] = [];
  const cancelled: string[] = [];
  let listener: QueueListener | undefined;
  const queue: TrainingQueue = {
    holder: 'test',
    shared: true,
    listen: (to) => void (listener = to),
    enqueue: (job) => Promise.resolve(void told.push(job)),
    cancel: (run) => Promise.resolve(cancelled.push(run) > 0),
    health: () => Promise.resolve({ ok: true, workers: 0 }),
    close: () => Promise.resolve(),
  };
  return { queue, told, cancelled, say: (result: JobResult) => listener?.result(result) };
}
