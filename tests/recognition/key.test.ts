// The key that people are known by: made once, and missed when it is lost.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKeyOf, replaceKey } from '../../src/recognition/key.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';

function scene() {
  const folder = scratchFolder();
  const store = scratchStore(join(folder, 'inkloop.db'));
  return { folder, store, file: join(folder, 'secret.key') };
}

test('a lost key is not replaced while anybody is known by it', () => {
  const { folder, store, file } = scene();
  openKeyOf(store, folder);
  rmSync(file);
  // Nobody is known yet: another one does as well.
  const key = openKeyOf(store, folder);
  person(store, 'aa');
  expect(openKeyOf(store, folder)).toEqual(key);
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  expect(() => openKeyOf(store, folder)).toThrow(/secret\.key is lost.*Restore .*backup/);
  writeFileSync(file, 'ab'.repeat(32));
  expect(() => openKeyOf(store, folder)).toThrow(/not the key of this database.*Restore .*backup/);
  writeFileSync(file, 'zz');
  expect(() => openKeyOf(store, folder)).toThrow(/damaged.*Restore .*backup/);
  writeFileSync(file, text);
  expect(openKeyOf(store, folder)).toEqual(key);
});

test('a key lost for good can be given up, and only then', () => {
  const { folder, store, file } = scene();
  const key = openKeyOf(store, folder);
  person(store, 'aa');
  expect(() => replaceKey(store, folder)).toThrow(/is the right one/);
  rmSync(file);
  replaceKey(store, folder);
  expect(openKeyOf(store, folder)).not.toEqual(key);
  writeFileSync(file, 'ab'.repeat(32));
  replaceKey(store, folder);
  expect(openKeyOf(store, folder)).toHaveLength(32);
});
