// What training takes: memory and time as samples grow tenfold, and two workers against one.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { digits } from '../../src/alphabet/digits.ts';
import { openApp } from '../../src/app/open.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { parseConfig } from '../../src/config.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { freezeSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { makeLog } from '../../src/log.ts';
import { corpusRecipe } from '../../src/learning/people-glyphs.ts';
import type { JobSpec } from '../../src/records/job.ts';
import { trainerNews, type TrainerOrder } from '../../src/runs/queue/trainer.ts';
import { strokes } from '../support/strokes.ts';
import { startRedis } from '../support/redis.ts';
import type { Measured } from './store.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const shipped = (file: string): Buffer => readFileSync(new URL(`../../models/digits/${file}`, import.meta.url));

/** About three minutes on two free cores. A smaller `most` says as much of the slope, and less of the memory. */
export async function benchTraining(most = Number(process.env['BENCH_SAMPLES'] ?? 100_000)): Promise<Measured[]> {
  const retrain = await oneRun(2000);
  const few = await oneRun(most / 5);
  const many = await oneRun(most);
  return [
    ...runFigures(2000, retrain),
    ...[...retrain.stages].map(([stage, value]) => ({ name: `training: 2000 samples, ${stage}`, value, unit: 's' })),
    ...runFigures(most / 5, few),
    ...runFigures(most, many),
    { name: 'training: processor time a sample, five times the samples', value: many.cpu / few.cpu / 5, unit: '×' },
    ...(await twoWorkers()),
  ];
}

interface Taken {
  readonly seconds: number;
  /** Seconds of all cores together. */
  readonly cpu: number;
  /** Most memory at any moment, MB. */
  readonly peak: number;
  /** Seconds from each stage's beginning to the next's. */
  readonly stages: ReadonlyMap<string, number>;
}

const runFigures = (samples: number, { seconds, cpu, peak }: Taken): Measured[] => [
  { name: `training: ${samples} samples`, value: seconds, unit: 's' },
  { name: `training: ${samples} samples, processor time`, value: cpu, unit: 's' },
  { name: `training: ${samples} samples, most memory`, value: peak, unit: 'MB' },
];

/** One run in a process of its own, as a worker starts it. Linux only: figures come from /proc. */
async function oneRun(samples: number): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-bench-'));
  try {
    const order: TrainerOrder = {
      kind: 'perform',
      job: await jobOf(folder, samples),
      blobs: { kind: 'folder', folder },
    };
    const begin = performance.now();
    const child = fork(fileURLToPath(new URL('../../worker/child.ts', import.meta.url)), [], {
      execArgv: ['--import', loader],
      serialization: 'advanced',
    });
    let taken = { cpu: 0, peak: 0 };
    const stages = new Map<string, number>();
    let stage = { name: 'starting', since: begin };
    const enter = (name: string): void => {
      if (name === stage.name) return;
      stages.set(stage.name, (performance.now() - stage.since) / 1000);
      stage = { name, since: performance.now() };
    };
    const ended = new Promise<void>((resolve, reject) => {
      child.on('message', (message) => {
        taken = usageOf(child.pid ?? 0) ?? taken;
        const news = trainerNews.parse(message);
        enter(news.kind === 'progress' ? news.progress.stage : 'ended');
        if (news.kind === 'result') resolve();
        if (news.kind === 'failure') reject(new Error(news.failure.because));
      });
    });
    const closed = once(child, 'close');
    child.send(order);
    await ended;
    const seconds = (performance.now() - begin) / 1000;
    await closed;
    return { seconds, ...taken, stages };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null once the process is gone. */
function usageOf(pid: number): { readonly cpu: number; readonly peak: number } | null {
  try {
    // Behind the name, which may hold anything, in brackets: utime and stime are the 12th and 13th, in hundredths.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { cpu: (Number(stat[11]) + Number(stat[12])) / 100, peak: Number(peak) / 1024 };
  } catch {
    return null;
  }
}

async function jobOf(folder: string, samples: number): Promise<JobSpec> {
  const blobs = makeFolderBlobs(folder);
  const bank = await blobs.put(shipped('bank.bin'));
  function* frozen(): Generator<FrozenSample, void> {
    for (let id = 1; id <= samples; id++) {
      const split = id % 10 === 0 ? 'test' : 'train';
      yield { id, labelId: id % 10, glyph: strokes(id), split, contributor: 'bench', duplicateOf: null };
    }
  }
  const writer = freezeSnapshot({ alphabet: 'digits', recipe: corpusRecipe(bank) }, frozen());
  return {
    run: `bench-${samples}`,
    alphabet: 'digits',
    labels: digits.labels.map(({ id, text }) => ({ id, text })),
    confusable: [],
    snapshot: await blobs.putStream(writer.bytes),
    snapshotId: (await writer.summary).id,
    champion: await blobs.put(shipped('model.onnx')),
    parent: null,
    bank,
    seenThrough: 0,
    seed: 1,
    threads: 2,
    engine: 'onnx',
    deadlineSeconds: 3600,
    checkpoint: null,
  };
}

const TAUGHT = 600;

/**
 * Runs of two alphabets at once, each of one thread: by one worker, then by two. What is taught are characters in unseen fonts:
 * a run that forgets, as one taught nonsense does, is over before it is judged, and two runs of unlike length share badly.
 */
async function twoWorkers(): Promise<Measured[]> {
  const one = await bothAlphabets(1);
  const two = await bothAlphabets(2);
  return [
    { name: 'training: two alphabets, one worker of one thread', value: one, unit: 's' },
    { name: 'training: two alphabets, two workers of one thread', value: two, unit: 's' },
    { name: 'training: two workers against one', value: two / one, unit: '×' },
  ];
}

async function bothAlphabets(workers: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-bench-'));
  const redis = await startRedis();
  const env = {
    REDIS_URL: redis.url,
    DATA_DIR: folder,
    TRAINING_THREADS: '1',
    RETRAIN_AFTER: '0',
    LOG_LEVEL: 'silent',
  };
  const app = await openApp(parseConfig(env), { log: makeLog('silent') });
  const started: ChildProcess[] = [];
  try {
    const main = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));
    for (let i = 0; i < workers; i++)
      started.push(
        spawn(process.execPath, ['--import', loader, main], {
          env: { PATH: process.env['PATH'] ?? '', ...env },
          stdio: 'ignore',
        }),
      );
    const contributorId = app.store.contributors.getOrCreate({ keyHash: 'ff', platform: 'web', at: 0 }).id;
    const alphabets = ['hiragana', 'katakana'];
    for (const alphabet of alphabets) {
      const bank = readBank(readFileSync(new URL(`../../models/${alphabet}/bank.bin`, import.meta.url)));
      const unseen = makeSynthesiser(bank, 'test');
      const each = Math.ceil(TAUGHT / unseen.labels.length);
      app.store.samples.import(
        [...synthesiseSamples(unseen, unseen.labels, each, 1)].map(({ label, glyph }) => {
          return { alphabet, labelId: label ?? 0, glyph, contributorId, source: 'import', at: 0 };
        }),
      );
    }
    // Both workers are there before the clock starts.
    for (;;) {
      const health = await app.queueHealth();
      if (health.ok && health.workers === workers) break;
      await sleep(200);
    }
    const begin = performance.now();
    const runs = alphabets.map((alphabet) => app.training.start({ alphabet, requestedBy: 'bench' }));
    for (;;) {
      await app.runs.sweep();
      const states = runs.map((each) => ('run' in each ? app.store.runs.get(each.run.id)?.state : undefined));
      if (states.some((state) => state === 'failed')) throw new Error('a run of the benchmark failed');
      if (states.every((state) => state === 'promoted' || state === 'kept')) break;
      await sleep(200);
    }
    return (performance.now() - begin) / 1000;
  } finally {
    for (const child of started) child.kill('SIGKILL');
    await app.close();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
