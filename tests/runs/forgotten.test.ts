// Somebody is forgotten while a run is under way, and after: no byte of theirs is trained on, and what was made says so.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSnapshot } from '../../src/dataset/snapshot.ts';
import { makeForget } from '../../src/recognition/forget.ts';
import { freeze } from '../../src/runs/prepare.ts';
import { scratchFolder } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';
import { teach } from '../support/world.ts';
import { aJob } from '../support/records.ts';

const ANN = 'aa'.repeat(16);
const BEN = 'bb'.repeat(16);

let folder: string;
let world: SmallWorld;
beforeEach(async () => {
  folder = scratchFolder();
});
afterEach(() => world.close());

const idOf = (keyHash: string): number =>
  world.store.contributors.getOrCreate({ keyHash, platform: 'web', at: Date.now() }).id;

async function contributorsIn(blob: string): Promise<readonly string[]> {
  const { samples } = await readSnapshot(world.blobs.stream(blob));
  const all = new Set<string>();
  for await (const { contributor } of samples) all.add(contributor);
  return [...all];
}

it('a run that was frozen before goes on with what is left, and its version cannot be repeated', async () => {
  let stumbles = 1;
  world = await openSmallWorld(folder, {
    crashPoint(name) {
      if (name === 'snapshot-frozen' && stumbles-- > 0) throw new Error('stopped here by the test');
    },
  });
  const { store, blobs, runs } = world;
  teach(store, 30, ANN);
  teach(store, 60, BEN);
  const { run } = runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
  await runs.sweep();
  const frozen = store.runs.get(run.id)?.job ?? aJob;
  expect(await contributorsIn(frozen.snapshot)).toEqual([ANN, BEN]);

  await makeForget({ store, blobs })(idOf(ANN));
  expect(await blobs.has(frozen.snapshot)).toBe(false);
  await until(async () => {
    await runs.sweep();
    return store.runs.get(run.id)?.finishedAt !== null;
  }, 30);
  const end = store.runs.get(run.id);
  expect(end).toMatchObject({
    state: 'promoted',
    decision: { code: 'better' },
    error: null,
    snapshotId: frozen.snapshotId,
  });
  expect(store.versions.get(end?.versionId ?? '')).toMatchObject({ unrepeatable: true });
  expect(await contributorsIn(store.snapshots.get(frozen.snapshotId)?.blob ?? '')).toEqual([BEN]);
});

it('somebody forgotten in the middle of a freeze is in no snapshot', async () => {
  world = await openSmallWorld(folder);
  const { store, blobs } = world;
  teach(store, 30, ANN);
  teach(store, 30, BEN);
  let asked = 0;
  const putStream: typeof blobs.putStream = async (pieces) => {
    const hash = await blobs.putStream(pieces);
    if (++asked === 1) await makeForget({ store, blobs })(idOf(ANN));
    return hash;
  };
  const bankOf = (): Promise<null> => Promise.resolve(null);
  const record = await freeze({ store, blobs: { ...blobs, putStream }, bankOf, now: Date.now }, 'tiny');
  expect(asked).toBe(2);
  expect(record.unrepeatable).toBe(false);
  expect(await contributorsIn(record.blob ?? '')).toEqual([BEN]);
  const bytes: string[] = [];
  for await (const { hash } of blobs.list()) bytes.push(hash);
  for (const { id, blob } of store.snapshots.list()) if (id !== record.id) expect(bytes).not.toContain(blob);
});

it('a run that had learnt from somebody who took it back begins again, without that', async () => {
  let stumbles = 1;
  world = await openSmallWorld(folder, {
    crashPoint(name) {
      if (name === 'result-noted' && stumbles-- > 0) throw new Error('stopped here by the test');
    },
  });
  const { store, blobs, runs } = world;
  teach(store, 30, ANN);
  teach(store, 60, BEN);
  const { run } = runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
  await until(async () => {
    if (stumbles > 0) await runs.sweep();
    return stumbles <= 0;
  }, 30);
  // It has been trained on both, and nobody has decided yet.
  expect(store.runs.get(run.id)).toMatchObject({ finishedAt: null });
  expect(store.runs.get(run.id)?.result).not.toBeNull();
  await makeForget({ store, blobs })(idOf(ANN));
  await until(async () => {
    await runs.sweep();
    return store.runs.get(run.id)?.finishedAt !== null;
  }, 60);
  const end = store.runs.get(run.id);
  expect(end).toMatchObject({ state: 'promoted', error: null });
  const left = store.snapshots.get(end?.snapshotId ?? '')?.blob ?? '';
  expect(await contributorsIn(left)).toEqual([BEN]);
  expect(store.versions.get(end?.versionId ?? '')?.metrics.training).toMatchObject({ snapshot: left });
});
