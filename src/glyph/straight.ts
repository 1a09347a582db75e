// Thin straight dark lines that run across a picture, such as ruled paper has: found by votes of thin dark places (Hough, 1962),
// then followed from the middle to both sides, as paper bends a little.
import type { Raster } from './glyph.ts';

/** A line is at most this many pixels thick (photos are worked on at WORK_SIDE), with its soft edges. */
export const THICK = 4;
/** Lines lean at most so many pixels for each pixel along. */
const LEAN = 0.3;
/** Pixels along a line that are averaged to see it through the noise: on both sides of each. */
const ALONG = 3;
/** A thin place must be darker than both its sides by this many grey levels, and by this many deviations of the averaged noise. */
export const LEAST_DEPTH = 3;
const NOISE_DEPTH = 1.2;
/** A line is looked for so many pixels from where it should be. */
export const STRAY = 2;
/** A line shows in this share of its length (the character may cover it), and over this share of the picture. */
const SHOWN = 0.6;
const PART = 0.5;
/** In a corner of the picture it may be seen for this share of the picture's width. */
const LEAST_PART = 0.04;

/** Where a line runs: for each column its row, and whether it shows there. */
export interface Line {
  readonly rows: Float32Array;
  readonly shown: Uint8Array;
  /** From its first to its last visible column, as a share of the columns in which it could be seen. */
  readonly span: number;
  readonly lean: number;
  /** It runs through a corner of the picture: less than PART of it can be seen. */
  readonly cornered: boolean;
}

/** The lines that run from left to right. */
export function linesIn(raster: Raster): readonly Line[] {
  const { width, height } = raster;
  const soft = softened(raster);
  const least = Math.max(LEAST_DEPTH, NOISE_DEPTH * noiseOf(raster, soft));
  const thin = thinPlaces(soft, width, height, least);
  return candidates(thin, width, height).flatMap(({ lean, middle }) => follow(thin, width, height, lean, middle));
}

/** Columns whose grey is added up to one soft value. */
const SOFT = 2 * ALONG + 1;

/** Each row added up over a few columns, as if the picture went on at its border: SOFT times its grey. */
function softened({ width, height, pixels }: Raster): Int16Array {
  const soft = new Int16Array(pixels.length);
  for (let start = 0; start < width * height; start += width) {
    const last = start + width - 1;
    let sum = (ALONG + 1) * (pixels[start] ?? 0);
    for (let k = 1; k <= ALONG; k++) sum += pixels[Math.min(last, start + k)] ?? 0;
    for (let i = start; i <= last; i++) {
      soft[i] = sum;
      sum += (pixels[Math.min(last, i + ALONG + 1)] ?? 0) - (pixels[Math.max(start, i - ALONG)] ?? 0);
    }
  }
  return soft;
}

/** Deviation of the averaged grey: the middle of all distances from one row to the next but one. */
function noiseOf({ width, height }: Raster, soft: Int16Array): number {
  const histogram = new Uint32Array(SOFT * 255 + 1);
  let total = 0;
  for (let i = 0; i + 2 * width < width * height; i += 7) {
    const distance = Math.abs((soft[i] ?? 0) - (soft[i + 2 * width] ?? 0));
    histogram[distance] = (histogram[distance] ?? 0) + 1;
    total++;
  }
  let below = 0;
  return histogram.findIndex((count) => (below += count) >= total / 2) / SOFT;
}

/** 1 where the picture is darker than a little above and below by `least` grey levels, and darkest of its run. */
function thinPlaces(soft: Int16Array, width: number, height: number, least: number): Uint8Array {
  const thin = new Uint8Array(width * height);
  const deep = SOFT * least;
  for (let y = 0; y < height; y++) {
    // Beyond the picture it is as on the other side.
    const above = y > 0 ? -width : width;
    const below = y + 1 < height ? width : -width;
    const over = y >= THICK ? -THICK * width : THICK * width;
    const under = y + THICK < height ? THICK * width : -THICK * width;
    for (let i = y * width; i < (y + 1) * width; i++) {
      const here = soft[i] ?? 0;
      if ((soft[i + over] ?? 0) - here < deep || (soft[i + under] ?? 0) - here < deep) continue;
      if (here <= (soft[i + above] ?? 0) && here < (soft[i + below] ?? 0)) thin[i] = 1;
    }
  }
  return thin;
}

/** On ruled paper about a hundred candidates vote for a line, on the finest squares some thousands together; a texture has more. */
const MOST_STRONG = 10_000;

/** Straight lines that many thin places vote for, the strongest first: their lean, and their row in the middle column. */
function candidates(
  thin: Uint8Array,
  width: number,
  height: number,
): readonly { readonly lean: number; readonly middle: number }[] {
  const step = 2 / width;
  const most = Math.ceil(LEAN / step);
  const leans = 2 * most + 1;
  const room = Math.ceil((LEAN * width) / 2) + 2;
  const bins = height + 2 * room;
  const votes = new Uint16Array(leans * bins);
  // Where in the votes a place in the first row counts, for each column and lean.
  const first = new Int32Array(width * leans);
  for (let x = 0; x < width; x += 2) {
    for (let lean = -most; lean <= most; lean++) {
      first[x * leans + lean + most] = (lean + most) * bins + room - Math.round(lean * (x - width / 2) * step);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 2) {
      if (thin[y * width + x] === 0) continue;
      for (let i = x * leans; i < (x + 1) * leans; i++) {
        const at = (first[i] ?? 0) + y;
        votes[at] = (votes[at] ?? 0) + 1;
      }
    }
  }
  // Where a line runs through a corner of the picture, less of it can be seen.
  const visible = (lean: number, middle: number): number => {
    const ends = [middle - lean * (width / 2), middle + lean * (width / 2)];
    const inside = Math.min(height + 1, Math.max(...ends)) - Math.max(-1, Math.min(...ends));
    const all = Math.abs(lean) * width;
    return all < 1 ? 1 : Math.max(0, inside) / all;
  };
  const strong: { readonly lean: number; readonly middle: number; readonly count: number }[] = [];
  for (let lean = 0; lean < leans; lean++) {
    for (let bin = 1; bin + 1 < bins; bin++) {
      const at = lean * bins + bin;
      const count = (votes[at - 1] ?? 0) + (votes[at] ?? 0) + (votes[at + 1] ?? 0);
      if (count < (LEAST_PART * SHOWN * width) / 2) continue;
      const line = { lean: (lean - most) * step, middle: bin - room };
      const share = visible(line.lean, line.middle);
      if (count < (Math.max(LEAST_PART, PART * share) * SHOWN * width) / 2) continue;
      if (strong.push({ ...line, count }) > MOST_STRONG) return [];
    }
  }
  // Of equals the one that leans as the strongest does: in a corner a line is too short to tell its lean.
  const main = strong.reduce((best, each) => (each.count > best.count ? each : best), { lean: 0, count: 0 }).lean;
  strong.sort((a, b) => b.count - a.count || Math.abs(a.lean - main) - Math.abs(b.lean - main));
  const chosen: { readonly lean: number; readonly middle: number }[] = [];
  const half = width / 2;
  for (const each of strong) {
    const near = chosen.some(({ lean, middle }) => {
      const left = each.middle - middle - (each.lean - lean) * half;
      const right = each.middle - middle + (each.lean - lean) * half;
      return left * right <= 0 || Math.min(Math.abs(left), Math.abs(right)) < 2 * THICK;
    });
    if (!near) chosen.push(each);
  }
  return chosen;
}

/** The line from its middle to both sides, as far as it strays from the straight; none where too little of it shows. */
function follow(thin: Uint8Array, width: number, height: number, lean: number, middle: number): readonly Line[] {
  const rows = new Float32Array(width);
  const shown = new Uint8Array(width);
  const half = Math.floor(width / 2);
  let [first, last, seen, possible] = [width, 0, 0, 0];
  for (const direction of [1, -1]) {
    let offset = 0;
    for (let x = direction === 1 ? half : half - 1; x >= 0 && x < width; x += direction) {
      const expected = middle + lean * (x - width / 2) + offset;
      rows[x] = expected;
      const near = Math.round(expected);
      if (near < -STRAY || near >= height + STRAY) continue;
      possible++;
      const away = [0, -1, 1, -STRAY, STRAY].find((by) => thin[(near + by) * width + x] === 1);
      if (away === undefined) continue;
      offset += 0.15 * (near + away - expected);
      rows[x] = near + away;
      shown[x] = 1;
      seen++;
      first = Math.min(first, x);
      last = Math.max(last, x);
    }
  }
  const length = last - first + 1;
  if (length < Math.max(LEAST_PART * width, PART * possible) || seen < SHOWN * length) return [];
  return [{ lean, rows, shown, span: length / possible, cornered: possible < PART * width }];
}
