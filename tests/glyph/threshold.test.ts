// Where ink ends and paper begins, on drawn pictures: half way at the edges, in any light, and nowhere else.
import { expect, test } from 'vitest';
import type { Raster } from '../../src/glyph/glyph.ts';
import { noiseOf, SMALL, thresholdSurface } from '../../src/glyph/threshold.ts';

function picture(width: number, height: number, grey: (x: number, y: number) => number): Raster {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => grey(i % width, Math.floor(i / width)));
  return { width, height, pixels };
}

const negative = ({ pixels, ...size }: Raster): Raster => ({ ...size, pixels: pixels.map((grey) => 255 - grey) });

/** The threshold at a place of the picture, NaN outside of the surface's area. */
function levelAt(raster: Raster, x: number, y: number): number {
  const surface = thresholdSurface(raster);
  if (surface === null) return NaN;
  const { area, levels } = surface;
  const inside = x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
  return inside ? (levels[(y - area.y) * area.width + x - area.x] ?? NaN) : NaN;
}

/** Seeded noise of −2 … 2. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 16) % 5) - 2;
  };
}

/** A stroke of this box on paper. */
const stroke = (left: number, top: number, right: number, bottom: number, ink: number, paper: number) => {
  return (x: number, y: number): number => (x >= left && x < right && y >= top && y < bottom ? ink : paper);
};

test('where nothing stands out there is no threshold: blank, noisy, shaded, a single pixel', () => {
  expect(thresholdSurface(picture(200, 150, () => 220))).toBeNull();
  expect(thresholdSurface(picture(200, 150, () => 0))).toBeNull();
  expect(thresholdSurface(picture(1, 1, () => 7))).toBeNull();
  expect(thresholdSurface(picture(300, 150, (x) => Math.round(60 + x / 2)))).toBeNull();
  const grain = noise(1);
  expect(thresholdSurface(picture(300, 200, () => 180 + grain()))).toBeNull();
});

test('beside a stroke it is half way between ink and paper, in either polarity', () => {
  const dark = picture(300, 200, stroke(140, 60, 150, 140, 40, 220));
  for (const [x, y] of [
    [139, 100],
    [145, 100],
    [151, 100],
    [145, 58],
  ] as const) {
    expect(levelAt(dark, x, y), `${x} ${y}`).toBeCloseTo(130, 0);
    expect(levelAt(negative(dark), x, y), `${x} ${y}`).toBeCloseTo(125, 0);
  }
});

test('uneven light moves it with the paper', () => {
  const light = (x: number): number => 80 + (150 * x) / 400;
  const lit = picture(400, 200, (x, y) => Math.round((x % 40 < 6 && y > 40 && y < 160 ? 0.4 : 1) * light(x)));
  for (const x of [43, 203, 363]) {
    const level = levelAt(lit, x, 100);
    expect(level, String(x)).toBeGreaterThan(0.4 * light(x) + 10);
    expect(level, String(x)).toBeLessThan(light(x) - 10);
  }
  // One level for all would call the dark paper ink, or the light ink paper.
  expect(light(0)).toBeLessThan(0.4 * light(400) + 20);
});

test('far from every edge there is none, and the area holds only what is near one', () => {
  const corner = picture(600, 400, stroke(500, 300, 510, 360, 40, 220));
  const surface = thresholdSurface(corner);
  expect(surface?.area.x).toBeGreaterThan(380);
  expect(surface?.area.y).toBeGreaterThan(180);
  expect((surface?.area.x ?? 0) + (surface?.area.width ?? 0)).toBeLessThanOrEqual(600);
  expect((surface?.area.y ?? 0) + (surface?.area.height ?? 0)).toBeLessThanOrEqual(400);
  expect(surface?.levels.length).toBe((surface?.area.width ?? 0) * (surface?.area.height ?? 0));
  expect(levelAt(corner, 505, 330)).toBeCloseTo(130, 0);
  // Two strokes at both ends: between them nothing.
  const ends = picture(600, 100, (x, y) =>
    Math.min(stroke(30, 30, 40, 70, 40, 220)(x, y), stroke(560, 30, 570, 70, 40, 220)(x, y)),
  );
  expect([levelAt(ends, 35, 50), levelAt(ends, 565, 50)].map(Math.round)).toEqual([130, 130]);
  expect(levelAt(ends, 300, 50)).toBeNaN();
});

test('noise that looks like an edge here and there is none', () => {
  const grain = noise(3);
  const noisy = picture(600, 300, (x, y) => stroke(60, 100, 70, 200, 140, 200)(x, y) + grain() + grain());
  expect(levelAt(noisy, 65, 150)).toBeCloseTo(170, -1);
  for (const x of [250, 350, 450, 550]) expect(levelAt(noisy, x, 150), String(x)).toBeNaN();
});

test('it is smooth from pixel to pixel, wherever its area begins', () => {
  const light = (x: number): number => 60 + 0.9 * Math.max(0, x - 400);
  const lit = picture(600, 200, (x, y) =>
    Math.round((x > 450 && y % 24 < 5 && y > 60 && y < 140 ? 0.4 : 1) * light(x)),
  );
  expect(thresholdSurface(lit)?.area.x).toBeGreaterThan(100);
  const levels = Array.from({ length: 60 }, (_, index) => levelAt(lit, 500 + index, 100));
  expect(new Set(levels.map((level) => level.toFixed(2))).size).toBeGreaterThan(50);
});

test('a soft shadow has no say beside a stroke', () => {
  // From 220 to 120 over a hundred pixels; the stroke lies in the light.
  const shade = (x: number): number => 220 - Math.min(100, Math.max(0, x - 250));
  const shadowed = picture(500, 200, (x, y) =>
    Math.round(Math.min(shade(x), stroke(100, 60, 110, 140, 40, 255)(x, y))),
  );
  expect(levelAt(shadowed, 105, 100)).toBeCloseTo(130, 0);
  expect(levelAt(shadowed, 300, 100)).toBeNaN();
});

test('a faint stroke near a strong one keeps a level between itself and the paper', () => {
  const both = picture(300, 200, (x, y) =>
    Math.min(stroke(60, 60, 70, 140, 20, 220)(x, y), stroke(230, 60, 240, 140, 180, 220)(x, y)),
  );
  expect(levelAt(both, 235, 100)).toBeGreaterThan(185);
  expect(levelAt(both, 235, 100)).toBeLessThan(215);
});

test('in small pictures it lies half of the way nearer to the paper, dark paper too', () => {
  const of = (side: number) => picture(side, side, stroke(20, 20, 26, 50, 40, 220));
  expect(levelAt(of(SMALL), 23, 35)).toBeCloseTo(175, 0);
  expect(levelAt(negative(of(SMALL)), 23, 35)).toBeCloseTo(80, 0);
  expect(levelAt(of(SMALL + 1), 23, 35)).toBeCloseTo(130, 0);
});

test('noise is told from edges', () => {
  expect(noiseOf(picture(200, 200, () => 180))).toBe(0);
  const grain = noise(2);
  const noisy = (x: number, y: number): number => stroke(80, 50, 90, 150, 40, 200)(x, y) + grain();
  // The difference of two of −2 … 2 deviates by 2.
  expect(noiseOf(picture(300, 200, noisy))).toBeCloseTo(2, 0);
  expect(levelAt(picture(300, 200, noisy), 85, 100)).toBeCloseTo(120, -1);
  expect(noiseOf(picture(1, 1, () => 3))).toBe(0);
});
