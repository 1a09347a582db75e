// Blobs in a folder: whole or not there, under their own hash, whatever the disk does.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { OperationalError } from '../../src/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blobs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Of this process, on Linux. */
const OPEN_FILES = '/proc/self/fd';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield Promise.resolve(bytesOf(text));
}
async function everything<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}
async function filesIn(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => each.name);
}

describe('blobs in a folder', () => {
  it('gives back what was put, whole or in pieces, under the SHA-256 of its content', async () => {
    const blobs = makeFolderBlobs(path.join(folder, 'not', 'there', 'yet'));
    const hash = await blobs.put(bytesOf('ink'));
    expect(hash).toBe('b728b7e775f708faf513b988271e39176d3efb8efcb6523124e0592d7c7b4165');
    expect(Buffer.from(await blobs.get(hash)).toString()).toBe('ink');
    expect(await blobs.putStream(pieces('i', 'n', 'k'))).toBe(hash);
    let read = '';
    for await (const piece of blobs.stream(hash)) read += Buffer.from(piece).toString();
    expect(read).toBe('ink');
  });

  it('lists, tells and deletes', async () => {
    const blobs = makeFolderBlobs(folder);
    const [a, b] = [await blobs.put(bytesOf('a')), await blobs.put(bytesOf('b'))];
    expect((await everything(blobs.list())).map(({ hash }) => hash).sort()).toEqual([a, b].sort());
    await blobs.delete(a);
    await blobs.delete(a);
    expect([await blobs.has(a), await blobs.has(b)]).toEqual([false, true]);
    expect(await everything(makeFolderBlobs(path.join(folder, 'none')).list())).toEqual([]);
  });

  it('puts what was damaged back whole', async () => {
    const blobs = makeFolderBlobs(folder);
    const hash = await blobs.put(bytesOf('ink'));
    await writeFile(blobs.fileOf(hash), 'in');
    await blobs.put(bytesOf('ink'));
    expect(Buffer.from(await blobs.get(hash)).toString()).toBe('ink');
  });

  it('many writers of the same blob at once leave one file', async () => {
    const blobs = makeFolderBlobs(folder);
    const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytesOf('same'))));
    expect(new Set(hashes).size).toBe(1);
    expect(await filesIn(folder)).toEqual([hashes[0]]);
  });

  it.skipIf(!existsSync(OPEN_FILES))('keeps nothing open where folders cannot be synced', async () => {
    const any = await open(folder, 'r');
    const handles = Object.getPrototypeOf(any) as typeof any;
    await any.close();
    const { sync } = handles;
    handles.sync = async function (this: typeof any) {
      if ((await this.stat()).isDirectory()) throw new Error('EINVAL');
      return sync.call(this);
    };
    try {
      const before = readdirSync(OPEN_FILES).length;
      for (let i = 0; i < 20; i++) await makeFolderBlobs(folder).put(bytesOf(`ink ${i}`));
      expect(readdirSync(OPEN_FILES).length).toBeLessThan(before + 10);
    } finally {
      handles.sync = sync;
    }
  });

  it('says which blob is missing, damaged or no hash at all', async () => {
    const blobs = makeFolderBlobs(folder);
    const hash = await blobs.put(bytesOf('ink'));
    await writeFile(blobs.fileOf(hash), 'inc');
    await expect(blobs.get(hash)).rejects.toThrow(/damaged/);
    await expect(everything(blobs.stream(hash))).rejects.toThrow(/damaged/);
    await expect(blobs.get(hashOf(bytesOf('other')))).rejects.toThrow(/missing/);
    await expect(blobs.get('../../etc/passwd')).rejects.toBeInstanceOf(OperationalError);
  });

  it('keeps nothing of pieces that break off, and throws what their source threw', async () => {
    const blobs = makeFolderBlobs(folder);
    async function* broken(): AsyncGenerator<Uint8Array, void> {
      yield Promise.resolve(bytesOf('half'));
      throw new Error('the source is gone');
    }
    await expect(blobs.putStream(broken())).rejects.toThrow('the source is gone');
    expect(await filesIn(folder)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)('a full disk is a sentence, and nothing half-written stays', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    try {
      const blobs = makeFolderBlobs(folder);
      const small = await blobs.put(bytesOf('small'));
      await expect(blobs.put(new Uint8Array(200_000))).rejects.toThrow(/full/);
      expect(await filesIn(folder)).toEqual([small]);
      expect(Buffer.from(await blobs.get(small)).toString()).toBe('small');
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});
