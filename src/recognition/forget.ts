// "Forget me", all of it: rows in the database, and the frozen snapshots in the blobs that hold this person's glyphs.
import type { Blobs } from '../blobs/blobs.ts';
import { withoutContributor } from '../dataset/snapshot.ts';
import type { Store } from '../store/store.ts';

export function makeForget(deps: { readonly store: Pick<Store, 'contributors' | 'snapshots'>; readonly blobs: Blobs }) {
  return async (contributorId: number): Promise<{ readonly samples: number; readonly predictions: number }> => {
    const { store, blobs } = deps;
    const contributor = store.contributors.byId(contributorId);
    if (contributor === undefined) return { samples: 0, predictions: 0 };
    const gone = store.contributors.forget(contributorId);
    for (const { id, blob } of gone.snapshots) {
      if (blob === null) continue;
      // The new bytes stand before the old ones go: a crash between leaves too much for a moment, never too little.
      const rewritten = (await blobs.has(blob))
        ? await blobs.putStream(await withoutContributor(blobs.stream(blob), contributor.keyHash))
        : null;
      store.snapshots.setBlob(id, rewritten);
      if (rewritten !== blob) await blobs.delete(blob);
    }
    return { samples: gone.samples, predictions: gone.predictions };
  };
}
