// What is seen of a picture is remembered, by picture and backbone, over processes and whatever happens to the file.
import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forgetEmbeddings, openCache } from '../../src/backbone/cache.ts';
import { makeBackbone } from '../../src/backbone/make.ts';
import { makeSightOf } from '../../src/backbone/sight.ts';
import { openBlobs } from '../../src/blobs/open.ts';
import { openerOf } from '../../src/glyph/opener.ts';
import { smallBackbone } from '../support/backbone.ts';
import { photograph } from '../support/photographs.ts';
import { scratchFolder } from '../support/scratch.ts';

const picture = async (thing: string, seed: number): Promise<Uint8Array> => {
  const reading = await openerOf({ kind: 'picture' }).read(await photograph(thing, seed));
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  return reading.glyphs[0].pixels;
};

test('pictures are seen once, and by another process not again', async () => {
  const folder = scratchFolder();
  const blobs = await openBlobs({ kind: 'folder', folder: join(folder, 'blobs') });
  const { bytes, card } = await makeBackbone(smallBackbone(), {
    name: 'small',
    licence: 'MIT',
    source: 'here',
    levels: 'unit',
  });
  const hash = await blobs.put(bytes);
  const cached = join(folder, 'embeddings');
  const sight = await makeSightOf({ blobs, folder: cached, threads: 1 })(hash);
  expect(sight.length).toBe(card.length);
  const [ball, stripes] = [await picture('Red Ball', 1), await picture('Blue Stripes', 1)];
  const [first, second, again] = await sight.see([ball, stripes, ball]);
  expect(again).toEqual(first);
  expect(second).not.toEqual(first);
  expect(readdirSync(cached)).toEqual([`${hash}.bin`]);
  // Another process finds them, whatever it would have seen itself.
  const kept = openCache(cached, hash, card.length);
  expect(kept.get(ball)).toEqual(first);
  expect(kept.get(await picture('Red Ball', 2))).toBeUndefined();
  forgetEmbeddings(cached);
  expect(statSync(join(cached, `${hash}.bin`)).size).toBe(0);
  expect(kept.get(ball)).toBeUndefined();
  kept.close();
});

test('a backbone that is not there is named, and found once it was added', async () => {
  const blobs = await openBlobs({ kind: 'folder', folder: join(scratchFolder(), 'blobs') });
  const { bytes } = await makeBackbone(smallBackbone(), { name: 'small', licence: 'MIT', source: 'here' });
  const hash = await blobs.put(bytes);
  await blobs.delete(hash);
  const sightOf = makeSightOf({ blobs, folder: null, threads: 1 });
  await expect(sightOf(hash)).rejects.toThrow(`The backbone ${hash.slice(0, 8)} is not here any more: add it again`);
  await blobs.put(bytes);
  expect((await sightOf(hash)).length).toBeGreaterThan(3);
});

test('a cache that was torn, cut or emptied by somebody else gives nothing wrong', () => {
  const folder = scratchFolder();
  const cache = openCache(folder, 'ab', 4);
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)];
  cache.keep(one, Uint8Array.of(1, 1, 1, 1));
  expect(cache.get(one)).toEqual(Uint8Array.of(1, 1, 1, 1));
  appendFileSync(join(folder, 'ab.bin'), Uint8Array.of(9, 9, 9));
  expect(cache.get(two)).toBeUndefined();
  // Begins anew, behind whatever another process knew of it.
  const other = openCache(folder, 'ab', 4);
  other.keep(two, Uint8Array.of(2, 2, 2, 2));
  expect(cache.get(one)).toBeUndefined();
  expect(cache.get(two)).toEqual(Uint8Array.of(2, 2, 2, 2));
  truncateSync(join(folder, 'ab.bin'), 0);
  expect(other.get(two)).toBeUndefined();
  cache.close();
  other.close();
});
