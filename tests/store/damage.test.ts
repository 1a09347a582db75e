// A database that something wrote into is refused before it is used, is noticed while it is used, and nobody but its owner reads it.
import { chmodSync, closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { splitter } from '../../src/dataset/split.ts';
import { messageOf, OperationalError } from '../../src/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';
import { prediction } from '../support/scratch-rows.ts';

const PAGE = 4096;

/** A closed store of some hundred pages. */
function filledStore(file: string): void {
  const store = openStore(file, { splitter });
  const asker = person(store, 'aa');
  for (let count = 0; count < 400; count++) {
    const predictionId = `p${count}`;
    store.predictions.save([prediction(predictionId, asker, { chatKey: 'x'.repeat(1000) })]);
    store.verdicts.save({ predictionId, kind: 'confirm', labelId: count % 10, contributorId: asker, at: count });
  }
  store.close();
}

function damage(file: string, whole: Buffer, seed: number): void {
  const random = makeRandom(seed);
  writeFileSync(file, whole);
  const fd = openSync(file, 'r+');
  for (let count = 0; count < 4; count++) {
    const noise = Buffer.from(Array.from({ length: PAGE }, () => random.below(256)));
    writeSync(fd, noise, 0, PAGE, random.below(whole.length / PAGE) * PAGE);
  }
  closeSync(fd);
}

describe('four damaged pages', () => {
  it('are told with what to do, before anything is read or written', () => {
    const file = join(scratchFolder(), 'inkloop.db');
    filledStore(file);
    const whole = readFileSync(file);
    expect(whole.length / PAGE).toBeGreaterThan(100);
    for (let seed = 1; seed <= 24; seed++) {
      damage(file, whole, seed);
      const before = readFileSync(file);
      let failure: unknown;
      try {
        openStore(file, { splitter, checked: true }).close();
      } catch (error) {
        failure = error;
      }
      expect(failure, `seed ${seed}`).toBeInstanceOf(OperationalError);
      expect(messageOf(failure)).toMatch(/restore (the last|a) backup/);
      expect(readFileSync(file).equals(before)).toBe(true);
    }
    writeFileSync(file, whole);
    openStore(file, { splitter, checked: true }).close();
  });

  it('are noticed beside the work, which goes on', async () => {
    const file = join(scratchFolder(), 'inkloop.db');
    filledStore(file);
    const store = scratchStore(file);
    const asker = person(store, 'aa');
    expect(await store.checkAside()).toBeNull();
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    damage(file, readFileSync(file), 5);
    const said = store.checkAside();
    store.predictions.save([prediction('meanwhile', asker)]);
    expect(await said).toMatch(/is damaged.*restore the last backup/s);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('the owner alone', () => {
  it('reads what is made', async () => {
    const folder = join(scratchFolder(), 'data');
    const file = join(folder, 'inkloop.db');
    const store = scratchStore(file);
    person(store, 'aa');
    const copy = join(folder, 'backups', 'copy.db');
    await store.backup(copy);
    const made = [folder, file, `${file}-wal`, `${file}-shm`, join(folder, 'backups'), copy];
    expect(made.filter((each) => (statSync(each).mode & 0o077) !== 0)).toEqual([]);
  });

  it('reads what an older Inkloop made for everybody', () => {
    const file = join(scratchFolder(), 'inkloop.db');
    const other = openStore(file, { splitter });
    person(other, 'aa');
    const all = [file, `${file}-wal`, `${file}-shm`];
    for (const each of all) chmodSync(each, 0o644);
    scratchStore(file);
    expect(all.every(existsSync)).toBe(true);
    expect(all.filter((each) => (statSync(each).mode & 0o077) !== 0)).toEqual([]);
    other.close();
  });
});

it('says of a folder that a file system does not take, instead of waiting for ever', () => {
  expect(() => openStore('/proc/inkloop/data/inkloop.db', { splitter })).toThrow(/cannot be written/);
});
