// The secret of this installation: hashes contributors and signs visitors' cookies. Made at the first start, kept with the data.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, OperationalError } from '../errors.ts';

const BYTES = 32;

/** Reads the key in this folder, or makes it (and the folder). Two processes starting together end up with the same one. */
export function openKey(folder: string): Uint8Array {
  const file = join(folder, 'secret.key');
  try {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(file)) makeKey(folder, file);
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    if (key.length === BYTES) return key;
  } catch (error) {
    throw new OperationalError(
      `The data folder ${folder} cannot be written (${messageOf(error)}). Set DATA_DIR to a folder that this user may write to.`,
      { cause: error },
    );
  }
  throw new OperationalError(
    `${file} is damaged: it should hold ${BYTES * 2} hexadecimal digits. Restore it from a backup; without it nobody can be recognised again.`,
  );
}

/** Whole or not at all: written beside its place, for the owner's eyes only, and linked, so that the first of two wins. */
function makeKey(folder: string, file: string): void {
  const beside = join(folder, `.${randomUUID()}`);
  try {
    writeFileSync(beside, randomBytes(BYTES).toString('hex'), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(beside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}
