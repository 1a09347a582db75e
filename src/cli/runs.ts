// `retrain`, `runs`, `cancel`: training started, watched and stopped from the command line, with or without an app running.
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { App } from '../app/open.ts';
import { OperationalError, UsageError } from '../errors.ts';
import type { Run } from '../store/runs.ts';
import { runText, shareOf, stageOf } from '../words/run-text.ts';
import { sayIn } from '../words/words.ts';
import { alphabetNamed, print, type Context } from './context.ts';

const TICK_MS = 500;
/** Between two lines of the same stage. */
const LINE_MS = 10_000;

export function addRuns(program: Command, context: Context): void {
  program
    .command('retrain')
    .description('trains a challenger; it takes over only when the gate finds it better')
    .requiredOption('--alphabet <id>', 'which alphabet')
    .option('--wait', 'wait for the decision, training here when nobody else does')
    .option('--json', 'the run as JSON')
    .action((options: { alphabet: string; wait?: boolean; json?: boolean }) =>
      context.withApp(async (app) => {
        const alphabet = alphabetNamed(app, options.alphabet);
        const run = await retrained(app, alphabet.id, options);
        if (run.state === 'failed' || run.state === 'cancelled') context.failed();
        print(options.json, runJson(run), () => runText(run, alphabet, sayIn('en')));
      }),
    );

  program
    .command('runs')
    .description('training runs, newest first')
    .option('--alphabet <id>', 'only of this alphabet')
    .option('--json', 'all of it as JSON')
    .action((options: { alphabet?: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const runs = app.store.runs.list({
          ...(options.alphabet === undefined ? {} : { alphabet: alphabetNamed(app, options.alphabet).id }),
          limit: 50,
        });
        print(options.json, runs.map(runJson), () =>
          runs.length === 0
            ? 'no runs yet'
            : runs.map((run) => `${run.id}  ${run.alphabet}  ${run.state}  ${becauseOf(run)}`),
        );
      }),
    );

  program
    .command('cancel')
    .description('stops a training run')
    .argument('<run>', 'its number')
    .option('--json', 'the run as JSON')
    .action((id: string, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const run = app.store.runs.get(Number(id));
        if (run === undefined) throw new UsageError(`There is no run ${id}. "runs" lists them.`);
        const asked = app.runs.cancel(run.id);
        if (asked) app.store.acts.add({ at: Date.now(), who: 'command line', what: 'cancel', subject: String(run.id) });
        else context.failed();
        await app.runs.sweep();
        const now = app.store.runs.get(run.id) ?? run;
        print(options.json, runJson(now), () =>
          asked ? `run ${id} is being stopped` : `run ${id} is over: ${run.state}`,
        );
      }),
    );
}

/** Asks for a run, and waits for its end if that is wished. Throws OperationalError where there is nothing to learn from. */
export async function retrained(
  app: App,
  alphabet: string,
  { wait, json }: { readonly wait?: boolean | undefined; readonly json?: boolean | undefined },
): Promise<Run> {
  const started = app.training.start({ alphabet, requestedBy: 'command line' });
  if (started.outcome === 'nothing-to-learn') {
    throw new OperationalError(`There is nothing to learn from yet: ${alphabet} has no samples. "import" adds some.`);
  }
  // Then workers may take it though no app runs.
  if (app.config.redisUrl !== null) await app.runs.sweep();
  return wait === true ? waitFor(app, started.run.id, json) : started.run;
}

/** Looks after the run until it is over: alone, the training process is a child of ours. */
async function waitFor(app: App, id: number, json: boolean | undefined): Promise<Run> {
  const bar =
    json === true ? null : process.stderr.isTTY ? progressBar() : progressLines((line) => console.error(line));
  for (;;) {
    await app.runs.sweep();
    const run = app.store.runs.get(id);
    if (run === undefined) throw new UsageError(`The run ${id} is gone.`);
    bar?.show(run);
    if (run.finishedAt !== null) {
      bar?.stop();
      return run;
    }
    await sleep(TICK_MS);
  }
}

const STAGES = { preparing: 'getting ready', learning: 'learning', comparing: 'comparing' } as const;

function standing(progress: Run['progress']): {
  readonly stage: string;
  readonly percent: number;
  readonly left: string;
} {
  if (progress === null) return { stage: 'queued', percent: 0, left: '' };
  const { secondsLeft } = progress;
  return {
    stage: STAGES[stageOf(progress)],
    percent: Math.floor(100 * shareOf(progress)),
    left: secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`,
  };
}

function progressBar(): { show(run: Run): void; stop(): void } {
  const bar = new SingleBar({
    format: '{stage} [{bar}] {percentage} %{left}',
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(100, 0, standing(null));
  return {
    show({ progress }) {
      const now = standing(progress);
      bar.update(now.percent, now);
    },
    stop: () => bar.stop(),
  };
}

/** Without a terminal, in a file that somebody follows: a line where something new begins, and one now and then while it lasts. */
export function progressLines(
  write: (line: string) => void,
  now: () => number = Date.now,
): { show(run: Pick<Run, 'id' | 'progress'>): void; stop(): void } {
  let before: string | undefined;
  let at = -Infinity;
  return {
    show({ id, progress }) {
      const { stage, percent, left } = standing(progress);
      if (stage === before && (progress === null || now() - at < LINE_MS)) return;
      before = stage;
      at = now();
      write(`run ${id}: ${stage}${progress === null ? '' : `, ${percent} %${left}`}`);
    },
    stop: () => undefined,
  };
}

/** A run as scripts see it. */
export function runJson(run: Run): Record<string, unknown> {
  const decision = run.decision;
  return {
    run: run.id,
    alphabet: run.alphabet,
    state: run.state,
    version: run.versionId,
    seconds: run.finishedAt === null ? null : (run.finishedAt - run.createdAt) / 1000,
    decision:
      decision === null
        ? null
        : {
            outcome: decision.outcome,
            because: decision.because,
            wins: decision.wins,
            losses: decision.losses,
            p: decision.p,
            code: decision.code,
            base: decision.base,
          },
    error: run.error,
    requestedBy: run.requestedBy,
    snapshot: run.snapshotId,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  };
}

function becauseOf(run: Run): string {
  const decision = run.decision;
  return decision?.because ?? run.error ?? '';
}
