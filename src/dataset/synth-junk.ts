// What is no character at all: scribbles, blots, lines, grids, specks, textures, pieces of things. A model that has seen them
// says "not a character" rather than guess.
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { normaliseInk } from '../glyph/normalise.ts';
import type { Random } from '../random.ts';
import { addSmoothNoise } from './synth-noise.ts';

const SIDE = 48;

/** One glyph (size × size, 0 paper … 255 ink) of something that is no character. */
export function synthesiseJunk(random: Random, size: number = GLYPH_SIZE): Uint8Array {
  for (;;) {
    const ink = new Float32Array(SIDE * SIDE);
    const kinds = [scribble, scribble, blot, texture, lines, specks, face];
    kinds[random.below(kinds.length)]?.(ink, random);
    const glyph = normaliseInk({ width: SIDE, height: SIDE, ink }, size);
    if (glyph !== null) return glyph;
  }
}

/** A dot of soft ink. */
function dab(ink: Float32Array, x: number, y: number, radius: number): void {
  const reach = Math.ceil(radius + 1);
  for (let row = Math.floor(y) - reach; row <= y + reach; row++) {
    for (let column = Math.floor(x) - reach; column <= x + reach; column++) {
      if (row < 0 || column < 0 || row >= SIDE || column >= SIDE) continue;
      const level = 255 * Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(column - x, row - y)));
      const at = row * SIDE + column;
      if (level > (ink[at] ?? 0)) ink[at] = level;
    }
  }
}

function stroke(ink: Float32Array, points: readonly (readonly [number, number])[], radius: number): void {
  for (let i = 0; i + 1 < points.length; i++) {
    const [x0, y0] = points[i] ?? [0, 0];
    const [x1, y1] = points[i + 1] ?? [0, 0];
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)));
    for (let k = 0; k <= steps; k++) dab(ink, x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps, radius);
  }
}

/** A line that wanders, turning at random: long enough not to be a letter. */
function scribble(ink: Float32Array, random: Random): void {
  const radius = random.between(0.5, 1.8);
  const length = 40 + random.below(100);
  const restless = random.between(0.2, 0.9);
  let [x, y, direction, turn] = [SIDE / 2, SIDE / 2, random.between(0, 6.3), 0];
  const points: [number, number][] = [];
  for (let i = 0; i < length; i++) {
    turn = 0.8 * turn + restless * random.normal() * 0.5;
    direction += turn;
    x += 2.2 * Math.cos(direction);
    y += 2.2 * Math.sin(direction);
    if (x < 4 || y < 4 || x > SIDE - 4 || y > SIDE - 4) {
      direction = Math.atan2(SIDE / 2 - y, SIDE / 2 - x) + random.normal() * 0.4;
      x = Math.max(4, Math.min(SIDE - 4, x));
      y = Math.max(4, Math.min(SIDE - 4, y));
    }
    points.push([x, y]);
  }
  stroke(ink, points, radius);
}

/** A filled shape without strokes. */
function blot(ink: Float32Array, random: Random): void {
  const field = new Float32Array(SIDE * SIDE);
  addSmoothNoise(field, SIDE, 3 + random.below(3), random.between(0.1, 0.4), random);
  const size = random.between(0.5, 0.85);
  const ratio = random.between(0.6, 1.6);
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, i++) {
      const away = Math.hypot(((x - SIDE / 2) / SIDE) * 2 * ratio, ((y - SIDE / 2) / SIDE) * 2);
      ink[i] = 255 * Math.max(0, Math.min(1, 8 * (size - away + (field[i] ?? 0))));
    }
  }
}

/** Noise cut at a level, coarse or fine: paper, cloth, a shadow's edge. */
function texture(ink: Float32Array, random: Random): void {
  const cells = 4 + random.below(24);
  addSmoothNoise(ink, SIDE, cells, 1, random);
  if (random.chance(0.5)) addSmoothNoise(ink, SIDE, 40, random.between(0.2, 1), random);
  const level = random.between(-0.5, 1);
  const sharp = random.between(100, 800);
  for (let i = 0; i < ink.length; i++) ink[i] = Math.max(0, Math.min(255, sharp * ((ink[i] ?? 0) - level)));
}

/** Ruled paper, a grid, hatching. */
function lines(ink: Float32Array, random: Random): void {
  const count = 3 + random.below(5);
  const angle = random.chance(0.5) ? 0 : random.between(0, 3.2);
  const radius = random.between(0.4, 1.4);
  const crossed = random.chance(0.5);
  for (const turned of crossed ? [angle, angle + Math.PI / 2] : [angle]) {
    const [dx, dy] = [Math.cos(turned), Math.sin(turned)];
    for (let i = 0; i < count; i++) {
      const offset = ((i + 0.5) / count - 0.5) * 32 + random.normal();
      const [x, y] = [SIDE / 2 - dy * offset, SIDE / 2 + dx * offset];
      stroke(
        ink,
        [
          [x - 17 * dx, y - 17 * dy],
          [x + 17 * dx, y + 17 * dy],
        ],
        radius,
      );
    }
  }
}

/** Dots and short dashes all over. */
function specks(ink: Float32Array, random: Random): void {
  const count = 5 + random.below(25);
  for (let i = 0; i < count; i++) {
    const [x, y] = [random.between(6, SIDE - 6), random.between(6, SIDE - 6)];
    stroke(
      ink,
      [
        [x, y],
        [x + 2 * random.normal(), y + 2 * random.normal()],
      ],
      random.between(0.4, 2.2),
    );
  }
}

/** What people draw to see what happens: a face. */
function face(ink: Float32Array, random: Random): void {
  const radius = random.between(0.5, 1.5);
  const arc = (x: number, y: number, size: number, from: number, to: number, ratio = 1): void => {
    const points = Array.from({ length: 30 }, (_, i): [number, number] => {
      const angle = from + ((to - from) * i) / 29;
      return [x + size * Math.cos(angle) + 0.2 * random.normal(), y + ratio * size * Math.sin(angle)];
    });
    stroke(ink, points, radius);
  };
  const middle = SIDE / 2;
  const full = 2 * Math.PI;
  if (random.chance(0.8)) arc(middle, middle, 18, 0, full, random.between(0.8, 1.15));
  const apart = random.between(5, 8);
  const height = middle - random.between(3, 8);
  for (const x of [middle - apart, middle + apart]) arc(x, height, random.between(0.3, 3), 0, full);
  const smile = random.chance(0.7);
  arc(middle, middle + (smile ? 3 : 12), random.between(5, 10), smile ? 0.3 : Math.PI + 0.3, smile ? 2.84 : full - 0.3);
  if (random.chance(0.4)) stroke(ink, [[middle, middle - 3], [middle + random.between(-3, 3), middle + 3]], radius); // prettier-ignore
}
