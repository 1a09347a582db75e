// A training process seen from outside: forked for one job, told what to do, killed when it does not stop. Both queues
// use it, so that no heavy work ever blocks the loop that answers people or renews a lock.
import { fork } from 'node:child_process';
import { z } from 'zod';
import type { BlobSettings } from '../../blobs/open.ts';
import {
  jobFailure,
  jobResult,
  progressReport,
  type JobFailure,
  type JobResult,
  type JobSpec,
  type Progress,
} from '../../records/job.ts';

/** What the process is told. */
export interface TrainerOrder {
  readonly kind: 'perform';
  readonly job: JobSpec;
  readonly blobs: BlobSettings;
}

/** What the process tells. */
export const trainerNews = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), progress: progressReport }),
  z.strictObject({ kind: z.literal('result'), result: jobResult }),
  z.strictObject({ kind: z.literal('failure'), failure: jobFailure }),
]);
export type TrainerNews = z.infer<typeof trainerNews>;

type TrainerEnd =
  { readonly kind: 'result'; readonly result: JobResult } | { readonly kind: 'failure'; readonly failure: JobFailure };

export interface TrainingProcessOptions {
  /** The file of the process: worker/child.ts. */
  readonly entry: string;
  readonly blobs: BlobSettings;
  /** How long a process may take to stop after a cancellation before it is killed, ms. */
  readonly patience?: number;
}

/** A training process in flight. */
export interface TrainingProcess {
  readonly end: Promise<TrainerEnd>;
  /** Asks it to stop, and makes it; `end` then says "cancelled". */
  cancel(): void;
  /** Ends it at once, when its app goes away; `end` then says that it may be tried again. */
  kill(): void;
}

/** Starts a process for one job. Never throws: whatever happens to the process comes out of `end`. */
export function startTrainer(
  options: TrainingProcessOptions,
  job: JobSpec,
  onProgress: (progress: Progress) => void,
): TrainingProcess {
  const child = fork(options.entry, [], {
    execArgv: [
      // Garbage is collected beside the work, on as many cores as there are; whoever sets one thread wants one core taken.
      ...(job.threads === 1 ? ['--single-threaded-gc'] : []),
      '--import',
      new URL('../../loader.mjs', import.meta.url).href,
    ],
    // It needs no tokens: what it needs comes with the order.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], TZ: process.env['TZ'] },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let cancelled = false;
  let killing: NodeJS.Timeout | undefined;
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
  });

  const end = new Promise<TrainerEnd>((resolve) => {
    const fail = (because: string): void => {
      const kind = cancelled ? 'cancelled' : 'failed';
      resolve({
        kind: 'failure',
        failure: { run: job.run, kind, because: cancelled ? 'cancelled' : because, retry: !cancelled },
      });
    };
    child.on('message', (message) => {
      const { data: news } = trainerNews.safeParse(message);
      if (news?.kind === 'progress') onProgress(news.progress);
      else if (news !== undefined) resolve(news);
      // A progress that makes no sense is not a loss; an end that makes none is missed when the process is gone.
    });
    child.on('error', (error) => fail(`the training process could not be started: ${error.message}`));
    child.on('close', (code, signal) => {
      clearTimeout(killing);
      const why = lastWords.trim().split('\n').at(-1) ?? '';
      fail(`the training process ended early (${signal ?? `exit code ${code}`})${why === '' ? '' : `: ${why}`}`);
    });
  });
  const order: TrainerOrder = { kind: 'perform', job, blobs: options.blobs };
  // A process that is gone already is heard of by `close`.
  child.send(order, () => undefined);

  return {
    end,
    cancel() {
      if (cancelled) return;
      cancelled = true;
      if (child.connected) child.send({ kind: 'cancel' }, () => undefined);
      killing = setTimeout(() => child.kill('SIGKILL'), options.patience ?? 5000);
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
