// A person's own samples and the next answer, with a real model and a real store: what a tap changes, and what takes it back.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeLog } from '../../src/log.ts';
import { makeRandom } from '../../src/random.ts';
import { makeForget } from '../../src/recognition/forget.ts';
import { makeOwnHand, type OwnHand } from '../../src/recognition/own-hand.ts';
import { makeAnchorsFor } from '../../src/recognition/version-anchors.ts';
import type { Store } from '../../src/store/store.ts';
import type { Prediction } from '../../src/recognition/outcomes.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { greyPng } from '../../src/report/png.ts';
import { agreed } from '../support/agreed.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { openWorld, type World } from '../support/world.ts';

const ann: Person = { platform: 'web', id: 'ann' };
const bob: Person = { platform: 'web', id: 'bob' };
const chat: Chat = { id: 'a chat', kind: 'private', isChatAdmin: () => Promise.resolve(false) };
const [O, X] = [1, 3];
const squares = handwriting({ squares: true });

let world: World;
let folder: string;
beforeEach(async () => {
  folder = scratchFolder();
  world = await openWorld(folder);
  misread = [];
  for (let seed = 0; misread.length < 12; seed++) {
    const bytes = photo(seed);
    if (best(await read(bob, bytes)) === X) misread.push(bytes);
  }
});
afterEach(() => world.app.close());

/** Photos of squares that the model reads as an X: no two are alike. */
let misread: Uint8Array[] = [];

/** A square as a photo: dark on light, with a margin. */
function photo(seed: number): Uint8Array {
  const glyph = squares(O, makeRandom(99, seed));
  const [side, margin] = [40, 30];
  const width = 2 * side + 2 * margin;
  const pixels = new Uint8Array(width * width).fill(235);
  for (let y = 0; y < 2 * side; y++)
    for (let x = 0; x < 2 * side; x++)
      pixels[(y + margin) * width + x + margin] = 235 - 0.85 * (glyph[(y >> 1) * side + (x >> 1)] ?? 0);
  return greyPng(pixels, width, width);
}

async function read(person: Person, bytes = misread.pop(), author?: string): Promise<Prediction> {
  if (bytes === undefined) throw new Error('no photo is left');
  const speaker = agreed(world.app, person);
  const request = { bytes, speaker, chat, address: {}, alphabet: 'tiny', ...(author !== undefined && { author }) };
  const read = await world.app.recognition.recognise(request);
  if (read.outcome !== 'predictions') throw new Error(read.outcome);
  return read.predictions[0];
}

async function correct(person: Person, { id }: Prediction, label = O): Promise<void> {
  const speaker = world.app.people.meet(person);
  const verdict = { kind: 'label', label: { id: label } } as const;
  const answered = await world.app.recognition.answer({ prediction: id, verdict, speaker, chat });
  expect(answered.outcome).toBe('saved');
}

const best = ({ candidates: [first] }: Prediction): number | undefined => first?.labelId;

test('two corrections, and the third is read right; nobody else’s answer changes', async () => {
  const [first, second] = [await read(ann), await read(ann)];
  expect([best(first), best(second)]).toEqual([X, X]);
  expect(first.fromHand).toBeUndefined();
  await correct(ann, first);
  await correct(ann, second);
  const third = await read(ann);
  expect(best(third)).toBe(O);
  expect(third.fromHand).toBe(true);
  const { store } = world.app;
  expect(store.predictions.get(third.id)?.alone?.candidates[0]?.labelId).toBe(X);
  expect(store.predictions.get(first.id)?.alone).toBeNull();
  expect(best(await read(bob))).toBe(X);
});

test('taken back, switched off or forgotten, it is the champion alone again', async () => {
  const { app } = world;
  const speaker = app.people.meet(ann);
  const asked = [await read(ann), await read(ann), await read(ann)];
  for (const each of asked) await correct(ann, each);
  expect(best(await read(ann))).toBe(O);
  app.store.hands.setOn(speaker.contributor.id, false);
  const off = await read(ann);
  expect([best(off), off.fromHand]).toEqual([X, undefined]);
  app.store.hands.setOn(speaker.contributor.id, true);
  expect(best(await read(ann))).toBe(O);
  for (const { id } of asked) await app.recognition.undo({ prediction: id, speaker, chat });
  const undone = await read(ann);
  expect([best(undone), undone.fromHand]).toEqual([X, undefined]);
  await correct(ann, undone);
  await correct(ann, await read(ann));
  expect(best(await read(ann))).toBe(O);
  await makeForget({ store: app.store, blobs: app.blobs })(speaker.contributor.id);
  expect(best(await read(ann))).toBe(X);
});

test('a memory grown tap by tap is the memory made anew after a restart', async () => {
  const { app } = world;
  for (let i = 0; i < 3; i++) await correct(ann, await read(ann));
  const { contributor } = app.people.meet(ann);
  const reader = await app.champions.reader('tiny');
  const alphabet = app.alphabets.get('tiny');
  if (reader === null || alphabet === undefined) throw new Error('no model');
  const grown = await app.ownHand.of(reader, alphabet, contributor.id);
  const [{ seen } = { seen: null }] = await reader.classify([squares(O, makeRandom(5, 5))]);
  if (grown === null || seen === null) throw new Error('no memory');
  const before = grown.say(seen);
  await app.close();
  world = await openWorld(folder);
  const again = await world.app.champions.reader('tiny');
  const made = again && (await world.app.ownHand.of(again, alphabet, contributor.id));
  expect(made?.answers).toBe(3);
  expect(made?.say(seen)).toEqual(before);
});

async function tiny() {
  const { app } = world;
  const reader = await app.champions.reader('tiny');
  const alphabet = app.alphabets.get('tiny');
  if (reader === null || alphabet === undefined) throw new Error('no model');
  return { reader, alphabet, id: app.people.meet(ann).contributor.id };
}

test('an answer that was given instead of a wrong one counts, though it is of the same picture', async () => {
  const { app } = world;
  const speaker = app.people.meet(ann);
  for (const each of [await read(ann), await read(ann)]) {
    await correct(ann, each, X);
    await app.recognition.undo({ prediction: each.id, speaker, chat });
    await correct(ann, each);
  }
  const { reader, alphabet, id } = await tiny();
  expect((await app.ownHand.of(reader, alphabet, id))?.answers).toBe(2);
  expect(best(await read(ann))).toBe(O);
  // The same picture a second time is no second answer, whichever of its answers was taken back.
  const [bytes] = misread;
  const again = [await read(ann, bytes), await read(ann, bytes), await read(ann, bytes)];
  for (const each of again) await correct(ann, each);
  await app.recognition.undo({ prediction: again[0]?.id ?? '', speaker, chat });
  expect((await app.ownHand.of(reader, alphabet, id))?.answers).toBe(3);
});

test('an answer that comes while a memory is being made counts once', async () => {
  const [first, second] = [await read(ann), await read(ann)];
  await correct(ann, first);
  const { reader, alphabet, id } = await tiny();
  const making = world.app.ownHand.of(reader, alphabet, id);
  await correct(ann, second);
  await making;
  expect((await world.app.ownHand.of(reader, alphabet, id))?.answers).toBe(2);
});

test('what others say of somebody’s pictures in a group changes nobody’s hand', async () => {
  const { store } = world.app;
  store.chats.set(ann.platform, 'club', { whoMayAnswer: 'anyone' });
  const club = { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(false) };
  const verdict = { kind: 'label', label: { id: O } } as const;
  const inClub = async (): Promise<Prediction> => {
    const bytes = misread.pop();
    if (bytes === undefined) throw new Error('no photo is left');
    const request = { bytes, speaker: agreed(world.app, ann), chat: club, address: {}, alphabet: 'tiny' };
    const read = await world.app.recognition.recognise(request);
    if (read.outcome !== 'predictions') throw new Error(read.outcome);
    return read.predictions[0];
  };
  for (let i = 0; i < 3; i++) {
    const { id: prediction } = await inClub();
    const by = agreed(world.app, bob);
    const answered = await world.app.recognition.answer({ prediction, verdict, speaker: by, chat: club });
    expect(answered.outcome).toBe('saved');
  }
  expect(best(await read(ann))).toBe(X);
  expect(best(await read(bob))).toBe(X);
});

test('what somebody asks about another’s picture is not their own hand', async () => {
  for (let i = 0; i < 2; i++) await correct(ann, await read(ann, misread.pop(), bob.id));
  expect(best(await read(ann))).toBe(X);
  for (let i = 0; i < 2; i++) await correct(ann, await read(ann));
  const own = await read(ann);
  expect([best(own), own.fromHand]).toEqual([O, true]);
  const others = await read(ann, misread.pop(), bob.id);
  expect([best(others), others.fromHand]).toEqual([X, undefined]);
  // Nor does it become so when that person is forgotten.
  const { reader, alphabet, id } = await tiny();
  await makeForget({ store: world.app.store, blobs: world.app.blobs })(world.app.people.meet(bob).contributor.id);
  await correct(ann, own);
  expect((await world.app.ownHand.of(reader, alphabet, id))?.answers).toBe(3);
});

/** Of a version that came without anchors, in an alphabet with this bank. */
function handOf(store: Store, bank: () => Promise<Uint8Array | null>): OwnHand {
  const log = makeLog('silent');
  const anchorsFor = makeAnchorsFor({ store, bank, shipped: () => null, log });
  return makeOwnHand({ store, anchorsFor, seenThrough: () => 0, log });
}

test('what was made of people’s samples goes with them, and is made again', async () => {
  const { store, blobs } = world.app;
  world.teach(40);
  const teacher = store.contributors.byKeyHash('ab'.repeat(16));
  await correct(ann, await read(ann));
  const { reader, alphabet, id } = await tiny();
  const ownHand = handOf(store, () => Promise.resolve(null));
  expect(await ownHand.of(reader, alphabet, id)).not.toBeNull();
  const before = store.hands.anchors(reader.version);
  expect(before).toBeDefined();
  await makeForget({ store, blobs })(teacher?.id ?? 0);
  expect(store.hands.anchors(reader.version)).toBeUndefined();
  expect(await ownHand.of(reader, alphabet, id)).not.toBeNull();
  const after = store.hands.anchors(reader.version);
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
});

test('a bank that is away for a moment takes no memory for good', async () => {
  const { store } = world.app;
  await correct(ann, await read(ann));
  const { reader, alphabet, id } = await tiny();
  let isAway = true;
  const ownHand = handOf(store, () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(null)));
  expect(await ownHand.of(reader, alphabet, id)).toBeNull();
  isAway = false;
  const later = performance.now() + 61_000;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
  const known = await ownHand.of(reader, alphabet, id);
  clock.mockRestore();
  expect(known?.answers).toBe(1);
});
