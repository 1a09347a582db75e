// The whole retrain as an app lives it, alone: asked for, frozen, trained in a process of its own, judged, promoted once,
// announced, rolled back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { makeForget } from '../../src/recognition/forget.ts';
import type { Run } from '../../src/store/runs.ts';
import { repeat, type Repeated } from '../../src/runs/repeat.ts';
import { promoteVersion, rollback } from '../../src/runs/rollback.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { aDecision } from '../support/records.ts';

let folder: string;
let world: World;
beforeEach(async () => {
  folder = scratchFolder();
  world = await openWorld(folder);
});
afterEach(() => world.app.close());

function start(): Run {
  return world.app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' }).run;
}
async function ended(run: Run): Promise<Run> {
  await until(async () => {
    await world.app.runs.sweep();
    return world.app.store.runs.get(run.id)?.finishedAt !== null;
  }, 150);
  return world.app.store.runs.get(run.id) ?? run;
}

describe('a retrain', { timeout: 180_000 }, () => {
  it('learns, is promoted, answers from then on, and can be taken back', async () => {
    const { app, teach } = world;
    teach(60);
    const run = await ended(start());
    expect(run).toMatchObject({ state: 'promoted', error: null });
    const decision = run.decision ?? aDecision;
    expect(decision).toMatchObject({ outcome: 'promote', code: 'better' });
    expect(decision.wins).toBeGreaterThan(decision.losses);
    expect(app.store.champions.current('tiny')).toBe(run.versionId);
    expect(app.store.versions.get(run.versionId ?? '')).toMatchObject({
      parent: 'tiny-1',
      runId: run.id,
      snapshotId: run.snapshotId,
    });

    await app.champions.refresh('tiny');
    const reader = await app.champions.reader('tiny');
    expect(reader?.version).toBe(run.versionId);
    const write = handwriting({ squares: true });
    const squares = Array.from({ length: 20 }, (_, i) => write(1, makeRandom(123456, i)));
    const read = (await reader?.classify(squares)) ?? [];
    expect(read.filter((each) => each.candidates[0]?.labelId === 1).length).toBeGreaterThan(10);

    expect(await rollback(app.tools, 'tiny', 'test')).toEqual({ outcome: 'moved', from: run.versionId, to: 'tiny-1' });
    expect(app.store.champions.current('tiny')).toBe('tiny-1');
    expect(await rollback(app.tools, 'tiny', 'test')).toMatchObject({ outcome: 'nothing-before' });
    expect(await promoteVersion(app.tools, 'tiny-1', 'test')).toMatchObject({ outcome: 'already' });
    expect(await promoteVersion(app.tools, 'tiny-99', 'test')).toMatchObject({ outcome: 'unknown-version' });
    expect(await promoteVersion(app.tools, run.versionId ?? '', 'test')).toMatchObject({ outcome: 'moved' });
  });

  it('is repeated to the same weights, until somebody it learnt from is forgotten', async () => {
    const { app, teach } = world;
    teach(60);
    const { versionId } = await ended(start());
    const again = (version: string): Promise<Repeated> =>
      repeat(app.tools, version, {
        onProgress: () => undefined,
        signal: new AbortController().signal,
        now: () => performance.now(),
      });
    const version = versionId ?? '';
    expect(await again(version)).toEqual({ outcome: 'same', version });
    expect(await again('tiny-1')).toEqual({ outcome: 'shipped', version: 'tiny-1' });
    expect(await again('tiny-99')).toEqual({ outcome: 'unknown-version', version: 'tiny-99' });

    const teacher = app.store.contributors.getOrCreate({ keyHash: 'ab'.repeat(16), platform: 'web', at: Date.now() });
    await makeForget(app)(teacher.id);
    expect(await again(version)).toEqual({ outcome: 'forgotten', version });
  });

  it('is one at a time for an alphabet', async () => {
    world.teach(8);
    const first = start();
    expect(world.app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' })).toMatchObject({
      outcome: 'busy',
      run: { id: first.id },
    });
    world.app.runs.cancel(first.id);
    expect((await ended(first)).state).toBe('cancelled');
    expect(world.app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' }).outcome).toBe('started');
  });

  it('is cancelled while it trains', async () => {
    world.teach(60);
    const run = start();
    await until(async () => {
      await world.app.runs.sweep();
      return world.app.store.runs.get(run.id)?.progress !== null;
    }, 60);
    expect(world.app.runs.cancel(run.id)).toBe(true);
    expect(await ended(run)).toMatchObject({ state: 'cancelled', versionId: null });
    expect(world.app.runs.cancel(run.id)).toBe(false);
    expect(world.app.store.champions.current('tiny')).toBe('tiny-1');
  });

  it('samples withdrawn meanwhile leave the gate', async () => {
    const { app, teach } = world;
    const samples = teach(60);
    const run = start();
    await until(async () => {
      await app.runs.sweep();
      return app.store.runs.get(run.id)?.progress !== null;
    }, 60);
    for (const sample of samples.slice(5)) app.store.samples.withdraw(sample, Date.now());
    const end = await ended(run);
    expect(end).toMatchObject({ state: 'kept', decision: { code: 'too-few-glyphs' } });
    expect(end.decision?.tested).toBeLessThanOrEqual(5);
  });

  it('a champion that came meanwhile is not overwritten', async () => {
    const { app, teach } = world;
    teach(60);
    const run = start();
    await until(async () => {
      await app.runs.sweep();
      return app.store.runs.get(run.id)?.progress !== null;
    }, 60);
    const first = app.store.versions.get('tiny-1');
    if (first === undefined) throw new Error('no first version');
    const { id: _, number: __, unrepeatable: ___, ...copy } = first;
    const other = app.store.versions.add({ ...copy, parent: 'tiny-1' });
    const change = { alphabet: 'tiny', expected: 'tiny-1', version: other.id, reason: 'by hand', by: 'test' };
    expect(app.store.champions.promote({ ...change, at: Date.now() })).toBe(true);
    expect(await ended(run)).toMatchObject({ state: 'kept', decision: { code: 'overtaken' } });
    expect(app.store.champions.current('tiny')).toBe(other.id);
  });

  it('rolling back to a version that does not load moves nothing and says so', async () => {
    const { app, teach } = world;
    teach(60);
    const run = await ended(start());
    expect(run.state).toBe('promoted');
    await app.blobs.delete(app.store.versions.get('tiny-1')?.artifact ?? '');
    expect(await rollback(app.tools, 'tiny', 'test')).toMatchObject({ outcome: 'unusable', version: 'tiny-1' });
    expect(app.store.champions.current('tiny')).toBe(run.versionId);
  });

  it('an app that is closed in the middle goes on with the run when it is opened again', async () => {
    world.teach(60);
    const run = start();
    await until(async () => {
      await world.app.runs.sweep();
      return world.app.store.runs.get(run.id)?.progress !== null;
    }, 60);
    await world.app.close();
    // The lease of who is gone has to run out first.
    world = await openWorld(folder, {}, { now: () => Date.now() + 60_000 });
    expect(await ended(run)).toMatchObject({ state: 'promoted', decision: { code: 'better' }, attempts: 2 });
  });
});
