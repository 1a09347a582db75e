// The pictures operators get, from the store's figures and the run's evaluation.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import type { LoadedModel } from '../model/champion.ts';
import type { Store } from '../store/store.ts';
import type { Pictures } from './operators.ts';

export function makePictures(_deps: {
  readonly store: Pick<Store, 'stats' | 'versions' | 'champions' | 'snapshots'>;
  readonly blobs: Blobs;
  readonly loadModel: (alphabet: Alphabet, artifact: string) => Promise<LoadedModel>;
}): Pictures {
  return { stats: () => Promise.resolve([]), proofCard: () => Promise.resolve(null) };
}
