// Folders on the disk: made without the trap of Node's own recursive mkdir, and open to their owner alone.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isOutOfFiles, messageOf, OperationalError, TOO_MANY_FILES } from './errors.ts';

const OWNER_FOLDER = 0o700;
export const OWNER_FILE = 0o600;

/**
 * Makes the folder and its parents; the new ones are their owner's alone. Throws what the system says. (Where a file system says of
 * a new folder that it does not exist, as /proc does, Node's recursive mkdir makes the parent, which is there, again and again.)
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: OWNER_FOLDER });
  } catch (error) {
    // Somebody else may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Makes the file unless it is there, and takes everybody else's rights from it. */
export function ownersFile(path: string): void {
  closeSync(openSync(path, 'a', OWNER_FILE));
  closeToOthers(path);
}

/** Takes everybody else's rights from what is there and is ours. */
export function closeToOthers(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0 || found.uid !== process.getuid?.()) return;
  chmodSync(path, found.isDirectory() ? OWNER_FOLDER : OWNER_FILE);
}

/** Makes the folder where everything is kept. One that was there keeps its rights; what is ours in it does not. */
export function openDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    for (const name of ['secret.key', 'blobs']) closeToOthers(join(folder, name));
  } catch (error) {
    const because = isOutOfFiles(error)
      ? TOO_MANY_FILES
      : `The data folder ${folder} cannot be written (${messageOf(error)}). Set DATA_DIR to a folder that this user may write to.`;
    throw new OperationalError(because, { cause: error });
  }
}
