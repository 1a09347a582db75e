// A duel's rows, in SQLite, without photos: which challenger duels, what is evidence, what ends it, and that it ends once.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeLog } from '../../src/log.ts';
import { makeDuelling, type Duelling } from '../../src/runs/duelling.ts';
import { challenge, shownDuels, standing, watch } from '../../src/runs/duels.ts';
import type { Moment } from '../../src/runs/finalise.ts';
import type { Store } from '../../src/store/store.ts';
import { prediction, version } from '../support/scratch-rows.ts';
import { scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

let store: Store;
let moments: Moment[];
let crash: (() => void) | null;
let reachable: boolean;
let loads: boolean;
let now: number;
let people: number;
const [CHAMPION, FIRST, SECOND] = ['digits-1', 'digits-2', 'digits-3'];

beforeEach(() => {
  store = scratchStore();
  moments = [];
  crash = null;
  reachable = true;
  loads = true;
  now = 1_800_000_000_000;
  people = 0;
  for (const letter of ['a', 'b', 'c']) store.versions.add(version({ artifact: letter.repeat(64) }));
  store.champions.promote({ ...change, expected: null, version: CHAMPION });
});
const change = { alphabet: 'digits', reason: 'shipped', by: 'test', at: 0 };
const sides = { alphabet: 'digits', champion: CHAMPION, runId: null, seenThrough: 0 };
const begin = (challenger: string, stored: Parameters<typeof challenge>[1]['stored'] = []): void =>
  store.atomically(() => challenge(store, { ...sides, challenger, stored, at: now }, []));

function duelling(): Duelling {
  return makeDuelling({
    store,
    blobs: { has: () => (reachable ? Promise.resolve(true) : Promise.reject(new Error('away'))) } as unknown as Blobs,
    verify: () => (loads ? Promise.resolve() : Promise.reject(new Error('no model'))),
    announce: (moment) => void moments.push(moment),
    now: () => now,
    crashPoint: (name) => name === 'inside-the-duels-end' && crash?.(),
    twinsOf: () => [],
    log: makeLog('silent'),
  });
}

const person = (operator = false): number =>
  store.contributors.getOrCreate({
    keyHash: String(++people).padStart(32, '0'),
    platform: 'telegram',
    operator,
    at: now,
  }).id;

let photos = 0;
/** Somebody's photo of a 7, as both read it, and what they say it is. */
function answer(who: number, reads: { champion: number; challenger: number }, label = 7): string {
  const [duel] = store.duels.listOpen('digits');
  const id = `photo-${++photos}`;
  store.predictions.save([prediction(id, who, { glyph: strokes(photos * 7919) })]);
  if (duel !== undefined) store.duels.note(duel.id, [{ prediction: id, ...reads }]);
  store.verdicts.save({ predictionId: id, kind: 'correct', labelId: label, contributorId: who, at: now });
  return id;
}
const win = (who: number): string => answer(who, { champion: 1, challenger: 7 });
const loss = (who: number, label = 7): string => answer(who, { champion: label, challenger: 1 }, label);
const times = (many: number, act: () => unknown): void => {
  for (let at = 0; at < many; at++) act();
};
const duel = (id = 1) => store.duels.get(id)!;

describe('which challenger duels', () => {
  it('one at a time; a newer one takes the place of one that has proven nothing, and of no other', () => {
    begin(FIRST);
    const one = person();
    loss(one);
    begin(SECOND);
    expect(duel(1)).toMatchObject({ state: 'stopped', because: 'replaced', standing: { losses: 1 } });
    expect(duel(2)).toMatchObject({ state: 'open', challenger: SECOND });
    times(3, () => win(one));
    begin(FIRST);
    expect(store.duels.list('digits')).toHaveLength(2);
    expect(duel(2).state).toBe('open');
  });

  it('none against a champion that answers no more, nor one that is the champion by another name', () => {
    store.champions.promote({ ...change, expected: CHAMPION, version: SECOND });
    begin(FIRST);
    store.champions.promote({ ...change, expected: SECOND, version: CHAMPION });
    store.versions.add(version({ artifact: 'a'.repeat(64) }));
    begin('digits-4');
    expect(store.duels.list('digits')).toEqual([]);
  });

  it('stored glyphs are evidence once, as long as they are there', () => {
    const one = person();
    const samples = [1, 2, 3].map((at) => {
      const id = win(one);
      return { sample: store.verdicts.get(id)?.sampleId ?? at, champion: 1, challenger: 7 };
    });
    begin(FIRST, samples);
    expect(standing(store, duel(), [])).toMatchObject({ wins: 3, people: 1 });
    store.samples.withdraw(samples[0]?.sample ?? 0, now);
    expect(standing(store, duel(), [])).toMatchObject({ wins: 2 });
  });
});

describe('what is evidence', () => {
  it('an answer whose giver was forgotten, without the trust in whoever sent the photo', () => {
    begin(FIRST);
    const [owner, stranger] = [person(true), person()];
    const id = `photo-${++photos}`;
    store.predictions.save([prediction(id, owner)]);
    store.duels.note(1, [{ prediction: id, champion: 1, challenger: 7 }]);
    store.verdicts.save({ predictionId: id, kind: 'correct', labelId: 7, contributorId: stranger, at: now });
    win(owner);
    const trust = () => store.duels.evidence(duel()).answers.map(({ contributor, trusted }) => [contributor, trusted]);
    const sample = store.verdicts.get(id)?.sampleId ?? 0;
    expect(trust()).toEqual([
      [stranger, false],
      [owner, true],
    ]);
    store.contributors.forget(stranger);
    expect(trust()).toEqual([
      [-owner, false],
      [owner, true],
    ]);
    expect(store.samples.live([sample]).get(sample)).toEqual({ contributor: -owner, trusted: false });
  });

  it('the very same picture from many accounts once', () => {
    begin(FIRST);
    const echo = (who: number): void => {
      const id = `photo-${++photos}`;
      store.predictions.save([prediction(id, who, { glyph: strokes(4711) })]);
      store.duels.note(1, [{ prediction: id, champion: 1, challenger: 7 }]);
      store.verdicts.save({ predictionId: id, kind: 'correct', labelId: 7, contributorId: who, at: now });
    };
    times(12, () => echo(person()));
    expect(standing(store, duel(), [])).toMatchObject({ wins: 1, people: 12, outcome: 'open' });
    // Who is trusted is no echo of anybody.
    echo(person(true));
    expect(standing(store, duel(), [])).toMatchObject({ wins: 2 });
  });

  it('how often people answer is told by questions that all still stand', () => {
    begin(FIRST);
    const one = person();
    const day = 24 * 3_600_000;
    const ask = (createdAt: number): string => {
      const id = `photo-${++photos}`;
      store.predictions.save([prediction(id, one, { createdAt })]);
      store.duels.note(1, [{ prediction: id, champion: 7, challenger: 7 }]);
      return id;
    };
    const confirm = (predictionId: string): unknown =>
      store.verdicts.save({ predictionId, kind: 'confirm', labelId: 7, contributorId: one, at: now });
    for (let at = 0; at < 10; at++) {
      const id = ask(now);
      if (at === 0) confirm(id);
    }
    expect(store.duels.evidence(duel()).asked.agreeing).toEqual({ read: 10, answered: 1 });
    expect(store.duels.evidence(duel()).unanswered).toEqual(new Map([[one, 9]]));
    // Nine of those go unanswered after 90 days.
    const later = now + 100 * day;
    confirm(ask(later));
    ask(later);
    store.predictions.pruneUnanswered({ before: later - 90 * day, upTo: Number.MAX_SAFE_INTEGER });
    expect(store.duels.evidence(duel()).asked.agreeing).toEqual({ read: 2, answered: 1 });
  });
});

describe('how it ends', () => {
  it('once, whoever looks at the same time', async () => {
    begin(FIRST);
    const one = person();
    times(8, () => win(one));
    await Promise.all([duelling().look(), duelling().look(), duelling().look()]);
    expect(store.champions.history('digits', 5).map((each) => each.to)).toEqual([FIRST, CHAMPION]);
    expect(moments).toEqual([
      { kind: 'promoted', alphabet: 'digits', from: CHAMPION, to: FIRST, duel: { id: 1, run: null } },
    ]);
    expect(duel(1)).toMatchObject({ state: 'won', standing: { wins: 8, way: 1 } });
    expect(duel(2)).toMatchObject({ kind: 'watch', champion: FIRST, challenger: CHAMPION, state: 'open' });
  });

  it('whole or not at all: whoever dies inside leaves it open, and the next look ends it', async () => {
    begin(FIRST);
    const one = person();
    times(8, () => win(one));
    crash = () => {
      throw new Error('killed');
    };
    await expect(duelling().look()).rejects.toThrow('killed');
    expect(duel(1)).toMatchObject({ state: 'open', standing: null });
    expect(store.champions.current('digits')).toBe(CHAMPION);
    expect(store.duels.list('digits')).toHaveLength(1);
    crash = null;
    await duelling().look();
    expect(store.champions.current('digits')).toBe(FIRST);
  });

  it('with a challenger that is proven worse', async () => {
    begin(FIRST);
    const one = person();
    times(8, () => loss(one));
    await duelling().look();
    expect(duel()).toMatchObject({ state: 'lost', standing: { losses: 8 } });
    expect(store.champions.current('digits')).toBe(CHAMPION);
    expect(moments).toEqual([]);
  });

  it('not by a better one that reads a label worse', async () => {
    begin(FIRST);
    const operator = person(true);
    times(6, () => loss(operator, 3));
    times(30, () => win(operator));
    expect(standing(store, duel(), []).outcome).toBe('better');
    await duelling().look();
    expect(duel()).toMatchObject({ state: 'stopped', because: 'label-fell' });
    expect(store.champions.current('digits')).toBe(CHAMPION);
  });

  it('with the champion’s place taken by another', async () => {
    begin(FIRST);
    store.champions.promote({ ...change, expected: CHAMPION, version: SECOND });
    await duelling().look();
    expect(duel()).toMatchObject({ state: 'stopped', because: 'overtaken' });
  });

  it('a storage that is away ends nothing; a file that cannot be loaded does', async () => {
    begin(FIRST);
    const one = person();
    times(8, () => win(one));
    [loads, reachable] = [false, false];
    await duelling().look();
    expect(duel().state).toBe('open');
    reachable = true;
    await duelling().look();
    expect(duel()).toMatchObject({ state: 'stopped', because: 'damaged' });
    expect(store.champions.current('digits')).toBe(CHAMPION);
  });

  it('a challenger that learnt from what an operator took back takes nobody’s place', async () => {
    const [one, mallory] = [person(), person()];
    const { sampleId } = store.verdicts.get(win(mallory))!;
    store.snapshots.add(
      { id: 'seen', alphabet: 'digits', blob: null, lastSampleId: sampleId, train: 1, test: 0, createdAt: now },
      [mallory],
    );
    const { run } = store.runs.create({ alphabet: 'digits', requestedBy: 'test', reason: 'asked', at: now });
    const learnt = store.versions.add(
      version({ artifact: 'd'.repeat(64), origin: 'run', runId: run.id, snapshotId: 'seen' }),
    );
    store.atomically(() =>
      challenge(store, { ...sides, runId: run.id, challenger: learnt.id, seenThrough: sampleId, at: now }, []),
    );
    const taken = store.moderation.beginWithdrawal(mallory, { who: 'test', at: now })!;
    store.moderation.withdrawSome(mallory, taken.act, now, 10);
    times(8, () => win(one));
    await duelling().look();
    expect(duel()).toMatchObject({ state: 'stopped', because: 'withdrawn' });
    expect(store.champions.current('digits')).toBe(CHAMPION);
  });
});

describe('after the swap', () => {
  it('what was said before is no evidence for the former champion, and the clock may be set back', async () => {
    const one = person();
    times(8, () => win(one));
    store.champions.promote({ ...change, expected: CHAMPION, version: FIRST });
    store.atomically(() => watch(store, { ...sides, champion: FIRST, challenger: CHAMPION, at: now }, []));
    expect(standing(store, duel(), [])).toMatchObject({ wins: 0 });
    now -= 365 * 24 * 3_600_000;
    times(8, () => win(one));
    await duelling().look();
    expect(store.champions.history('digits', 1)[0]).toMatchObject({ to: CHAMPION, reason: 'rollback', by: 'duel 1' });
    expect(moments).toMatchObject([{ kind: 'rolled-back', from: FIRST, to: CHAMPION }]);
    expect(store.duels.listOpen()).toEqual([]);
  });

  it('a new champion that proves itself is confirmed, and nobody reads beside it any more', async () => {
    store.champions.promote({ ...change, expected: CHAMPION, version: FIRST });
    store.atomically(() => watch(store, { ...sides, champion: FIRST, challenger: CHAMPION, at: now }, []));
    const one = person();
    times(8, () => loss(one));
    await duelling().look();
    expect(duel()).toMatchObject({ kind: 'watch', state: 'lost' });
    expect(shownDuels(store, 'digits', [])).toMatchObject([{ duel: { state: 'lost' }, takenBack: false }]);
  });
});
