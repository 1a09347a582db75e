// Writes a character the way a hand might: bent, slanted, with some pen on some paper. What comes out went through the same
// normaliser as photos, and is the same for the same seed.
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { normaliseInk } from '../glyph/normalise.ts';
import type { Random } from './random.ts';
import type { Shape } from './synth-fields.ts';
import { addSmoothNoise } from './synth-noise.ts';

/** How far hands differ; 1 is usual, 0 writes the rendering as it is, larger is wilder. */
export interface SynthOptions {
  readonly size?: number;
  readonly wildness?: number;
}

/** The character's ink takes this share of the canvas before it is bent, so that bending does not push it out. */
const INK_SHARE = 0.6;

/** One glyph (size × size, 0 paper … 255 ink), or null when nothing of the ink is left (a pen too thin: draw again). */
export function synthesise(shape: Shape, random: Random, options: SynthOptions = {}): Uint8Array | null {
  const wildness = options.wildness ?? 1;
  // Photos are fine or coarse: the canvas is where resolution is lost.
  const canvas = Math.round(random.chance(0.25) ? random.between(24, 36) : random.between(36, 64));
  const ink = write(shape, canvas, random, wildness);
  if (random.chance(0.04 * wildness)) addRuledLine(ink, canvas, random);
  return normaliseInk({ width: canvas, height: canvas, ink }, options.size ?? GLYPH_SIZE);
}

/** The warped shape under the pen, on a canvas of side × side pixels. */
function write(shape: Shape, side: number, random: Random, wildness: number): Float32Array {
  const pixel = shape.extent / (INK_SHARE * side);
  const [a, b, c, d] = slant(random, wildness);
  const bend = wildness * shape.extent * random.between(0.01, 0.045);
  const wobble = wildness * shape.extent * random.between(0.002, 0.013);
  const shiftX = new Float32Array(side * side);
  const shiftY = new Float32Array(side * side);
  for (const shift of [shiftX, shiftY]) {
    addSmoothNoise(shift, side, 3, bend, random);
    addSmoothNoise(shift, side, 7, wobble, random);
  }

  const pen = choosePen(shape, random);
  const edgeNoise = new Float32Array(side * side);
  addSmoothNoise(edgeNoise, side, 4, wildness * random.between(0, 0.16) * pen.radius, random);
  addSmoothNoise(edgeNoise, side, 14, wildness * random.between(0, 0.1) * pen.radius, random);
  const soft = pixel * (random.chance(0.2) ? 0.2 : random.between(0.8, 2.2));
  const fade = random.chance(0.3) ? wildness * random.between(0.05, 0.3) : 0;
  const density = new Float32Array(fade > 0 ? side * side : 0);
  if (fade > 0) addSmoothNoise(density, side, 5, fade, random);

  const ink = new Float32Array(side * side);
  const middle = shape.side / 2 - 0.5;
  for (let y = 0, i = 0; y < side; y++) {
    const v = (y + 0.5 - side / 2) * pixel;
    for (let x = 0; x < side; x++, i++) {
      const u = (x + 0.5 - side / 2) * pixel;
      const fromX = middle + a * u + b * v + (shiftX[i] ?? 0);
      const fromY = middle + c * u + d * v + (shiftY[i] ?? 0);
      const depth = pen.reach + (edgeNoise[i] ?? 0) - sampleField(pen.field, shape.side, fromX, fromY);
      if (depth <= -soft / 2) continue;
      const level = Math.min(1, depth / soft + 0.5);
      ink[i] = 255 * (fade > 0 ? level * Math.max(0.25, Math.min(1, 1 - (density[i] ?? 0))) : level);
    }
  }
  return ink;
}

interface Pen {
  readonly field: Float32Array;
  /** Ink lies where the field is below this. */
  readonly reach: number;
  /** Half the width of the stroke that results. */
  readonly radius: number;
}

/** A pen of one width along the middle line, or the rendering's own contrast of thick and thin, made fatter or leaner. */
function choosePen(shape: Shape, random: Random): Pen {
  const thinnest = 0.012 * shape.extent;
  const radius = thinnest * (shape.widest / thinnest) ** random.next();
  if (random.chance(0.55)) return { field: shape.middle, reach: radius, radius };
  const reach = Math.max(radius - shape.halfWidth, -0.55 * shape.halfWidth);
  return { field: shape.outline, reach, radius: reach + shape.halfWidth };
}

/** Rotation, slant and proportions as a matrix from the canvas back to the shape. */
function slant(random: Random, wildness: number): readonly [number, number, number, number] {
  const bounded = (deviation: number): number => wildness * deviation * Math.max(-2.5, Math.min(2.5, random.normal()));
  const turn = bounded(0.1);
  const shear = bounded(0.17);
  const stretch = Math.exp(bounded(0.13));
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  // stretch · shear · rotation
  return [stretch * (cos + shear * sin), stretch * (shear * cos - sin), sin / stretch, cos / stretch];
}

/** Bilinear; beyond the field the distance grows as one goes. */
function sampleField(field: Float32Array, side: number, x: number, y: number): number {
  const last = side - 1.001;
  const insideX = x < 0 ? 0 : x > last ? last : x;
  const insideY = y < 0 ? 0 : y > last ? last : y;
  const column = Math.floor(insideX);
  const row = Math.floor(insideY);
  const at = row * side + column;
  const shareX = insideX - column;
  const above = (field[at] ?? 0) + ((field[at + 1] ?? 0) - (field[at] ?? 0)) * shareX;
  const below = (field[at + side] ?? 0) + ((field[at + side + 1] ?? 0) - (field[at + side] ?? 0)) * shareX;
  return above + (below - above) * (insideY - row) + Math.abs(x - insideX) + Math.abs(y - insideY);
}

/** A piece of a ruled line that the cut left in: thin, nearly level, above or below the middle. */
function addRuledLine(ink: Float32Array, side: number, random: Random): void {
  const start = Math.round(side * random.between(0.15, 0.5));
  const length = Math.round(side * random.between(0.1, 0.5));
  const height = side * (random.chance(0.7) ? random.between(0.7, 0.85) : random.between(0.15, 0.3));
  const slope = random.between(-0.05, 0.05);
  const strength = random.between(60, 200);
  for (let x = start; x < Math.min(side, start + length); x++) {
    const y = Math.round(height + slope * (x - start));
    ink[y * side + x] = Math.max(ink[y * side + x] ?? 0, strength);
  }
}
