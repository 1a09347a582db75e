// The glyphs of a run: packed, weighed, and each voice once.
import { expect, it } from 'vitest';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { freezeSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { concat, makePacker, type Glyphs } from '../../src/learning/glyphs.ts';
import { readPeople } from '../../src/learning/people-glyphs.ts';
import { trainingGlyphs } from '../../src/learning/training-set.ts';
import { plainSight } from '../../src/model/sight.ts';
import type { JobSpec } from '../../src/records/job.ts';
import type { Blobs } from '../../src/blobs/blobs.ts';

const AREA = GLYPH_SIZE * GLYPH_SIZE;

it('keeps what was taught last where more were taught than memory holds', () => {
  const packer = makePacker(1, 3);
  for (let id = 1; id <= 5; id++) packer.add(new Uint8Array(AREA).fill(id), id * 10, id, id * 100);
  const { count, ids, groups, outputs, pixels } = packer.done();
  const kept = Array.from({ length: count }, (_, i) => [ids[i], outputs[i], groups[i], pixels[i * AREA]]);
  expect(kept.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
    [3, 30, 300, 3],
    [4, 40, 400, 4],
    [5, 50, 500, 5],
  ]);
  expect(pixels).toHaveLength(3 * AREA);
});

it('puts the replay of a thousand labels together', () => {
  const many = (count: number, id: number): Glyphs => ({
    count,
    ids: new Float64Array(count).fill(id),
    groups: new Float64Array(count).fill(id + 1),
    outputs: new Int32Array(count).fill(id + 2),
    senders: new Int32Array(count).fill(id + 3),
    area: AREA,
    pixels: new Uint8Array(0),
  });
  const both = concat(many(150_000, 1), many(30_000, 5));
  expect(both.count).toBe(180_000);
  const at = [0, 149_999, 150_000, 179_999];
  expect(at.map((i) => [both.ids[i], both.groups[i], both.outputs[i]])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [5, 6, 7],
    [5, 6, 7],
  ]);
});

it('of one label, a stranger has an eighth of what others sent, and who is trusted or alone has all', () => {
  const weightsOf = (senders: readonly number[]): number[] => {
    const packer = makePacker();
    for (const [i, sender] of senders.entries()) packer.add(new Uint8Array(AREA), 0, i + 1, i + 1, sender);
    const none = makePacker(1).done();
    return [...(trainingGlyphs(packer.done(), none, 1).weights ?? [])];
  };
  const sumOf = (weights: readonly number[]): number => weights.reduce((sum, each) => sum + each, 0);
  const flood = weightsOf([...Array<number>(160).fill(1), ...Array<number>(40).fill(2)]);
  // 5 of the first, beside 40 of the second; 20 of the second, beside 160 of the first.
  expect(sumOf(flood.slice(160)) / sumOf(flood.slice(0, 160))).toBeCloseTo(20 / 5, 3);
  expect(sumOf(flood)).toBeCloseTo(200, 2);
  const few = weightsOf([...Array<number>(160).fill(1), 2]);
  expect(sumOf(few.slice(0, 160)) / sumOf(few.slice(160))).toBeCloseTo(3, 3);
  for (const even of [Array<number>(50).fill(1), [0, 0, 0, 0, 1, 1, 1]])
    expect(weightsOf(even).every((each) => Math.abs(each - 1) < 1e-6)).toBe(true);
});

it('takes the very same picture of many accounts for one voice, but for who is trusted', async () => {
  const of = (id: number, contributor: string, fill: number, split: 'train' | 'test' = 'train'): FrozenSample => ({
    id,
    labelId: 7,
    split,
    contributor,
    glyph: new Uint8Array(AREA).fill(fill),
    duplicateOf: null,
  });
  const [ann, bob, carl, owner] = ['aa', 'bb', 'cc', 'dd'].map((each) => each.repeat(16)) as [
    string,
    string,
    string,
    string,
  ];
  const writer = freezeSnapshot({ alphabet: 'digits', recipe: 'any' }, [
    of(1, ann, 9),
    of(2, bob, 9),
    of(3, carl, 9, 'test'),
    of(4, owner, 9, 'test'),
    of(5, ann, 9),
    of(6, bob, 8, 'test'),
  ]);
  const parts: Uint8Array[] = [];
  for await (const part of writer.bytes) parts.push(part);
  async function* stream() {
    await Promise.resolve();
    yield* parts;
  }
  const blobs = { stream } as unknown as Blobs;
  const job = { labels: [{ id: 7 }], trusted: [owner], snapshot: 'any' } as unknown as JobSpec;
  const { train, test } = await readPeople(blobs, job, plainSight);
  expect([[...train.ids], [...test.ids]]).toEqual([
    [1, 5],
    [4, 6],
  ]);
});
