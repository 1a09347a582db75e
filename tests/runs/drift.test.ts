// The watch on how often people say "right": silent while nothing changes, quick when something does.
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { driftOf, sharesOf, watchDrift } from '../../src/runs/drift.ts';
import { prediction, version } from '../support/scratch-rows.ts';
import { scratchStore } from '../support/scratch.ts';

/** So many answers at this rate, then so many at another. */
function answers(seed: number, usual: number, before: number, rate: number, since: number): boolean[] {
  const random = makeRandom(77, seed);
  return Array.from({ length: before + since }, (_, at) => random.chance(at < before ? usual : rate));
}

describe('drift', () => {
  it('says nothing of a hundred answers, nor of those that go on alike', () => {
    expect(driftOf([])).toBeNull();
    expect(driftOf(answers(1, 0.9, 100, 0.9, 0))).toBeNull();
    expect(driftOf(Array.from({ length: 1000 }, () => true))).toBeNull();
  });

  it.each([0.98, 0.9, 0.75])('a rate of %s that stays is taken for a change in few of a hundred stretches', (rate) => {
    const wrong = Array.from({ length: 100 }, (_, seed) => driftOf(answers(seed, rate, 300, rate, 700)));
    expect(wrong.filter((each) => each !== null).length).toBeLessThanOrEqual(3);
  });

  it('a fall from 95 to 70 % is seen within two hundred answers, and dated to about when it began', () => {
    for (let seed = 0; seed < 30; seed++) {
      const found = driftOf(answers(seed, 0.95, 300, 0.7, 200));
      expect(found, String(seed)).not.toBeNull();
      expect(Math.abs((found?.at ?? 0) - 300)).toBeLessThan(80);
      expect(found?.before).toBeGreaterThan(0.88);
      expect(found?.since).toBeLessThan(0.82);
    }
  });

  it('becoming better is no news', () => {
    for (let seed = 0; seed < 30; seed++) expect(driftOf(answers(seed, 0.75, 300, 0.98, 500))).toBeNull();
  });

  it('shares come in blocks, the newest whole', () => {
    expect(sharesOf([true, true, false, true, false], 2)).toEqual([0.5, 0.5]);
    expect(sharesOf([true], 2)).toEqual([]);
  });

  it('looks at what people of each platform say of the version that answers, and of no other', () => {
    const store = scratchStore();
    for (const letter of ['a', 'b']) store.versions.add(version({ artifact: letter.repeat(64) }));
    const change = { alphabet: 'digits', reason: 'test', by: 'test', at: 0 };
    store.champions.promote({ ...change, expected: null, version: 'digits-1' });
    const who = (platform: string): number =>
      store.contributors.getOrCreate({ keyHash: platform.padEnd(32, '0'), platform, at: 0 }).id;
    const [steady, falling] = [who('discord'), who('telegram')];
    let photos = 0;
    const answer = (contributorId: number, isRight: boolean): void => {
      const id = `photo-${++photos}`;
      store.predictions.save([prediction(id, contributorId)]);
      const kind = isRight ? 'confirm' : 'correct';
      store.verdicts.save({ predictionId: id, kind, labelId: isRight ? 7 : 1, contributorId, at: 0 });
    };
    store.atomically(() => {
      for (let at = 0; at < 400; at++) {
        answer(steady, at % 10 !== 0);
        answer(falling, at < 300 ? at % 10 !== 0 : at % 3 === 0);
      }
    });
    const found: { platform: string; before: number; since: number; shares: number[] }[] = [];
    const look = (): void => watchDrift({ store, drifted: (news) => void found.push(news) }, ['digits', 'latin']);
    look();
    expect(found.map((each) => each.platform)).toEqual(['telegram']);
    expect(found[0]?.before).toBeCloseTo(0.9, 1);
    expect(found[0]?.since).toBeLessThan(0.6);
    expect(found[0]?.shares).toHaveLength(16);
    store.champions.promote({ ...change, expected: 'digits-1', version: 'digits-2' });
    look();
    expect(found).toHaveLength(1);
  });
});
