// Sheets: nothing stands on anything else, and the code says all of it.
import { assert, constantFrom, nat, property, uniqueArray } from '../support/properties.ts';
import { describe, expect, test } from 'vitest';
import { sheetCode, sheetOf } from '../../src/sheet/code.ts';
import {
  cellsOf,
  codesOf,
  headOf,
  papers,
  planSheets,
  RING_PART,
  ringsOf,
  type Area,
  type Paper,
} from '../../src/sheet/layout.ts';

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, id) => id);
const kana = { id: 'hiragana', direction: 'ltr' } as const;

describe.each(Object.keys(papers) as Paper[])('%s', (paper) => {
  test('all that is printed has its own place on the paper', () => {
    const [sheet] = planSheets(kana, upTo(64), paper);
    const rings = ringsOf(paper).map(({ x, y }) => {
      const side = 5 * RING_PART;
      return { x: x - side / 2, y: y - side / 2, width: side, height: side };
    });
    const all = [...rings, ...codesOf(paper), headOf(paper), ...(sheet === undefined ? [] : cellsOf(sheet))];
    for (const [i, a] of all.entries()) {
      expect(a.x >= 10 && a.y >= 10).toBe(true);
      expect(a.x + a.width <= papers[paper].width - 10 && a.y + a.height <= papers[paper].height - 10).toBe(true);
      for (const b of all.slice(i + 1)) expect(overlap(a, b), JSON.stringify([a, b])).toBe(false);
    }
  });
});

test('a few labels fill a page, many fill several', () => {
  const [row] = planSheets(kana, [0, 1, 2, 3, 4], 'A4');
  expect(row?.labels).toHaveLength(40);
  expect(row?.labels.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const pages = planSheets(kana, upTo(83), 'A4');
  expect(pages.map(({ page, pages: of, labels }) => [page, of, labels.length])).toEqual([
    [1, 2, 64],
    [2, 2, 19],
  ]);
});

test('what is read from the right begins at the right', () => {
  const [sheet] = planSheets({ id: 'hebrew', direction: 'rtl' }, upTo(27), 'A4');
  const [first, second] = sheet === undefined ? [] : cellsOf(sheet);
  expect(first?.x).toBeGreaterThan(175);
  expect(second?.x).toBeLessThan(first?.x ?? 0);
});

test('the code is short, packs tightly and tells the sheet', () => {
  assert(
    property(
      uniqueArray(nat(1022), { minLength: 1, maxLength: 200 }),
      constantFrom<Paper>('A4', 'Letter'),
      constantFrom('ltr', 'rtl'),
      (ids, paper, direction) => {
        for (const sheet of planSheets({ id: 'my-own-1', direction }, ids, paper)) {
          expect(sheetCode(sheet)).toMatch(/^[0-9A-Z:-]+$/u);
          expect(sheetOf(sheetCode(sheet))).toEqual(sheet);
        }
      },
    ),
  );
  const [all] = planSheets(kana, upTo(64), 'A4');
  expect(all && sheetCode(all).length).toBeLessThan(38);
});

test('what is no code of this version', () => {
  expect(sheetOf('INK2:WHATEVER')).toBe('old');
  expect(sheetOf('https://example.org')).toBeNull();
  expect(sheetOf('INK1:X:A:L:8:8:1:1:1:')).toBeNull();
  expect(sheetOf('INK1:X:A:L:8:8:1:1:9:0ZZZZ1')).toBeNull();
});
