// Forgetting somebody is finished, whatever happens in the middle of it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBlobs } from '../../src/blobs/open.ts';
import { freezeSnapshot, readSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { makeForget, resumeForgetting } from '../../src/recognition/forget.ts';
import { strokes } from '../support/strokes.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';

const [ANN, BEN] = ['aa'.repeat(16), 'bb'.repeat(16)];

test('a storage that fails in the middle is made good later, and nothing of the person is left in it', async () => {
  const store = scratchStore();
  const blobs = await openBlobs({ kind: 'folder', folder: join(scratchFolder(), 'blobs') });
  const [ann, ben] = [person(store, ANN), person(store, BEN)];
  const contributorsIn = async (blob: string) => {
    const { samples } = await readSnapshot(blobs.stream(blob));
    const all = new Set<string>();
    for await (const { contributor } of samples) all.add(contributor);
    return [...all];
  };
  const frozen = [ANN, BEN].map((contributor, index): FrozenSample => ({
    id: index + 1,
    labelId: 1,
    split: 'train',
    contributor,
    glyph: strokes(index),
    duplicateOf: null,
  }));
  const ids: string[] = [];
  for (const recipe of ['one', 'two']) {
    const writer = freezeSnapshot({ alphabet: 'digits', recipe }, frozen);
    const blob = await blobs.putStream(writer.bytes);
    const { id } = await writer.summary;
    const record = { id, alphabet: 'digits', blob, lastSampleId: 2, train: 2, test: 0, createdAt: 1 };
    expect(store.snapshots.add(record, [ann, ben])).toBe('added');
    ids.push(id);
  }
  const blobOf = (id: string): string => store.snapshots.get(id)?.blob ?? '';
  const before = ids.map(blobOf);

  let writes = 0;
  const failing: typeof blobs = {
    ...blobs,
    putStream: (pieces) =>
      ++writes === 2 ? Promise.reject(new Error('the storage is away')) : blobs.putStream(pieces),
  };
  // Embeddings of pictures, say. A process may end before they are gone.
  let derived = 2;
  const dropDerived = (): void => void derived--;
  await expect(makeForget({ store, blobs: failing, dropDerived })(ann)).rejects.toThrow('away');
  expect(store.contributors.byId(ann)).toBeUndefined();

  await resumeForgetting({ store, blobs, dropDerived });
  expect(derived).toBe(0);
  for (const id of ids) expect(await contributorsIn(blobOf(id))).toEqual([BEN]);
  for (const blob of before) expect(await blobs.has(blob)).toBe(false);
  // Done is done: no trace of whom.
  expect(store.forgetting.list()).toEqual([]);
  const after = ids.map(blobOf);
  await resumeForgetting({ store, blobs, dropDerived });
  // Nobody was left to forget.
  expect(derived).toBe(0);
  expect(ids.map(blobOf)).toEqual(after);
});
