// From the finder's answers to boxes: peaks, sides, and nothing twice.
import { describe, expect, it } from 'vitest';
import { CONTRAST, inputOf, UNIT } from '../../src/find/answer.ts';
import { boxesIn, withoutTwice, withPrintMarked, type Voter } from '../../src/find/boxes.ts';
import { shrunk } from '../../src/find/find.ts';

const [COLUMNS, ROWS] = [16, 12];

/** Answers in which nothing is seen but what `say` puts there: column, row, sureness as a logit, distances to the four sides. */
function answers(
  ...seen: readonly (readonly [x: number, y: number, logit: number, sides: readonly number[]])[]
): Float32Array {
  const planes = new Float32Array(7 * COLUMNS * ROWS);
  planes.fill(-9, 0, 2 * COLUMNS * ROWS);
  for (const [x, y, logit, sides] of seen) {
    planes[y * COLUMNS + x] = logit;
    sides.forEach((side, k) => (planes[(2 + k) * COLUMNS * ROWS + y * COLUMNS + x] = Math.log(side / UNIT)));
  }
  return planes;
}

describe('boxes', () => {
  it('lie around their middle, the surest first', () => {
    const found = boxesIn(answers([3, 2, 1, [6, 8, 10, 12]], [10, 8, 3, [8, 8, 8, 8]]), COLUMNS, ROWS, 0.3);
    expect(found.map(({ sureness }) => sureness.toFixed(2))).toEqual(['0.95', '0.73']);
    const { x, y, width, height } = found[1]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    // The middle of cell (3, 2) is pixel (14, 10).
    expect([x, y, width, height].map(Math.round)).toEqual([8, 2, 16, 20]);
  });

  it('are not drawn for a neighbour of a surer cell, nor below the least sureness', () => {
    const found = boxesIn(
      answers([3, 2, 2, [8, 8, 8, 8]], [4, 2, 1, [8, 8, 8, 8]], [10, 8, -2, [8, 8, 8, 8]]),
      COLUMNS,
      ROWS,
      0.3,
    );
    expect(found).toHaveLength(1);
  });

  it('of a part of a character go, those of touching neighbours stay', () => {
    const whole = { box: { x: 0, y: 0, width: 40, height: 60 }, sureness: 0.9 };
    const part = { box: { x: 5, y: 5, width: 20, height: 20 }, sureness: 0.6 };
    const neighbour = { box: { x: 36, y: 0, width: 40, height: 60 }, sureness: 0.5 };
    expect(withoutTwice([part, neighbour, whole])).toEqual([whole, neighbour]);
  });

  it('of two halves go where both characters are seen', () => {
    const [left, right] = [0, 42].map((x) => ({ box: { x, y: 0, width: 40, height: 60 }, sureness: 0.8 }));
    const halves = { box: { x: 22, y: 0, width: 40, height: 60 }, sureness: 0.5 };
    expect(withoutTwice([halves, ...(left && right ? [left, right] : [])])).toEqual([left, right]);
    expect(withoutTwice([halves, ...(left ? [left] : [])])).toEqual([left, halves]);
  });
});

describe('print and a hand', () => {
  const at = (x: number, y: number, vote: number): Voter => ({
    box: { x, y, width: 20, height: 30 },
    sureness: 0.7,
    vote,
  });

  const handsAmong = (seen: readonly Voter[]) =>
    withPrintMarked(seen).flatMap(({ box, print: printed }) => (printed === true ? [] : [box]));

  it('are told by their neighbours: one even character of a line does not make it print', () => {
    const line = [2, 1.5, -1.8, 2, 1].map((vote, k) => at(25 * k, 10, vote));
    expect(withPrintMarked(line).filter(({ print }) => print === true)).toEqual([]);
  });

  it('stand in one picture: the line of print goes, the hand in its cell stays', () => {
    const print = [-2, -2, -1.5, 0.2, -2].map((vote, k) => at(25 * k, 10, vote));
    const own = at(60, 400, 1);
    expect(handsAmong([...print, own])).toEqual([own.box]);
  });

  it('of another size are no neighbours', () => {
    const large = { ...at(40, 0, 1), box: { x: 40, y: 0, width: 90, height: 120 } };
    const print = [0, 1, 2, 3].map((k) => at(25 * k, 60, -2));
    expect(handsAmong([...print, large])).toEqual([large.box]);
  });
});

describe('what goes in', () => {
  it('is smaller by whole means, and the same where it is small', () => {
    const pixels = Uint8Array.from({ length: 8 * 4 }, (_, i) => (i % 8 < 4 ? 10 : 200));
    expect(shrunk({ width: 8, height: 4, pixels }, { longer: 4, shorter: 4 })).toEqual({
      width: 4,
      height: 2,
      pixels: Uint8Array.of(10, 10, 200, 200, 10, 10, 200, 200),
    });
    expect(shrunk({ width: 8, height: 4, pixels }, { longer: 8, shorter: 4 })).toEqual({ width: 8, height: 4, pixels });
  });

  it('has the mean of 0, also where there is no picture', () => {
    const input = inputOf({ width: 2, height: 1, pixels: Uint8Array.of(100, 228) }, 4, 2);
    expect([...input]).toEqual([-64 / CONTRAST, 64 / CONTRAST, 0, 0, 0, 0, 0, 0]);
  });
});
