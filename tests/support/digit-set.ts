// Digits drawn by a shaky hand from a seed: a labelled set and photos for tests, with no data set and no font.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeRandom } from '../../src/random.ts';

type Point = readonly [x: number, y: number];

/** Points on an ellipse, from and to in turns (0 is the right, ¼ the bottom). */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): Point[] {
  return Array.from({ length: 17 }, (_, step) => {
    const angle = 2 * Math.PI * (from + ((to - from) * step) / 16);
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}

/** Strokes of each digit in a frame of 0.6 × 1. */
const digits: Readonly<Record<string, readonly (readonly Point[])[]>> = {
  0: [arc(0.3, 0.5, 0.3, 0.5, 0, 1)],
  1: [
    [
      [0.12, 0.2],
      [0.35, 0],
      [0.35, 1],
    ],
  ],
  2: [[...arc(0.3, 0.27, 0.28, 0.27, -0.5, 0.1), [0.02, 1], [0.6, 1]]],
  3: [arc(0.25, 0.25, 0.3, 0.25, -0.42, 0.25), arc(0.25, 0.74, 0.34, 0.26, -0.25, 0.42)],
  4: [
    [
      [0.4, 0],
      [0, 0.65],
      [0.6, 0.65],
    ],
    [
      [0.45, 0.35],
      [0.45, 1],
    ],
  ],
  5: [[[0.55, 0], [0.1, 0], [0.06, 0.45], ...arc(0.25, 0.7, 0.33, 0.3, -0.3, 0.4)]],
  6: [[[0.48, 0], [0.15, 0.35], ...arc(0.3, 0.72, 0.28, 0.28, -0.5, 0.5)]],
  7: [
    [
      [0, 0],
      [0.6, 0],
      [0.2, 1],
    ],
  ],
  8: [arc(0.3, 0.25, 0.24, 0.25, 0.25, 1.25), arc(0.3, 0.74, 0.3, 0.26, -0.25, 0.75)],
  9: [[...arc(0.3, 0.28, 0.27, 0.28, 0, 1), [0.55, 0.5], [0.45, 1]]],
};

export interface DrawnPhoto {
  readonly seed: number;
  /** Longer side of the picture, pixels. */
  readonly side?: number;
}

/** One digit on paper as SVG, slanted, jittered and placed by the seed. */
function drawnDigit(digit: string, { seed, side = 160 }: DrawnPhoto): Buffer {
  const { between } = makeRandom(seed);
  const size = side * between(0.5, 0.65);
  const slant = between(-0.2, 0.2);
  const left = side / 2 - size * 0.3 + between(-0.08, 0.08) * side;
  const top = (side - size) / 2 + between(-0.08, 0.08) * side;
  const place = ([x, y]: Point): string => {
    const shaky = (value: number): number => value + between(-0.012, 0.012);
    return `${(left + size * (shaky(x) + slant * (0.5 - y))).toFixed(1)},${(top + size * shaky(y)).toFixed(1)}`;
  };
  const strokes = (digits[digit] ?? []).map((points) => `<polyline points="${points.map(place).join(' ')}"/>`).join('');
  const pen = (size * between(0.05, 0.11)).toFixed(1);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#e8e4da"/>` +
      `<g fill="none" stroke="#1d2a55" stroke-width="${pen}" stroke-linecap="round" stroke-linejoin="round">${strokes}</g></svg>`,
  );
}

/** A PNG of a drawn digit. */
export function drawnPng(digit: string, photo: DrawnPhoto): Promise<Buffer> {
  return sharp(drawnDigit(digit, photo)).png().toBuffer();
}

/** A JPEG of a drawn digit, as a phone would send it. */
export function drawnJpeg(digit: string, photo: DrawnPhoto): Promise<Buffer> {
  return sharp(drawnDigit(digit, photo)).jpeg({ quality: 85 }).toBuffer();
}

/** Digits side by side on a sheet of paper, as PNG. */
export async function drawnRow(digits: readonly string[]): Promise<Buffer> {
  const drawn = await Promise.all(
    digits.map(async (digit, place) => ({
      input: await drawnPng(digit, { seed: 5, side: 200 }),
      left: 20 + 210 * place,
      top: 120,
    })),
  );
  const width = 30 + 210 * digits.length;
  const paper = sharp({ create: { width, height: 440, channels: 3, background: '#e8e4da' } });
  return paper.composite(drawn).png().toBuffer();
}

/** One folder a label, `perLabel` pictures in each. */
export async function writeDigitSet(
  folder: string,
  set: { readonly perLabel: number; readonly seed: number },
): Promise<void> {
  for (const digit of Object.keys(digits)) {
    await mkdir(join(folder, digit), { recursive: true });
    for (let index = 0; index < set.perLabel; index++) {
      const seed = set.seed * 10_000 + Number(digit) * 1000 + index;
      await writeFile(join(folder, digit, `${index}.png`), await drawnPng(digit, { seed }));
    }
  }
}
