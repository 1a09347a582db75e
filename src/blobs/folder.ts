// Blobs in a folder: two levels of fan-out, each file written beside its place, synced and renamed into it, so that a
// reader sees a whole blob or none, whatever is killed or however full the disk is.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isOutOfFiles, messageOf, OperationalError, TOO_MANY_FILES } from '../errors.ts';
import { makeFolder, OWNER_FILE } from '../folder.ts';
import { checked, damaged, hashOf, isHash, type Blobs } from './blobs.ts';

interface FolderBlobs extends Blobs {
  /** Where a blob lies, or would. */
  fileOf(hash: string): string;
}

/** Blobs under this folder, which is made at the first put. Several processes may share it. */
export function makeFolderBlobs(folder: string): FolderBlobs {
  const placeOf = (hash: string): string => {
    if (!isHash(hash)) throw new OperationalError(`${hash.slice(0, 80)} is not the hash of a blob.`);
    return path.join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };

  async function* readPieces(place: string, hash: string): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const piece of createReadStream(place)) yield piece as Uint8Array;
    } catch (cause) {
      throw readFailure(folder, hash, cause);
    }
  }

  /** Beside its place first, under its name only when it is whole and on the disk. */
  async function write(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
    const temporary = path.join(folder, `.${randomUUID()}`);
    try {
      makeFolder(folder);
      const sum = createHash('sha256');
      const file = await open(temporary, 'wx', OWNER_FILE);
      try {
        for await (const piece of pieces) {
          sum.update(piece);
          await file.appendFile(piece);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      const hash = sum.digest('hex');
      const place = placeOf(hash);
      makeFolder(path.dirname(place));
      await rename(temporary, place);
      await syncFolder(path.dirname(place));
      return hash;
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw writeFailure(folder, cause);
    }
  }

  const isWhole = (hash: string): Promise<boolean> =>
    readFile(placeOf(hash)).then(
      (bytes) => hashOf(bytes) === hash,
      () => false,
    );

  return {
    async put(bytes) {
      const hash = hashOf(bytes);
      // As young as a new one: nothing may think that nobody has wanted it for long. What was damaged is mended.
      if (!(await isWhole(hash)) || !(await touched(placeOf(hash)))) await write([bytes]);
      return hash;
    },

    putStream: write,

    fileOf: placeOf,

    async get(hash) {
      const bytes = await readFile(placeOf(hash)).catch((cause: unknown) => {
        throw readFailure(folder, hash, cause);
      });
      if (hashOf(bytes) !== hash) throw damaged(hash, folder);
      return bytes;
    },

    stream: (hash) => checked(hash, readPieces(placeOf(hash), hash), folder),

    has: async (hash) => exists(placeOf(hash)),

    async delete(hash) {
      await rm(placeOf(hash), { force: true });
    },

    async *list() {
      for (const first of await namesIn(folder))
        for (const second of await namesIn(path.join(folder, first)))
          for (const name of await namesIn(path.join(folder, first, second))) {
            // Deleted since its name was read: then there is nothing to tell of.
            const found = isHash(name) ? await statIf(placeOf(name)) : null;
            if (found !== null) yield { hash: name, ...found };
          }
    },

    async dropHalfWritten(before) {
      for (const name of await namesIn(folder)) {
        const place = path.join(folder, name);
        if (name.startsWith('.') && ((await statIf(place))?.putAt ?? before) < before) await rm(place, { force: true });
      }
    },
  };
}

async function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}

/** Whether there was a file to make young again. */
async function touched(place: string): Promise<boolean> {
  const now = new Date();
  return utimes(place, now, now).then(
    () => true,
    // Not ours to touch, but there.
    () => exists(place),
  );
}

async function statIf(place: string): Promise<{ readonly bytes: number; readonly putAt: number } | null> {
  try {
    const { size, mtimeMs } = await stat(place);
    return { bytes: size, putAt: mtimeMs };
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null;
    throw new OperationalError(`${place} cannot be looked at: ${messageOf(cause)}.`, { cause });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new OperationalError(`The folder ${folder} cannot be listed: ${messageOf(cause)}.`, { cause });
  }
}

/** The rename itself must survive a power cut; not every file system lets a folder be synced, and then it is not needed. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function readFailure(folder: string, hash: string, cause: unknown): OperationalError {
  if (isOutOfFiles(cause)) return new OperationalError(TOO_MANY_FILES, { cause });
  return new OperationalError(
    codeOf(cause) === 'ENOENT'
      ? `The blob ${hash} is missing in ${folder}. Restore the folder from a backup.`
      : `The blob ${hash} in ${folder} cannot be read: ${messageOf(cause)}.`,
    { cause },
  );
}

function writeFailure(folder: string, cause: unknown): Error {
  // What the pieces' own source threw is not the disk's fault.
  if (cause instanceof Error && !('code' in cause)) return cause;
  if (isOutOfFiles(cause)) return new OperationalError(TOO_MANY_FILES, { cause });
  const code = codeOf(cause);
  const sentence =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `The disk that holds ${folder} is full. Free some space; nothing half-written was kept.`
      : ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST'].includes(code)
        ? `The folder ${folder} cannot be written. Is it a folder, and may this user write there?`
        : `Writing to ${folder} failed: ${messageOf(cause)}.`;
  return new OperationalError(sentence, { cause });
}
