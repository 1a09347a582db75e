// `retrain`, `runs`, `cancel`: training started, watched and stopped from the command line, with or without an app running.
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { App } from '../app/open.ts';
import { OperationalError, UsageError } from '../errors.ts';
import type { Run } from '../store/runs.ts';
import { runText } from '../words/run-text.ts';
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

function progressBar(): { show(run: Run): void; stop(): void } {
  const bar = new SingleBar({
    format: '{stage} [{bar}] epoch {value}/{total}, loss {loss}, {left} left',
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(1, 0, { stage: 'queued', loss: '–', left: '–' });
  return {
    show({ progress }) {
      if (progress === null) return;
      const now = progress;
      bar.setTotal(Math.max(1, now.epochs));
      bar.update(now.epoch, {
        stage: now.stage,
        loss: now.loss?.toFixed(3) ?? '–',
        left: now.secondsLeft === null ? '–' : `${Math.ceil(now.secondsLeft)} s`,
      });
    },
    stop: () => bar.stop(),
  };
}

/** Without a terminal, in a file that somebody follows: a line where something new begins, and one now and then while it lasts. */
export function progressLines(
  write: (line: string) => void,
  now: () => number = Date.now,
): { show(run: Pick<Run, 'id' | 'progress'>): void; stop(): void } {
  let stage: string | undefined;
  let at = -Infinity;
  return {
    show({ id, progress }) {
      const next = progress?.stage ?? 'queued';
      if (next === stage && (progress === null || now() - at < LINE_MS)) return;
      stage = next;
      at = now();
      const { epoch = 0, epochs = 0, secondsLeft = null } = progress ?? {};
      const far = next === 'training' ? `, epoch ${epoch} of ${epochs}` : '';
      const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
      write(`run ${id}: ${next}${far}${left}`);
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
