// What photos take is counted as they come and go, and a label that changes takes its counters along.
import { expect, test } from 'vitest';
import { person, scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

const spec = (id: string, kind: 'ink' | 'picture') =>
  ({ id, title: id, kind, rows: [['a', 'b']], ...(kind === 'picture' && { backbone: '0'.repeat(64) }) }) as const;
/** As long as a photo, and as hard to pack. */
const photo = (seed: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at === 0 ? 0xff : at === 1 ? 0xd8 : (at * 7919 + seed * 104_729) % 251));

test('photos of picture alphabets are counted, ink is not, and what is removed is given back', () => {
  const store = scratchStore();
  const who = person(store, 'aa');
  store.alphabets.save(spec('pets', 'picture'), 1);
  store.alphabets.save(spec('own', 'ink'), 1);
  const keep = (alphabet: string, labelId: number, glyph: Uint8Array) =>
    store.samples.import([{ alphabet, labelId, glyph, contributorId: who, source: 'import', at: 1 }]);
  expect(store.pictureBytes()).toBe(0);
  keep('pets', 0, photo(1, 5000));
  const one = store.pictureBytes();
  expect(one).toBeGreaterThan(1000);
  keep('own', 0, strokes(1));
  keep('digits', 0, strokes(2));
  expect(store.pictureBytes()).toBe(one);
  keep('pets', 1, photo(2, 9000));
  expect(store.pictureBytes()).toBeGreaterThan(one);
});

test('samples that get another label are counted there, withdrawn ones nowhere', () => {
  const store = scratchStore();
  const who = person(store, 'aa');
  const set = Array.from({ length: 30 }, (_, seed) => ({
    alphabet: 'digits',
    labelId: seed % 3,
    glyph: strokes(seed),
    contributorId: who,
    source: 'import',
    at: seed,
  }));
  store.samples.import(set);
  const of = (labelId: number) => [...store.samples.iterate({ alphabet: 'digits', labelId })];
  const [first] = of(0);
  store.samples.withdraw(first?.id ?? 0, 1);
  const splits = new Map(of(0).map(({ id, split }) => [id, split]));
  expect(store.samples.relabel({ alphabet: 'digits', from: 0, to: 1 })).toBe(9);
  for (const { id, split } of of(1)) expect(split).toBe(splits.get(id) ?? split);
  for (const labelId of [0, 1, 2]) {
    const counted = store.stats.ofAlphabet('digits').labels.find((each) => each.labelId === labelId);
    expect((counted?.train ?? 0) + (counted?.test ?? 0)).toBe(of(labelId).length);
  }
  expect([of(0).length, of(1).length]).toEqual([0, 19]);
  const [one] = of(2);
  expect(store.samples.relabel({ alphabet: 'digits', from: 2, to: 7, ids: [one?.id ?? 0, first?.id ?? 0, 999] })).toBe(
    1,
  );
  expect(of(7).map(({ id }) => id)).toEqual([one?.id]);
  expect(store.stats.counts('digits')).toEqual({
    train: store.samples.count({ alphabet: 'digits', split: 'train' }),
    test: store.samples.count({ alphabet: 'digits', split: 'test' }),
  });
});

test('what somebody gave to another alphabet is no copy here, given twice to one it is', () => {
  const store = scratchStore();
  const who = person(store, 'aa');
  const give = (alphabet: string, labelId: number, glyph: Uint8Array) =>
    store.samples.import([{ alphabet, labelId, glyph, contributorId: who, source: 'import', at: 1 }]);
  give('pets', 0, photo(3, 4000));
  give('dogs', 0, photo(3, 4000));
  give('dogs', 1, photo(3, 4000));
  give('digits', 0, strokes(1));
  give(
    'latin',
    0,
    strokes(1).map((level) => (level > 250 ? level - 1 : level)),
  );
  const of = (alphabet: string) => [...store.samples.iterate({ alphabet })].map(({ duplicateOf }) => duplicateOf);
  const [first] = [...store.samples.iterate({ alphabet: 'dogs' })];
  expect([of('pets'), of('dogs'), of('latin')]).toEqual([[null], [null, first?.id], [null]]);
});
