// How far a run has come, in blobs, so that whoever takes it over need not begin anew: one checkpoint a fit, and a page
// that names them. The hash of the page travels with the progress.
import { z } from 'zod';
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';

/** What the page says; `stale` is deleted when the next page stands, by whoever goes on. */
const page = z.object({ fits: z.record(z.string(), z.string()), stale: z.array(z.string()) });
type Page = Readonly<z.infer<typeof page>>;
const EMPTY: Page = { fits: {}, stale: [] };

export interface Notebook {
  /** The last checkpoint of this fit, if one was kept and is still whole. */
  resumeOf(fit: string): Promise<Uint8Array | undefined>;
  /** Keeps a fit's checkpoint unless the last one was kept a moment ago. */
  keep(fit: string, checkpoint: Uint8Array): Promise<void>;
  /** Hash of the page; null while nothing was kept. */
  current(): string | null;
  /** Deletes everything that can be deleted: the run is over. */
  discard(): Promise<void>;
}

/** Opens the notebook of an earlier attempt, or an empty one when there is none or it cannot be read. */
export async function openNotebook(
  blobs: Blobs,
  earlier: string | null,
  options: { readonly everyMs: number; now(): number },
): Promise<Notebook> {
  // Stale ones are deleted one step late: whoever dies now may have told the page before last.
  let { fits, stale } = earlier === null ? EMPTY : await readPage(blobs, earlier);
  let current = Object.keys(fits).length === 0 ? null : earlier;
  const openedAt = options.now();
  const keptAt = new Map<string, number>();
  /** One page after the other, however many fits there are at once. */
  let writing: Promise<void> = Promise.resolve();
  /** No run is worth less for what cannot be deleted (keys without that right, a moment's trouble): `tidy` finds it. */
  const letGo = (hash: string): Promise<void> => blobs.delete(hash).catch(() => undefined);

  return {
    async resumeOf(fit) {
      const hash = fits[fit];
      return hash === undefined ? undefined : readIf(blobs, hash);
    },
    keep(fit, checkpoint) {
      if (options.now() - (keptAt.get(fit) ?? openedAt) < options.everyMs) return Promise.resolve();
      const written = writing.then(() => write(fit, checkpoint));
      writing = written.catch(() => undefined);
      return written;
    },
    current: () => current,
    async discard() {
      await writing;
      for (const hash of [...stale, ...Object.values(fits), ...(current === null ? [] : [current])]) await letGo(hash);
    },
  };

  async function write(fit: string, checkpoint: Uint8Array): Promise<void> {
    const hash = await blobs.put(checkpoint);
    const before = [fits[fit], current].filter((each) => typeof each === 'string' && each !== hash) as string[];
    const old = stale;
    fits = { ...fits, [fit]: hash };
    stale = before;
    const next: Page = { fits, stale };
    current = await blobs.put(Buffer.from(JSON.stringify(next)));
    keptAt.set(fit, options.now());
    for (const each of old) if (each !== hash && !before.includes(each)) await letGo(each);
  }
}

/** Deletes what a run that is over left, by the page that it told last. What its page does not name, `tidy` finds. */
export async function discardNotebook(blobs: Blobs, hash: string): Promise<void> {
  const { fits, stale } = await readPage(blobs, hash);
  for (const each of [...stale, ...Object.values(fits), hash]) await blobs.delete(each);
}

async function readPage(blobs: Blobs, hash: string): Promise<Page> {
  const bytes = await readIf(blobs, hash);
  if (bytes === undefined) return EMPTY;
  try {
    return page.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    // Of another release, or no page at all: what it saved is done again.
    return EMPTY;
  }
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
