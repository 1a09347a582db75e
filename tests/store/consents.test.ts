// Who agreed to teach, and whose a sample is where somebody asked for the reading of another's picture.
import { expect, it } from 'vitest';
import { prediction } from '../support/scratch-rows.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';
import { join } from 'node:path';

it('keeps to which text somebody agreed, and when; a later text takes its place', () => {
  const file = join(scratchFolder(), 'inkloop.db');
  const store = scratchStore(file);
  const ann = person(store, 'aa');
  expect(store.consents.of(ann)).toBeNull();
  expect(store.consents.agree(ann, { text: 1, at: 50 })).toBe(true);
  // A second tap is no second agreement.
  expect(store.consents.agree(ann, { text: 1, at: 60 })).toBe(true);
  expect(scratchStore(file).consents.of(ann)).toEqual({ text: 1, at: 50 });
  store.consents.agree(ann, { text: 2, at: 70 });
  expect(store.consents.of(ann)).toEqual({ text: 2, at: 70 });
  // What is met again stays agreed to.
  store.contributors.getOrCreate({ keyHash: 'aa', platform: 'web', clientLanguage: 'uk', at: 80 });
  expect(store.consents.of(ann)).toEqual({ text: 2, at: 70 });
});

it('is forgotten with the contributor', () => {
  const store = scratchStore();
  const ann = person(store, 'aa');
  store.consents.agree(ann, { text: 1, at: 50 });
  store.contributors.forget(ann);
  expect(store.consents.of(ann)).toBeNull();
  expect(store.consents.agree(ann, { text: 1, at: 60 })).toBe(false);
  expect(store.consents.of(person(store, 'aa'))).toBeNull();
});

it('says of a prediction whether it was handed over', () => {
  const store = scratchStore();
  const ann = person(store, 'aa');
  store.predictions.save([prediction('p1', ann), prediction('p2', ann, { handedOver: false })]);
  expect(store.predictions.get('p1')?.handedOver).toBe(true);
  expect(store.predictions.get('p2')?.handedOver).toBe(false);
});

it('gives a sample to who wrote it, and takes it back with them, not with who asked', () => {
  const store = scratchStore();
  const [writer, asker] = [person(store, 'aa'), person(store, 'bb')];
  const save = (id: string): void => {
    store.predictions.save([prediction(id, asker, { author: 'aa' })], { chat: 5 });
    const said = { predictionId: id, kind: 'confirm', labelId: 7, contributorId: asker, at: 1 } as const;
    expect(store.verdicts.save({ ...said, writerId: writer })).toMatchObject({ outcome: 'saved' });
  };
  save('p1');
  // Theirs, but another's word: no memory of a hand is made of it.
  expect(store.hands.after(writer, 'digits', 0, 9)).toMatchObject([{ labelId: 7, isOthers: true }]);
  expect(store.hands.after(asker, 'digits', 0, 9)).toEqual([]);
  expect(store.contributors.forget(writer)).toMatchObject({ samples: 1, predictions: 0 });
  expect(store.samples.lastId('digits')).toBe(0);
  expect(store.predictions.get('p1')).toMatchObject({ author: '' });
  expect(store.verdicts.get('p1')).toBeUndefined();

  const again = person(store, 'aa');
  store.predictions.save([prediction('p2', asker, { author: 'aa' })], { chat: 5 });
  const said = { predictionId: 'p2', kind: 'confirm', labelId: 7, contributorId: asker, at: 1 } as const;
  store.verdicts.save({ ...said, writerId: again });
  expect(store.contributors.forget(asker)).toMatchObject({ samples: 0, predictions: 2 });
  expect(store.hands.after(again, 'digits', 0, 9)).toMatchObject([{ labelId: 7 }]);
  expect(store.check()).toEqual([]);
});

it('a block of the writer, the asker or the one who answers keeps nothing', () => {
  for (const blocked of ['writer', 'asker', 'answerer']) {
    const store = scratchStore();
    const people = { writer: person(store, 'aa'), asker: person(store, 'bb'), answerer: person(store, 'cc') };
    store.predictions.save([prediction('p1', people.asker, { author: 'aa' })]);
    const who = people[blocked as keyof typeof people];
    store.moderation.setBlocked(who, true, { who: 'command line', at: 1 });
    expect(store.moderation.isBlocked(Object.values(people))).toBe(true);
    expect(store.moderation.isBlocked(Object.values(people).filter((each) => each !== who))).toBe(false);
    const said = { predictionId: 'p1', kind: 'confirm', labelId: 7, contributorId: people.answerer, at: 1 } as const;
    expect(store.verdicts.save({ ...said, writerId: people.writer })).toEqual({ outcome: 'blocked' });
  }
});
