// Embeddings that were made already, in a file a backbone, by the hash of the picture: what is seen once is never seen again, whoever
// asks. Several processes may read and append at once; a record says whose it is, so whatever happens to the file costs time alone.
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';

interface EmbeddingCache {
  get(picture: Uint8Array): Uint8Array | undefined;
  keep(picture: Uint8Array, embedding: Uint8Array): void;
  close(): void;
}

/** With 1,280 numbers each, 26 MB; after that it begins anew. */
const MOST_RECORDS = 20_000;
const NAME = 32;

/** In memory alone; for where there is no folder. */
export function memoryCache(): EmbeddingCache {
  const known = new Map<string, Uint8Array>();
  return {
    get: (picture) => known.get(nameOf(picture).toString('hex')),
    keep: (picture, embedding) => void known.set(nameOf(picture).toString('hex'), embedding),
    close: () => known.clear(),
  };
}

export function openCache(folder: string, backbone: string, length: number): EmbeddingCache {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `${backbone}.bin`), 'a+');
  const record = NAME + length;
  const places = new Map<string, number>();
  let indexed = 0;

  /** Learns of what was appended since, by whomever. */
  function look(): void {
    const { size } = fstatSync(file);
    if (size < indexed) {
      places.clear();
      indexed = 0;
    }
    const fresh = Buffer.alloc(Math.floor((size - indexed) / record) * record);
    readSync(file, fresh, 0, fresh.length, indexed);
    for (let at = 0; at < fresh.length; at += record) places.set(fresh.toString('hex', at, at + NAME), indexed + at);
    indexed += fresh.length;
  }

  return {
    get(picture) {
      const name = nameOf(picture);
      const key = name.toString('hex');
      if (!places.has(key)) look();
      const place = places.get(key);
      if (place === undefined) return undefined;
      const found = Buffer.alloc(record);
      if (readSync(file, found, 0, record, place) === record && found.subarray(0, NAME).equals(name))
        return new Uint8Array(found.subarray(NAME));
      // Somebody began it anew: nothing that was known of it holds.
      places.clear();
      indexed = 0;
      return undefined;
    },
    keep(picture, embedding) {
      const { size } = fstatSync(file);
      // Full, or torn by a process that was killed while it wrote.
      if (size >= MOST_RECORDS * record || size % record !== 0) ftruncateSync(file, 0);
      appendFileSync(file, Buffer.concat([nameOf(picture), embedding]));
    },
    close: () => closeSync(file),
  };
}

/** Forgets all of it, for whoever has it open as well: some of it may be of somebody who is to be forgotten. */
export function forgetEmbeddings(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) truncateSync(join(folder, name), 0);
}

const nameOf = (picture: Uint8Array): Buffer => createHash('sha256').update(picture).digest();
