// Duels as people live them: photos, answers, a real tiny model that reads along in silence, and a swap at the tap that proves it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeForget } from '../../src/recognition/forget.ts';
import { shownDuels, standing } from '../../src/runs/duels.ts';
import { promoteVersion, rollback } from '../../src/runs/rollback.ts';
import type { App } from '../../src/app/open.ts';
import type { Announcement } from '../../src/records/announcement.ts';
import { confusedChampion, enterConfused, from, GOOD, O, say, send, X } from '../support/duel-world.ts';
import { scratchFolder } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';

let folder: string;
let world: World;
let app: App;
beforeEach(async () => {
  folder = scratchFolder();
  world = await openWorld(folder, { ADMINS: 'telegram:1' }, { background: true });
  ({ app } = world);
  app.begin();
});
afterEach(() => app.close());

const duel = () => app.store.duels.list('tiny')[0]!;
const champion = () => app.store.champions.current('tiny');
const stands = () => standing(app.store, duel(), []);

/** Photos of X, each answered when both have read it, until so many more are wins. */
async function converse(who: string, many: number, seed = 0): Promise<void> {
  const before = won();
  for (let at = 0; won() < before + many && at < 40; at++) {
    const prediction = await send(app, who, X, 1000 * Number(who) + seed + at);
    await app.secondReadings();
    await say(app, who, prediction, X);
  }
}
const won = (): number => standing(app.store, app.store.duels.get(1)!, []).wins;

/** What is to be told, of this kind. */
function told(kind: Announcement['kind']): readonly { readonly to: string | null; readonly payload: Announcement }[] {
  return app.store.outbox
    .claim({ platform: 'telegram', at: Date.now() + 1000, leaseUntil: Date.now() + 1000, limit: 50 })
    .filter((each) => each.kind === kind)
    .flatMap(({ person, address, payload }) =>
      payload === null ? [] : [{ to: person ?? JSON.stringify(address), payload }],
    );
}

describe('a duel', { timeout: 180_000 }, () => {
  it('a challenger that was kept takes over through people’s taps, without a new training', async () => {
    world.teach(16);
    const { run } = app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
    await until(() => app.store.runs.get(run.id)?.finishedAt !== null, 150);
    const kept = app.store.runs.get(run.id);
    expect(kept?.state).toBe('kept');
    expect(duel()).toMatchObject({ kind: 'challenge', champion: GOOD, challenger: kept?.versionId, runId: run.id });

    // Those whose O is a square: the champion reads X.
    for (let at = 0; at < 30 && champion() === GOOD; at++) {
      const who = String(10 + (at % 3));
      const prediction = await send(app, who, O, at, { squares: true });
      await app.secondReadings();
      await say(app, who, prediction, O);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(champion()).toBe(kept?.versionId);
    expect(app.store.champions.history('tiny')[0]).toMatchObject({ by: 'duel 1', from: GOOD });
    expect(app.store.runs.list({ alphabet: 'tiny' })).toHaveLength(1);
    // The former champion goes on reading.
    expect(duel()).toMatchObject({ kind: 'watch', champion: kept?.versionId, challenger: GOOD, state: 'open' });
    expect(told('promoted').map((each) => each.to)).toEqual(['1']);
    await app.champions.refresh('tiny');
    const prediction = await send(app, '10', O, 999, { squares: true });
    expect(prediction).toMatchObject({ modelVersion: kept?.versionId, candidates: [{ labelId: O }, {}, {}, {}] });
  });

  it('a swap that was a mistake is undone by itself, and told to operators and the chats that heard of it', async () => {
    app.store.chats.set('telegram', '77', { announceTo: { chat: 77 } });
    await confusedChampion(app, 'watch');
    await converse('20', 4);
    await converse('21', 4);
    expect(champion()).not.toBe(GOOD);
    const { wins, losses, way } = stands();
    expect({ wins, losses }).toEqual({ wins: 8, losses: 0 });
    expect(way).toBeGreaterThan(0.3);
    for (const who of ['22', '23', '24']) await converse(who, 3);
    await until(() => champion() === GOOD);
    expect(app.store.champions.history('tiny')[0]).toMatchObject({ reason: 'rollback', by: 'duel 1', to: GOOD });
    expect(duel()).toMatchObject({ state: 'won', standing: { losses: 0, way: 1 } });
    expect(new Set(told('rolled-back').map((each) => each.to))).toEqual(new Set(['1', '{"chat":77}']));
    // The evidence stays, and nothing goes back further by itself.
    expect(stands().wins).toBeGreaterThan(8);
    expect(app.store.duels.listOpen('tiny')).toEqual([]);
  });

  it('after a promotion by hand the former champion reads on in silence; when it is better operators are told once, and decide', async () => {
    app.store.chats.set('telegram', '77', { announceTo: { chat: 77 } });
    const bad = await enterConfused(app);
    expect(await promoteVersion(app.tools, bad.id, 'test')).toMatchObject({ outcome: 'moved', from: GOOD });
    await app.champions.refresh('tiny');
    expect(duel()).toMatchObject({ kind: 'watch', advises: true, champion: bad.id, challenger: GOOD, state: 'open' });
    for (const who of ['20', '21', '22', '23', '24']) await converse(who, 4);
    await until(() => duel().state !== 'open');
    expect(duel()).toMatchObject({ state: 'won', standing: { losses: 0, way: 1 } });
    expect(champion()).toBe(bad.id);
    await app.tick();
    expect(told('former-better')).toEqual([
      { to: '1', payload: { kind: 'former-better', alphabet: 'tiny', duel: 1, language: 'en' } },
    ]);
    expect(app.store.duels.listOpen('tiny')).toEqual([]);
    // Going back by hand is a word as well, and nobody watches over it.
    expect(await rollback(app.tools, 'tiny', 'test')).toMatchObject({ outcome: 'moved', to: GOOD });
    expect(app.store.duels.listOpen('tiny')).toEqual([]);
  });

  it('an answer that is taken back is no evidence, and one that is changed is what it says now', async () => {
    await confusedChampion(app, 'challenge');
    await converse('20', 6);
    const prediction = await send(app, '20', X, 77);
    await app.secondReadings();
    await say(app, '20', prediction, X);
    // The seventh win of the only person there is proves it, unless it is taken back before anybody looks.
    await app.recognition.undo({ ...from(app, '20'), prediction: prediction.id });
    await app.tick();
    expect(champion()).not.toBe(GOOD);
    expect(stands()).toMatchObject({ wins: 6, losses: 0 });
    await say(app, '20', prediction, O);
    await app.tick();
    expect(stands()).toMatchObject({ wins: 6, losses: 1 });
    expect(duel().state).toBe('open');
    await converse('20', 4, 500);
    await until(() => champion() === GOOD);
  });

  it('one photo counts once, however often it is sent', async () => {
    await confusedChampion(app, 'challenge');
    for (let at = 0; at < 10; at++) {
      const prediction = await send(app, '20', X, 5);
      await app.secondReadings();
      await say(app, '20', prediction, X);
    }
    expect(stands()).toMatchObject({ wins: 1, losses: 0 });
  });

  it('a damaged challenger ends its duel with a reason, and harms nobody', async () => {
    await confusedChampion(app, 'challenge');
    const { artifact } = app.store.versions.get(GOOD)!;
    writeFileSync(fileOf(artifact), Buffer.from('no model'));
    const prediction = await send(app, '20', X, 1);
    expect(prediction.candidates[0]?.labelId).toBe(O);
    await app.secondReadings();
    await until(() => duel().state === 'stopped');
    expect(duel()).toMatchObject({ because: 'damaged' });
    await say(app, '20', prediction, X);
    expect(champion()).toBe('tiny-2');
  });

  it('one that is damaged when it has proven itself stays where it is', async () => {
    await confusedChampion(app, 'challenge');
    await converse('20', 6);
    const prediction = await send(app, '20', X, 77);
    await app.secondReadings();
    writeFileSync(fileOf(app.store.versions.get(GOOD)!.artifact), Buffer.from('no model'));
    await say(app, '20', prediction, X);
    await until(() => duel().state === 'stopped');
    expect(duel()).toMatchObject({ because: 'damaged', standing: { wins: 7 } });
    expect(champion()).toBe('tiny-2');
  });

  it('who is forgotten takes their evidence along; the decision stays and says so', async () => {
    await confusedChampion(app, 'challenge');
    const forget = makeForget(app);
    await converse('20', 5);
    expect(stands()).toMatchObject({ wins: 5, people: 1 });
    await forget(from(app, '20').speaker.contributor.id);
    expect(stands()).toMatchObject({ wins: 0, people: 0, way: 0 });

    await converse('21', 7);
    await until(() => champion() === GOOD);
    expect(shownDuels(app.store, 'tiny', []).at(-1)).toMatchObject({ takenBack: false, now: { wins: 7 } });
    await forget(from(app, '21').speaker.contributor.id);
    expect(champion()).toBe(GOOD);
    expect(shownDuels(app.store, 'tiny', []).at(-1)).toMatchObject({ takenBack: true, now: { wins: 7, people: 1 } });
  });

  it('a champion that is swapped between reading and answer: what the one before said is nobody’s evidence', async () => {
    await confusedChampion(app, 'challenge');
    await converse('20', 3);
    const prediction = await send(app, '20', X, 88);
    await app.secondReadings();
    expect(await promoteVersion(app.tools, GOOD, 'test')).toMatchObject({ outcome: 'moved' });
    await say(app, '20', prediction, X);
    await app.tick();
    expect(app.store.duels.get(1)).toMatchObject({ state: 'stopped', because: 'overtaken' });
    expect(champion()).toBe(GOOD);
    // And what the former one said a moment ago is not compared with what another says now: it begins from nothing.
    const [watch] = app.store.duels.listOpen('tiny');
    expect(watch).toMatchObject({ kind: 'watch', advises: true, champion: GOOD });
    expect(app.store.duels.evidence(watch ?? { id: 0, seenThrough: 0 }).answers).toEqual([]);
  });

  it('goes on where it stood after a restart', async () => {
    await confusedChampion(app, 'challenge');
    await converse('20', 6);
    await app.close();
    world = await openWorld(folder, { ADMINS: 'telegram:1' }, { background: true });
    ({ app } = world);
    app.begin();
    expect(stands()).toMatchObject({ wins: 6 });
    await converse('20', 1, 900);
    await until(() => champion() === GOOD);
  });
});

/** Where the blob of this hash lies. */
const fileOf = (hash: string): string => path.join(folder, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash);
