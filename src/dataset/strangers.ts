// Pictures of nothing in particular, made up: gradients, patches, stripes, blots, grain. A head that has seen what a backbone makes of these
// knows that not everything shows one of its labels, photographs of other things included. Pure: the same number, the same picture.
import type { Raster } from '../glyph/glyph.ts';
import { makeRandom, type Random } from '../random.ts';

const SIDE = 224;
const SEED = 99;

/** Red, green and blue, row by row. */
export function strangerPicture(number: number): Raster {
  const random = makeRandom(SEED, number);
  const [from, to] = [colourOf(random), colourOf(random)];
  const [across, down] = [random.between(-1, 1), random.between(-1, 1)];
  const pixels = new Float32Array(3 * SIDE * SIDE);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const share = Math.min(1, Math.max(0, 0.5 + across * (x / SIDE - 0.5) + down * (y / SIDE - 0.5)));
      for (let c = 0; c < 3; c++) pixels[3 * (y * SIDE + x) + c] = (from[c] ?? 0) * (1 - share) + (to[c] ?? 0) * share;
    }
  const patches = random.below(12);
  for (let i = 0; i < patches; i++) patch(pixels, random);
  const grain = random.chance(0.5) ? 0 : random.between(0, 60);
  const grained = Uint8Array.from(pixels, (level) =>
    Math.min(255, Math.max(0, Math.round(level + grain * (random.next() - 0.5)))),
  );
  return { width: SIDE, height: SIDE, pixels: grained };
}

/** A rectangle, an ellipse, or stripes. */
function patch(pixels: Float32Array, random: Random): void {
  const colour = colourOf(random);
  const [left, top] = [random.between(0, SIDE), random.between(0, SIDE)];
  const [wide, high] = [random.between(5, 90), random.between(5, 90)];
  const shape = random.below(3);
  const [often, begins] = [random.between(0.05, 0.6), random.between(0, 6)];
  for (let y = Math.max(0, Math.floor(top - high)); y < Math.min(SIDE, top + high); y++)
    for (let x = Math.max(0, Math.floor(left - wide)); x < Math.min(SIDE, left + wide); x++) {
      const isOutside = shape === 1 && ((x - left) / wide) ** 2 + ((y - top) / high) ** 2 >= 1;
      const isBetween = shape === 2 && Math.sin(often * (x + y) + begins) <= 0;
      if (isOutside || isBetween) continue;
      for (let c = 0; c < 3; c++) pixels[3 * (y * SIDE + x) + c] = colour[c] ?? 0;
    }
}

const colourOf = (random: Random): readonly number[] => [0, 1, 2].map(() => random.between(0, 255));
