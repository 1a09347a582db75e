// The life of a run where things go wrong around it: a queue that remembers another past, bytes that cannot be frozen, an
// end that was asked for too late for the trainer and in time for the gate.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OperationalError } from '../../src/errors.ts';
import { makeForget } from '../../src/recognition/forget.ts';
import type { Run } from '../../src/store/runs.ts';
import type { Evaluation, JobResult, JobSpec } from '../../src/records/job.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeSilentQueue } from './queue-support.ts';
import { until } from '../support/until.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';
import { teach } from '../support/world.ts';

let folder: string;
let world: SmallWorld;
let silent: ReturnType<typeof makeSilentQueue>;
beforeEach(async () => {
  folder = scratchFolder();
  silent = makeSilentQueue();
  world = await openSmallWorld(folder, { queue: silent.queue });
  world.teach(60);
});
afterEach(() => world.close());

const start = (): Run => world.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' }).run;
const runNow = (run: Run): Run | undefined => world.store.runs.get(run.id);

async function toldJob(): Promise<JobSpec> {
  await world.runs.sweep();
  const job = silent.told.at(-1);
  if (job === undefined) throw new Error('no job was told');
  return job;
}

/** What a worker would say of a challenger that reads each label as `read` has it, beside a champion that reads nothing. */
async function resultOf(run: string, read = (label: number | null): number | null => label): Promise<JobResult> {
  const { store, blobs } = world;
  const people: Evaluation['people'] = [...store.samples.iterate({ alphabet: 'tiny', split: 'test' })].map(
    ({ id, labelId }) => ({ sample: id, label: labelId, champion: -1, challenger: read(labelId), source: 'test' }),
  );
  const training = {
    architecture: 'tiny',
    codeVersion: 'elsewhere',
    samples: 0,
    replay: 0,
    epochs: 1,
    learningRate: 0,
    blend: 1,
    loss: 1,
  };
  const judged: Evaluation = {
    people,
    base: [],
    peopleScores: null,
    baseScores: null,
    training: { ...training, seconds: 0, stoppedBy: 'finished' },
  };
  const evaluation = await blobs.put(Buffer.from(JSON.stringify(judged)));
  return { run, artifact: store.versions.get('tiny-1')?.artifact ?? '', evaluation };
}

it('a result under the name of the run ends it', async () => {
  const run = start();
  silent.say(await resultOf((await toldJob()).run));
  await world.runs.close();
  expect(runNow(run)).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
});

it('a result of an earlier release, which does not name its code, is understood', async () => {
  const run = start();
  const result = await resultOf((await toldJob()).run);
  const judged = JSON.parse(Buffer.from(await world.blobs.get(result.evaluation)).toString()) as Evaluation;
  const { codeVersion: _, ...training } = judged.training;
  const evaluation = await world.blobs.put(Buffer.from(JSON.stringify({ ...judged, training })));
  silent.say({ ...result, evaluation });
  await world.runs.close();
  expect(runNow(run)).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
});

it.each([
  { confusable: [], wins: 0 },
  { confusable: [[0, 1]], wins: 'half' },
  {
    confusable: [
      [0, 1],
      [2, 3],
    ],
    wins: 'all',
  },
])('a twin read for the other is right, and nothing else is ($wins)', async ({ confusable, wins }) => {
  const run = start();
  const job = await toldJob();
  world.store.runs.setJob(run.id, { ...job, confusable }, job.snapshotId, job.run);
  const twinOf = (label: number | null): number | null => (label === null ? null : label ^ 1);
  silent.say(await resultOf(job.run, twinOf));
  await world.runs.close();
  const tests = [...world.store.samples.iterate({ alphabet: 'tiny', split: 'test' })];
  const right = { 0: 0, half: tests.filter(({ labelId }) => (labelId ?? 9) < 2).length, all: tests.length }[wins];
  expect(runNow(run)?.decision).toMatchObject({ wins: right });
});

it('a database restored from a backup does not take the end of the run that had its number before', async () => {
  const run = start();
  const { run: name } = await toldJob();
  const [instance] = name.split('-');
  for (const stale of [`${instance}-${run.id}`, `${instance}-${run.id}-deadbeef`]) silent.say(await resultOf(stale));
  await world.runs.close();
  expect(runNow(run)).toMatchObject({ state: 'running', result: null });
  expect(name).toMatch(new RegExp(`^${instance}-${run.id}-[0-9a-f]{8}$`));
});

it('an end asked for before the gate decided is the end: nothing is promoted any more', async () => {
  const run = start();
  const { run: name } = await toldJob();
  const result = await resultOf(name);
  expect(world.runs.cancel(run.id)).toBe(true);
  silent.say(result);
  await world.runs.close();
  expect(runNow(run)).toMatchObject({ state: 'cancelled', versionId: null });
  expect(world.store.champions.current('tiny')).toBe('tiny-1');
  expect(world.store.outbox.claim({ platform: 'web', at: Date.now(), leaseUntil: 1, limit: 9 })).toHaveLength(1);
});

it('a job in words of another release is frozen anew, and what was told of it before is called off', async () => {
  const run = start();
  const first = await toldJob();
  world.store.runs.setJob(run.id, { ...first, champion: 'no hash' }, first.snapshotId, first.run);
  const second = await toldJob();
  expect(second.run).not.toBe(first.run);
  expect(second.champion).toBe(first.champion);

  world.store.snapshots.setBlob(first.snapshotId, null);
  const third = await toldJob();
  expect(third.run).not.toBe(second.run);
  expect(silent.cancelled).toEqual([first.run, second.run]);
});

it.each([new Error('a bug'), new OperationalError('the bucket is away')])(
  'what cannot be frozen is tried again later, and can be cancelled meanwhile (%s)',
  async (trouble) => {
    const put = world.blobs.putStream;
    world.blobs.putStream = () => Promise.reject(trouble);
    const run = start();
    await world.runs.sweep();
    world.blobs.putStream = put;
    await world.runs.sweep();
    // Not at once: what is away is away for a moment.
    expect(runNow(run)).toMatchObject({ state: 'running', job: null });
    world.runs.cancel(run.id);
    await world.runs.sweep();
    expect(runNow(run)?.state).toBe('cancelled');
  },
);

it('two processes on one queue that freeze a run at once tell it by one name', async () => {
  const other = await openSmallWorld(folder, { queue: silent.queue });
  start();
  try {
    await Promise.all([world.runs.sweep(), other.runs.sweep()]);
    await Promise.all([world.runs.sweep(), other.runs.sweep()]);
    expect(new Set(silent.told.map(({ run }) => run)).size).toBe(1);
  } finally {
    await other.close();
  }
});

it('two processes that hear the same result end the run once', async () => {
  const heard = makeSilentQueue();
  const other = await openSmallWorld(folder, { queue: heard.queue });
  const run = start();
  const result = await resultOf((await toldJob()).run);
  silent.say(result);
  heard.say(result);
  await other.close();
  await world.runs.close();
  expect(runNow(run)).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
  // The shipped one's, and this one.
  expect(world.store.champions.history('tiny')).toHaveLength(2);
});

it('an end that a full disk keeps from being written down waits for the next sweep, and nothing breaks off', async () => {
  const { runs } = world.store;
  const { setResult } = runs;
  let refused = 0;
  const full = (): never => {
    refused += 1;
    throw new OperationalError('The disk is full');
  };
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const run = start();
  const { run: name } = await toldJob();
  const result = await resultOf(name);
  const { evaluation } = result;
  const bytes = await world.blobs.get(evaluation);
  await world.blobs.delete(evaluation);
  Object.assign(runs, { setResult: (id: number, it: JobResult | null) => (it === null ? full() : setResult(id, it)) });
  silent.say(result);
  await until(() => refused === 1);
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  expect(runNow(run)).toMatchObject({ state: 'running', result });

  Object.assign(runs, { setResult });
  await world.blobs.put(bytes);
  await world.runs.sweep();
  expect(runNow(run)?.state).toBe('promoted');
});

it('whoever trains alone and leaves keeps nobody waiting for its lease', async () => {
  const alone = await openSmallWorld(folder, { trainer: 'patient-trainer.ts' });
  const { run } = alone.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
  await alone.runs.sweep();
  expect(runNow(run)).toMatchObject({ state: 'running' });
  await alone.close();
  expect(runNow(run)).toMatchObject({ state: 'queued', holder: null, leaseUntil: null });
});

it('goes on from a checkpoint, unless somebody whose glyphs it saw was forgotten since', async () => {
  const { store, blobs } = world;
  const keyHash = 'cc'.repeat(16);
  teach(store, 20, keyHash);
  const run = start();
  const { snapshot } = await toldJob();
  const checkpoint = await blobs.put(Buffer.from('{"fits":{},"stale":[]}'));
  store.runs.setCheckpoint(run.id, checkpoint);
  expect(await toldJob()).toMatchObject({ snapshot, checkpoint });

  await makeForget({ store, blobs })(store.contributors.getOrCreate({ keyHash, platform: 'web', at: 1 }).id);
  const job = await toldJob();
  expect(job.checkpoint).toBeNull();
  expect(job.snapshot).not.toBe(snapshot);
});
