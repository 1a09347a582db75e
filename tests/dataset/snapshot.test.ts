import * as fc from '../support/properties.ts';
import { expect, it } from 'vitest';
import {
  diffSnapshots,
  freezeSnapshot,
  readSnapshot,
  withoutContributor,
  type FrozenSample,
} from '../../src/dataset/snapshot.ts';
import { OperationalError } from '../../src/errors.ts';
import { strokes } from '../support/strokes.ts';

const header = { alphabet: 'digits', recipe: { replay: 2, bank: 'abc' } };

const samples = (count: number): readonly FrozenSample[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index * 3 + 1,
    labelId: index % 11 === 10 ? null : index % 11,
    glyph: strokes(index),
    split: index % 5 === 0 ? 'test' : 'train',
    contributor: `person ${String(index % 3)}`,
    duplicateOf: index % 7 === 0 ? index : null,
  }));

async function frozen(of: readonly FrozenSample[], head = header) {
  const writer = freezeSnapshot(head, of);
  const pieces: Uint8Array[] = [];
  for await (const piece of writer.bytes) pieces.push(piece);
  return { bytes: new Uint8Array(Buffer.concat(pieces)), summary: await writer.summary };
}

/** Samples with their pixels as text, which compares in no time. */
const plain = (sample: FrozenSample) => ({ ...sample, glyph: Buffer.from(sample.glyph).toString('base64') });

async function read(bytes: Parameters<typeof readSnapshot>[0]) {
  const found: ReturnType<typeof plain>[] = [];
  for await (const sample of (await readSnapshot(bytes)).samples) found.push(plain(sample));
  return found;
}

it('reads back what was frozen, in pieces of any size', async () => {
  const list = samples(1300);
  const { bytes, summary } = await frozen(list);
  expect(summary).toMatchObject({ train: 1040, test: 260, lastSampleId: 3898 });
  expect(await read(bytes)).toEqual(list.map(plain));
  expect((await readSnapshot(bytes)).header).toEqual(header);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
      const pieces: Uint8Array[] = [];
      for (let start = 0, turn = 0; start < bytes.length; turn++) {
        const end = start + (sizes[turn % sizes.length] ?? 1);
        pieces.push(bytes.subarray(start, end));
        start = end;
      }
      let count = 0;
      for await (const sample of (await readSnapshot(pieces)).samples) count += Number(sample.id === list[count]?.id);
      expect(count).toBe(1300);
    }),
    { numRuns: 10 },
  );
});

it('gives the same data the same id, and other data another', async () => {
  const list = samples(20);
  const { id } = (await frozen(list)).summary;
  expect((await frozen(samples(20))).summary.id).toBe(id);
  const [first, ...rest] = list;
  const others = [
    frozen(rest),
    frozen(list, { ...header, recipe: { replay: 3, bank: 'abc' } }),
    frozen(list, { ...header, alphabet: 'latin' }),
    frozen([{ ...first!, labelId: 9 }, ...rest]),
    frozen([{ ...first!, split: 'train' }, ...rest]),
    frozen([{ ...first!, contributor: 'another' }, ...rest]),
    frozen([{ ...first!, glyph: strokes(99) }, ...rest]),
  ];
  const ids = (await Promise.all(others)).map((each) => each.summary.id);
  expect(new Set([id, ...ids]).size).toBe(8);
  expect((await frozen([])).summary).toMatchObject({ train: 0, test: 0, lastSampleId: 0 });
});

it('notices bytes that are damaged, cut short or something else', async () => {
  const { bytes } = await frozen(samples(600));
  for (const end of [0, 5, 30, bytes.length - 5, bytes.length - 1]) {
    await expect(read(bytes.subarray(0, end))).rejects.toThrow(OperationalError);
  }
  const torn = bytes.slice();
  torn.fill(7, 400, 900);
  await expect(read(torn)).rejects.toThrow(OperationalError);
  await expect(read(new TextEncoder().encode('{"a picture": "of nothing"}'))).rejects.toThrow(/no snapshot/);
});

it('lets whoever sent damaged bytes say so, however early they make no sense', async () => {
  const { bytes } = await frozen(samples(5));
  async function* fromStore(at: number): AsyncGenerator<Uint8Array, void> {
    const damaged = Uint8Array.from(bytes);
    damaged.fill(0xff, at, at + 40);
    yield await Promise.resolve(damaged);
    throw new OperationalError('The blob is damaged.');
  }
  for (const at of [0, 19, 100]) await expect(read(fromStore(at))).rejects.toThrow('The blob is damaged.');
});

it('refuses samples that are out of order, and says so to whoever waits for the summary', async () => {
  const writer = freezeSnapshot(header, samples(3).toReversed());
  const consume = async (): Promise<void> => {
    while ((await writer.bytes.next()).done !== true);
  };
  await expect(consume()).rejects.toThrow(RangeError);
  await expect(writer.summary).rejects.toThrow(RangeError);
});

it('lets somebody be forgotten, and says what differs', async () => {
  const list = samples(700);
  const { bytes } = await frozen(list);
  const kept: Uint8Array[] = [];
  for await (const piece of await withoutContributor(bytes, 'person 1')) kept.push(piece);
  const rest = new Uint8Array(Buffer.concat(kept));
  expect(await read(rest)).toEqual(list.filter((sample) => sample.contributor !== 'person 1').map(plain));
  expect(Buffer.from(rest).includes('person 1')).toBe(false);
  const diff = await diffSnapshots(await readSnapshot(bytes), await readSnapshot(rest));
  expect(diff.added).toEqual([]);
  expect(diff.removed).toEqual(list.filter((sample) => sample.contributor === 'person 1').map((sample) => sample.id));
  expect(diff.sameRecipe).toBe(true);
});
