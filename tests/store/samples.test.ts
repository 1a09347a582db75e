import * as fc from '../support/properties.ts';
import { expect, it } from 'vitest';
import { pack, unpack } from '../../src/store/packed.ts';
import { person, scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

const sample = (seed: number, contributorId: number, more: object = {}) => ({
  alphabet: 'digits',
  labelId: seed % 10,
  glyph: strokes(seed),
  contributorId,
  source: 'import',
  at: seed,
  ...more,
});

it('packs glyphs without loss, to a fraction of their size', () => {
  const byte = fc.oneof(fc.constant(0), fc.constant(255), fc.nat(255));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.array(byte), (a, b) => {
      expect(unpack(pack(a))).toEqual(a);
      expect(unpack(pack(Uint8Array.from(b)))).toEqual(Uint8Array.from(b));
    }),
  );
  expect(pack(new Uint8Array(1600).fill(255)).length).toBeLessThan(20);
  expect(pack(strokes(1)).length).toBeLessThan(800);
});

it('imports the same set twice without doubling it, and walks it in pages', () => {
  const store = scratchStore();
  const importer = person(store, 'cc', { platform: 'import' });
  const set = Array.from({ length: 2500 }, (_, seed) => sample(seed, importer));
  expect(store.samples.import(set)).toEqual({ added: 2500, present: 0 });
  expect(store.samples.import(set.slice(0, 100))).toEqual({ added: 0, present: 100 });
  // Another label for the same glyph is another sample; a withdrawn one may come back.
  expect(store.samples.import([sample(1, importer, { labelId: 9 })])).toEqual({ added: 1, present: 0 });
  const ids = [...store.samples.iterate({ alphabet: 'digits' })].map((each) => each.id);
  expect(ids).toHaveLength(2501);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  const tests = [...store.samples.iterate({ alphabet: 'digits', split: 'test' })];
  expect(store.samples.newest({ alphabet: 'digits', split: 'test' }, 40)).toEqual(tests.slice(-40));
  expect(store.samples.newest({ alphabet: 'latin' }, 40)).toEqual([]);
  expect(store.samples.withdraw(ids[0]!, 5)).toBe(true);
  expect(store.samples.withdraw(ids[0]!, 6)).toBe(false);
  expect(store.samples.import(set.slice(0, 1))).toEqual({ added: 1, present: 0 });
  expect(store.samples.count({ alphabet: 'digits', includeWithdrawn: true })).toBe(2502);

  const { train, test, labels } = store.stats.ofAlphabet('digits');
  expect(train).toBe(store.samples.count({ alphabet: 'digits', split: 'train' }));
  expect(test).toBe(store.samples.count({ alphabet: 'digits', split: 'test' }));
  expect(store.stats.counts('digits')).toEqual({ train, test });
  for (const label of labels) {
    const count = store.samples.count({ alphabet: 'digits', labelId: label.labelId });
    expect(label.train + label.test).toBe(count);
    expect(label.test / count).toBeCloseTo(0.2, 1);
  }
  expect(store.stats.newSince('digits', ids[2400]!)).toBe(101);
  expect(store.stats.alphabets()).toEqual(['digits']);
});

it('sends a copy of a photo where the first went, but only the same person’s, and never by way of a copy', () => {
  const store = scratchStore();
  const [ann, bob] = [person(store, 'aa'), person(store, 'bb')];
  const noisy = (seed: number, strength: number): Uint8Array =>
    strokes(seed).map((ink, at) => (ink > 0 && ink < 255 ? Math.max(1, ink - ((at * 7 + seed) % strength)) : ink));
  const firsts = Array.from({ length: 60 }, (_, seed) => sample(seed, ann));
  store.samples.import(firsts);
  store.samples.import(firsts.map((first, seed) => ({ ...first, glyph: noisy(seed, 9), labelId: 3 })));
  store.samples.import(firsts.map((first, seed) => ({ ...first, glyph: noisy(seed, 9), contributorId: bob })));
  const all = [...store.samples.iterate({ alphabet: 'digits' })];
  for (let i = 0; i < 60; i++) {
    expect(all[60 + i]).toMatchObject({ duplicateOf: all[i]!.id, split: all[i]!.split });
    expect(all[120 + i]).toMatchObject({ duplicateOf: null });
  }
  // A drift in small steps: each is like the one before, and is no copy once it is unlike the first.
  const drift = person(store, 'dd');
  const steps = Array.from({ length: 40 }, (_, step) => {
    const glyph = strokes(500).map((ink) => (ink === 255 ? 255 - step * 6 : ink));
    return sample(500, drift, { glyph });
  });
  store.samples.import(steps);
  const drifted = [...store.samples.iterate({ alphabet: 'digits', contributorId: drift })];
  const originals = new Set(drifted.filter((each) => each.duplicateOf === null).map((each) => each.id));
  expect(originals.size).toBeGreaterThan(1);
  for (const each of drifted) if (each.duplicateOf !== null) expect(originals).toContain(each.duplicateOf);
});

it('makes one newcomer in ten test-only once ten people teach, but no operator and no import', () => {
  const store = scratchStore();
  const teach = (keyHash: string, more: { platform?: string; operator?: boolean } = {}) => {
    const id = person(store, keyHash, more);
    store.samples.import(Array.from({ length: 3 }, (_, seed) => sample(id * 100 + seed, id)));
    return store.contributors.byId(id)!;
  };
  const names = Array.from({ length: 150 }, (_, index) => index.toString(16).padStart(4, '0'));
  const people = names.map((name) => teach(name));
  expect(people.slice(0, 10).some((each) => each.testOnly !== false)).toBe(false);
  const only = people.filter((each) => each.testOnly);
  expect(only.length).toBeGreaterThan(5);
  expect(only.length).toBeLessThan(30);
  for (const { id } of only) {
    expect([...store.samples.iterate({ alphabet: 'digits', contributorId: id })].map((each) => each.split)).toEqual([
      'test',
      'test',
      'test',
    ]);
  }
  const exempt = names
    .slice(0, 40)
    .flatMap((name) => [
      teach(`operator ${name}`, { operator: true }),
      teach(`import ${name}`, { platform: 'import' }),
    ]);
  expect(exempt.every((each) => each.testOnly === false)).toBe(true);
});
