// Takes runs off BullMQ, one at a time, and has each performed by a process of its own, so that this one is always free to
// renew the run's lock, to hear of a cancellation and to pass progress on.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaitingError, Worker, type Job } from 'bullmq';
import { openBlobs } from '../src/blobs/open.ts';
import type { Log } from '../src/log.ts';
import { jobSpec, progressReport, type Progress } from '../src/records/job.ts';
import type { JobEnd } from '../src/runs/queue/bull.ts';
import { ask, cancelKey, connect, KEY_PREFIX, QUEUE_NAME } from '../src/runs/queue/redis.ts';
import { startTrainer, type TrainingProcess, type TrainingProcessOptions } from '../src/runs/queue/trainer.ts';

interface TakeOptions {
  readonly redisUrl: string;
  readonly trainer: TrainingProcessOptions;
  readonly log: Log;
  /** How long a silent worker keeps its run before another takes it, ms. */
  readonly lockMs?: number;
}

/** Starts taking runs; `close` gives the run at hand back, for another worker to go on with from its checkpoint. */
export function takeRuns({ redisUrl, trainer: options, log, lockMs = 15_000 }: TakeOptions): {
  close(): Promise<void>;
} {
  let away = false;
  let said = '';
  const trouble = (err: Error): void => {
    if (taking.status === 'ready') {
      // Once for each kind: what a run has lost is missed at every report.
      if (err.message !== said) log.warn({ err }, 'trouble with Redis');
      said = err.message;
      return;
    }
    if (!away) log.warn({ err }, 'Redis is away; waiting for it');
    away = true;
  };
  const taking = connect(redisUrl, trouble);
  const asking = connect(redisUrl, trouble);
  taking.on('ready', () => {
    if (away) log.info('Redis is back');
    away = false;
  });
  let current: { readonly run: string; readonly trainer: TrainingProcess } | null = null;
  let closing = false;
  /** Runs that another worker may have by now. */
  const lost = new Set<string>();

  /** A failure that may pass, in words that say which worker looked in which place, where the app's bytes are not there. */
  async function explained(end: JobEnd, snapshot: string): Promise<JobEnd> {
    if (end.kind === 'result' || !end.failure.retry) return end;
    const { blobs } = options;
    // A place that does not answer says so itself.
    const seen = await (await openBlobs(blobs)).has(snapshot).catch(() => true);
    if (seen) return end;
    const place = blobs.kind === 'folder' ? blobs.folder : `the bucket ${blobs.s3.bucket}`;
    const because = `the worker on ${hostname()} does not see what the app stores (it looks in ${place}): give both the same DATA_DIR on one disk, or the same S3_* settings`;
    return { kind: 'failure', failure: { ...end.failure, because } };
  }

  async function perform(job: Job<unknown, JobEnd>, token: string | undefined): Promise<JobEnd> {
    const before = progressReport.safeParse(job.progress);
    const checkpoint = before.success ? before.data.checkpoint : null;
    const parsed = jobSpec.safeParse(job.data);
    if (!parsed.success) {
      const because = `this worker does not understand the job: run the same version everywhere (${parsed.error.issues[0]?.path.join('.') ?? ''})`;
      return { kind: 'failure', failure: { run: job.id ?? '', kind: 'failed', because, retry: false } };
    }
    const spec = { ...parsed.data, checkpoint: checkpoint ?? parsed.data.checkpoint };
    log.info({ run: spec.run, alphabet: spec.alphabet, resumed: spec.checkpoint !== null }, 'taking a run');

    // A checkpoint must not be lost by a report without one.
    let last = spec.checkpoint;
    const trainer = startTrainer(options, spec, (progress: Progress) => {
      last = progress.checkpoint ?? last;
      job.updateProgress({ ...progress, checkpoint: last }).catch(trouble);
    });
    current = { run: spec.run, trainer };
    const watch = setInterval(() => {
      ask(asking, () => asking.exists(cancelKey(spec.run)), 900).then((found) => {
        if (found === 1) trainer.cancel();
      }, trouble);
    }, 1000);
    try {
      const end = await trainer.end;
      // Nothing is said of it: it is not ours any more.
      if (lost.delete(spec.run)) throw new WaitingError();
      if (closing && end.kind === 'failure' && end.failure.retry) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const told = await explained(end, spec.snapshot);
      const because = told.kind === 'failure' ? told.failure.because : undefined;
      log.info({ run: spec.run, end: told.kind, because }, 'done');
      return told;
    } finally {
      clearInterval(watch);
      current = null;
    }
  }

  const worker = new Worker<unknown, JobEnd>(QUEUE_NAME, perform, {
    connection: taking,
    prefix: KEY_PREFIX,
    concurrency: 1,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    // Lost workers are no fault of the run: it goes to another, from its checkpoint.
    maxStalledCount: 20,
  });
  worker.on('error', trouble);
  // This machine slept, or Redis forgot: whoever took the run goes on from its checkpoint, and one performance is enough.
  worker.on('lockRenewalFailed', (jobs) => {
    if (current === null || !jobs.includes(current.run)) return;
    log.warn({ run: current.run }, 'silent for too long: the run goes to whoever takes it next, from its checkpoint');
    lost.add(current.run);
    current.trainer.kill();
  });

  return {
    async close() {
      closing = true;
      current?.trainer.kill();
      // A Redis that is away cannot take the run back, and is not waited for; it will notice by itself that nobody renews
      // the lock. BullMQ closes once: a second, forced `close` would only wait for the first.
      const leaving = worker.close(taking.status !== 'ready');
      await Promise.race([leaving, sleep(5000, undefined, { ref: false })]);
      taking.disconnect();
      asking.disconnect();
    },
  };
}
