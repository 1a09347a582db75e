// Content-addressed bytes: snapshots, artifacts, banks and checkpoints travel by their SHA-256 and by nothing else, so
// a reader anywhere can tell that it holds what was meant.
import { createHash } from 'node:crypto';
import { OperationalError } from '../errors.ts';

/** Bytes under the hash of their content. Every failure of the place itself is an OperationalError. */
export interface Blobs {
  /** Stores the bytes whole or not at all, and returns their hash; storing the same bytes again is cheap. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes with this hash, checked against it. Throws an OperationalError when they are missing or damaged. */
  get(hash: string): Promise<Uint8Array>;
  /** The same for more than one wants in memory at once. */
  putStream(pieces: AsyncIterable<Uint8Array>): Promise<string>;
  /** The bytes in pieces. Checked too, but only at the end: do nothing lasting before the last piece has come. */
  stream(hash: string): AsyncIterable<Uint8Array>;
  has(hash: string): Promise<boolean>;
  /** Deleting what is not there is no error. */
  delete(hash: string): Promise<void>;
  /** Every blob there is, in no particular order. */
  list(): AsyncIterable<StoredBlob>;
  /** Deletes what writers that were killed before this time (epoch ms) left half-written. */
  dropHalfWritten(before: number): Promise<void>;
}

interface StoredBlob {
  readonly hash: string;
  readonly bytes: number;
  /** When it was last put, epoch ms by the storage's clock; putting the same bytes into a bucket again does not count. */
  readonly putAt: number;
}

/** The name of these bytes: SHA-256 as 64 small hex digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a text can be the name of a blob at all: it is used in paths and keys, so nothing else may pass. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** What to throw when bytes are not what their name says. */
export function damaged(hash: string, place: string): OperationalError {
  return new OperationalError(
    `The blob ${hash} in ${place} is damaged: its content has another hash. Delete it and restore it from a backup.`,
  );
}

/** Passes pieces on and throws after the last one unless together they are what their name says. */
export async function* checked(
  hash: string,
  pieces: AsyncIterable<Uint8Array>,
  place: string,
): AsyncGenerator<Uint8Array, void> {
  const sum = createHash('sha256');
  for await (const piece of pieces) {
    sum.update(piece);
    yield piece;
  }
  if (sum.digest('hex') !== hash) throw damaged(hash, place);
}
