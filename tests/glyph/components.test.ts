// Connected ink on rasters of a few pixels: what hangs together, and every figure that is told of it.
import { expect, test } from 'vitest';
import { darkComponents } from '../../src/glyph/components.ts';
import type { Raster } from '../../src/glyph/glyph.ts';

/** Ink of 20 where the rows have a #, paper of 220 elsewhere; a digit is a grey of ten times as much. */
function drawn(...rows: readonly string[]): Raster {
  const greys = rows.flatMap((row) => Array.from(row, (sign) => (sign === '#' ? 20 : sign === '.' ? 220 : 10 * +sign)));
  return { width: rows[0]?.length ?? 0, height: rows.length, pixels: Uint8Array.from(greys) };
}

const half = ({ pixels }: Raster, level = 120): Float32Array => new Float32Array(pixels.length).fill(level);
const found = (raster: Raster, margin = 0, leastStep = 1) => darkComponents(raster, half(raster), margin, leastStep);
const areas = (raster: Raster): number[] => found(raster).list.map(({ area }) => area);

test('pixels that touch at a corner hang together, in all four directions', () => {
  expect(areas(drawn('#..', '.#.', '..#'))).toEqual([3]);
  expect(areas(drawn('..#', '.#.', '#..'))).toEqual([3]);
  expect(areas(drawn('#.#', '...', '#.#'))).toEqual([1, 1, 1, 1]);
  expect(areas(drawn('#.#', '.#.', '#.#'))).toEqual([5]);
});

test('the end of a row is no neighbour of the next one’s beginning', () => {
  expect(areas(drawn('..#', '#..'))).toEqual([1, 1]);
  expect(areas(drawn('...#', '....', '#...'))).toEqual([1, 1]);
});

test('arms that meet late are one piece, and so are pieces within pieces', () => {
  expect(areas(drawn('#.#', '#.#', '###'))).toEqual([7]);
  // A comb: each tooth begins as a piece of its own, and the last row joins all of them.
  expect(areas(drawn('#.#.#.#', '#.#.#.#', '#######'))).toEqual([15]);
  // Joined from the right to the left, and once more.
  expect(areas(drawn('..#.#', '.#..#', '#..#.', '.##..'))).toEqual([8]);
  expect(areas(drawn('#####', '#...#', '#.#.#', '#...#', '#####'))).toEqual([16, 1]);
});

test('numbers run from 1 without gaps, and each pixel has its piece’s', () => {
  // The first row begins with two that turn out to be one.
  const { ids, list } = found(drawn('#.#.#', '###.#', '.....', '##...'));
  expect(list.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect([...ids]).toEqual([1, 0, 1, 0, 2, 1, 1, 1, 0, 2, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0]);
  expect([...found(drawn('#.#.#.#', '###.###')).ids]).toEqual([1, 0, 1, 0, 2, 0, 2, 1, 1, 1, 0, 2, 2, 2]);
});

test('a piece’s box ends where it ends, exclusive', () => {
  const [piece] = found(drawn('......', '..##..', '.###..', '......')).list;
  expect(piece).toMatchObject({ left: 1, top: 1, right: 4, bottom: 3, area: 5 });
});

test('ink differs from the threshold by more than the margin, and where there is none there is no ink', () => {
  const raster = drawn('1.9');
  const at = (margin: number) => darkComponents(raster, half(raster), margin, 1).list.length;
  expect([at(0), at(29), at(30), at(109), at(110)]).toEqual([2, 2, 1, 1, 0]);
  const levels = half(raster);
  levels[0] = NaN;
  expect([...darkComponents(raster, levels, 0, 1).ids]).toEqual([0, 0, 1]);
  // The threshold itself is paper; so is everything lighter, whatever its contrast.
  expect(darkComponents(drawn('##'), half(drawn('##'), 20), 0, 1).list).toEqual([]);
  expect(darkComponents(drawn('..'), half(drawn('..')), 0, 1).list).toEqual([]);
});

test('contrast is the mean distance from each place’s own threshold', () => {
  const raster = drawn('24');
  const [piece] = darkComponents(raster, Float32Array.of(100, 200), 0, 1).list;
  expect(piece?.contrast).toBe((80 + 160) / 2);
});

test('the outline counts sides, holes included, and its edge is the mean step', () => {
  expect(found(drawn('...', '.#.', '...')).list[0]).toMatchObject({ outline: 4, edge: 200, open: 0, onBorder: 0 });
  const ring = drawn('.....', '.###.', '.#.#.', '.###.', '.....');
  expect(found(ring).list[0]).toMatchObject({ area: 8, outline: 16, edge: 200 });
  expect(found(drawn('....', '.#..', '.#..', '....')).list[0]).toMatchObject({ outline: 6 });
  // Within a piece there is none, however its grey changes.
  expect(found(drawn('....', '.29.', '....')).list[0]).toMatchObject({ outline: 6, open: 0 });
  // Steps of 200, 200, 200 and 120.
  const shaded = drawn('...', '.#.', '...');
  shaded.pixels[7] = 140;
  expect(found(shaded).list[0]).toMatchObject({ outline: 4, edge: (3 * 200 + 120) / 4 });
});

test('sides on the picture’s border are counted apart', () => {
  expect(found(drawn('#')).list[0]).toMatchObject({ onBorder: 4, outline: 0, edge: 0 });
  expect(found(drawn('#..', '...')).list[0]).toMatchObject({ onBorder: 2, outline: 2 });
  expect(found(drawn('...', '..#')).list[0]).toMatchObject({ onBorder: 2, outline: 2 });
  expect(found(drawn('.#.', '.#.')).list[0]).toMatchObject({ onBorder: 2, outline: 4 });
});

test('where the grey does not rise a side is open: a shade, or the threshold’s own end', () => {
  const raster = drawn('....', '.##.', '....');
  // The threshold ends on the right, where the ink goes on, and above there is a step of 5 only.
  const levels = half(raster);
  levels[6] = NaN;
  raster.pixels[1] = 25;
  levels[1] = 20;
  expect(darkComponents(raster, levels, 0, 10).list[0]).toMatchObject({ area: 1, open: 2, outline: 2, edge: 200 });
  expect(darkComponents(raster, levels, 0, 5).list[0]).toMatchObject({ open: 1, outline: 3 });
});
