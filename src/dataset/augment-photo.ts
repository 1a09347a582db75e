// Shows a small picture again as another camera, another light or another moment might have: seen from elsewhere, bent, in other colours,
// brighter, blurred, grainy, with something in front of it. Mirrored only where that is still the same thing.
import type { Random } from '../random.ts';
import { addWaves, flatLattice, latticeRows } from './warp.ts';

/** How far each change may go, 0 for never. */
export interface PhotoChanges {
  /** What tells them from those of ink. */
  readonly of: 'photo';
  /** Largest turn, degrees. */
  readonly rotate: number;
  /** How much nearer or farther: 0.2 is 1 / 1.2 … 1.2. */
  readonly zoom: number;
  /** Largest stretch of one side against the other, likewise. */
  readonly stretch: number;
  /** Largest slant, as the tangent of its angle. */
  readonly shear: number;
  /** Largest shift, as a share of the side. */
  readonly shift: number;
  /** How much nearer one edge may be than the opposite one, as a share of the distance. */
  readonly perspective: number;
  /** Elastic bending: deviation, as a share of the side. */
  readonly bend: number;
  /** Largest changes of light: brighter by a share of white, contrast and saturation by a factor (0.2 is 1 / 1.2 … 1.2), each colour by another. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly cast: number;
  /** Probability that all colour is lost. */
  readonly grey: number;
  /** Probability of blur. */
  readonly blur: number;
  /** Largest deviation of the grain, of 255. */
  readonly noise: number;
  /** Probability of a patch in front of it. */
  readonly erase: number;
  /** Whether it may be mirrored: breeds and flowers may, hands and letters may not. */
  readonly mirror: boolean;
}

export const USUAL_PHOTO_CHANGES: PhotoChanges = {
  of: 'photo',
  rotate: 15,
  zoom: 0.25,
  stretch: 0.15,
  shear: 0.12,
  shift: 0.1,
  perspective: 0.15,
  bend: 0.015,
  brightness: 0.15,
  contrast: 0.5,
  saturation: 0.5,
  cast: 0.15,
  grey: 0.1,
  blur: 0.25,
  noise: 12,
  erase: 0.4,
  mirror: false,
};

/**
 * Writes one changed picture as levels 0 … 1 into `out` from `offset` on. Red, green and blue are three planes of side × side numbers each,
 * in `picture` as in `out`. Pure but for `out`; draws only from `random`.
 */
export function augmentPhoto(
  picture: Uint8Array,
  side: number,
  random: Random,
  changes: PhotoChanges,
  out: Float32Array,
  offset: number,
): void {
  const planes = warped(picture, side, random, changes);
  recolour(planes, side, random, changes);
  if (random.chance(changes.blur)) soften(planes, side, random.between(0.3, 1));
  if (random.chance(changes.erase)) cover(planes, side, random);
  // A uniform distribution is √12 times as wide as it deviates.
  const noise = Math.sqrt(12) * changes.noise * random.next();
  for (let i = 0; i < planes.length; i++) {
    const level = planes[i]! + noise * (random.next() - 0.5);
    out[offset + i] = level <= 0 ? 0 : level >= 255 ? 1 : level / 255;
  }
}

const factor = (random: Random, most: number): number => (1 + most) ** random.between(-1, 1);

/** One bilinear resampling; beyond the edges the picture goes on as in a mirror, so that no corner is empty. */
function warped(picture: Uint8Array, side: number, random: Random, changes: PhotoChanges): Float32Array {
  const turn = (random.between(-1, 1) * changes.rotate * Math.PI) / 180;
  const pitch = 1 / factor(random, changes.zoom);
  const stretch = Math.sqrt(factor(random, changes.stretch));
  const shear = random.between(-1, 1) * changes.shear;
  const [moveX, moveY] = [random, random].map((each) => each.between(-1, 1) * changes.shift * side);
  const [tiltX, tiltY] = [random, random].map((each) => (each.between(-1, 1) * changes.perspective) / side);
  const flip = changes.mirror && random.chance(0.5) ? -1 : 1;
  const [cos, sin] = [Math.cos(turn) * pitch, Math.sin(turn) * pitch];
  const [a, b] = [flip * cos * stretch, flip * (sin / stretch + shear * cos)];
  const [c, d] = [-sin * stretch, cos / stretch - shear * sin];
  const bends = [flatLattice(), flatLattice()].map((lattice) =>
    latticeRows(addWaves(lattice, 4, changes.bend * side * random.next(), random), side, 'apart'),
  );
  const [bendX, bendY] = [new Float32Array(side), new Float32Array(side)];
  const middle = (side - 1) / 2;
  const area = side * side;
  const planes = new Float32Array(3 * area);
  for (let y = 0, i = 0; y < side; y++) {
    bends[0]?.(y, bendX);
    bends[1]?.(y, bendY);
    const v = y - middle;
    for (let x = 0; x < side; x++, i++) {
      const u = x - middle;
      const far = 1 / (1 + (tiltX ?? 0) * u + (tiltY ?? 0) * v);
      const fromX = within((a * u + b * v) * far + middle + (moveX ?? 0) + (bendX[x] ?? 0), side);
      const fromY = within((c * u + d * v) * far + middle + (moveY ?? 0) + (bendY[x] ?? 0), side);
      const left = Math.min(side - 2, fromX | 0);
      const top = Math.min(side - 2, fromY | 0);
      const shareX = fromX - left;
      const shareY = fromY - top;
      for (let plane = 0, at = top * side + left; plane < 3; plane++, at += area) {
        const above = picture[at]! + (picture[at + 1]! - picture[at]!) * shareX;
        const below = picture[at + side]! + (picture[at + side + 1]! - picture[at + side]!) * shareX;
        planes[plane * area + i] = above + (below - above) * shareY;
      }
    }
  }
  return planes;
}

/** A place on the picture, counted back from its edges. */
function within(place: number, side: number): number {
  const last = side - 1;
  if (place >= 0 && place <= last) return place;
  const folded = Math.abs(place) % (2 * last);
  return folded > last ? 2 * last - folded : folded;
}

/** Brightness, contrast and saturation, and each colour by a factor of its own. */
function recolour(planes: Float32Array, side: number, random: Random, changes: PhotoChanges): void {
  const area = side * side;
  const contrast = factor(random, changes.contrast);
  const saturation = random.chance(changes.grey) ? 0 : factor(random, changes.saturation);
  const brighter = 255 * changes.brightness * random.between(-1, 1);
  const [red, green, blue] = [0, 1, 2].map(() => contrast * factor(random, changes.cast)) as [number, number, number];
  let sum = 0;
  for (let i = 0; i < planes.length; i++) sum += planes[i]!;
  const mean = sum / planes.length;
  const base = mean + brighter;
  for (let i = 0; i < area; i++) {
    const r = planes[i]!;
    const g = planes[area + i]!;
    const b = planes[2 * area + i]!;
    const grey = 0.299 * r + 0.587 * g + 0.114 * b;
    planes[i] = base + red * (grey + saturation * (r - grey) - mean);
    planes[area + i] = base + green * (grey + saturation * (g - grey) - mean);
    planes[2 * area + i] = base + blue * (grey + saturation * (b - grey) - mean);
  }
}

/** A 3 × 3 blur of each plane, by a share of its full effect: along the rows, then along the columns. */
function soften(planes: Float32Array, side: number, share: number): void {
  const area = side * side;
  for (let plane = 0; plane < 3; plane++) {
    const part = planes.subarray(plane * area, (plane + 1) * area);
    for (const step of [1, side]) {
      const before = part.slice();
      const [first, last] = step === 1 ? [0, area] : [side, area - side];
      for (let i = first; i < last; i++) {
        if (step === 1 && (i % side === 0 || i % side === side - 1)) continue;
        const mean = (before[i - step]! + 2 * before[i]! + before[i + step]!) / 4;
        part[i] = before[i]! + share * (mean - before[i]!);
      }
    }
  }
}

/** A rectangle of up to two fifths of the side, in one colour. */
function cover(planes: Float32Array, side: number, random: Random): void {
  const [width, height] = [random, random].map((each) => Math.round(side * each.between(0.1, 0.4)));
  const [left, top] = [random.below(side - (width ?? 0)), random.below(side - (height ?? 0))];
  for (let plane = 0; plane < 3; plane++) {
    const level = random.between(0, 255);
    for (let y = top; y < top + (height ?? 0); y++) {
      const from = (plane * side + y) * side + left;
      planes.fill(level, from, from + (width ?? 0));
    }
  }
}
