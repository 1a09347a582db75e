// A memory of a hand in the cases that nobody plans: another champion in the middle, two people on one account, labels that came later, a
// clock that is set back, a hundred thousand samples, and a model that cannot be asked what it knows. With a real model and a real store.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineMemory } from '../../src/cli/doctor-memory.ts';
import { makeLog } from '../../src/log.ts';
import { makeRandom } from '../../src/random.ts';
import { makeOwnHand } from '../../src/recognition/own-hand.ts';
import { makeAnchorsFor } from '../../src/recognition/version-anchors.ts';
import type { Prediction } from '../../src/recognition/outcomes.ts';
import { confusedChampion, enterConfused, from, GOOD, O, say, send, X } from '../support/duel-world.ts';
import { scratchFolder } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';
import { handwriting } from '../support/tiny.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let folder: string;
let now = Date.now();
beforeEach(async () => {
  folder = scratchFolder();
  now = Date.now();
  world = await openWorld(folder, {}, { now: () => now });
});
afterEach(() => world.app.close());

const ANN = 'ann';
const squares = { squares: true };
const best = ({ candidates: [first] }: Prediction): number | undefined => first?.labelId;
const alone = ({ id, candidates: [first] }: Prediction): number | undefined =>
  world.app.store.predictions.get(id)?.alone?.candidates[0]?.labelId ?? first?.labelId;

/** Sends a photo and says what it shows; hands back how it was read. */
async function teach(drawn: number, seed: number, label = drawn, how: { squares?: boolean } = {}): Promise<Prediction> {
  // Nobody sends a photo a millisecond.
  now += 60_000;
  const prediction = await send(world.app, ANN, drawn, seed, how);
  await say(world.app, ANN, prediction, label);
  return prediction;
}

async function parts(id = 'tiny') {
  const { app } = world;
  await app.champions.refresh(id);
  const [reader, alphabet] = [await app.champions.reader(id), app.alphabets.get(id)];
  if (reader === null || alphabet === undefined) throw new Error('no model');
  return { app, reader, alphabet, ann: from(app, ANN).speaker.contributor.id };
}

test('a champion that is swapped between reading and answer: the memory is made anew of the same samples, the last answer among them', async () => {
  await teach(X, 1);
  const { app } = world;
  const open = await send(app, ANN, X, 2);
  expect(best(open)).toBe(X);
  // This one takes an X for an O.
  const bad = await enterConfused(app);
  const change = { alphabet: 'tiny', expected: GOOD, version: bad.id, reason: 'a mistake', by: 'test', at: now };
  expect(app.store.champions.promote(change)).toBe(true);
  await app.champions.refresh('tiny');
  await say(app, ANN, open, X);
  const next = await send(app, ANN, X, 3);
  expect([next.modelVersion, alone(next), best(next), next.fromHand]).toEqual([bad.id, O, X, true]);
  const { reader, alphabet, ann } = await parts();
  expect((await app.ownHand.of(reader, alphabet, ann))?.answers).toBe(2);
});

test('two people on one account: each hand is read, and where they contradict one another it is not worse than the model', async () => {
  // One writes O as a square, the other as everybody does.
  for (let at = 0; at < 4; at++) {
    await teach(O, at, O, squares);
    await teach(O, at);
    await teach(X, at);
  }
  for (let at = 20; at < 24; at++) {
    now += 60_000;
    expect(best(await send(world.app, ANN, O, at, squares))).toBe(O);
    expect(best(await send(world.app, ANN, O, at))).toBe(O);
    expect(best(await send(world.app, ANN, X, at))).toBe(X);
  }
  // Now one of them means an X by a square, and the other an O. Nobody can read that.
  const errors = { model: 0, said: 0 };
  for (let at = 100; at < 140; at++) {
    const label = at % 2 === 0 ? O : X;
    const prediction = await teach(O, at, label, squares);
    if (alone(prediction) !== label) errors.model++;
    if (best(prediction) !== label) errors.said++;
  }
  // One in ten at most is dearer, since the first of them are still believed.
  expect(errors.said).toBeLessThanOrEqual(errors.model + 4);
});

test('labels that were added to a live alphabet are offered after two samples, and are neither win nor loss of a duel that is open', async () => {
  // Only who works in the background reads a second time.
  await world.app.close();
  world = await openWorld(folder, {}, { background: true });
  const { app } = world;
  await confusedChampion(app, 'challenge');
  const { added } = await app.own.addLabels('tiny', 'Q', 'none');
  const Q = added[0]?.id ?? -1;
  for (let at = 0; at < 4; at++) {
    const prediction = await send(app, ANN, O, at, squares);
    await app.secondReadings();
    expect(prediction.candidates.some(({ labelId, probability }) => labelId === Q && probability > 0)).toBe(at >= 2);
    await say(app, ANN, prediction, Q);
  }
  await app.tick();
  const [duel] = app.store.duels.listOpen('tiny');
  expect(duel).toBeDefined();
  const evidence = app.store.duels.evidence(duel ?? { id: 0, seenThrough: 0 });
  expect(evidence.answers).toMatchObject([{ label: Q }, { label: Q }, { label: Q }, { label: Q }]);
  expect(evidence.answers.some(({ champion, challenger }) => [champion, challenger].includes(Q))).toBe(false);
});

test('a clock that is set back by a year changes nothing: the order of answers is the order in which they came', async () => {
  const year = 365 * 24 * 3_600_000;
  await teach(O, 1, O, squares);
  now -= year;
  const second = await teach(O, 2, O, squares);
  expect(best(await send(world.app, ANN, O, 3, squares))).toBe(O);
  await world.app.recognition.undo({ ...from(world.app, ANN), prediction: second.id });
  const { app, reader, alphabet, ann } = await parts();
  expect((await app.ownHand.of(reader, alphabet, ann))?.answers).toBe(1);
  await world.app.close();
  world = await openWorld(folder, {}, { now: () => now - year });
  await teach(O, 4, O, squares);
  expect(best(await send(world.app, ANN, O, 5, squares))).toBe(O);
});

test('somebody with 100,000 samples: a memory of the newest 400, and an answer adds one', async () => {
  const { app, reader, alphabet } = await parts();
  const { store } = app;
  const keyHash = '1f'.repeat(16);
  const importer = store.contributors.getOrCreate({ keyHash, platform: 'import', at: 0 }).id;
  const first = strokes(1);
  for (let from = 0; from < 100_000; from += 5000) {
    const set = Array.from({ length: 5000 }, (_, at) => {
      // Those that a memory is made of are no copies of one another.
      const glyph = from + at < 99_500 ? Uint8Array.from(first) : strokes((from + at) * 7919);
      new DataView(glyph.buffer, glyph.byteOffset).setUint32(0, from + at);
      return { alphabet: 'tiny', labelId: O, glyph, contributorId: importer, source: 'import', at: 0 };
    });
    store.samples.import(set);
  }
  let asked = 0;
  const counting = {
    ...reader,
    classify: (glyphs: readonly Uint8Array[]) => ((asked += glyphs.length), reader.classify(glyphs)),
  };
  await app.ownHand.waitsFor(reader, alphabet);
  const hand = await app.ownHand.of(counting, alphabet, importer);
  expect([hand?.answers, asked]).toEqual([400, 400]);
  const glyph = strokes(31);
  store.samples.import([{ alphabet: 'tiny', labelId: O, glyph, contributorId: importer, source: 'import', at: 0 }]);
  expect((await app.ownHand.of(counting, alphabet, importer))?.answers).toBe(401);
  expect(asked).toBe(401);
  // What each photo asks of the database walks an index; a scan of all samples takes a hundred times as long.
  const began = process.cpuUsage().user;
  for (let at = 0; at < 100; at++) store.hands.state(importer, 'tiny');
  expect(process.cpuUsage().user - began).toBeLessThan(100_000);
}, 120_000);

test('a model that tells no embedding, and one whose bank is damaged: the model answers alone, and it can be told why', async () => {
  await teach(O, 1, O, squares);
  await teach(O, 2, O, squares);
  const { app, reader, alphabet, ann } = await parts();
  expect(await app.ownHand.waitsFor(reader, alphabet)).toBeNull();
  const older = { ...reader, facts: { ...reader.facts, embedding: 0 } };
  const log = makeLog('silent');
  const handOf = (bank: () => Promise<Uint8Array | null>) => {
    const anchorsFor = makeAnchorsFor({ store: app.store, bank, shipped: () => null, log });
    return makeOwnHand({ store: app.store, anchorsFor, seenThrough: () => 0, log });
  };
  const ownHand = handOf(() => Promise.resolve(null));
  // Anchors of a length that is no more the model's are no anchors.
  expect(await ownHand.waitsFor(older, alphabet)).toBe('an embedding');
  expect(await ownHand.of(older, alphabet, ann)).toBeNull();
  const answers = await reader.classify([handwriting(squares)(O, makeRandom(3, 3))]);
  expect(await ownHand.recall(older, alphabet, ann, answers)).toMatchObject([
    { alone: null, candidates: [{ labelId: X }, {}, {}, {}] },
  ]);
  expect(
    await examineMemory(
      { ...app, ownHand: { ...ownHand, waitsFor: () => ownHand.waitsFor(older, alphabet) } },
      alphabet,
    ),
  ).toMatchObject([
    {
      what: 'memory of hands in tiny',
      ok: false,
      says: expect.stringMatching(/tiny-1 .*retrain --alphabet tiny/) as string,
    },
  ]);
  expect(await examineMemory(app, alphabet)).toEqual([]);
  app.store.hands.keepAnchors(reader.version, 'damaged');
  const damaged = handOf(() => Promise.resolve(Buffer.from('no bank')));
  expect(await damaged.waitsFor(reader, alphabet)).toBe('anchors');
  expect(await damaged.of(reader, alphabet, ann)).toBeNull();
  // The whole app, started anew with such a bank.
  app.store.alphabets.setBank('tiny', await app.blobs.put(Buffer.from('no bank')));
  await app.close();
  world = await openWorld(folder);
  expect(await examineMemory(world.app, alphabet)).toMatchObject([
    { ok: false, says: expect.stringContaining("Is the alphabet's bank whole?") as string },
  ]);
});
