import { expect, it } from 'vitest';
import { person, scratchStore } from '../support/scratch.ts';
import { prediction } from '../support/scratch-rows.ts';

it('turns a verdict into a sample, once, and counts it', () => {
  const store = scratchStore();
  const [asker, other] = [person(store, 'aa'), person(store, 'bb')];
  const asked = prediction('p1', asker);
  store.predictions.save([asked], { chat: 5 });
  expect(store.predictions.get('p1')).toEqual(asked);
  expect(store.predictions.address('p1')).toEqual({ chat: 5 });

  const said = { predictionId: 'p1', kind: 'correct', labelId: 1, contributorId: other, at: 2000 } as const;
  const saved = store.verdicts.save(said);
  if (saved.outcome !== 'saved') throw new Error(saved.outcome);
  expect(store.samples.get(saved.sampleId)).toMatchObject({
    alphabet: 'digits',
    labelId: 1,
    glyph: asked.glyph,
    split: saved.split,
    contributorId: asker,
    contributor: 'aa',
    source: 'chat',
    predictionId: 'p1',
    duplicateOf: null,
    createdAt: 2000,
    withdrawnAt: null,
  });
  const again = store.verdicts.save({ ...said, kind: 'confirm', labelId: 7, contributorId: asker, at: 3000 });
  expect(again).toEqual({ outcome: 'already', verdict: { ...said, sampleId: saved.sampleId } });
  expect(store.stats.ofAlphabet('digits')).toMatchObject({
    samples: 1,
    contributors: 1,
    days: [{ day: '1970-01-01', samples: 1 }],
    live: [{ versionId: 'digits-1', confirmed: 0, corrected: 1, rejected: 0 }],
  });
  expect(store.contributors.stats(asker)).toEqual([
    { alphabet: 'digits', samples: 1, confirmed: 0, corrected: 0, rejected: 0 },
  ]);
  expect(store.contributors.stats(other)).toEqual([
    { alphabet: 'digits', samples: 0, confirmed: 0, corrected: 1, rejected: 0 },
  ]);
});

it('does not know a prediction that was never made, or was pruned unanswered', () => {
  const store = scratchStore();
  const asker = person(store, 'aa');
  store.predictions.save(
    [prediction('old', asker, { createdAt: 10 }), prediction('answered', asker, { createdAt: 10 })],
    {
      chat: 1,
    },
  );
  store.predictions.save([prediction('young', asker, { createdAt: 50 })]);
  const verdict = { kind: 'confirm', labelId: 7, contributorId: asker, at: 60 } as const;
  store.verdicts.save({ ...verdict, predictionId: 'answered' });
  const upTo = store.predictions.newest();
  expect(store.predictions.pruneUnanswered({ before: 50, upTo: 0 })).toBe(0);
  expect(store.predictions.pruneUnanswered({ before: 50, upTo })).toBe(1);
  for (const predictionId of ['old', 'never']) {
    expect(store.verdicts.save({ ...verdict, predictionId })).toEqual({ outcome: 'unknown-prediction' });
    expect(store.verdicts.undo(predictionId, 61)).toEqual({ outcome: 'unknown-prediction' });
  }
  expect(store.predictions.address('answered')).toEqual({ chat: 1 });
  // The address went with the photo's last prediction, so another photo of that name would have none.
  store.predictions.save([prediction('again', asker, { photoId: 'photo of old' })]);
  expect(store.predictions.address('again')).toBeNull();
  expect(store.predictions.lastOf(asker)?.id).toBe('again');
});

it('takes a verdict back and allows another one, which goes to the same side', () => {
  const store = scratchStore();
  const asker = person(store, 'aa');
  store.predictions.save([prediction('p1', asker)]);
  const first = store.verdicts.save({ predictionId: 'p1', kind: 'confirm', labelId: 7, contributorId: asker, at: 1 });
  expect(store.verdicts.lastBy(asker)?.predictionId).toBe('p1');
  expect(store.verdicts.undo('p1', 2)).toMatchObject({ outcome: 'undone', verdict: { labelId: 7 } });
  expect(store.verdicts.undo('p1', 3)).toEqual({ outcome: 'no-verdict' });
  expect(store.stats.ofAlphabet('digits')).toMatchObject({
    samples: 0,
    live: [{ versionId: 'digits-1', confirmed: 0, corrected: 0, rejected: 0 }],
  });
  const second = store.verdicts.save({
    predictionId: 'p1',
    kind: 'reject',
    labelId: null,
    contributorId: asker,
    at: 4,
  });
  if (first.outcome !== 'saved' || second.outcome !== 'saved') throw new Error('not saved');
  // The withdrawn sample may have been trained on already.
  expect(second.split).toBe(first.split);
  expect(store.samples.get(second.sampleId)).toMatchObject({ labelId: null, duplicateOf: first.sampleId });
  expect([...store.samples.live([first.sampleId, second.sampleId, 99]).keys()]).toEqual([second.sampleId]);
  expect(store.stats.ofAlphabet('digits')).toMatchObject({ samples: 0, rejected: 1 });
});

it('saves nothing of a verdict that cannot be saved whole', () => {
  const store = scratchStore();
  const asker = person(store, 'aa');
  store.predictions.save([prediction('p1', asker)]);
  // A label for "not a character" is a bug of the caller; the schema refuses it after the sample was written.
  expect(() =>
    store.verdicts.save({ predictionId: 'p1', kind: 'reject', labelId: 3, contributorId: asker, at: 1 }),
  ).toThrow(/CHECK/);
  expect(store.samples.lastId('digits')).toBe(0);
  expect(store.stats.ofAlphabet('digits').labels).toEqual([]);
});

it('finds the predictions of a message that somebody replies to', () => {
  const store = scratchStore();
  const asker = person(store, 'aa');
  store.predictions.save(
    [prediction('left', asker, { photoId: 'p' }), prediction('right', asker, { photoId: 'p', place: 1 })],
    { chat: 1, message: 9 },
    'telegram:1:9',
  );
  expect(store.predictions.byMessage('telegram:1:9').map((each) => each.id)).toEqual(['left', 'right']);
  expect(store.predictions.address('right')).toEqual({ chat: 1, message: 9 });
});
