// Writes a character the way a hand might: bent, slanted, with some pen on some paper. What comes out went through the same
// normaliser as photos, and is the same for the same seed.
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { normaliseInk } from '../glyph/normalise.ts';
import type { Random } from '../random.ts';
import { FIELD_STEP, type FieldShape } from './synth-fields.ts';
import { addWaves, flatLattice, latticeRows, makeWarp } from './warp.ts';

/** How far hands differ; 1 is usual, 0 writes the rendering as it is, larger is wilder. */
export interface SynthOptions {
  readonly size?: number;
  readonly wildness?: number;
}

/** The character's ink takes this share of the canvas before it is bent, so that bending does not push it out. */
const INK_SHARE = 0.6;

/** One glyph (size × size, 0 paper … 255 ink), or null when nothing of the ink is left (a pen too thin: draw again). */
export function synthesise(shape: FieldShape, random: Random, options: SynthOptions = {}): Uint8Array | null {
  const wildness = options.wildness ?? 1;
  // Photos are fine or coarse: the canvas is where resolution is lost.
  const canvas = Math.round(random.chance(0.25) ? random.between(24, 36) : random.between(36, 64));
  const ink = write(shape, canvas, random, wildness);
  if (random.chance(0.08 * wildness)) addRuledLine(ink, canvas, random);
  if (random.chance(0.14 * wildness)) addSpeck(ink, canvas, random);
  return normaliseInk({ width: canvas, height: canvas, ink }, options.size ?? GLYPH_SIZE);
}

/** The warped shape under the pen, on a canvas of side × side pixels. */
function write(shape: FieldShape, side: number, random: Random, wildness: number): Float32Array {
  const pixel = shape.extent / (INK_SHARE * side);
  const matrix = slant(random, wildness);
  const bend = wildness * shape.extent * random.between(0.01, 0.045);
  const wobble = wildness * shape.extent * random.between(0.002, 0.013);
  const pen = choosePen(shape, random);
  const pressure = wildness * random.between(0, 0.16) * pen.radius;
  const fray = wildness * random.between(0, 0.1) * pen.radius;
  // Sharp scans, usual photos, and small or shaken ones whose strokes run soft.
  const kind = random.next();
  const soft = pixel * (kind < 0.2 ? 0.2 : kind < 0.85 ? random.between(0.8, 2.2) : random.between(2.2, 4));
  const fade = random.chance(0.3) ? wildness * random.between(0.05, 0.3) : 0;
  const waves = (coarse: number, bend: number, fine: number, wobble: number): Float32Array =>
    addWaves(addWaves(flatLattice(), coarse, bend, random), fine, wobble, random);
  const shiftX = waves(3, bend, 7, wobble);
  const shiftY = waves(3, bend, 7, wobble);
  const writeEdge = latticeRows(waves(4, pressure, 14, fray), side, 'together');
  const writeFaint = fade > 0 ? latticeRows(addWaves(flatLattice(), 5, fade, random), side, 'together') : null;
  const half = shape.extent / 2;
  const [middle, reach] = [shape.side / 2 - 0.5, half / pixel];
  const warpRow = makeWarp(
    { side, matrix, middle, reach, half, uneven: wildness, shiftX, shiftY, between: 'together' },
    random,
  );
  const [placesX, placesY] = [new Float64Array(side), new Float64Array(side)];
  const [rowEdge, rowFaint] = [new Float32Array(side), new Float32Array(side)];

  const ink = new Float32Array(side * side);
  for (let y = 0, i = 0; y < side; y++) {
    warpRow(y, placesX, placesY);
    writeEdge(y, rowEdge);
    writeFaint?.(y, rowFaint);
    for (let x = 0; x < side; x++, i++) {
      const depth =
        pen.reach + (rowEdge[x] ?? 0) - sampleField(pen.field, shape.side, placesX[x] ?? 0, placesY[x] ?? 0);
      if (depth <= -soft / 2) continue;
      const level = Math.min(1, depth / soft + 0.5);
      ink[i] = 255 * level * Math.max(0.25, Math.min(1, 1 - (rowFaint[x] ?? 0)));
    }
  }
  return ink;
}

interface Pen {
  readonly field: Int8Array;
  /** Ink lies where the field is below this. */
  readonly reach: number;
  /** Half the width of the stroke that results. */
  readonly radius: number;
}

/** A pen of one width along the middle line, or the rendering's own contrast of thick and thin, made fatter or leaner. */
function choosePen(shape: FieldShape, random: Random): Pen {
  const thinnest = 0.015 * shape.extent;
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
function sampleField(field: Int8Array, side: number, x: number, y: number): number {
  const last = side - 1.001;
  const insideX = x < 0 ? 0 : x > last ? last : x;
  const insideY = y < 0 ? 0 : y > last ? last : y;
  const column = Math.floor(insideX);
  const row = Math.floor(insideY);
  const at = row * side + column;
  const shareX = insideX - column;
  const above = (field[at] ?? 0) + ((field[at + 1] ?? 0) - (field[at] ?? 0)) * shareX;
  const below = (field[at + side] ?? 0) + ((field[at + side + 1] ?? 0) - (field[at + side] ?? 0)) * shareX;
  return FIELD_STEP * (above + (below - above) * (insideY - row)) + Math.abs(x - insideX) + Math.abs(y - insideY);
}

/** A piece of a ruled line that the cut left in: thin, nearly level, most often under the character. */
function addRuledLine(ink: Float32Array, side: number, random: Random): void {
  const length = Math.round(side * random.between(0.1, 1));
  const start = Math.round(random.between(0.1, 0.9) * (side - length));
  const height = side * (random.chance(0.75) ? random.between(0.72, 0.88) : random.between(0.12, 0.28));
  const slope = random.between(-0.06, 0.06);
  const strength = random.between(60, 255);
  const thick = random.chance(0.4);
  for (let x = start; x < start + length; x++) {
    const y = Math.round(height + slope * (x - start));
    for (const at of thick ? [y * side + x, (y + 1) * side + x] : [y * side + x]) {
      ink[at] = Math.max(ink[at] ?? 0, strength);
    }
  }
}

/** A dot or a bit of a neighbour beside the character, most often below: it belongs to no stroke, but the cut took it along. */
function addSpeck(ink: Float32Array, side: number, random: Random): void {
  const along = side * random.between(0.25, 0.75);
  const far = random.between(0.78, 0.95);
  // Never above: there stand the marks that make й of и and が of か.
  const beside = side * (random.chance(0.5) ? far : 1 - far);
  const [x, y] = random.chance(0.75) ? [along, side * far] : [beside, along];
  const wide = side * random.between(0.012, 0.06);
  const high = side * random.between(0.012, 0.06);
  const strength = random.between(120, 255);
  for (let row = Math.floor(y - high); row <= y + high; row++) {
    for (let column = Math.floor(x - wide); column <= x + wide; column++) {
      if (((column - x) / wide) ** 2 + ((row - y) / high) ** 2 > 1.3) continue;
      const at = Math.max(0, Math.min(side - 1, row)) * side + Math.max(0, Math.min(side - 1, column));
      ink[at] = Math.max(ink[at] ?? 0, strength);
    }
  }
}
