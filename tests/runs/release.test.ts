// A release with a newer model: it challenges a champion that people taught, is judged on their glyphs, and asks only once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeArtifact, encodeArtifact } from '../../src/model/artifact.ts';
import { planOf } from '../../src/model/plan.ts';
import { initialWeights } from '../../src/model/weights.ts';
import type { Run } from '../../src/store/runs.ts';
import { scratchFolder } from '../support/scratch.ts';
import { tinyModel } from '../support/tiny.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { aDecision } from '../support/records.ts';

const HOUR = 3_600_000;
let folder: string;
let world: World;
let later: number;
beforeEach(async () => {
  folder = scratchFolder();
  later = 0;
  world = await openWorld(folder, {}, { now: () => Date.now() + later });
});
afterEach(() => world.app.close());

/** A version of the tiny alphabet: the model that learnt it, or one that has learnt nothing. */
async function version(origin: 'seed' | 'run', learnt: boolean, seed: number): Promise<string> {
  const { store, blobs } = world.app;
  const { network, metadata } = decodeArtifact(await tinyModel());
  const weights = learnt ? network.weights : initialWeights(planOf(network.architecture, network.outputs), seed);
  const lineage = { ...metadata.lineage, seed };
  const artifact = await blobs.put(
    encodeArtifact({ metadata: { ...metadata, lineage }, network: { ...network, weights } }),
  );
  const first = store.versions.get('tiny-1');
  if (first === undefined) throw new Error('no first version');
  const { id: _, number: __, unrepeatable: ___, ...rest } = first;
  return store.versions.add({ ...rest, artifact, origin, seed }).id;
}
function crown(id: string): void {
  const { store } = world.app;
  const expected = store.champions.current('tiny') ?? null;
  store.champions.promote({ alphabet: 'tiny', expected, version: id, reason: 'test', by: 'test', at: 1 });
}
function teachUntilTested(): void {
  while (world.app.store.stats.counts('tiny').test < 12) world.teach(20);
}
const runs = (): readonly Run[] => world.app.store.runs.list({ alphabet: 'tiny' });
async function hours(many: number): Promise<void> {
  for (let i = 0; i < many; i++) {
    later += HOUR + 1;
    await world.app.tick();
    await until(async () => {
      await world.app.runs.sweep();
      return runs().every((run) => run.finishedAt !== null);
    }, 120);
  }
}

describe('a newer shipped model', { timeout: 240_000 }, () => {
  it('that reads people’s glyphs better takes over, by the gate, with a run that shows why', async () => {
    const { store } = world.app;
    crown(await version('run', false, 5));
    teachUntilTested();
    const shipped = await version('seed', true, 6);
    await hours(1);
    expect(store.champions.current('tiny')).toBe(shipped);
    const [run, ...more] = runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ state: 'promoted', versionId: shipped, reason: 'release' });
    const decision = run?.decision ?? aDecision;
    expect(decision.wins).toBeGreaterThan(decision.losses);
    // Besides the test glyphs those that the champion never learnt from, each photo once.
    expect(decision.tested).toBeGreaterThan(12);
    await hours(2);
    expect(runs()).toHaveLength(1);
  });

  it('that reads them worse is refused, once and for all', async () => {
    const { store } = world.app;
    crown(await version('run', true, 5));
    const champion = store.champions.current('tiny');
    teachUntilTested();
    await version('seed', false, 6);
    await hours(3);
    expect(store.champions.current('tiny')).toBe(champion);
    expect(runs().map(({ state, decision }) => [state, decision?.outcome])).toEqual([['kept', 'keep']]);
    // The next release's is another model.
    const next = await version('seed', false, 7);
    await hours(2);
    expect(runs().map(({ state, versionId }) => [state, versionId])[0]).toEqual(['kept', next]);
    expect(runs()).toHaveLength(2);
  });

  it('waits for glyphs to compare on where people have a champion of their own', async () => {
    crown(await version('run', true, 5));
    const champion = world.app.store.champions.current('tiny');
    await version('seed', true, 6);
    world.teach(4);
    await hours(1);
    expect(runs()).toEqual([]);
    expect(world.app.store.champions.current('tiny')).toBe(champion);
  });

  it('takes over, and that is told, where nobody ever taught a model', async () => {
    const { store } = world.app;
    store.chats.set('telegram', 'chat', { announceTo: { chat: 1 } });
    const shipped = await version('seed', true, 6);
    await hours(1);
    expect(runs()).toEqual([]);
    expect(store.champions.current('tiny')).toBe(shipped);
    const at = Date.now() + later;
    const told = store.outbox.claim({ platform: 'telegram', at, leaseUntil: at + 1, limit: 10 });
    expect(told.map(({ payload }) => payload)).toMatchObject([{ kind: 'promoted', version: shipped }]);
    // Who went back stays there.
    crown('tiny-1');
    await hours(2);
    expect(store.champions.current('tiny')).toBe('tiny-1');
  });
});
