// The data folder: made for its owner alone, and closed where an older Inkloop left it open.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolderBlobs } from '../src/blobs/folder.ts';
import { OperationalError } from '../src/errors.ts';
import { makeFolder, openDataFolder } from '../src/folder.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const openToOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0;

test('what is made is its owner’s alone', async () => {
  const data = join(scratch(), 'deep', 'data');
  openDataFolder(data);
  openDataFolder(data);
  const blobs = makeFolderBlobs(join(data, 'blobs'));
  const hash = await blobs.put(Buffer.from('somebody’s handwriting'));
  for (const path of [data, join(data, 'blobs'), blobs.fileOf(hash)]) expect(openToOthers(path), path).toBe(false);
});

test('what was open to others is closed at the next start; the folder itself may be shared on purpose', () => {
  const data = scratch();
  mkdirSync(join(data, 'blobs'));
  writeFileSync(join(data, 'secret.key'), 'ab'.repeat(32));
  for (const [name, mode] of [
    ['blobs', 0o755],
    ['secret.key', 0o644],
    ['.', 0o755],
  ] as const)
    chmodSync(join(data, name), mode);
  openDataFolder(data);
  expect(['blobs', 'secret.key', '.'].map((name) => openToOthers(join(data, name)))).toEqual([false, false, true]);
});

test('where nothing can be made it says so at once', async () => {
  expect(() => makeFolder('/proc/inkloop/data')).toThrow('ENOENT');
  expect(() => openDataFolder('/proc/inkloop/data')).toThrow(/Set DATA_DIR/);
  await expect(makeFolderBlobs('/proc/inkloop/blobs').put(Buffer.from('x'))).rejects.toThrow(OperationalError);
});
