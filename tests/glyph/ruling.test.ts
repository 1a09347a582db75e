// Ruled and squared paper, drawn: its lines go, and strokes stay, wherever they cross.
import { expect, test } from 'vitest';
import type { Raster } from '../../src/glyph/glyph.ts';
import { withoutRuling } from '../../src/glyph/ruling.ts';
import { drawSeven } from '../support/pictures.ts';

const WIDTH = 320;
const HEIGHT = 240;
const PAPER = 220;
const RULE = 170;

const blank = (grey = PAPER): Raster => ({
  width: WIDTH,
  height: HEIGHT,
  pixels: new Uint8Array(WIDTH * HEIGHT).fill(grey),
});

const negative = ({ pixels, ...size }: Raster): Raster => ({ ...size, pixels: pixels.map((grey) => 255 - grey) });
const turned = ({ width, height, pixels }: Raster): Raster => ({
  width: height,
  height: width,
  pixels: pixels.map((_, i) => pixels[(i % height) * width + Math.floor(i / height)] ?? 0),
});

/** Lines two pixels thick at these rows, from column to column, darkening whatever is there. */
function ruled(raster: Raster, rows: readonly number[], { from = 0, to = WIDTH, lean = 0, grey = RULE } = {}): Raster {
  const pixels = raster.pixels.slice();
  for (const row of rows) {
    for (let x = from; x < to; x++) {
      const y = Math.round(row + lean * (x - raster.width / 2));
      for (const at of [y, y + 1]) {
        if (at < 0 || at >= raster.height) continue;
        const i = at * raster.width + x;
        pixels[i] = Math.min(pixels[i] ?? 0, grey);
      }
    }
  }
  return { ...raster, pixels };
}

/** The largest distance of any pixel from what it should be. */
const farthest = (raster: Raster | undefined, wanted: Raster): number =>
  raster === undefined
    ? Infinity
    : raster.pixels.reduce((most, grey, i) => Math.max(most, Math.abs(grey - (wanted.pixels[i] ?? 0))), 0);

const many = [20, 60, 100, 140, 180, 220];

test('lined paper becomes blank paper, and the picture that was given stays as it is', () => {
  const paper = ruled(blank(), many);
  const before = paper.pixels.slice();
  const result = withoutRuling(paper);
  expect(farthest(result?.raster, blank())).toBeLessThan(6);
  expect(result?.doubtful).toBe(false);
  expect(paper.pixels).toEqual(before);
});

test('columns and squares as well, and lines that lean or are cut off by a corner', () => {
  const columns = turned(ruled(turned(blank()), [40, 90, 140, 190, 240, 290], { to: HEIGHT }));
  expect(farthest(withoutRuling(columns)?.raster, blank())).toBeLessThan(6);
  const squares = turned(ruled(turned(ruled(blank(), many)), [40, 90, 140, 190, 240, 290], { to: HEIGHT }));
  expect(withoutRuling(squares)).toMatchObject({ doubtful: false });
  expect(farthest(withoutRuling(squares)?.raster, blank())).toBeLessThan(12);
  const leaning = withoutRuling(ruled(blank(), many, { lean: 0.06 }));
  expect(farthest(leaning?.raster, blank())).toBeLessThan(6);
});

test('light lines on dark paper go as dark ones on light paper do', () => {
  const paper = ruled(blank(), many);
  const [dark, light] = [withoutRuling(paper), withoutRuling(negative(paper))];
  expect(light?.doubtful).toBe(false);
  expect(farthest(light?.raster, negative(dark?.raster ?? blank()))).toBe(0);
  // On light paper there are no light lines: what looks like them lies between strokes.
  expect(withoutRuling(negative(ruled(blank(255 - PAPER), many, { grey: 0 })))).toBeNull();
});

test('where there is no ruling nothing is touched: blank, a character, half a line, a thick bar', () => {
  expect(withoutRuling(blank())).toBeNull();
  const seven = drawSeven({ width: WIDTH, height: HEIGHT, x: 100, y: 50, size: 140 });
  expect(withoutRuling(seven)).toBeNull();
  expect(withoutRuling(ruled(blank(), [100], { to: WIDTH / 2 }))).toBeNull();
  const bar = blank();
  bar.pixels.fill(RULE, 100 * WIDTH, 112 * WIDTH);
  expect(withoutRuling(bar)).toBeNull();
});

test('soft edges of a line go with it', () => {
  const soft = ruled(
    ruled(
      blank(),
      many.flatMap((row) => [row - 1, row + 1]),
      { grey: PAPER - 12 },
    ),
    many,
  );
  expect(farthest(withoutRuling(soft)?.raster, blank())).toBeLessThan(6);
});

test('a few lines go only from side to side, and are doubtful: they may be strokes', () => {
  const one = withoutRuling(ruled(blank(), [120]));
  expect(one?.doubtful).toBe(true);
  expect(farthest(one?.raster, blank())).toBeLessThan(6);
  expect(withoutRuling(ruled(blank(), [60, 120, 180], { to: 0.9 * WIDTH }))).toBeNull();
  // Four are ruling, though they end before the picture does.
  const four = withoutRuling(ruled(blank(), [40, 90, 140, 190], { to: 0.9 * WIDTH }));
  expect(four?.doubtful).toBe(false);
  // A margin's line beside many is one of them; one each way is as doubtful as one.
  const both = (rows: readonly number[]) => turned(ruled(turned(ruled(blank(), rows)), [50], { to: HEIGHT }));
  expect(withoutRuling(both(many))?.doubtful).toBe(false);
  expect(farthest(withoutRuling(both(many))?.raster, blank())).toBeLessThan(12);
  expect(withoutRuling(both([120]))?.doubtful).toBe(true);
});

test('a picture that is cut out already is left alone', () => {
  const small = { width: 320, height: 128, pixels: new Uint8Array(320 * 128).fill(PAPER) };
  expect(withoutRuling(ruled(small, [20, 50, 80, 110]))).toBeNull();
  const larger = { width: 320, height: 129, pixels: new Uint8Array(320 * 129).fill(PAPER) };
  expect(withoutRuling(ruled(larger, [20, 50, 80, 110]))).not.toBeNull();
});

test('a character keeps its ink where lines cross it and where a stroke lies along one', () => {
  // The seven's own horizontal strokes lie on the lines at 60 and 120.
  const seven = drawSeven({ width: WIDTH, height: HEIGHT, x: 100, y: 53, size: 140, ink: 40, paper: PAPER });
  const clean = withoutRuling(ruled(seven, many));
  const ink = (raster: Raster | undefined): readonly number[] =>
    Array.from(raster?.pixels ?? [], (grey) => (grey < 105 ? 1 : 0));
  const [wanted, left] = [ink(seven), ink(clean?.raster)];
  const total = wanted.reduce((sum, each) => sum + each, 0);
  const lost = wanted.reduce((sum, each, i) => sum + (each === 1 && left[i] === 0 ? 1 : 0), 0);
  expect(lost / total).toBeLessThan(0.03);
  // And nothing darker than paper is left beside it.
  const beside = (raster: Raster | undefined): number =>
    Math.min(...(raster?.pixels ?? []).filter((_, i) => i % WIDTH < 80 || i % WIDTH > 260));
  expect(beside(clean?.raster)).toBeGreaterThan(PAPER - 8);
});

test('ink as pale as the lines stays where it crosses them, and thin dark ink where it lies on one', () => {
  const upright = blank();
  for (let y = 30; y < 210; y++) upright.pixels.fill(RULE, y * WIDTH + 150, y * WIDTH + 160);
  const crossed = withoutRuling(ruled(upright, many))?.raster;
  for (let y = 32; y < 208; y++) expect(crossed?.pixels[y * WIDTH + 155], String(y)).toBeLessThan(RULE + 10);

  const lying = withoutRuling(ruled(ruled(blank(), many), [100], { from: 100, to: 200, grey: 40 }))?.raster;
  for (let x = 105; x < 195; x++) expect(lying?.pixels[100 * WIDTH + x], String(x)).toBe(40);
  for (const x of [50, 250]) expect(lying?.pixels[100 * WIDTH + x], String(x)).toBeGreaterThan(PAPER - 6);
});
