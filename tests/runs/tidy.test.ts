// The blobs after many runs: what nobody can ever use again goes, and nothing else does.
import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import type { Run } from '../../src/store/runs.ts';
import { freeze } from '../../src/runs/prepare.ts';
import { LEFT_ALONE_MS, tidy, type Tidied } from '../../src/runs/tidy.ts';
import { scratchFolder } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';
import { aResult } from '../support/records.ts';

let folder: string;
let world: SmallWorld;
beforeEach(async () => {
  folder = scratchFolder();
  world = await openSmallWorld(folder);
});
afterEach(() => world.close());

async function there(): Promise<readonly string[]> {
  const hashes: string[] = [];
  for await (const { hash } of world.blobs.list()) hashes.push(hash);
  return hashes.sort();
}
/** As it would be after that long. */
const tidyIn = (ms: number, options: { readonly pretend?: boolean } = {}): Promise<Tidied> =>
  tidy({ store: world.store, blobs: world.blobs, now: () => Date.now() + ms }, [], options);
const daysLater = 2 * LEFT_ALONE_MS;

function start(): Run {
  return world.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' }).run;
}
const now = (run: Run): Run => world.store.runs.get(run.id) ?? run;
async function sweptUntil(run: Run, condition: (run: Run) => boolean): Promise<Run> {
  await until(async () => {
    await world.runs.sweep();
    return condition(now(run));
  }, 60);
  return now(run);
}
async function cancelled(): Promise<Run> {
  await world.close();
  world = await openSmallWorld(folder, { trainer: 'patient-trainer.ts' });
  const run = start();
  await sweptUntil(run, ({ checkpoint }) => checkpoint !== null);
  world.runs.cancel(run.id);
  return sweptUntil(run, ({ finishedAt }) => finishedAt !== null);
}

describe('tidying up', { timeout: 120_000 }, () => {
  it('after a promotion what it needs to be repeated and to be shown stays', async () => {
    world.teach(60);
    const run = await sweptUntil(start(), ({ finishedAt }) => finishedAt !== null);
    expect(run.state).toBe('promoted');
    const { artifact, evaluation } = run.result ?? aResult;
    const snapshot = world.store.snapshots.get(run.snapshotId ?? '')?.blob ?? '';
    await tidyIn(daysLater);
    const [first] = world.store.versions.list('tiny').filter(({ number }) => number === 1);
    const bank = world.store.alphabets.get('tiny')?.bank ?? '';
    expect(await there()).toEqual([artifact, evaluation, snapshot, first?.artifact ?? '', bank].sort());
  });

  it('the checkpoint of a cancelled run goes at once, the rest of it in a day', async () => {
    world.teach(60);
    const before = await there();
    const run = await cancelled();
    expect(run.state).toBe('cancelled');
    await until(async () => !(await there()).includes(run.checkpoint ?? ''), 10);
    const snapshot = world.store.snapshots.get(run.snapshotId ?? '')?.blob ?? '';
    expect(await there()).toEqual([...before, snapshot].sort());
    expect(await tidyIn(0)).toEqual({ blobs: 0, bytes: 0 });

    const orphan = await world.blobs.put(Buffer.from('what a killed worker never told of'));
    // The orphan and the snapshot.
    expect(await tidyIn(daysLater, { pretend: true })).toMatchObject({ blobs: 2 });
    expect(await there()).toContain(orphan);
    const gone = await tidyIn(daysLater);
    expect(gone.blobs).toBeGreaterThan(0);
    expect(gone.bytes).toBeGreaterThan(0);
    expect(await there()).toEqual(before);
    // The record stays: which samples were seen is still known, only not their bytes.
    expect(world.store.snapshots.get(run.snapshotId ?? '')).toMatchObject({ blob: null, unrepeatable: false });
  });

  it('a snapshot made on purpose outlives a cancelled run of the same samples, and can be frozen again', async () => {
    world.teach(60);
    const run = await cancelled();
    await tidyIn(daysLater);
    const tools = { store: world.store, blobs: world.blobs, bankOf: () => Promise.resolve(null), now: Date.now };
    const again = await freeze(tools, 'tiny');
    expect(again.id).toBe(run.snapshotId);
    world.store.snapshots.keep(again.id);
    await tidyIn(daysLater);
    expect(await there()).toContain(world.store.snapshots.get(again.id)?.blob);
  });

  it('deletes nothing while a run is under way', async () => {
    world.teach(60);
    await world.blobs.put(Buffer.from('of nobody'));
    const run = start();
    await sweptUntil(run, ({ job }) => job !== null);
    const before = await there();
    expect(await tidyIn(daysLater)).toEqual({ blobs: 0, bytes: 0 });
    for (const hash of before) expect(await world.blobs.has(hash)).toBe(true);
    await sweptUntil(run, ({ finishedAt }) => finishedAt !== null);
    expect((await tidyIn(daysLater)).blobs).toBeGreaterThan(0);
  });

  it('what was put again is young again, and half-written files go when they are old', async () => {
    const blobs = makeFolderBlobs(path.join(folder, 'blobs'));
    const bytes = Buffer.from('wanted soon');
    const hash = await blobs.put(bytes);
    const long = new Date(Date.now() - daysLater);
    await utimes(blobs.fileOf(hash), long, long);
    await blobs.put(bytes);
    const half = path.join(folder, 'blobs', '.half-written');
    await writeFile(half, 'half');
    await tidyIn(0);
    expect(await blobs.has(hash)).toBe(true);
    await utimes(half, long, long);
    await utimes(blobs.fileOf(hash), long, long);
    await tidyIn(0);
    expect(await blobs.has(hash)).toBe(false);
    await expect(utimes(half, long, long)).rejects.toThrow(/ENOENT/);
  });

  it('banks that come with the code stay', async () => {
    const bank = await world.blobs.put(Buffer.from('a bank'));
    const tools = { store: world.store, blobs: world.blobs, now: () => Date.now() + daysLater };
    await tidy(tools, [bank]);
    expect(await there()).toContain(bank);
    await tidy(tools, []);
    expect(await there()).not.toContain(bank);
  });
});
