// Shapes that people write and the fonts lack, as strokes of our own: the school hands, and habits such as an r like П.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { BankPart, Rendering } from '../../src/dataset/bank.ts';
import { makeRandom, type Random } from '../../src/random.ts';
import { digitHands, serifOne } from './hands-digits.ts';
import { latinHands } from './hands-latin.ts';
import { ukrainianHands } from './hands-ukrainian.ts';
import type { HandShapes } from './hand-shapes.ts';

/** How one hand writes the shapes. */
interface Hand {
  readonly name: string;
  /** Sideways, as a share of the height. */
  readonly slant: number;
  readonly width: number;
  /** How tall is what rises above the small letters or hangs below the line. */
  readonly reach: number;
  /** How much is left of entries and exits. */
  readonly tails: number;
  /** Half the width of the pen, as a share of the picture. */
  readonly pen: number;
  /** How far points stray from where the shape has them: a deviation, in the shape's units. */
  readonly unrest: number;
}

const hands: readonly Hand[] = [
  { name: 'upright', slant: 0, width: 1, reach: 0.9, tails: 0.8, pen: 0.022, unrest: 0 },
  { name: 'slanted', slant: 0.38, width: 1, reach: 1, tails: 1, pen: 0.018, unrest: 0 },
  { name: 'leaning', slant: 0.2, width: 0.9, reach: 0.8, tails: 0.5, pen: 0.025, unrest: 0 },
  { name: 'narrow', slant: 0.3, width: 0.75, reach: 1.1, tails: 0.7, pen: 0.02, unrest: 0 },
  { name: 'wide', slant: 0.12, width: 1.3, reach: 0.85, tails: 0.7, pen: 0.03, unrest: 0 },
  { name: 'curt', slant: 0.04, width: 0.95, reach: 0.7, tails: 0.1, pen: 0.025, unrest: 0 },
  { name: 'hurried', slant: 0.3, width: 1.1, reach: 0.85, tails: 0.6, pen: 0.022, unrest: 1.8 },
  { name: 'careless', slant: 0.1, width: 1, reach: 1, tails: 0.9, pen: 0.02, unrest: 2.4 },
  { name: 'learning', slant: -0.05, width: 1.1, reach: 0.75, tails: 0.7, pen: 0.026, unrest: 2.2 },
  { name: 'scrawling', slant: 0.45, width: 1.2, reach: 0.9, tails: 0.4, pen: 0.02, unrest: 1.8 },
];

const shapesOf: Readonly<Record<string, readonly HandShapes[]>> = {
  digits: [digitHands, serifOne],
  latin: [latinHands, digitHands, serifOne],
  ukrainian: [ukrainianHands, digitHands],
};

export interface WrittenHand {
  readonly source: { readonly name: string; readonly licence: string; readonly part: BankPart };
  readonly written: readonly { readonly label: number; readonly rendering: Rendering }[];
}

/** Every shape of the alphabet's characters in every hand, side × side pixels; none for an alphabet without shapes. */
export function writeHands(alphabet: Alphabet, side: number): readonly WrittenHand[] {
  const shapes = alphabet.labels.flatMap(({ id, text }) =>
    (shapesOf[alphabet.id] ?? []).flatMap((each) => (each[text] ?? []).map((shape) => ({ label: id, shape }))),
  );
  if (shapes.length === 0) return [];
  return hands.map((hand) => ({
    source: { name: `inkloop school hand, ${hand.name}`, licence: 'MIT', part: 'train' },
    written: shapes.map(({ label, shape }, index) => ({
      label,
      rendering: writeShape(shape, hand, side, makeRandom(hands.indexOf(hand), index)),
    })),
  }));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Stop extends Point {
  readonly corner: boolean;
  readonly tail: boolean;
}

/** Throws RangeError for a shape that is no list of points. */
function writeShape(shape: string, hand: Hand, side: number, random: Random): Rendering {
  const strokes = shape
    .split('/')
    .map((stroke) => readStroke(stroke, hand.tails).map((stop) => stray(stop, hand.unrest, random)))
    .map((stops) => curveThrough(stops).map((at) => lean(at, hand)));
  const radius = hand.pen * side;
  const xs = strokes.flat().map(({ x }) => x);
  const ys = strokes.flat().map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (side - 2 * radius) / Math.max(right - left, bottom - top, 1);
  const bits = new Uint8Array(side * side);
  for (const stroke of strokes) {
    const onPicture = stroke.map(({ x, y }) => ({
      x: side / 2 + scale * (x - (left + right) / 2),
      y: side / 2 + scale * (y - (top + bottom) / 2),
    }));
    for (const [i, to] of onPicture.entries()) drawLine(bits, side, onPicture[i - 1] ?? to, to, radius);
  }
  return { side, bits };
}

function readStroke(stroke: string, tails: number): readonly Stop[] {
  const stops = stroke
    .trim()
    .split(/\s+/u)
    .map((word): Stop => {
      const [, x, y, mark] = /^(-?\d+),(-?\d+)([!~]?)$/u.exec(word) ?? [];
      if (x === undefined || y === undefined) throw new RangeError(`${word} is no point of a stroke`);
      return { x: Number(x), y: Number(y), corner: mark === '!', tail: mark === '~' };
    });
  return stops.map((stop, i) => {
    const next = stops[i === 0 ? 1 : i - 1];
    if (!stop.tail || next === undefined) return stop;
    return { ...stop, x: next.x + tails * (stop.x - next.x), y: next.y + tails * (stop.y - next.y) };
  });
}

function stray(stop: Stop, unrest: number, random: Random): Stop {
  return { ...stop, x: stop.x + unrest * random.normal(), y: stop.y + unrest * random.normal() };
}

const PIECES = 8;

/** Smooth between corners: Hermite curves, whose tangents weigh the neighbours by how near they are. */
function curveThrough(stops: readonly Stop[]): readonly Point[] {
  const points: Point[] = stops.slice(0, 1);
  for (const [i, from] of stops.entries()) {
    const to = stops[i + 1];
    if (to === undefined) break;
    const length = distance(from, to);
    const start = from.corner ? null : tangent(stops[i - 1], from, to);
    const end = to.corner ? null : tangent(from, to, stops[i + 2]);
    const chord = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    // At a corner or an end the curve starts as a parabola that arrives at the other end's tangent.
    const other = (known: Point): Point => ({ x: 2 * chord.x - known.x, y: 2 * chord.y - known.y });
    const a = start ?? (end === null ? chord : other(end));
    const b = end ?? (start === null ? chord : other(start));
    for (let k = 1; k <= PIECES; k++) {
      const t = k / PIECES;
      const [p, q] = [(1 + 2 * t) * (1 - t) ** 2, t ** 2 * (3 - 2 * t)];
      const [m, n] = [length * t * (1 - t) ** 2, length * t ** 2 * (t - 1)];
      points.push({
        x: p * from.x + q * to.x + m * a.x + n * b.x,
        y: p * from.y + q * to.y + m * a.y + n * b.y,
      });
    }
  }
  return points;
}

/** The direction through the middle one of three points, of about length 1; null at an end of the stroke. */
function tangent(before: Point | undefined, at: Point, after: Point | undefined): Point | null {
  if (before === undefined || after === undefined) return null;
  const [back, on] = [distance(before, at), distance(at, after)];
  const weigh = (toAt: number, toAfter: number): number => ((toAt / back) * on + (toAfter / on) * back) / (back + on);
  return { x: weigh(at.x - before.x, after.x - at.x), y: weigh(at.y - before.y, after.y - at.y) };
}

function distance(from: Point, to: Point): number {
  return Math.max(Math.hypot(to.x - from.x, to.y - from.y), 1e-6);
}

/** Where this hand puts a point of a shape. */
function lean({ x, y }: Point, { slant, width, reach }: Hand): Point {
  const height = y < 40 ? 40 - reach * (40 - y) : y > 80 ? 80 + reach * (y - 80) : y;
  return { x: width * x + slant * (80 - height), y: height };
}

/** Inks what is within `radius` of the line. */
function drawLine(bits: Uint8Array, side: number, from: Point, to: Point, radius: number): void {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const squared = Math.max(alongX ** 2 + alongY ** 2, 1e-12);
  const reach = radius + 1e-6;
  const [firstY, lastY] = [Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius];
  const [firstX, lastX] = [Math.min(from.x, to.x) - radius, Math.max(from.x, to.x) + radius];
  for (let y = Math.max(0, Math.floor(firstY)); y < Math.min(side, lastY); y++) {
    for (let x = Math.max(0, Math.floor(firstX)); x < Math.min(side, lastX); x++) {
      const [offX, offY] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const share = Math.max(0, Math.min(1, (offX * alongX + offY * alongY) / squared));
      if (Math.hypot(offX - share * alongX, offY - share * alongY) <= reach) bits[y * side + x] = 1;
    }
  }
}
