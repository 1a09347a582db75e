// A disk that is nearly full: photos are refused with a sentence, answers are saved, operators are told once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDisk } from '../../src/recognition/disk.ts';
import { ann, button, messageOf, openScene, type Scene } from '../support/chat-scene.ts';

let scene: Scene;
beforeEach(() => (scene = openScene()));
afterEach(() => scene.close());

/** A disk of so many megabytes, of which a test says how many are free. */
function diskOf(size: number) {
  let clock = 0;
  let looks = 0;
  const told: number[] = [];
  const room = { free: size };
  const disk = makeDisk({
    folder: '/data',
    roomOf: () => {
      looks += 1;
      return Promise.resolve({ bsize: 4096, blocks: size * 256, bavail: room.free * 256 });
    },
    onNearlyFull: (free) => void told.push(free),
    now: () => clock,
  });
  const is = (free: number): Promise<boolean> => {
    clock += 10_000;
    room.free = free;
    return disk.nearlyFull();
  };
  return { disk, told, is, looks: () => looks };
}

test('a large disk is nearly full below 200 MB, a small one below a twentieth, and well again a little above', async () => {
  const large = diskOf(100_000);
  expect([await large.is(201), await large.is(199), await large.is(220), await large.is(241)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(large.told).toEqual([199]);
  const small = diskOf(100);
  expect([await small.is(6), await small.is(4), await small.is(20)]).toEqual([false, true, false]);
});

test('it is looked at every few seconds only, and says how to mend it', async () => {
  const { disk, is, looks } = diskOf(1000);
  await is(10);
  await Promise.all(Array.from({ length: 100 }, () => disk.nearlyFull()));
  expect(looks()).toBe(1);
  expect(await disk.health()).toEqual({
    state: 'down',
    because: expect.stringMatching(/^10 MB .*\/data.*Make room\.$/),
  });
});

test('where nobody can say how full it is, nothing is refused', async () => {
  const disk = makeDisk({ folder: '/nowhere', roomOf: () => Promise.reject(new Error('no such thing')) });
  expect(await disk.nearlyFull()).toBe(false);
  expect(await makeDisk({ folder: `${process.cwd()}/not there` }).health()).toEqual({ state: 'up' });
});

test('photos are refused with a sentence, a tap on an earlier question is saved', async () => {
  const question = messageOf(await scene.photo(ann));
  scene.diskNearlyFull = true;
  expect(messageOf(await scene.photo(ann)).text).toMatch(/nearly full.*answers are still saved/s);
  expect(scene.store.predictions.lastOf(scene.store.contributors.byId(1)?.id ?? 1)).toBeDefined();
  expect(messageOf(await scene.press(ann, button(question, '✓ 7'))).text).toContain('Saved: 7');
});

test('photos of pictures have a bound of their own, which probes are told, and ink goes on', async () => {
  let taken = 0;
  const room = { bsize: 4096, blocks: 1e6, bavail: 1e6 };
  const bounded = (most: number) =>
    makeDisk({
      folder: '/data',
      roomOf: () => Promise.resolve(room),
      pictures: { taken: () => taken, most: most * 2 ** 20 },
    });
  const disk = bounded(5);
  expect(disk.kindIsFull('picture')).toBe(false);
  expect(await disk.health()).toEqual({ state: 'up' });
  taken = 5 * 2 ** 20;
  expect([disk.kindIsFull('picture'), disk.kindIsFull('ink')]).toEqual([true, false]);
  expect(await disk.health()).toEqual({
    state: 'down',
    because: expect.stringMatching(/take the 5 MB that they may.*PICTURES_MB/),
  });
  expect(bounded(0).kindIsFull('picture')).toBe(false);
  expect(await disk.nearlyFull()).toBe(false);
});

test('whose photo is one too many is told, and answers are saved', async () => {
  const question = messageOf(await scene.photo(ann));
  scene.full = ['ink'];
  expect(messageOf(await scene.photo(ann)).text).toMatch(/no new ones of this kind.*answers are still saved/s);
  expect(messageOf(await scene.press(ann, button(question, '✓ 7'))).text).toContain('Saved: 7');
});
