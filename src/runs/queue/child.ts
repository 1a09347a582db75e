// Running alone: a queue in memory and one training process at a time. It forgets everything when the app ends; the sweep
// tells it again at the next start, with the last checkpoint.
import { randomUUID } from 'node:crypto';
import type { JobSpec } from '../../records/job.ts';
import type { QueueListener, TrainingQueue } from './queue.ts';
import { startTrainer, type TrainingProcess, type TrainingProcessOptions } from './trainer.ts';

export function makeChildQueue(options: TrainingProcessOptions): TrainingQueue {
  const waiting = new Map<string, JobSpec>();
  let current: { readonly run: string; readonly trainer: TrainingProcess } | null = null;
  let listener: QueueListener | null = null;
  let closed = false;

  function next(): void {
    const job = waiting.values().next().value;
    if (closed || current !== null || job === undefined) return;
    waiting.delete(job.run);
    const trainer = startTrainer(options, job, (progress) => {
      if (!closed) listener?.progress(job.run, progress);
    });
    current = { run: job.run, trainer };
    void trainer.end.then((end) => {
      current = null;
      if (closed) return;
      if (end.kind === 'result') listener?.result(end.result);
      else listener?.failure(end.failure);
      next();
    });
  }

  return {
    holder: `alone-${process.pid}-${randomUUID().slice(0, 8)}`,
    shared: false,
    listen(to) {
      listener = to;
    },
    enqueue(job) {
      if (current?.run !== job.run) waiting.set(job.run, job);
      next();
      return Promise.resolve();
    },
    cancel(run) {
      if (waiting.delete(run)) listener?.failure({ run, kind: 'cancelled', because: 'cancelled', retry: false });
      else if (current?.run === run) current.trainer.cancel();
      else return Promise.resolve(false);
      return Promise.resolve(true);
    },
    health: () => Promise.resolve({ ok: true, workers: 1 }),
    async close() {
      closed = true;
      waiting.clear();
      current?.trainer.kill();
      await current?.trainer.end;
    },
  };
}
