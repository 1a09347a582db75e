import { createHash } from 'node:crypto';
import * as fc from '../support/properties.ts';
import { expect, it } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { strokes } from '../support/strokes.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Of ink a fifth is for testing, of pictures, which are known by how a JPEG begins, a tenth. */
const TEST_SHARE = 0.2;
const INK = new Uint8Array(1600);
const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xfe);
const facts = (contributor: string, glyph: number, label: { train: number; test: number }) => ({
  glyph: INK,
  contributor,
  testOnly: false,
  contentHash: hash(`glyph ${String(glyph)}`),
  label,
});

it('keeps every label’s test share to within two samples, whoever sends what', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(1_000_000)), { minLength: 1, maxLength: 400 }), (sent) => {
      const label = { train: 0, test: 0 };
      for (const [who, glyph] of sent) {
        label[splitter.draw(facts(`person ${String(who)}`, glyph, label))] += 1;
        const seen = label.train + label.test;
        expect(Math.abs(label.test - TEST_SHARE * seen)).toBeLessThan(2);
        if (seen >= 5) expect(label.test).toBeGreaterThan(0);
      }
    }),
  );
});

it('gives the same answer to the same facts, and a fifth of test where no share is out of balance', () => {
  const balanced = { train: 8, test: 2 };
  const draws = Array.from({ length: 4000 }, (_, glyph) => splitter.draw(facts('someone', glyph, balanced)));
  expect(draws).toEqual(draws.map((_, glyph) => splitter.draw(facts('someone', glyph, balanced))));
  expect(draws.filter((split) => split === 'test').length / 4000).toBeCloseTo(TEST_SHARE, 1);
  // Another person's same glyph is drawn anew.
  expect(draws).not.toEqual(draws.map((_, glyph) => splitter.draw(facts('another', glyph, balanced))));
});

it('keeps a tenth of pictures for testing', () => {
  const label = { train: 0, test: 0 };
  for (let n = 1; n <= 300; n++) {
    label[splitter.draw({ ...facts('someone', n, label), glyph: PICTURE })] += 1;
    expect(Math.abs(label.test - 0.1 * n)).toBeLessThan(2);
  }
});

it('lets a test-only contributor never train', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.nat(), (train, test, glyph) => {
      expect(splitter.draw({ ...facts('x', glyph, { train, test }), testOnly: true })).toBe('test');
    }),
  );
  const newcomer = (index: number, contributors: number, exempt = false): boolean =>
    splitter.testOnly({ contributor: hash(String(index)), contributors, exempt });
  const indices = Array.from({ length: 3000 }, (_, index) => index);
  expect(indices.filter((index) => newcomer(index, 9))).toEqual([]);
  expect(indices.filter((index) => newcomer(index, 10, true))).toEqual([]);
  expect(indices.filter((index) => newcomer(index, 10)).length / 3000).toBeCloseTo(0.1, 1);
});

it('knows a photo that was sent again, and no other drawing', () => {
  const again = (glyph: Uint8Array, seed: number): Uint8Array =>
    glyph.map((ink, at) =>
      ink === 0 || ink === 255 ? ink : Math.min(254, Math.max(1, ink + ((at * 31 + seed) % 17) - 8)),
    );
  const glyphs = Array.from({ length: 400 }, (_, seed) => strokes(seed));
  const found = glyphs.filter((glyph, seed) => {
    const copy = again(glyph, seed);
    expect(splitter.sameGlyph(glyph, copy)).toBe(true);
    return splitter.looks(copy).includes(splitter.looks(glyph)[0]);
  });
  expect(found.length).toBeGreaterThan(396);
  const [first] = glyphs;
  expect(glyphs.filter((glyph) => splitter.sameGlyph(glyph, first!))).toEqual([first]);
  // The same drawing a pixel lower is another photo: two quick strokes of one hand may be as close as that.
  expect(splitter.sameGlyph(first!, Uint8Array.from([...new Uint8Array(40), ...first!.subarray(0, 1560)]))).toBe(false);
});
