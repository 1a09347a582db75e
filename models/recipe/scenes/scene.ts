// A made-up photograph: some paper, writing on it in one of many ways, a camera; and where in it the characters are. The same seeds give
// the same scene.
import type { Bank, BankPart } from '../../../src/dataset/bank.ts';
import { makeRandom, type Random } from '../../../src/random.ts';
import type { Box, Raster } from '../../../src/glyph/glyph.ts';
import { photograph } from './camera.ts';
import { makeCanvas } from './canvas.ts';
import { drawGround, drawNothing, drawSurroundings } from './grounds.ts';
import * as layouts from './layouts.ts';
import { makeLetters, writeLetter, type Letter, type Pen } from './letters.ts';
import { makePage } from './page.ts';
import { printKeys, printLines, type Press } from './print.ts';

export interface FoundLetter {
  readonly alphabet: string;
  readonly text: string;
  readonly box: Box;
  /** Of which line of writing. */
  readonly line: number;
}

export interface Scene {
  readonly kind: SceneKind;
  readonly raster: Raster;
  readonly characters: readonly FoundLetter[];
  /** Boxes of printed characters near by. */
  readonly print: readonly Box[];
  /** 0 … 1: how much of each pixel is ink of the characters. */
  readonly ink: Float32Array;
}

const kinds = {
  single: layouts.single,
  cut: layouts.cut,
  cell: layouts.cell,
  few: layouts.few,
  word: layouts.word,
  lines: layouts.lines,
  page: layouts.leaf,
  columns: layouts.columns,
  grid: layouts.grid,
  scattered: layouts.scattered,
  nothing: null,
} as const satisfies Record<string, layouts.Layout | null>;
export type SceneKind = keyof typeof kinds;
export const sceneKinds = Object.keys(kinds) as readonly SceneKind[];

/** How often each is asked for in training, of a hundred. */
const SHARES: Readonly<Record<SceneKind, number>> = {
  single: 22,
  cut: 3,
  cell: 12,
  few: 16,
  word: 13,
  lines: 10,
  page: 7,
  columns: 3,
  grid: 4,
  scattered: 2,
  nothing: 8,
};

export interface SceneOptions {
  readonly width: number;
  readonly height: number;
  /** Left out: any, as often as training asks for them. */
  readonly kind?: SceneKind;
}

export type MakeScene = (options: SceneOptions, ...seeds: readonly number[]) => Scene;

export function makeScenes(banks: readonly Bank[], part: BankPart): MakeScene {
  const letters = makeLetters(banks, part);
  return ({ width, height, kind: wanted }, ...seeds) => {
    const random = makeRandom(...seeds);
    const kind = wanted ?? anyKind(random);
    const canvas = makeCanvas(width, height);
    const page = makePage(canvas, random);
    const characters: FoundLetter[] = [];
    const print: Box[] = [];
    const layout = kinds[kind];
    const bare = layout === null && random.chance(0.7);
    const keys = bare ? drawNothing(canvas, random) : null;
    const ground = bare ? { level: 0.6, dark: keys?.dark ?? false } : drawGround(canvas, page, random);
    const contrast = random.chance(0.8) ? random.between(0.5, 0.95) : random.between(0.15, 0.5);
    const inkLevel = ground.dark ? ground.level + contrast * (1 - ground.level) : ground.level * (1 - contrast);
    const hand = letters.hand(random);
    const any = penOf(random, ground.dark, inkLevel);
    // Thick and thin strokes of a printed font would be print.
    const pen = hand.printed ? { ...any, contrast: false } : any;
    const style = styleOf(random);
    const write = (
      letter: Letter,
      middle: { x: number; y: number },
      high: number,
      how: Pen,
      lean: boolean,
    ): Box | null => {
      const scale = high / letter.high;
      const [a, b, c, d] = page.scaleAt(middle.x, middle.y);
      const [p, q, r, s] = lean ? style(random) : [1, 0, 0, 1];
      const matrix = [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s].map((each) => each * scale);
      const placement = { middle: page.at(middle.x, middle.y), matrix: matrix as [number, number, number, number] };
      return writeLetter(canvas, letter, placement, how, random, lean);
    };
    let line = 0;
    const desk: layouts.Desk = {
      canvas,
      page,
      random,
      hand,
      level: ground.level,
      inkLevel,
      nextLine: () => void line++,
      strokeOf: (size) => size * (0.02 + 0.06 * pen.wide),
      put: (letter, middle, high) => {
        const box = write(letter, middle, high, pen, true);
        if (box !== null && Math.max(box.width, box.height) >= 6) {
          characters.push({ alphabet: letter.alphabet, text: letter.text, box, line });
        }
        return box;
      },
    };
    layout?.(desk);
    const plain: Pen = {
      ...pen,
      contrast: true,
      patchy: 0,
      wobble: 0,
      wide: 0.5,
      strength: 1,
      level: ground.dark ? random.between(0.6, 0.95) : random.between(0.02, 0.4) * ground.level,
    };
    const press: Press = {
      canvas,
      random,
      printed: letters.print(random),
      put: (letter, middle, high) => {
        const box = write(letter, middle, high, plain, false);
        if (box !== null) print.push(box);
      },
    };
    const free = (box: Box): boolean => !characters.some((each) => layouts.overlaps(each.box, box));
    if (keys !== null && random.chance(0.6)) printKeys(press, keys);
    if (!bare && kind !== 'cut') {
      if (random.chance(layout === null ? 0.6 : 0.08)) layouts.scribbles(layout === null ? 6 : 2, free)(desk);
      if (random.chance(layout === null ? 0.6 : 0.13)) printLines(press, layout === null, free);
      drawSurroundings(canvas, ground, random);
    }
    const pixels = photograph(canvas, random);
    return { kind, raster: { width, height, pixels }, characters, print, ink: canvas.ink };
  };
}

function anyKind(random: Random): SceneKind {
  let left = random.between(0, 100);
  return sceneKinds.find((kind) => (left -= SHARES[kind]) < 0) ?? 'single';
}

function penOf(random: Random, dark: boolean, level: number): Pen {
  const patchy = random.chance(dark ? 0.7 : 0.35) ? random.between(0.05, 0.35) : 0;
  return {
    level,
    strength: random.chance(0.7) ? 1 : random.between(0.6, 1),
    wide: random.next(),
    contrast: random.chance(0.4),
    patchy,
    patch: random.below(3),
    wobble: random.chance(0.8) ? random.between(0, 0.02) : random.between(0.02, 0.035),
  };
}

/** How a hand slants and stretches its characters, each a little differently. */
function styleOf(random: Random): (random: Random) => readonly [number, number, number, number] {
  const [slant, stretch] = [0.15 * random.normal(), Math.exp(0.1 * random.normal())];
  return (chance) => {
    const turn = 0.05 * chance.normal();
    const shear = slant + 0.05 * chance.normal();
    const wide = stretch * Math.exp(0.06 * chance.normal());
    return [wide * Math.cos(turn), -Math.sin(turn) - shear, Math.sin(turn), Math.cos(turn) / wide];
  };
}
