// Text and gzip as labelled sets hold them: a file may stand there as it is or as .gz.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { messageOf, UsageError } from '../errors.ts';

/** A set of a million 28 × 28 pictures unpacks to less; a gzip bomb does not. */
const MAX_UNPACKED = 1024 ** 3;

/** The bytes of `name` or `name.gz` (unpacked), or null when neither is there. Throws UsageError when it cannot be unpacked. */
export async function findBytes(folder: string, name: string): Promise<Buffer | null> {
  const plain = await readIfThere(path.join(folder, name));
  if (plain !== null) return plain;
  const packed = await readIfThere(path.join(folder, `${name}.gz`));
  if (packed === null) return null;
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: MAX_UNPACKED });
  } catch (error) {
    throw new UsageError(`${folder}/${name}.gz cannot be unpacked: ${messageOf(error)}`, { cause: error });
  }
}

/** The lines of `name` or `name.gz`, or null when neither is there. */
export async function findText(folder: string, name: string): Promise<readonly string[] | null> {
  const bytes = await findBytes(folder, name);
  return bytes === null ? null : textLines(bytes, `${folder}/${name}`);
}

/** UTF-8 lines; a byte order mark, carriage returns and the last line's end are dropped. Throws UsageError for other encodings. */
export function textLines(bytes: Uint8Array, place: string): string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${place} is not UTF-8 text; save it as UTF-8.`, { cause: error });
  }
  const lines = text.split(/\r?\n/u);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
