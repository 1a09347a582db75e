// Disks fill up: what killed processes and given-up runs left in the blobs is deleted once nothing names it any more.
import type { Blobs } from '../blobs/blobs.ts';
import type { Store } from '../store/store.ts';

/** Whoever puts a blob has so long to write down what it is for; a slow run's, too. */
export const LEFT_ALONE_MS = 24 * 3_600_000;

export interface Tidied {
  readonly blobs: number;
  readonly bytes: number;
}

/**
 * Deletes the blobs that neither the database nor `shipped` (the hashes of banks that come with the code) names and that
 * nobody has put for a day; `pretend` only counts them. Does nothing while a run is under way: it may be about to name one.
 * For blobs that belong to this installation alone.
 */
export async function tidy(
  { store, blobs, now }: { readonly store: Store; readonly blobs: Blobs; now(): number },
  shipped: readonly string[],
  { pretend = false } = {},
): Promise<Tidied> {
  const before = now() - LEFT_ALONE_MS;
  const tidied = { blobs: 0, bytes: 0 };
  const busy = (): boolean => store.runs.list({ states: ['queued', 'running'], limit: 1 }).length > 0;
  if (busy()) return tidied;
  if (!pretend) {
    store.snapshots.releaseUnused();
    await blobs.dropHalfWritten(before);
  }
  const named = new Set([...store.blobNames(), ...shipped]);
  for await (const { hash, bytes, putAt } of blobs.list()) {
    if (putAt >= before || named.has(hash)) continue;
    if (!pretend) {
      // Named since we began to look?
      if (busy() || store.blobNames().has(hash)) return tidied;
      await blobs.delete(hash);
    }
    tidied.blobs++;
    tidied.bytes += bytes;
  }
  return tidied;
}
