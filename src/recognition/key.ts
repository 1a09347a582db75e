// The secret of this installation: hashes contributors and signs visitors' cookies. Made at the first start, kept with the data. The
// database remembers which one it was, so that a lost or foreign key is noticed before everybody becomes a new person.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOutOfFiles, messageOf, OperationalError, TOO_MANY_FILES, UsageError } from '../errors.ts';
import { makeFolder, OWNER_FILE } from '../folder.ts';
import type { Store } from '../store/store.ts';

const BYTES = 32;
const REMEMBERED = 'key';

type KnownPeople = Pick<Store, 'meta' | 'contributors'>;

/** Reads the key in this folder, or makes it (and the folder). Two processes starting together end up with the same one. */
export function openKey(folder: string): Uint8Array {
  const file = fileIn(folder);
  try {
    makeFolder(folder);
    if (!existsSync(file)) makeKey(folder, file);
    const key = readKey(file);
    if (key !== null) return key;
  } catch (error) {
    const because = isOutOfFiles(error)
      ? TOO_MANY_FILES
      : `The data folder ${folder} cannot be written (${messageOf(error)}). Set DATA_DIR to a folder that this user may write to.`;
    throw new OperationalError(because, { cause: error });
  }
  throw new OperationalError(`${file} is damaged: it should hold ${BYTES * 2} hexadecimal digits. ${remedy(file)}`);
}

/** The key that the people in this store are known by. Throws OperationalError when it is lost, or is not that one. */
export function openKeyOf(store: KnownPeople, folder: string): Uint8Array {
  const file = fileIn(folder);
  const knowsPeople = store.contributors.any();
  if (knowsPeople && !existsSync(file)) {
    throw new OperationalError(
      `${file} is lost, and the people in the database are known by it alone. ${remedy(file)}`,
    );
  }
  const key = openKey(folder);
  const mark = markOf(key);
  if (!knowsPeople) store.meta.set(REMEMBERED, mark);
  else if (store.meta.setOnce(REMEMBERED, mark) !== mark) {
    throw new OperationalError(
      `${file} is not the key of this database: nobody in it would be recognised. ${remedy(file)}`,
    );
  }
  return key;
}

/** Gives up the key that was lost. Everybody becomes a new person; what they taught stays. Refused while the right key is there. */
export function replaceKey(store: KnownPeople, folder: string): void {
  const file = fileIn(folder);
  if (existsSync(file)) {
    const mark = markOf(readKey(file) ?? new Uint8Array());
    if ((store.meta.get(REMEMBERED) ?? mark) === mark)
      throw new UsageError(`${file} is there and is the right one: nothing was changed.`);
    renameSync(file, `${file}.${Date.now()}`);
  }
  store.meta.set(REMEMBERED, markOf(openKey(folder)));
}

const fileIn = (folder: string): string => join(folder, 'secret.key');

/** Null: damaged. */
function readKey(file: string): Uint8Array | null {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  return key.length === BYTES ? key : null;
}

const markOf = (key: Uint8Array): string =>
  createHash('sha256').update('inkloop').update(key).digest('hex').slice(0, 16);

const remedy = (file: string): string =>
  `Restore ${file} from the backup that this database belongs to. If there is none, "npx inkloop new-key" makes another one: then everybody is a new person, and what they taught stays.`;

/** Whole or not at all: written beside its place, for the owner's eyes only, and linked, so that the first of two wins. */
function makeKey(folder: string, file: string): void {
  const beside = join(folder, `.${randomUUID()}`);
  try {
    writeFileSync(beside, randomBytes(BYTES).toString('hex'), { flag: 'wx', mode: OWNER_FILE, flush: true });
    linkSync(beside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}
