// The public sets and what each seed does with them: most of a set teaches, some of it stops and calibrates, the rest only
// tests. Sets with known writers are divided by writer. photochars only ever tests: its origin is unclear.
import path from 'node:path';
import { readLabelledSet } from '../../src/dataset/labelled.ts';
import type { Raster } from '../../src/glyph/glyph.ts';
import { readStrokes } from './strokes.ts';
import { theOne } from '../../src/glyph/glyph.ts';
import { readPicture } from '../../src/glyph/read.ts';

export type SetPart = 'train' | 'validation' | 'test';

export interface SetUse {
  readonly name: string;
  /** Measured only. */
  readonly testOnly?: boolean;
  /** Its labels carry no case. */
  readonly caseless?: boolean;
  /** Its pictures were stretched to their frames: other proportions are tried on. */
  readonly stretched?: boolean;
  /** Only these of its labels. */
  readonly only?: RegExp;
  /** Stroke vectors, not pictures. */
  readonly strokes?: boolean;
  /** None of its pictures is a character of the alphabet: it tests rejection. */
  readonly foreign?: boolean;
}

export interface RealSample {
  readonly set: string;
  readonly text: string;
  readonly part: SetPart;
  /** Null: nothing could be read. */
  readonly glyph: Uint8Array | null;
}

const digit = /^[0-9]$/u;
export const setsOf: Readonly<Record<string, readonly SetUse[]>> = {
  digits: [
    { name: 'mnist-cazala10k' },
    { name: 'semeion-digits', stretched: true },
    { name: 'photochars-latin-digits', testOnly: true, only: digit },
  ],
  latin: [
    { name: 'omniglot-latin-lower' },
    { name: 'mnist-cazala10k' },
    { name: 'semeion-digits', stretched: true },
    { name: 'photochars-latin-digits', testOnly: true },
  ],
  katakana: [
    { name: 'omniglot-katakana' },
    { name: 'kanjivg-kana', testOnly: true, strokes: true },
    { name: 'omniglot-greek-lower', testOnly: true, foreign: true },
  ],
  hiragana: [
    { name: 'kanjivg-kana', testOnly: true, strokes: true },
    { name: 'omniglot-greek-lower', testOnly: true, foreign: true },
  ],
  ukrainian: [
    { name: 'comnist-cyrillic', caseless: true },
    { name: 'qazaq-i', caseless: true },
    { name: 'mnist-cazala10k' },
  ],
};

/** Reads a set through the same code as photos. Where no writer is known every fifth picture tests and every tenth validates. */
export async function readSet(folder: string, use: SetUse, size: number): Promise<readonly RealSample[]> {
  const samples: RealSample[] = [];
  let index = 0;
  const home = path.join(folder, use.name);
  for await (const { picture, label, writer } of use.strokes === true ? readStrokes(home) : readLabelledSet(home)) {
    const part = use.testOnly === true ? 'test' : writer === null ? partOfIndex(index) : partOfWriter(writer);
    index++;
    if (use.only !== undefined && !use.only.test(label)) continue;
    const variants = use.stretched === true && part === 'train' ? [0.8, 0.55] : [1];
    for (const ratio of variants) {
      const shown = picture instanceof Uint8Array || ratio === 1 ? picture : narrowed(picture, ratio);
      const glyph = theOne(await readPicture(shown, size))?.pixels ?? null;
      samples.push({ set: use.name, text: label, part, glyph });
    }
  }
  return samples;
}

function partOfIndex(index: number): SetPart {
  return index % 5 === 0 ? 'test' : index % 10 === 7 ? 'validation' : 'train';
}

/** Omniglot numbers its drawers: 9 to 12 test, 8 validates, all others teach. */
function partOfWriter(writer: string): SetPart {
  const number = Number(/\d+/u.exec(writer)?.[0] ?? 0);
  return number >= 9 && number <= 12 ? 'test' : number === 8 ? 'validation' : 'train';
}

/** The picture in another proportion, enlarged so that nothing is lost. */
function narrowed(raster: Raster, ratio: number): Raster {
  const height = 3 * raster.height;
  const width = Math.round(3 * raster.width * ratio);
  const pixels = new Uint8Array(width * height);
  const level = (x: number, y: number): number =>
    raster.pixels[
      Math.min(raster.height - 1, Math.max(0, y)) * raster.width + Math.min(raster.width - 1, Math.max(0, x))
    ] ?? 0;
  for (let y = 0; y < height; y++) {
    const fromY = (y + 0.5) / 3 - 0.5;
    const top = Math.floor(fromY);
    for (let x = 0; x < width; x++) {
      const fromX = (x + 0.5) / (3 * ratio) - 0.5;
      const left = Math.floor(fromX);
      const above = level(left, top) + (level(left + 1, top) - level(left, top)) * (fromX - left);
      const below = level(left, top + 1) + (level(left + 1, top + 1) - level(left, top + 1)) * (fromX - left);
      pixels[y * width + x] = Math.round(above + (below - above) * (fromY - top));
    }
  }
  return { width, height, pixels };
}
