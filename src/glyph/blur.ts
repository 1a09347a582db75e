// Two things that make a photo hard to read, measured on its greys: that it is out of focus, and that it was taken of a screen, whose
// dots beat with the camera's (moiré). Pure.
import type { Raster } from './glyph.ts';
import { smoothed } from './denoise.ts';

/** What is sharp rises within so many pixels, and what is blurred within so many; light and shadow take longer. */
const SHARP = 2;
const SOFT = 16;
/** Edges that are told from light are so strong (grey levels); their steepest part has so small a share of it where all is blurred. */
const LEAST_EDGE = 24;
const BLURRED = 0.34;
/** Of the differences between pixels the largest so large a share are edges. */
const EDGES = 0.002;

/** Whether there are edges, and none of them is sharp. */
export function isOutOfFocus(raster: Raster): boolean {
  const calm = smoothed(raster);
  const soft = largest(calm, SOFT);
  return soft >= LEAST_EDGE && largest(calm, SHARP) < BLURRED * soft;
}

/** The difference between pixels so far apart, along rows or columns, that only the largest few exceed. */
function largest({ width, height, pixels }: Raster, apart: number): number {
  const counts = new Uint32Array(256);
  let all = 0;
  for (let y = 0; y + apart < height; y++) {
    for (let x = 0, i = y * width; x + apart < width; x++, i++) {
      const here = pixels[i] ?? 0;
      const step = Math.max(
        Math.abs(here - (pixels[i + apart] ?? 0)),
        Math.abs(here - (pixels[i + apart * width] ?? 0)),
      );
      counts[step] = (counts[step] ?? 0) + 1;
      all++;
    }
  }
  let above = EDGES * all;
  let step = 255;
  while (step > 0 && (above -= counts[step] ?? 0) > 0) step--;
  return step;
}

/** A screen's pattern comes again within so many pixels; ruled paper's and writing's lines are wider. */
const LONGEST = 9;
/** So like itself it is one pattern further on, and so unlike half a pattern. */
const AGAIN = 0.35;
const BETWEEN = -0.1;
/** Lines of the picture that are looked at, how much of each (pixels, from its middle), and how many of them must show it. */
const LINES = 16;
const LENGTH = 320;
const MOST_LINES = 0.5;

/** Whether most of the picture is covered by a fine, regular pattern. */
export function isOfScreen({ width, height, pixels }: Raster): boolean {
  return [
    { count: height, length: width, step: 1, next: width },
    { count: width, length: height, step: width, next: 1 },
  ].some(({ count, length, step, next }) => {
    const looked = Math.min(length, LENGTH);
    const first = Math.floor((length - looked) / 2) * step;
    const lines = Array.from({ length: Math.min(LINES, count) }, (_, k) => {
      const from = first + Math.floor(((k + 0.5) * count) / Math.min(LINES, count)) * next;
      return Float32Array.from({ length: looked }, (__, at) => pixels[from + at * step] ?? 0);
    });
    return lines.filter(isPatterned).length > MOST_LINES * lines.length;
  });
}

function isPatterned(line: Float32Array): boolean {
  const flat = withoutSlow(line);
  const likeness = Array.from({ length: LONGEST + 1 }, (_, lag) => {
    let [product, own] = [0, 0];
    for (let i = 0; i + lag < flat.length; i++) {
      product += (flat[i] ?? 0) * (flat[i + lag] ?? 0);
      own += (flat[i] ?? 0) ** 2;
    }
    return own < flat.length ? 0 : product / own;
  });
  let least = 1;
  return likeness.some((like, lag) => {
    least = Math.min(least, like);
    return lag >= 2 && least <= BETWEEN && like >= AGAIN;
  });
}

/** Without what changes slowly: the mean of a pattern and more around each place. */
function withoutSlow(line: Float32Array): Float32Array {
  const flat = new Float32Array(line.length);
  for (let i = 0; i < line.length; i++) {
    const [from, to] = [Math.max(0, i - LONGEST), Math.min(line.length, i + LONGEST + 1)];
    let sum = 0;
    for (let k = from; k < to; k++) sum += line[k] ?? 0;
    flat[i] = (line[i] ?? 0) - sum / (to - from);
  }
  return flat;
}
