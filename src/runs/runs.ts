// The life of a training run as the app sees it: asked for, prepared, told to the queue, watched, ended. The database is
// the truth; the sweep looks at it again and again, so whatever was killed or forgotten is taken up where it stopped.
import { messageOf, OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Run } from '../store/runs.ts';
import { finalise, type FinaliseTools } from './finalise.ts';
import type { JobFailure, JobResult, JobSpec, Progress } from '../records/job.ts';
import { discardNotebook } from '../learning/notebook.ts';
import { prepare, runOf, type PrepareTools } from './prepare.ts';
import type { TrainingQueue } from './queue/queue.ts';

/** A holder that does not renew for so long is taken for dead. */
const LEASE_MS = 15_000;
/** How often one run may fail in ways that could pass before it is given up. */
const MOST_ATTEMPTS = 5;
/** Pauses between those attempts, ms: a storage that is away for a minute or two costs nobody a run. */
const PAUSES_MS = [2_000, 8_000, 30_000, 90_000];

interface RunTools extends PrepareTools, FinaliseTools {
  readonly queue: TrainingQueue;
  readonly log: Log;
}

interface RunRequest {
  readonly alphabet: string;
  /** Who asked: a contributor's hash, `command line`, `samples`, `schedule`, `release`. */
  readonly requestedBy: string;
  /** A version that is only to be judged; without it one is trained. */
  readonly judges?: string;
  readonly reason: 'asked' | 'samples' | 'schedule' | 'release';
}

export interface Runs {
  /** Writes the run down; busy hands back the one that is active. The next sweep takes it up. */
  start(request: RunRequest): { readonly outcome: 'started' | 'busy'; readonly run: Run };
  /** Asks an active run to stop; false when it is over or unknown. */
  cancel(id: number): boolean;
  /** One look at everything unfinished. Calls do not overlap. */
  sweep(): Promise<void>;
  /** Waits for what is being written, and gives back what nobody else would go on with; call it when the queue is closed. */
  close(): Promise<void>;
}

export function makeRuns(tools: RunTools): Runs {
  const { store, queue, log } = tools;
  const { holder } = queue;
  /** Of runs that failed: how often, and when they are told again (by a clock that nobody sets). */
  const failures = new Map<number, { readonly many: number; readonly again: number }>();
  /** Runs whose result was no good. */
  const again = new Set<number>();
  const endings = new Map<number, Promise<void>>();
  const clearing = new Set<Promise<void>>();
  let sweeping: Promise<void> | null = null;
  let queueAway = false;

  queue.listen({
    progress: (name, progress) => withRun(name, (id) => noteProgress(id, name, progress)),
    result: (result) => withRun(result.run, (id) => noteResult(id, result)),
    failure: (failure) => withRun(failure.run, (id) => noteFailure(id, failure)),
  });

  function withRun(name: string, work: (id: number) => void): void {
    const id = runOf(tools.instance, name);
    if (id === null) return;
    try {
      // A run of this number that the database no longer knows, since it was restored from a backup, say, is not ours.
      if (store.runs.get(id)?.jobName === name) work(id);
    } catch (err) {
      log.error({ err, run: id }, 'news of a training run could not be noted; the next sweep looks again');
    }
  }

  function noteProgress(id: number, name: string, progress: Progress): void {
    const { cancelRequested } = store.runs.heartbeat(id, holder, tools.now() + LEASE_MS, progress);
    if (progress.checkpoint !== null) store.runs.setCheckpoint(id, progress.checkpoint);
    if (cancelRequested) void queue.cancel(name).catch(() => undefined);
  }

  function noteResult(id: number, result: JobResult): void {
    if (!store.runs.setResult(id, result)) return;
    tools.crashPoint('result-noted');
    end(id).catch((err: unknown) => log.error({ err, run: id }, 'the end of a run could not be written down yet'));
  }

  function noteFailure(id: number, failure: JobFailure): void {
    if (failure.kind === 'cancelled') return finish(id, 'cancelled', failure.because);
    const many = (failures.get(id)?.many ?? 0) + 1;
    failures.set(id, { many, again: performance.now() + (PAUSES_MS[many - 1] ?? 0) });
    log.warn({ run: id, because: failure.because, attempt: many }, 'a training run failed');
    if (!failure.retry || many >= MOST_ATTEMPTS) finish(id, 'failed', failure.because);
  }

  function finish(id: number, state: 'failed' | 'cancelled', error: string): void {
    failures.delete(id);
    store.atomically(() => {
      if (!store.runs.finish(id, { state, error, at: tools.now() })) return;
      const run = store.runs.get(id);
      if (run !== undefined) tools.announce({ kind: 'run-ended', run });
    });
    clear(store.runs.get(id));
  }

  /** A run that is over needs its checkpoints no more. What cannot be deleted now is found by `tidy` one day. */
  function clear(run: Run | undefined): void {
    if (run === undefined || run.finishedAt === null || run.checkpoint === null) return;
    const cleared = discardNotebook(tools.blobs, run.checkpoint)
      .catch((err: unknown) => log.warn({ err, run: run.id }, 'the checkpoints of a run could not be deleted'))
      .finally(() => clearing.delete(cleared));
    clearing.add(cleared);
  }

  /** The result may be heard and swept up at the same time; one of them is enough. */
  function end(id: number): Promise<void> {
    const ending = endings.get(id) ?? tryToEnd(id).finally(() => endings.delete(id));
    endings.set(id, ending);
    return ending;
  }

  async function tryToEnd(id: number): Promise<void> {
    try {
      const run = await finalise(tools, id);
      if (run !== undefined) log.info({ run: id, state: run.state }, 'a training run ended');
      failures.delete(id);
      clear(run);
    } catch (err) {
      // Without a result the sweep tells the queue again.
      again.add(id);
      store.runs.setResult(id, null);
      log.error({ err, run: id }, 'a training result could not be used');
      noteFailure(id, { run: '', kind: 'failed', because: messageOf(err), retry: err instanceof OperationalError });
    }
  }

  async function lookAt(run: Run): Promise<void> {
    if (run.cancelRequested && (run.job === null || run.state === 'queued'))
      return finish(run.id, 'cancelled', 'cancelled');
    if (!store.runs.take(run.id, holder, tools.now() + LEASE_MS, tools.now())) return;
    if (run.result !== null) return end(run.id);
    if (!run.cancelRequested && performance.now() < (failures.get(run.id)?.again ?? 0)) return;
    const job = jobOf(run) ?? (await freezeFor(run));
    if (job === null) return;
    try {
      // Frozen anew, it goes by another name: nobody shall go on with what was frozen before.
      const before = run.jobName ?? job.run;
      if (before !== job.run) await queue.cancel(before);
      if (!run.cancelRequested) await queue.enqueue(job, again.delete(run.id));
      else if (!(await queue.cancel(job.run))) finish(run.id, 'cancelled', 'cancelled');
      if (queueAway) log.info('the queue is back');
      queueAway = false;
    } catch (err) {
      if (!queueAway) log.warn({ err }, 'the queue is away: runs wait, everything else goes on');
      queueAway = true;
    }
    tools.crashPoint('job-told');
  }

  /**
   * The job of a run that was prepared before, to go on from its last checkpoint. Its snapshot is what the bytes are now:
   * somebody may have been forgotten since, and then it begins again, for cross-fitting deals other parts out, and a glyph
   * would be judged by a model that has seen it. Null when it has to be frozen anew.
   */
  function jobOf(run: Run): JobSpec | null {
    const { job } = run;
    const snapshot = job === null ? null : (store.snapshots.get(job.snapshotId)?.blob ?? null);
    if (job === null || snapshot === null) return null;
    return { ...job, snapshot, checkpoint: snapshot === job.snapshot ? run.checkpoint : null };
  }

  async function freezeFor(run: Run): Promise<JobSpec | null> {
    try {
      const job = await prepare(tools, run);
      tools.crashPoint('snapshot-frozen');
      return job;
    } catch (err) {
      log.error({ err, run: run.id }, 'a training run could not be prepared');
      noteFailure(run.id, { run: '', kind: 'failed', because: messageOf(err), retry: true });
      return null;
    }
  }

  async function sweepOnce(): Promise<void> {
    const failed = store.atomically(() => {
      const given = store.runs.reclaim(tools.now(), MOST_ATTEMPTS, holder).filter((run) => run.state === 'failed');
      for (const run of given) tools.announce({ kind: 'run-ended', run });
      return given;
    });
    for (const run of failed) clear(run);
    for (const run of store.runs.list({ states: ['queued', 'running'] })) {
      try {
        await lookAt(run);
      } catch (err) {
        log.error({ err, run: run.id }, 'looking at a training run failed');
      }
    }
  }

  return {
    start(request) {
      const created = store.runs.create({ ...request, at: tools.now() });
      tools.crashPoint('run-inserted');
      return created.outcome === 'created'
        ? { outcome: 'started', run: created.run }
        : (created as { outcome: 'busy'; run: Run });
    },
    cancel(id) {
      if (!store.runs.requestCancel(id)) return false;
      // Not waited for; whatever fails, the next sweep looks again.
      this.sweep().catch((err: unknown) => log.warn({ err, run: id }, 'a cancelled run could not be looked at'));
      return true;
    },
    sweep() {
      sweeping ??= sweepOnce().finally(() => {
        sweeping = null;
      });
      return sweeping;
    },
    async close() {
      await sweeping;
      await Promise.allSettled(endings.values());
      await Promise.allSettled(clearing);
      if (!queue.shared) store.runs.release(holder);
    },
  };
}
