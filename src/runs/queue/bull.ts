// Running grown: runs go through BullMQ to workers on any machine. The job's id is the run's name, so a run is one job
// however often it is told; what became of it stays in Redis for a while, so that an app that was down can ask.
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, QueueEvents, type Job } from 'bullmq';
import { z } from 'zod';
import { jobFailure, jobResult, progressReport, type JobSpec } from '../../records/job.ts';
import type { QueueListener, TrainingQueue } from './queue.ts';
import { ask, CANCEL_SECONDS, cancelKey, connect, KEY_PREFIX, QUEUE_NAME } from './redis.ts';

/** What a worker returns for a job, however it went; only a lost worker makes BullMQ itself say "failed". */
const jobEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), result: jobResult }),
  z.strictObject({ kind: z.literal('failure'), failure: jobFailure }),
]);
export type JobEnd = z.infer<typeof jobEnd>;

interface BullQueueOptions {
  readonly redisUrl: string;
  /** Connection troubles; they pass by themselves. */
  readonly onTrouble: (error: Error) => void;
}

export function makeBullQueue({ redisUrl, onTrouble }: BullQueueOptions): TrainingQueue {
  const asking = connect(redisUrl, onTrouble);
  const hearing = connect(redisUrl, onTrouble);
  const queue = new Queue<JobSpec, unknown, 'run'>(QUEUE_NAME, {
    connection: asking,
    prefix: KEY_PREFIX,
    defaultJobOptions: {
      removeOnComplete: { age: 7 * 86_400, count: 1000 },
      removeOnFail: { age: 7 * 86_400, count: 1000 },
    },
  });
  const events = new QueueEvents(QUEUE_NAME, { connection: hearing, prefix: KEY_PREFIX });
  queue.on('error', onTrouble);
  events.on('error', onTrouble);
  let listener: QueueListener | null = null;

  function tellEnd(run: string, returned: unknown): void {
    const end = jobEnd.safeParse(typeof returned === 'string' ? JSON.parse(returned) : returned);
    if (!end.success)
      listener?.failure({ run, kind: 'failed', because: 'its worker said nothing sensible', retry: false });
    else if (end.data.kind === 'result') listener?.result(end.data.result);
    else listener?.failure(end.data.failure);
  }
  const tellLost = (run: string, because: string): void =>
    listener?.failure({ run, kind: 'failed', because: because || 'its workers were lost', retry: true });

  events.on('progress', ({ jobId, data }) => {
    const progress = progressReport.safeParse(data);
    if (progress.success) listener?.progress(jobId, progress.data);
  });
  events.on('completed', ({ jobId, returnvalue }) => tellEnd(jobId, returnvalue));
  events.on('failed', ({ jobId, failedReason }) => tellLost(jobId, failedReason));

  /** Adds the job; one that ended in a way that may pass is taken out first, and goes on from its last checkpoint. */
  async function tell(job: JobSpec, again: boolean): Promise<void> {
    const known: Job<JobSpec, unknown> | undefined = await queue.getJob(job.run);
    const state = known === undefined ? 'unknown' : await known.getState();
    if (known !== undefined && state === 'completed') {
      const end = jobEnd.safeParse(known.returnvalue);
      const passing = end.success && end.data.kind === 'failure' && end.data.failure.retry;
      if (!again && !passing) return tellEnd(job.run, known.returnvalue);
    }
    if (state === 'completed' || state === 'failed') await known?.remove();
    else if (state !== 'unknown') return;
    await queue.add('run', job, { jobId: job.run });
  }

  return {
    holder: 'redis',
    shared: true,
    listen(to) {
      listener = to;
    },
    enqueue: (job, again = false) => ask(asking, () => tell(job, again)),
    cancel: (run) =>
      ask(asking, async () => {
        const job = await queue.getJob(run);
        if (job === undefined) return false;
        const state = await job.getState();
        if (state === 'active') {
          await asking.set(cancelKey(run), '1', 'EX', CANCEL_SECONDS);
          // Without a lock its worker is gone, and there may never be another to hear of it.
          return (await asking.exists(queue.toKey(`${run}:lock`))) === 1;
        }
        if (state !== 'completed' && state !== 'failed') await job.remove();
        return false;
      }),
    async health() {
      try {
        await ask(asking, () => asking.ping(), 2000);
        const workers = await ask(asking, () => queue.getWorkersCount(), 2000);
        // A Redis that is managed by others may answer INFO and refuse CONFIG.
        const memory = await ask(asking, () => asking.info('memory'), 2000);
        const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction';
        return policy === 'noeviction' ? { ok: true, workers } : { ok: true, workers, evicts: policy };
      } catch (thrown) {
        return { ok: false, because: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
    async close() {
      // Neither waits for a Redis that is away.
      asking.disconnect();
      hearing.disconnect();
      const closed = Promise.allSettled([events.close(), queue.close()]);
      await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
    },
  };
}
