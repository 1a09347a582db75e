import { expect, it } from 'vitest';
import { person, scratchStore } from '../support/scratch.ts';
import { prediction, version } from '../support/scratch-rows.ts';
import { aDecision, aJob, aProgress, aResult } from '../support/records.ts';
import { strokes } from '../support/strokes.ts';

const asked = { alphabet: 'digits', requestedBy: 'schedule', reason: 'forty new samples', at: 1 };

it('lets one run an alphabet be active, under a lease that another may take over when it ran out', () => {
  const store = scratchStore();
  const { runs } = store;
  const { run } = runs.create(asked);
  expect(runs.create({ ...asked, at: 2 })).toEqual({ outcome: 'busy', run });
  expect(runs.create({ ...asked, alphabet: 'latin' }).outcome).toBe('created');

  expect(runs.take(run.id, 'one', 100, 10)).toBe(true);
  expect(runs.take(run.id, 'two', 150, 50)).toBe(false);
  expect(runs.heartbeat(run.id, 'one', 200, aProgress)).toEqual({ held: true, cancelRequested: false });
  expect(runs.take(run.id, 'two', 400, 300)).toBe(true);
  expect(runs.heartbeat(run.id, 'one', 500)).toEqual({ held: false, cancelRequested: false });
  expect(runs.requestCancel(run.id)).toBe(true);
  expect(runs.heartbeat(run.id, 'two', 500)).toEqual({ held: true, cancelRequested: true });
  expect(runs.get(run.id)).toMatchObject({ state: 'running', progress: aProgress, attempts: 2, startedAt: 10 });

  expect(runs.finish(run.id, { state: 'kept', decision: aDecision, at: 600 })).toBe(true);
  expect(runs.finish(run.id, { state: 'failed', error: 'too late', at: 601 })).toBe(false);
  expect(runs.setResult(run.id, aResult)).toBe(false);
  expect(runs.requestCancel(run.id)).toBe(false);
  expect(runs.get(run.id)).toMatchObject({ state: 'kept', decision: aDecision, error: null, finishedAt: 600 });
  expect(runs.active('digits')).toBeUndefined();
  expect(runs.create({ ...asked, at: 700 }).outcome).toBe('created');
  expect(runs.list({ alphabet: 'digits', states: ['queued', 'running'] })).toHaveLength(1);
});

it('queues the run of a dead holder again, and gives up after so many', () => {
  const { runs } = scratchStore();
  const { run } = runs.create(asked);
  for (const [attempt, state] of ['queued', 'queued', 'failed'].entries()) {
    expect(runs.take(run.id, `worker ${String(attempt)}`, 100, 50)).toBe(true);
    expect(runs.reclaim(99, 3)).toEqual([]);
    expect(runs.reclaim(101, 3).map((each) => each.state)).toEqual([state]);
  }
  expect(runs.get(run.id)).toMatchObject({ attempts: 3, holder: null, finishedAt: 101 });
});

it('knows the dead from the living: who asks is alive, and no lease is longer than a minute', () => {
  const { runs } = scratchStore();
  const { run } = runs.create(asked);
  runs.take(run.id, 'one', 100, 50);
  // This machine slept.
  expect(runs.reclaim(5000, 3, 'one')).toEqual([]);
  expect(runs.take(run.id, 'one', 5100, 5000)).toBe(true);
  expect(runs.get(run.id)?.attempts).toBe(1);
  // The lease was given an hour before the clock was set back by one.
  runs.heartbeat(run.id, 'one', 3_600_000);
  expect(runs.take(run.id, 'two', 300, 200)).toBe(true);
  runs.heartbeat(run.id, 'two', 3_600_000);
  expect(runs.reclaim(200, 3, 'three').map((each) => each.state)).toEqual(['queued']);
});

it('moves the champion by compare-and-swap, in the same transaction as the run that made it', () => {
  const store = scratchStore();
  const seed = store.versions.add(version());
  expect(seed.id).toBe('digits-1');
  const promote = (expected: string | null, to: string): boolean =>
    store.champions.promote({ alphabet: 'digits', expected, version: to, reason: 'better', by: 'gate', at: 5 });
  expect(promote(null, seed.id)).toBe(true);
  expect(promote(null, seed.id)).toBe(false);

  const { run } = store.runs.create(asked);
  const { id } = store.versions.add(
    version({ origin: 'run', runId: run.id, parent: seed.id, artifact: 'b'.repeat(64) }),
  );
  expect(id).toBe('digits-2');
  expect(() =>
    store.atomically(() => {
      promote(seed.id, id);
      store.runs.finish(run.id, { state: 'promoted', versionId: id, at: 6 });
      throw new Error('killed here');
    }),
  ).toThrow('killed here');
  expect(store.champions.current('digits')).toBe('digits-1');
  expect(store.runs.get(run.id)?.state).toBe('queued');

  expect(promote('digits-1', id)).toBe(true);
  expect(promote('digits-1', id)).toBe(false);
  expect(store.champions.history('digits').map((each) => [each.from, each.to])).toEqual([
    ['digits-1', 'digits-2'],
    [null, 'digits-1'],
  ]);
  expect(store.versions.list('digits').map((each) => each.number)).toEqual([2, 1]);
  expect(store.versions.byArtifact('digits', 'a'.repeat(64))).toEqual(seed);
  expect(() => promote('digits-2', 'digits-9')).toThrow(/FOREIGN KEY/);
});

it('tells each thing once: claimed under a lease, emptied when sent', () => {
  const { outbox } = scratchStore();
  const message = {
    platform: 'telegram',
    dedupeKey: 'swap:1:chat',
    address: { chat: 1 },
    payload: { kind: 'find-taught', run: 2 },
  } as const;
  expect(outbox.add({ ...message, at: 1 })).toBe(true);
  expect(outbox.add({ ...message, at: 2 })).toBe(false);
  const claim = (at: number) => outbox.claim({ platform: 'telegram', at, leaseUntil: at + 10, limit: 5 });
  expect(outbox.claim({ platform: 'discord', at: 5, leaseUntil: 9, limit: 5 })).toEqual([]);
  const [claimed] = claim(5);
  expect(claimed).toMatchObject({ address: { chat: 1 }, payload: { kind: 'find-taught', run: 2 }, attempts: 1 });
  expect(claim(6)).toEqual([]);
  expect(claim(16)).toHaveLength(1);
  outbox.retry(claimed!.id, 'gone away', 50);
  expect(claim(49)).toEqual([]);
  expect(claim(50)).toHaveLength(1);
  outbox.sent(claimed!.id, 51);
  expect(claim(1000)).toEqual([]);
  expect(outbox.add({ ...message, at: 1001 })).toBe(false);
});

it('keeps what chats, people and owners chose', () => {
  const { chats, contributors, alphabets, meta, samples, ...store } = scratchStore();
  expect(chats.get('telegram', '5')).toMatchObject({ alphabet: null, whoMayAnswer: 'asker', announceTo: null });
  chats.set('telegram', '5', { alphabet: 'latin', announceTo: { id: 5 } });
  expect(chats.set('telegram', '5', { whoMayAnswer: 'admins' })).toMatchObject({ alphabet: 'latin' });
  expect(chats.announcing('latin')).toEqual([chats.get('telegram', '5')]);
  expect(chats.announcing('digits')).toEqual([]);

  const { id } = contributors.getOrCreate({ keyHash: 'aa', platform: 'web', at: 1 });
  contributors.setLanguage(id, 'uk');
  contributors.setSilenced(id, true);
  expect(contributors.getOrCreate({ keyHash: 'aa', platform: 'web', at: 9 })).toMatchObject({
    id,
    language: 'uk',
    silenced: true,
    createdAt: 1,
  });

  const greek = { id: 'greek', title: 'Greek', rows: [['α', 'β', 'γ']] };
  const grown = { ...greek, rows: [['α', 'β', 'γ', 'δ']] };
  alphabets.save(greek, 1);
  alphabets.setBank('greek', 'ab'.repeat(32));
  alphabets.save(grown, 2);
  expect(alphabets.list()).toEqual([
    { id: 'greek', spec: grown, bank: 'ab'.repeat(32), archived: false, createdAt: 1, updatedAt: 2 },
  ]);
  samples.import([{ alphabet: 'greek', labelId: 0, glyph: strokes(1), contributorId: id, source: 'import', at: 1 }]);
  expect(alphabets.remove('greek')).toEqual({ outcome: 'has-samples' });
  expect(alphabets.setArchived('greek', true, 3)).toBe(true);
  samples.withdraw(samples.lastId('greek'), 4);
  expect(alphabets.remove('greek')).toEqual({ outcome: 'removed' });
  expect(alphabets.remove('greek')).toEqual({ outcome: 'unknown' });

  expect([meta.setOnce('key', 'one'), meta.setOnce('key', 'two')]).toEqual(['one', 'one']);
  expect(store.check()).toEqual([]);
});

it('forgets a person wholly and says what was made from them', () => {
  const store = scratchStore();
  const [ann, bob] = [person(store, 'aa'), person(store, 'bb')];
  store.predictions.save([prediction('anns', ann)], { chat: 'ann' });
  store.predictions.save([prediction('bobs', bob)], { chat: 'bob' });
  store.verdicts.save({ predictionId: 'anns', kind: 'confirm', labelId: 7, contributorId: bob, at: 1 });
  store.verdicts.save({ predictionId: 'bobs', kind: 'correct', labelId: 1, contributorId: ann, at: 2 });
  store.outbox.add({
    platform: 'web',
    dedupeKey: 'x',
    contributorId: ann,
    address: { user: 'ann' },
    payload: { kind: 'find-taught', run: 1 },
    at: 3,
  });
  const snapshot = { alphabet: 'digits', lastSampleId: 2, train: 2, test: 0, createdAt: 4 };
  expect(store.snapshots.add({ ...snapshot, id: 'both', blob: 'blob1' }, [ann, bob])).toBe('added');
  expect(store.snapshots.add({ ...snapshot, id: 'bob alone', blob: 'blob2' }, [bob])).toBe('added');
  const { run } = store.runs.create({ alphabet: 'digits', requestedBy: 'x', reason: 'y', at: 5 });
  store.runs.setJob(run.id, aJob, 'both', null);
  store.askers.add(run.id, { platform: 'web', address: {}, chatKey: '1', language: 'en', contributorId: ann });
  const made = store.versions.add(version({ snapshotId: 'both', runId: run.id, origin: 'run' }));

  expect(store.contributors.forget(ann)).toEqual({
    samples: 1,
    predictions: 1,
    snapshots: [{ id: 'both', blob: 'blob1' }],
    runs: [run.id],
    versions: [made.id],
  });
  expect(store.contributors.byId(ann)).toBeUndefined();
  expect(store.askers.of(run.id)).toEqual([]);
  expect(store.predictions.get('anns')).toBeUndefined();
  expect(store.predictions.address('anns')).toBeNull();
  expect(store.verdicts.get('bobs')).toMatchObject({ contributorId: null, labelId: 1 });
  expect(store.stats.ofAlphabet('digits').samples).toBe(1);
  expect(store.outbox.claim({ platform: 'web', at: 9, leaseUntil: 10, limit: 9 })).toEqual([]);
  expect(store.snapshots.get('both')?.unrepeatable).toBe(true);
  expect(store.snapshots.get('bob alone')?.unrepeatable).toBe(false);
  expect(store.versions.get(made.id)?.unrepeatable).toBe(true);
  expect(store.versions.add(version({ snapshotId: 'both', origin: 'run' })).unrepeatable).toBe(true);
  expect(store.snapshots.add({ ...snapshot, id: 'late', blob: null }, [ann])).toBe('someone-was-forgotten');
});
