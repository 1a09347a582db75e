// "Forget me", all of it: rows in the database, and the frozen snapshots in the blobs that hold this person's glyphs.
import type { Blobs } from '../blobs/blobs.ts';
import { withoutContributor } from '../dataset/snapshot.ts';
import type { Store } from '../store/store.ts';

interface Deps {
  readonly store: Pick<Store, 'contributors' | 'snapshots' | 'forgetting'>;
  readonly blobs: Blobs;
  /** What was made of people's pictures to save time goes, all of it: it can be made again. */
  readonly dropDerived?: () => void;
}

export function makeForget(deps: Deps) {
  return async (contributorId: number): Promise<{ readonly samples: number; readonly predictions: number }> => {
    const { store } = deps;
    const contributor = store.contributors.byId(contributorId);
    if (contributor === undefined) return { samples: 0, predictions: 0 };
    const { keyHash } = contributor;
    store.forgetting.begin(keyHash);
    const gone = store.contributors.forget(contributorId);
    await takeOut(deps, keyHash, gone.snapshots);
    return { samples: gone.samples, predictions: gone.predictions };
  };
}

/** Takes up what was cut short. Nothing to do costs one look at the database. */
export async function resumeForgetting(deps: Deps): Promise<void> {
  for (const keyHash of deps.store.forgetting.list()) {
    await takeOut(
      deps,
      keyHash,
      deps.store.snapshots.list().filter(({ unrepeatable }) => unrepeatable),
    );
  }
}

async function takeOut(
  deps: Deps,
  keyHash: string,
  snapshots: readonly { readonly id: string; readonly blob: string | null }[],
): Promise<void> {
  const { store, blobs } = deps;
  deps.dropDerived?.();
  for (const { id, blob } of snapshots) {
    if (blob === null) continue;
    // The new bytes stand before the old ones go: a crash between leaves too much for a moment, never too little.
    const rewritten = (await blobs.has(blob))
      ? await blobs.putStream(await withoutContributor(blobs.stream(blob), keyHash))
      : null;
    // Somebody else may have been at it meanwhile.
    if (store.snapshots.get(id)?.blob !== blob) continue;
    store.snapshots.setBlob(id, rewritten);
    if (rewritten !== blob) await blobs.delete(blob);
  }
  store.forgetting.end(keyHash);
}
