// How writing is spread over a scene: one character, a cell of a form, words, lines, columns, grids, pages. Each layout asks for its
// characters to be put somewhere on the page; what is drawn beside them (frames, print) it draws itself.
import type { Random } from '../../../src/random.ts';
import type { Box } from '../../../src/glyph/glyph.ts';
import type { Canvas, Point } from './canvas.ts';
import { scribble } from './grounds.ts';
import { proportionsOf, type Hand, type Letter } from './letters.ts';
import { lineOn, type Page } from './page.ts';

export interface Desk {
  readonly canvas: Canvas;
  readonly page: Page;
  readonly random: Random;
  readonly hand: Hand;
  readonly level: number;
  readonly inkLevel: number;
  /** Half the width of a usual stroke for a character of this size, in pixels. */
  strokeOf(size: number): number;
  /** What is put from now on stands in another line. */
  nextLine(): void;
  /** Writes a letter so high around a place of the page; its box on the canvas, or null where it is cut off. */
  put(letter: Letter, middle: Point, high: number): Box | null;
}

export type Layout = (desk: Desk) => void;

const shorterOf = ({ canvas }: Desk): number => Math.min(canvas.width, canvas.height);
const aspect = ({ wide, high }: Letter): number => wide / high;

/** A letter whose longer side is about so large. */
function putLarge(desk: Desk, letter: Letter, middle: Point, size: number): Box | null {
  return desk.put(letter, middle, size / Math.max(1, aspect(letter)));
}

/** One character, from 4 % of the picture to almost all of it. */
export const single: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const letter = hand.draw(random);
  if (letter === null) return;
  const share = random.chance(0.65) ? 0.04 * (0.95 / 0.04) ** random.next() : random.between(0.3, 0.97);
  const size = Math.max(9, share * shorterOf(desk));
  const room = (length: number): number => Math.max(0, (length - size) / 2 - 2);
  putLarge(
    desk,
    letter,
    {
      x: canvas.width / 2 + random.between(-1, 1) * room(canvas.width),
      y: canvas.height / 2 + random.between(-1, 1) * room(canvas.height),
    },
    size,
  );
};

/** Cut out by hand: the character fills the picture, bits of its neighbours at the borders. */
export const cut: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const letter = hand.draw(random);
  if (letter === null) return;
  const fit = Math.min(canvas.width / aspect(letter), canvas.height) * random.between(0.72, 1.02);
  desk.put(letter, { x: canvas.width / 2 + 3 * random.normal(), y: canvas.height / 2 + 3 * random.normal() }, fit);
  for (const side of [-1, 1]) {
    const neighbour = random.chance(0.4) ? hand.draw(random) : null;
    if (neighbour === null) continue;
    const wide = fit * aspect(neighbour);
    const x = canvas.width / 2 + side * (canvas.width / 2 + wide * random.between(0.3, 0.45));
    desk.put(neighbour, { x, y: canvas.height / 2 }, fit);
  }
};

function frame(
  desk: Desk,
  left: number,
  top: number,
  right: number,
  bottom: number,
  wide: number,
  level: number,
): void {
  const { canvas, page, random } = desk;
  // Forms differ: all four sides, a comb without a top, a line to write on.
  const sides = random.chance(0.75) ? 15 : [7, 5, 8, 10, 14][random.below(5)];
  const over = random.chance(0.3) ? random.between(0, 12) : 0;
  const line = (from: Point, to: Point): void => lineOn(canvas, page, from, to, wide, level, 0.95);
  if (((sides ?? 0) & 1) === 1) line({ x: left, y: top - over }, { x: left, y: bottom + over });
  if (((sides ?? 0) & 2) === 2) line({ x: left - over, y: top }, { x: right + over, y: top });
  if (((sides ?? 0) & 4) === 4) line({ x: right, y: top - over }, { x: right, y: bottom + over });
  if (((sides ?? 0) & 8) === 8 || sides === 5) line({ x: left - over, y: bottom }, { x: right + over, y: bottom });
}

/** A printed cell, alone or one of a table, with a character (now and then two) in it. */
export const cell: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const shorter = shorterOf(desk);
  const high = shorter * (random.chance(0.5) ? random.between(0.7, 1.15) : random.between(0.25, 0.7));
  const wide = high * random.between(0.6, 1.5);
  const middle = {
    x: canvas.width / 2 + canvas.width * random.between(-0.12, 0.12),
    y: canvas.height / 2 + canvas.height * random.between(-0.12, 0.12),
  };
  const thick = random.chance(0.6) ? random.between(0.8, 3) : random.between(3, 7);
  const level = random.chance(0.6) ? desk.level * random.between(0.02, 0.3) : desk.level * random.between(0.3, 0.85);
  const [left, top] = [middle.x - wide / 2, middle.y - high / 2];
  const table = random.chance(0.55);
  const [columns, rows] = table ? [2, random.chance(0.5) ? 2 : 0] : [0, 0];
  const state = random.next();
  for (let row = -rows; row <= rows; row++) {
    desk.nextLine();
    for (let column = -columns; column <= columns; column++) {
      const [x, y] = [left + column * wide, top + row * high];
      if (table) {
        const line = (from: Point, to: Point): void => lineOn(canvas, desk.page, from, to, thick, level, 0.95);
        line({ x, y }, { x: x + wide, y });
        line({ x, y }, { x, y: y + high });
        if (row === rows) line({ x, y: y + high }, { x: x + wide, y: y + high });
        if (column === columns) line({ x: x + wide, y }, { x: x + wide, y: y + high });
      } else frame(desk, x, y, x + wide, y + high, thick, level);
      const here = row === 0 && column === 0;
      if (!here && !random.chance(state)) continue;
      const size = Math.min(wide, high) * random.between(0.4, 0.86);
      const two = random.chance(0.22);
      for (const part of two ? [-1, 1] : [0]) {
        const letter = hand.draw(random);
        if (letter === null) continue;
        const room = Math.max(0, Math.min(wide, high) - size);
        putLarge(
          desk,
          letter,
          {
            x: x + wide / 2 + part * wide * 0.22 + random.between(-0.45, 0.45) * (two ? 0 : room),
            y: y + high / 2 + random.between(-0.45, 0.45) * room,
          },
          two ? Math.min(size, 0.42 * wide) : size,
        );
      }
    }
  }
};

/** Two or three beside or below one another. */
export const few: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const count = random.chance(0.7) ? 2 : 3;
  const down = random.chance(0.2);
  const gap = random.chance(0.6) ? random.between(0.02, 0.6) : random.between(0.6, 2.5);
  const [along, across] = down ? [canvas.height, canvas.width] : [canvas.width, canvas.height];
  const most = Math.min(0.85 * across, (0.94 * along) / (count + gap * (count - 1)));
  const size = Math.max(10, most * 0.15 ** (random.next() ** 2));
  const total = size * (count + gap * (count - 1));
  const start = random.between(0.02, 1) * Math.max(0, along - total) + size / 2;
  const line = across / 2 + random.between(-0.9, 0.9) * Math.max(0, (across - size) / 2);
  for (let k = 0; k < count; k++) {
    const letter = hand.draw(random);
    if (letter === null) continue;
    if (down) desk.nextLine();
    const at = start + k * size * (1 + gap);
    const off = line + 0.06 * size * random.normal();
    putLarge(desk, letter, down ? { x: off, y: at } : { x: at, y: off }, size * random.between(0.8, 1));
  }
};

/** One line of writing on the page; where it ended. */
function writeLine(desk: Desk, from: Point, until: number, size: number, loose: number): void {
  const { random, hand } = desk;
  desk.nextLine();
  const kana = hand.alphabet === 'hiragana' || hand.alphabet === 'katakana';
  const gap = kana ? random.between(0, 0.2) : random.between(-0.06, 0.16);
  let x = from.x;
  let left = 1 + random.below(9);
  let line = from.y;
  while (x < until) {
    const letter = hand.draw(random);
    if (letter === null) return;
    // Lines are of small letters for the most part.
    if (!kana && letter.text !== letter.text.toLowerCase() && random.chance(0.75)) continue;
    const { high, below } = proportionsOf(letter);
    const tall = kana ? (high * size) / Math.max(1, aspect(letter)) : high * size;
    const wide = tall * aspect(letter);
    if (x + wide > until) return;
    const middle = kana ? line - 0.5 * size + (high < 0.7 ? 0.15 * size : 0) : line + below * size - tall / 2;
    desk.put(letter, { x: x + wide / 2, y: middle + 0.02 * size * random.normal() }, tall);
    x += wide + size * Math.max(gap - 0.06, gap + 0.05 * random.normal()) + loose * size;
    line += 0.01 * size * random.normal();
    if (--left === 0) {
      left = 1 + random.below(9);
      if (!kana) x += size * random.between(0.4, 0.9);
    }
  }
}

/** Writing smaller than so many pixels is not seen at all: a page of it is looked at from nearer, and is cut off by the picture's borders. */
const LEAST_WRITING = 13;

/** Lines of writing, few and large or a page of small ones. */
const linesOf =
  (least: number, most: number): Layout =>
  (desk) => {
    const { canvas, random } = desk;
    const count = least + random.below(most - least + 1);
    const pitch = random.between(1.25, 2.2);
    const size = Math.max(
      random.between(1, 1.8) * LEAST_WRITING,
      Math.min((0.92 * canvas.height) / (count * pitch), 0.6 * canvas.height) * 0.3 ** (random.next() / count),
    );
    const margin = canvas.width * random.between(0.02, 0.15);
    const start = random.between(0.1, 1) * Math.max(0, canvas.height - count * pitch * size);
    const loose = random.chance(0.3) ? random.between(0.05, 0.5) : 0;
    for (let k = 0; k < count; k++) {
      const end = canvas.width - margin * random.between(0.5, random.chance(0.3) ? 5 : 1.5);
      writeLine(desk, { x: margin, y: start + (k + 1) * pitch * size * 0.98 }, end, size, loose);
    }
  };
export const word: Layout = linesOf(1, 1);
export const lines: Layout = linesOf(2, 5);
export const leaf: Layout = linesOf(6, 12);

/** Columns from top to bottom, as Japanese is written too. */
export const columns: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const count = 1 + random.below(5);
  const size = Math.max(9, ((0.9 * canvas.width) / (count * 1.5)) * random.between(0.35, 0.8));
  const pitch = size * random.between(1.02, 1.3);
  for (let column = 0; column < count; column++) {
    desk.nextLine();
    const x = ((column + 0.5) / count) * canvas.width + 0.05 * size * random.normal();
    for (let y = size * random.between(0.6, 2); y < canvas.height - size / 2 && random.chance(0.95); y += pitch) {
      const letter = hand.draw(random);
      if (letter !== null) putLarge(desk, letter, { x, y }, size * random.between(0.75, 0.95));
    }
  }
};

/** Rows and columns at even distances, with or without lines between them. */
export const grid: Layout = (desk) => {
  const { canvas, page, random, hand } = desk;
  const [columns, rows] = [2 + random.below(7), 1 + random.below(6)];
  const pitch = Math.min(canvas.width / columns, canvas.height / rows) * random.between(0.75, 1);
  const share = random.between(0.35, 0.85);
  const [left, top] = [
    (canvas.width - columns * pitch) * random.next(),
    (canvas.height - rows * pitch) * random.next(),
  ];
  if (random.chance(0.6)) {
    const [thick, level] = [random.between(0.6, 3), desk.level * random.between(0.05, 0.9)];
    for (let k = 0; k <= columns; k++) {
      const x = left + k * pitch;
      lineOn(canvas, page, { x, y: top }, { x, y: top + rows * pitch }, thick, level, 0.9);
    }
    for (let k = 0; k <= rows; k++) {
      const y = top + k * pitch;
      lineOn(canvas, page, { x: left, y }, { x: left + columns * pitch, y }, thick, level, 0.9);
    }
  }
  const empty = random.chance(0.4) ? random.between(0, 0.7) : 0;
  for (let row = 0; row < rows; row++) {
    desk.nextLine();
    for (let column = 0; column < columns; column++) {
      const letter = random.chance(empty) ? null : hand.draw(random);
      if (letter === null) continue;
      const stray = pitch * (1 - share) * 0.3;
      const x = left + (column + 0.5) * pitch + random.between(-stray, stray);
      const y = top + (row + 0.5) * pitch + random.between(-stray, stray);
      putLarge(desk, letter, { x, y }, pitch * share * random.between(0.8, 1));
    }
  }
};

/** Here and there, of several sizes. */
export const scattered: Layout = (desk) => {
  const { canvas, random, hand } = desk;
  const taken: Box[] = [];
  const count = 3 + random.below(14);
  for (let tries = 0; tries < 3 * count && taken.length < count; tries++) {
    const letter = hand.draw(random);
    const size = Math.max(9, shorterOf(desk) * 0.05 * 8 ** random.next());
    const [x, y] = [
      random.between(size / 2, canvas.width - size / 2),
      random.between(size / 2, canvas.height - size / 2),
    ];
    const box = { x: x - 0.6 * size, y: y - 0.6 * size, width: 1.2 * size, height: 1.2 * size };
    if (letter === null || taken.some((each) => overlaps(each, box))) continue;
    taken.push(box);
    putLarge(desk, letter, { x, y }, size);
  }
};

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Words crossed out, wandering lines: beside what is to be found, or alone. */
export const scribbles =
  (most: number, free: (box: Box) => boolean): Layout =>
  (desk) => {
    const { canvas, random } = desk;
    const count = 1 + random.below(most);
    for (let tries = 0, done = 0; tries < 10 && done < count; tries++) {
      const size = shorterOf(desk) * random.between(0.04, 0.25);
      const at = { x: random.between(0, canvas.width), y: random.between(0, canvas.height) };
      if (!free({ x: at.x - size * 1.1, y: at.y - size * 0.8, width: 2.2 * size, height: 1.6 * size })) continue;
      scribble(canvas, at, size, Math.max(1, 2 * desk.strokeOf(size)), desk.inkLevel, random);
      done++;
    }
  };
