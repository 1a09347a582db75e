// From the network's answers to boxes: middles that are surer than all around them, the sides told there, and no box twice.
import { STEP, UNIT } from './answer.ts';

/** Left top corner and size, in the pixels of what went in. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Sighting {
  readonly box: Place;
  /** 0 … 1. */
  readonly sureness: number;
  /** It and its neighbours look like print rather than a hand's writing. */
  readonly print?: true;
}

/** A sighting, and how much likelier a hand's character is there than a printed one (log odds). */
export interface Voter extends Sighting {
  readonly vote: number;
}

/** Two boxes that share so much of both, or of the smaller, are of one character. */
const SAME = 0.4;
const INSIDE = 0.7;
/** One that shares so much of itself with surer ones is halves of theirs. */
const COVERED = 0.85;

/** Planes of the network's answers: middles of a hand's characters, and of printed ones. */
const HAND = 0;
const PRINT = 1;

/** Print and a hand look alike at single characters: each asks those within so many of its sizes, no larger or smaller than by this factor, */
const NEIGHBOURS = { within: 8, alike: 2 } as const;
/** of which none counts for more than this (log odds). */
const VOTE = 2;
/** In doubt it is a hand's: a neat hand looks like print more often than print like a hand. */
const DOUBT = 1;

/** Characters of either kind, of at least this sureness, the surest first. `answers`: planes of rows × columns, those of places.ts. */
export function boxesIn(answers: Float32Array, columns: number, rows: number, least: number): readonly Voter[] {
  const area = columns * rows;
  const floor = Math.log(least / (1 - least));
  const found: Voter[] = [];
  const [hand, print] = [HAND, PRINT].map((plane) => answers.subarray(plane * area, (plane + 1) * area));
  if (hand === undefined || print === undefined) return found;
  // A neat hand is as sure a character where it is half taken for print.
  const either = hand.map((logit, at) => Math.max(logit, print[at] ?? logit));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      const here = either[at] ?? 0;
      if (here < floor || !isPeak(either, columns, rows, x, y)) continue;
      const side = (k: number): number => UNIT * Math.exp(Math.min(5, answers[(2 + k) * area + at] ?? 0));
      const [middleX, middleY] = [(x + 0.5) * STEP, (y + 0.5) * STEP];
      const [left, top] = [middleX - side(0), middleY - side(1)];
      const box = { x: left, y: top, width: middleX + side(2) - left, height: middleY + side(3) - top };
      const vote = Math.max(-VOTE, Math.min(VOTE, (hand[at] ?? 0) - (print[at] ?? 0)));
      found.push({ box, sureness: 1 / (1 + Math.exp(-here)), vote });
    }
  }
  return withoutTwice(found);
}

/** All of them, those marked that are likelier print by what they and their like near by say. */
export function withPrintMarked(seen: readonly Voter[]): readonly Sighting[] {
  return seen.map((each) => {
    const { box, sureness } = each;
    return isPrint(each, seen) ? { box, sureness, print: true } : { box, sureness };
  });
}

function isPrint(one: Voter, all: readonly Voter[]): boolean {
  const size = sizeOf(one.box);
  let sum = 0;
  for (const each of all) {
    const other = sizeOf(each.box);
    if (other > NEIGHBOURS.alike * size || size > NEIGHBOURS.alike * other) continue;
    const away = Math.max(
      Math.abs(each.box.x + each.box.width / 2 - one.box.x - one.box.width / 2),
      Math.abs(each.box.y + each.box.height / 2 - one.box.y - one.box.height / 2),
    );
    if (away <= NEIGHBOURS.within * size) sum += each.sureness * (each.vote + DOUBT);
  }
  return sum < 0;
}

export const sizeOf = ({ width, height }: Place): number => Math.max(width, height);

function isPeak(answers: Float32Array, columns: number, rows: number, x: number, y: number): boolean {
  const here = answers[y * columns + x] ?? 0;
  for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
      const there = answers[v * columns + u] ?? 0;
      // Of equals the first.
      if (there > here || (there === here && v * columns + u < y * columns + x)) return false;
    }
  }
  return true;
}

/** The surest of those that are of one character. */
export function withoutTwice<T extends Sighting>(found: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const each of [...found].sort((a, b) => b.sureness - a.sureness)) {
    if (!kept.some((other) => isSame(each.box, other.box)) && !isCovered(each.box, kept)) kept.push(each);
  }
  return kept;
}

function isCovered(box: Place, others: readonly Sighting[]): boolean {
  const covered = others.reduce((sum, other) => sum + commonArea(box, other.box), 0);
  return covered > COVERED * box.width * box.height;
}

function isSame(a: Place, b: Place): boolean {
  const common = commonArea(a, b);
  const [one, other] = [a.width * a.height, b.width * b.height];
  return common > SAME * (one + other - common) || common > INSIDE * Math.min(one, other);
}

export function commonArea(a: Place, b: Place): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}
