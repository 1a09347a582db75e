// Photos as people take them: ruled and squared paper, the grain of a dark room, other writing, a note on a table; and rows of characters.
import { describe, expect, it } from 'vitest';

import { GLYPH_SIZE, type Raster } from '../../src/glyph/glyph.ts';
import { readRaster } from '../../src/glyph/read.ts';
import { drawSeven, likeness, type Drawing } from '../support/pictures.ts';

const WIDTH = 640;
const HEIGHT = 480;
const SEVEN: Drawing = { width: WIDTH, height: HEIGHT, x: 240, y: 90, size: 150, pen: 0.07 };
const photo = drawSeven(SEVEN);

function relight(raster: Raster, light: (grey: number, x: number, y: number) => number): Raster {
  const pixels = raster.pixels.map((grey, i) => {
    return Math.max(0, Math.min(255, light(grey, i % raster.width, Math.floor(i / raster.width))));
  });
  return { ...raster, pixels };
}

/** Ink of all of them on the first one's paper. */
function together(...drawings: readonly Partial<Drawing>[]): Raster {
  const rasters = drawings.map((each) => drawSeven({ ...SEVEN, ...each }));
  return relight(rasters[0] ?? photo, (_, x, y) =>
    Math.min(...rasters.map(({ pixels, width }) => pixels[y * width + x] ?? 255)),
  );
}

/** Between −1 and 1, the same in every run, and alike in no direction. */
function grain(x: number, y: number): number {
  let hash = Math.imul(x + 1, 0x9e37_79b1) ^ Math.imul(y + 1, 0x85eb_ca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return ((hash ^ (hash >>> 13)) & 0xffff) / 32_768 - 1;
}

/** Distance from the nearest of lines that are `gap` apart and lean. */
const fromLine = (along: number, across: number, gap: number, lean: number): number => {
  const at = (((across + lean * along) % gap) + gap) % gap;
  return Math.min(at, gap - at);
};

function likenessTo(wanted: Raster, raster: Raster): number {
  const [one, other] = [readRaster(wanted), readRaster(raster)];
  if (one.outcome !== 'glyphs') throw new Error(one.outcome);
  if (other.outcome !== 'glyphs') throw new Error(other.outcome);
  expect(other.glyphs[0].pixels).toHaveLength(GLYPH_SIZE ** 2);
  return likeness(one.glyphs[0].pixels, other.glyphs[0].pixels);
}

describe('the character and nothing else', () => {
  it.each<[string, (grey: number, x: number, y: number) => number]>([
    ['dark ruled lines', (grey, x, y) => (fromLine(x, y, 34, 0.02) < 1 ? Math.min(grey, 120) : grey)],
    [
      'dark squared lines',
      (grey, x, y) =>
        fromLine(x, y, 24, 0.03) < 1 || fromLine(y, x, 24, -0.03) < 1 ? Math.min(grey, 120) : grey + 3 * grain(x, y),
    ],
    ['lines that lean', (grey, x, y) => (fromLine(x, y, 40, 0.2) < 1 ? Math.min(grey, 110) : grey)],
    ['a margin line through it', (grey, x, y) => (Math.abs(x - 290 - y / 50) < 1.5 ? Math.min(grey, 110) : grey)],
    ['light lines on black', (grey, x, y) => 255 - (fromLine(x, y, 30, 0.02) < 1 ? Math.min(grey, 120) : grey)],
    [
      'pencil, hardly darker than the squares',
      (grey, x, y) => {
        const pencil = 220 - 0.4 * (220 - grey);
        const line = fromLine(x, y, 30, 0.01) < 1 || fromLine(y, x, 30, -0.01) < 1;
        return (line ? Math.min(pencil, 175) : pencil) + 2 * grain(x, y);
      },
    ],
    ['a photo in a dark room', (grey, x, y) => 20 + grey / 5 + 12 * grain(x, y)],
    [
      'a note on a table',
      (grey, x, y) => (x > 190 && x < 440 && y > 50 && y < 290 ? grey : 60 + 4 * Math.sin(y / 9) + 3 * grain(x, y)),
    ],
  ])('%s', (_, light) => {
    expect(likenessTo(photo, relight(photo, light))).toBeGreaterThan(0.85);
  });

  it('not the line of writing below it', () => {
    const line = Array.from({ length: 9 }, (_, place) => ({ x: 40 + 60 * place, y: 315, size: 46, pen: 0.1 }));
    expect(likenessTo(photo, together({}, ...line))).toBeGreaterThan(0.9);
  });

  it('not the dots of the paper', () => {
    const small = drawSeven({ ...SEVEN, size: 60, pen: 0.08 });
    const dots = (grey: number, x: number, y: number): number =>
      Math.hypot((x % 24) - 12, (y % 24) - 12) < 2 ? Math.min(grey, 110) : grey;
    expect(likenessTo(small, relight(small, dots))).toBeGreaterThan(0.85);
  });

  it('even if it is tiny', () => {
    const tiny = { ...SEVEN, x: 500, y: 300, size: 18, pen: 0.12 };
    expect(likenessTo(drawSeven({ ...SEVEN, pen: 0.12 }), drawSeven(tiny))).toBeGreaterThan(0.85);
  });

  it('no line of a page that has nothing else', () => {
    const page = relight({ ...photo, pixels: photo.pixels.slice().fill(220) }, (grey, x, y) =>
      fromLine(x, y + 12, 34, 0.06) < 1 || fromLine(y, x + 12, 34, -0.06) < 1 ? 120 : grey + 4 * grain(x, y),
    );
    expect(readRaster(page)).toEqual({ outcome: 'blank' });
  });

  it('a long stroke from side to side stays, when it is as thick as a stroke', () => {
    const bar = relight({ ...photo, pixels: photo.pixels.slice().fill(220) }, (grey, x, y) =>
      x > 12 && x < 628 && Math.abs(y - 240) < 8 ? 40 : grey,
    );
    expect(readRaster(bar).outcome).toBe('glyphs');
  });
});

describe('a character that fills its picture keeps all its strokes', () => {
  type Stroke = readonly (readonly [x: number, y: number])[];

  /** Ink within `pen` pixels of the strokes: points "x,y", strokes parted by slashes. */
  function cutOut(width: number, height: number, pen: number, drawn: string): Raster {
    const strokes = drawn
      .split(' / ')
      .map((stroke): Stroke => stroke.split(' ').map((point) => point.split(',').map(Number) as [number, number]));
    const near = ([x, y]: Stroke[number], [fromX, fromY]: Stroke[number], [toX, toY]: Stroke[number]): boolean => {
      const [alongX, alongY] = [toX - fromX, toY - fromY];
      const along = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
      const share = Math.max(0, Math.min(1, along));
      return Math.hypot(x - fromX - share * alongX, y - fromY - share * alongY) <= pen;
    };
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
      const at = [i % width, Math.floor(i / width)] as const;
      return strokes.some((stroke) => stroke.slice(1).some((to, k) => near(at, stroke[k] ?? to, to))) ? 30 : 235;
    });
    return { width, height, pixels };
  }

  it.each<[string, Raster]>([
    ['テ', cutOut(260, 200, 4, '30,6 215,6 / 0,70 259,66 / 130,70 110,150 60,199')],
    ['ナ, thin, with a bar from side to side', cutOut(260, 200, 1, '0,70 259,70 / 140,0 130,110 70,199')],
    ['ハ', cutOut(260, 170, 4, '90,30 50,110 0,169 / 150,10 200,80 259,150')],
  ])('%s', (_, raster) => {
    const reading = readRaster(raster);
    if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
    const { width, height } = reading.glyphs[0].box;
    expect(width).toBeGreaterThan(0.94 * raster.width);
    expect(height).toBeGreaterThan(0.94 * raster.height);
  });
});

describe('the frame of a printed cell is not ink of the character', () => {
  const cell: Drawing = { width: 221, height: 178, x: 75, y: 45, size: 90, pen: 0.07 };
  const written = drawSeven(cell);
  const bars = (grey: number, ...distances: readonly number[]): number =>
    Math.min(...distances) < 2.5 ? Math.min(grey, 20) : grey;

  it.each<[string, (grey: number, x: number, y: number) => number]>([
    [
      'all four sides, and the lines go on',
      (grey, x, y) => bars(grey, ...[x - 19, x - 212, y - 13, y - 160].map(Math.abs)),
    ],
    [
      'a scan that leans',
      (grey, x, y) =>
        bars(grey, ...[x - 19 - y / 60, x - 208 - y / 60, y - 11 - x / 60, y - 158 - x / 60].map(Math.abs)),
    ],
    ['above and below', (grey, _, y) => bars(grey, Math.abs(y - 8), Math.abs(y - 170))],
    ['left and right', (grey, x) => bars(grey, Math.abs(x - 12), Math.abs(x - 205))],
  ])('%s', (_, light) => {
    expect(likenessTo(written, relight(written, light))).toBeGreaterThan(0.95);
  });
});

describe('several characters', () => {
  const row = (...places: readonly (readonly [x: number, y: number])[]): Raster =>
    together(...places.map(([x, y]) => ({ x, y, size: 110 })));

  it.each<[string, Raster]>([
    ['three in a row', row([60, 100], [220, 110], [380, 95])],
    ['five in a row', together(...[0, 1, 2, 3, 4].map((place) => ({ x: 30 + 110 * place, y: 150, size: 80 })))],
    ['two apart', row([60, 100], [330, 110])],
    ['two, one above the other', row([200, 40], [215, 270])],
    ['a grid', row([60, 60], [260, 65], [460, 60], [60, 300], [260, 295], [460, 300])],
    ['a column', together(...[0, 1, 2].map((place) => ({ x: 200, y: 20 + 150 * place, size: 110 })))],
  ])('%s', (_, raster) => {
    expect(readRaster(raster)).toEqual({ outcome: 'several-characters' });
  });

  const strokes = (...boxes: readonly (readonly [left: number, top: number, right: number, bottom: number])[]) =>
    relight({ ...photo, pixels: photo.pixels.slice().fill(220) }, (grey, x, y) =>
      boxes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom) ? 40 : grey,
    );
  it.each<[string, Raster]>([
    [
      'one, and a line of small ones far below',
      together({}, { x: 60, y: 430, size: 40 }, { x: 110, y: 430, size: 40 }),
    ],
    ['three strokes side by side', strokes([100, 100, 116, 200], [200, 100, 216, 200], [300, 100, 316, 200])],
    ['three strokes in a pile', strokes([200, 60, 300, 76], [200, 160, 300, 176], [200, 260, 300, 276])],
    ['two wide parts', strokes([60, 100, 160, 200], [220, 100, 320, 200])],
    [
      'a dashed stroke',
      strokes(...[0, 1, 2, 3, 4].map((place) => [100 + 60 * place, 200, 140 + 60 * place, 216] as const)),
    ],
  ])('none of them: %s', (_, raster) => {
    expect(readRaster(raster).outcome).toBe('glyphs');
  });
});
