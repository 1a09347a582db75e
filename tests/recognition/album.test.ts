// Pictures that were sent as one: their characters become those of one photo.
import { expect, test } from 'vitest';
import type { Glyph, Reading } from '../../src/glyph/glyph.ts';
import { albumOf } from '../../src/recognition/album.ts';

const pixels = new Uint8Array(1600);
const glyph = (x: number, y: number, high: number, line = 0): Glyph => ({
  pixels,
  line,
  box: { x, y, width: high / 2, height: high },
});
const of = (...[first, ...rest]: [Glyph, ...Glyph[]]): Reading => ({
  outcome: 'glyphs',
  width: 1,
  height: 1,
  glyphs: [first, ...rest],
});
const glyphsOf = (readings: [Reading, ...Reading[]]) => {
  const album = albumOf(readings);
  if (album.outcome !== 'glyphs') throw new Error(album.outcome);
  return album;
};

test('single characters stand in rows of five, as large as one another, each in a line of its own for who weighs twins', () => {
  const six = [40, 400, 33, 90, 1200, 7].map((high) => of(glyph(900, 50, high)));
  const { glyphs, unread } = glyphsOf(six as [Reading, ...Reading[]]);
  expect(unread).toBe(0);
  expect(glyphs.map(({ shown }) => shown.box.height)).toEqual([40, 40, 40, 40, 40, 40]);
  expect(glyphs.map(({ shown }) => shown.line)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(glyphs.map(({ line }) => line)).toEqual([0, 1, 2, 3, 4, 5]);
  const [first, second] = glyphs;
  expect(second?.shown.box.x).toBeGreaterThan((first?.shown.box.x ?? 0) + 40);
  expect(glyphs[5]?.shown.box).toMatchObject({ x: 0 });
});

test('whole lines stand below one another, in the order in which they were sent', () => {
  const { glyphs } = glyphsOf([of(glyph(0, 0, 50), glyph(60, 0, 50), glyph(0, 90, 50, 1)), of(glyph(10, 10, 500))]);
  expect(glyphs.map(({ line, shown }) => [line, shown.line])).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  const [a, , c, d] = glyphs.map(({ shown }) => shown.box);
  expect(c?.y).toBeGreaterThan((a?.y ?? 0) + (a?.height ?? 0));
  expect(d?.y).toBeGreaterThan((c?.y ?? 0) + (c?.height ?? 0));
});

test('what cannot be read is counted, and told where nothing can', () => {
  expect(glyphsOf([{ outcome: 'blank' }, of(glyph(0, 0, 9)), { outcome: 'damaged' }]).unread).toBe(2);
  expect(albumOf([{ outcome: 'blank' }, { outcome: 'damaged' }])).toEqual({ outcome: 'blank' });
});

test('a practice sheet among them, or more than a message holds, is asked about by itself', () => {
  const sheet: Reading = { outcome: 'sheet', alphabet: 'digits', page: 1, pages: 1, width: 1, height: 1, cells: [] };
  expect(albumOf([of(glyph(0, 0, 9)), sheet]).outcome).toBe('one-by-one');
  const many = Array.from({ length: 50 }, (_, at) => glyph(at * 20, 0, 9)) as [Glyph, ...Glyph[]];
  expect(albumOf([of(...many), of(...many)]).outcome).toBe('one-by-one');
});
