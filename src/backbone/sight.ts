// What networks are shown of pictures: each is opened, seen by the backbone that the model was made on, and remembered. A backbone is
// loaded when it is first asked for, and stays.
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { NO_BACKBONE } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import type { BlobSettings } from '../blobs/open.ts';
import { OperationalError } from '../errors.ts';
import { plainSight, type Sight, type SightOf } from '../model/sight.ts';
import { memoryCache, openCache } from './cache.ts';
import { cardOf } from './card.ts';
import { colourSight } from './colours.ts';
import { openEmbedder } from './embedder.ts';
import { unopened } from './unopened.ts';

export function makeSightOf(deps: {
  readonly blobs: Pick<Blobs, 'get' | 'has'>;
  /** Where embeddings are kept; null: nowhere. */
  readonly folder: string | null;
  readonly threads: number;
}): SightOf {
  const open = new Map<string, Promise<Sight>>();

  async function load(hash: string): Promise<Sight> {
    if (!(await deps.blobs.has(hash)))
      throw new OperationalError(
        `The backbone ${hash.slice(0, 8)} is not here any more: add it again ("backbone add"), or "backbone list" shows what there is.`,
      );
    const bytes = await deps.blobs.get(hash);
    const card = cardOf(bytes);
    const embedder = await openEmbedder(bytes, card, deps.threads);
    const cache = deps.folder === null ? memoryCache() : openCache(deps.folder, hash, card.length);
    // Pictures are opened only where there are any: the decoder is not small.
    const [{ viewsOf }, { packed }] = await Promise.all([import('./views.ts'), import('../glyph/picture.ts')]);
    const seeOne = async (picture: Uint8Array): Promise<Uint8Array> => {
      const known = cache.get(picture);
      if (known !== undefined) return known;
      const embedding = await embedder.embed(await viewsOf(picture, card).catch(unopened));
      cache.keep(picture, embedding);
      return embedding;
    };
    return {
      length: card.length,
      signed: card.signed,
      pack: packed,
      async see(pictures) {
        const seen: Uint8Array[] = [];
        for (const picture of pictures) seen.push(await seeOne(picture));
        return seen;
      },
    };
  }

  return (backbone) => {
    if (backbone === null) return Promise.resolve(plainSight);
    if (backbone === NO_BACKBONE) return colourSight();
    const known = open.get(backbone);
    if (known !== undefined) return known;
    const loading = load(backbone);
    open.set(backbone, loading);
    // What is missing may be added.
    loading.catch(() => open.delete(backbone));
    return loading;
  };
}

/** Beside the blobs where those are in a folder; a bucket's are far away, and every machine makes its own anew. */
export const embeddingsFolder = (settings: BlobSettings): string | null =>
  settings.kind === 'folder' ? join(dirname(settings.folder), 'embeddings') : null;

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
