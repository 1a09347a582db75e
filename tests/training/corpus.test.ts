// The glyphs of a run where there are very many of them.
import { expect, it } from 'vitest';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { concat, makePacker, type Glyphs } from '../../src/training/corpus.ts';

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
