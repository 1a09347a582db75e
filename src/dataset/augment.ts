// Writes a glyph again as another hand might have: shifted, turned, scaled, slanted, bent, with another pen, blurred, noisy, with
// a gap. The warp is one resampling onto a larger canvas, and the normaliser of photos brings it back: a photo is always
// cut anew, so whatever it evens out (place and scale) must not be taught.
import { INK_SHARE, normaliseInk } from '../glyph/normalise.ts';
import type { Random } from '../random.ts';
import { addWaves, flatLattice, makeWarp } from './warp.ts';

/** How far each change may go, 0 for never; `gentle` … `strong` are measured settings. */
export interface AugmentOptions {
  /** Largest turn, degrees. */
  readonly rotate: number;
  /** Largest stretch of one side against the other: 0.2 is 1 / 1.2 … 1.2. */
  readonly stretch: number;
  /** Largest slant, as the tangent of its angle. */
  readonly shear: number;
  /** How unevenly the parts of a character may grow (see proportions.ts). */
  readonly uneven: number;
  /** Elastic bending, as shares of the side: the deviation of the coarse waves and of the fine ones. */
  readonly bend: number;
  readonly wobble: number;
  /** Largest change of the pen's width, in pixels of the glyph, thinner or thicker. */
  readonly pen: number;
  /** Largest error of place (pixels of the glyph) and of scale (share) after cutting. */
  readonly shift: number;
  readonly scale: number;
  /** Probabilities of blur and of an erased patch; deviation of the noise on the ink, of 255. */
  readonly blur: number;
  readonly erase: number;
  readonly noise: number;
}

export const USUAL_AUGMENTATION: AugmentOptions = {
  rotate: 14,
  stretch: 0.25,
  shear: 0.25,
  uneven: 0.7,
  bend: 0.035,
  wobble: 0.012,
  pen: 1.2,
  shift: 1.5,
  scale: 0.06,
  blur: 0.3,
  erase: 0.08,
  noise: 12,
};

/** The canvas is this much larger than the glyph, and the glyph on it this much: room to bend, and less blur from two resamplings. */
const CANVAS = 1.5;
const ENLARGED = 1.2;

/**
 * Writes one changed glyph as ink 0 … 1 into `out` from `offset` on (size × size numbers). Pure but for `out`; draws only from
 * `random`. About 150 µs at 40 × 40.
 */
export function augmentGlyph(
  glyph: Uint8Array,
  size: number,
  random: Random,
  options: AugmentOptions,
  out: Float32Array,
  offset: number,
): void {
  const side = Math.round(CANVAS * size);
  const canvas = changePen(warp(glyph, size, side, random, options), side, random, options);
  const cut = normaliseInk({ width: side, height: side, ink: canvas }, size) ?? glyph;
  const soft = random.chance(options.blur) ? soften(cut, size, random.next()) : cut;
  write(soft, size, random, options, out, offset);
  if (random.chance(options.erase)) erase(size, random, out, offset);
}

/** One bilinear resampling through turn, stretch, slant, uneven parts and both elastic fields. */
function warp(glyph: Uint8Array, size: number, side: number, random: Random, options: AugmentOptions): Float32Array {
  const turn = (random.between(-1, 1) * options.rotate * Math.PI) / 180;
  const stretch = (1 + options.stretch) ** random.between(-0.5, 0.5);
  const shear = random.between(-1, 1) * options.shear;
  const [cos, sin] = [Math.cos(turn) / ENLARGED, Math.sin(turn) / ENLARGED];
  const elastic = (): Float32Array => {
    const coarse = addWaves(flatLattice(), 3, options.bend * size * random.next(), random);
    return addWaves(coarse, 8, options.wobble * size * random.next(), random);
  };
  const reach = (ENLARGED * INK_SHARE * size) / 2;
  const warpRow = makeWarp(
    {
      side,
      matrix: [cos * stretch, sin / stretch + shear * cos, -sin * stretch, cos / stretch - shear * sin],
      middle: size / 2 - 0.5,
      reach,
      half: reach,
      uneven: options.uneven,
      shiftX: elastic(),
      shiftY: elastic(),
      between: 'apart',
    },
    random,
  );
  const [placesX, placesY] = [new Float64Array(side), new Float64Array(side)];
  const ink = new Float32Array(side * side);
  const last = size - 1;
  for (let y = 0, i = 0; y < side; y++) {
    warpRow(y, placesX, placesY);
    for (let x = 0; x < side; x++, i++) {
      const fromX = placesX[x] ?? 0;
      const fromY = placesY[x] ?? 0;
      if (fromX < 0 || fromY < 0 || fromX >= last || fromY >= last) continue;
      const left = fromX | 0;
      const top = fromY | 0;
      const at = top * size + left;
      const shareX = fromX - left;
      const above = (glyph[at] ?? 0) * (1 - shareX) + (glyph[at + 1] ?? 0) * shareX;
      const below = (glyph[at + size] ?? 0) * (1 - shareX) + (glyph[at + size + 1] ?? 0) * shareX;
      ink[i] = above + (below - above) * (fromY - top);
    }
  }
  return ink;
}

/** Grey morphology: towards the darkest (thicker) or the lightest (thinner) neighbour, by fractions of a pixel. */
function changePen(ink: Float32Array, side: number, random: Random, options: AugmentOptions): Float32Array {
  // A whole step moves both sides of a stroke by one pixel of the canvas.
  const change = (random.between(-1, 1) * options.pen * ENLARGED) / 2;
  let result = ink;
  for (let left = Math.abs(change); left > 0; left -= 1) {
    result = step(result, side, change > 0 ? Math.min(1, left) : -Math.min(1, left));
  }
  return result;
}

function step(ink: Float32Array, side: number, amount: number): Float32Array {
  const result = new Float32Array(ink.length);
  const share = Math.abs(amount);
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x;
      const here = ink[i] ?? 0;
      const left = ink[i - 1] ?? 0;
      const right = ink[i + 1] ?? 0;
      const above = ink[i - side] ?? 0;
      const below = ink[i + side] ?? 0;
      const extreme =
        amount > 0 ? Math.max(here, left, right, above, below) : Math.min(here, left, right, above, below);
      result[i] = here + share * (extreme - here);
    }
  }
  return result;
}

/** A 3 × 3 blur, by a share of its full effect. */
function soften(glyph: Uint8Array, size: number, share: number): Uint8Array {
  const result = glyph.slice();
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const i = y * size + x;
      const cross = (glyph[i - 1] ?? 0) + (glyph[i + 1] ?? 0) + (glyph[i - size] ?? 0) + (glyph[i + size] ?? 0);
      const corners =
        (glyph[i - size - 1] ?? 0) +
        (glyph[i - size + 1] ?? 0) +
        (glyph[i + size - 1] ?? 0) +
        (glyph[i + size + 1] ?? 0);
      const here = glyph[i] ?? 0;
      result[i] = here + share * ((4 * here + 2 * cross + corners) / 16 - here);
    }
  }
  return result;
}

/** The last errors of cutting (place, scale), the noise, and from 0 … 255 to 0 … 1. */
function write(
  glyph: Uint8Array,
  size: number,
  random: Random,
  options: AugmentOptions,
  out: Float32Array,
  offset: number,
): void {
  const pitch = 1 / (1 + options.scale * random.between(-1, 1));
  const fromX = size / 2 - 0.5 + options.shift * random.between(-1, 1);
  const fromY = size / 2 - 0.5 + options.shift * random.between(-1, 1);
  // A uniform distribution is √12 times as wide as it deviates.
  const noise = Math.sqrt(12) * options.noise * random.next();
  const last = size - 1;
  for (let y = 0, i = offset; y < size; y++) {
    const v = fromY + (y + 0.5 - size / 2) * pitch;
    const top = v | 0;
    for (let x = 0; x < size; x++, i++) {
      const u = fromX + (x + 0.5 - size / 2) * pitch;
      if (u < 0 || v < 0 || u >= last || v >= last) {
        out[i] = 0;
        continue;
      }
      const left = u | 0;
      const at = top * size + left;
      const above = (glyph[at] ?? 0) * (1 - u + left) + (glyph[at + 1] ?? 0) * (u - left);
      const below = (glyph[at + size] ?? 0) * (1 - u + left) + (glyph[at + size + 1] ?? 0) * (u - left);
      const level = above + (below - above) * (v - top);
      // Photos are clean where there is no ink.
      const grain = level > 0 ? noise * (random.next() - 0.5) : 0;
      out[i] = Math.min(1, Math.max(0, (level + grain) / 255));
    }
  }
}

/** A rectangle of up to a quarter of the side without ink. */
function erase(size: number, random: Random, out: Float32Array, offset: number): void {
  const width = Math.round(size * random.between(0.06, 0.25));
  const height = Math.round(size * random.between(0.06, 0.25));
  const left = random.below(size - width);
  const top = random.below(size - height);
  for (let y = top; y < top + height; y++) out.fill(0, offset + y * size + left, offset + y * size + left + width);
}
