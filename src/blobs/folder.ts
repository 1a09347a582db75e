// Blobs in a folder: two levels of fan-out, each file written beside its place, synced and renamed into it, so that a
// reader sees a whole blob or none, whatever is killed or however full the disk is.
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, OperationalError } from '../errors.ts';
import { checkHash, hashOf, isHash, type Blobs } from './blobs.ts';

export interface FolderBlobs extends Blobs {
  /** Where a blob lies, or would. */
  fileOf(hash: string): string;
}

/** Blobs under this folder, which is made at the first put. Several processes may share it. */
export function makeFolderBlobs(folder: string): FolderBlobs {
  const placeOf = (hash: string): string => {
    if (!isHash(hash)) throw new OperationalError(`${hash.slice(0, 80)} is not the hash of a blob.`);
    return path.join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };

  return {
    async put(bytes) {
      const hash = hashOf(bytes);
      const place = placeOf(hash);
      if (await exists(place)) return hash;
      const temporary = path.join(path.dirname(place), `.${hash.slice(0, 8)}-${randomUUID()}`);
      try {
        await mkdir(path.dirname(place), { recursive: true });
        const file = await open(temporary, 'wx');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, place);
        await syncFolder(path.dirname(place));
      } catch (cause) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw writeFailure(folder, cause);
      }
      return hash;
    },

    fileOf: placeOf,

    async get(hash) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(placeOf(hash));
      } catch (cause) {
        if (cause instanceof OperationalError) throw cause;
        throw new OperationalError(
          codeOf(cause) === 'ENOENT'
            ? `The blob ${hash} is missing in ${folder}. Restore the folder from a backup.`
            : `The blob ${hash} in ${folder} cannot be read: ${messageOf(cause)}.`,
          { cause },
        );
      }
      checkHash(hash, bytes, folder);
      return bytes;
    },

    has: async (hash) => exists(placeOf(hash)),

    async delete(hash) {
      await rm(placeOf(hash), { force: true });
    },

    async *list() {
      for (const first of await namesIn(folder))
        for (const second of await namesIn(path.join(folder, first)))
          for (const name of await namesIn(path.join(folder, first, second))) if (isHash(name)) yield name;
    },
  };
}

async function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
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
  try {
    const handle = await open(folder, 'r');
    await handle.sync();
    await handle.close();
  } catch {
    return;
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function writeFailure(folder: string, cause: unknown): OperationalError {
  const code = codeOf(cause);
  const sentence =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `The disk that holds ${folder} is full. Free some space; nothing half-written was kept.`
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? `The folder ${folder} cannot be written. Give this user the right to write there.`
        : `Writing to ${folder} failed: ${messageOf(cause)}.`;
  return new OperationalError(sentence, { cause });
}
