// How far a run has come, in blobs, so that whoever takes it over need not begin anew: one checkpoint a fit, and a page
// that names them. The hash of the page travels with the progress.
import { z } from 'zod';
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';

const page = z.record(z.string(), z.string());

export interface Notebook {
  /** The last checkpoint of this fit, if one was kept and is still whole. */
  resumeOf(fit: string): Promise<Uint8Array | undefined>;
  /** Keeps a fit's checkpoint unless the last one was kept a moment ago. */
  keep(fit: string, checkpoint: Uint8Array): Promise<void>;
  /** Hash of the page; null while nothing was kept. */
  current(): string | null;
  /** Deletes everything: the run is over. */
  discard(): Promise<void>;
}

/** Opens the notebook of an earlier attempt, or an empty one when there is none or it cannot be read. */
export async function openNotebook(
  blobs: Blobs,
  earlier: string | null,
  options: { readonly everyMs: number; now(): number },
): Promise<Notebook> {
  let fits = earlier === null ? {} : await readPage(blobs, earlier);
  let current = Object.keys(fits).length === 0 ? null : earlier;
  let keptAt = options.now();
  // Deleted one step late: whoever dies now may have told the page before last.
  let stale: readonly string[] = [];

  return {
    async resumeOf(fit) {
      const hash = fits[fit];
      return hash === undefined ? undefined : readIf(blobs, hash);
    },
    async keep(fit, checkpoint) {
      if (options.now() - keptAt < options.everyMs) return;
      const before = [fits[fit], current].filter((each) => each !== undefined && each !== null);
      fits = { ...fits, [fit]: await blobs.put(checkpoint) };
      current = await blobs.put(Buffer.from(JSON.stringify(fits)));
      keptAt = options.now();
      for (const hash of stale) await blobs.delete(hash);
      stale = before.filter((hash) => hash !== current && !Object.values(fits).includes(hash));
    },
    current: () => current,
    async discard() {
      for (const hash of [...stale, ...Object.values(fits), ...(current === null ? [] : [current])])
        await blobs.delete(hash);
    },
  };
}

async function readPage(blobs: Blobs, hash: string): Promise<Record<string, string>> {
  const bytes = await readIf(blobs, hash);
  return bytes === undefined ? {} : page.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

async function readIf(blobs: Blobs, hash: string): Promise<Uint8Array | undefined> {
  try {
    return await blobs.get(hash);
  } catch (thrown) {
    // Gone or damaged: what it saved is done again, nothing else is lost.
    if (thrown instanceof OperationalError) return undefined;
    throw thrown;
  }
}
