// What the finder is taught of a scene: planes at a quarter of its sides, as src/model/places.ts lists them.
import type { Box } from '../../../src/glyph/glyph.ts';
import { STEP, UNIT } from '../../../src/find/answer.ts';
import { TARGETS } from '../../../src/model/places.ts';
import type { Scene } from './scene.ts';

/** A middle is this large, to both sides, and fades over this much more, as shares of the box; the latter no less than so many cells. */
const CORE = 0.08;
const SPREAD = 0.12;
const LEAST_SPREAD = 0.55;
/** The box is taught where the middle is at least so near. */
const NEAR = 0.5;

/** Writes the planes into `to`, which holds zeros; returns how many cells are middles. */
export function writeTargets(scene: Scene, to: Float32Array): number {
  const [columns, rows] = [scene.raster.width / STEP, scene.raster.height / STEP];
  const plane = (number: number): Float32Array => to.subarray(number * columns * rows, (number + 1) * columns * rows);
  for (const { box } of scene.characters) middle(plane(TARGETS.hand), columns, rows, box);
  for (const box of scene.print) middle(plane(TARGETS.print), columns, rows, box);
  for (const { box } of scene.characters) sides(plane, columns, rows, box);
  const ink = plane(TARGETS.ink);
  for (let y = 0, i = 0; y < scene.raster.height; y++) {
    for (let x = 0; x < scene.raster.width; x++, i++) {
      const at = Math.floor(y / STEP) * columns + Math.floor(x / STEP);
      ink[at] = (ink[at] ?? 0) + (scene.ink[i] ?? 0);
    }
  }
  // A stroke through a cell covers a part of it.
  for (let i = 0; i < ink.length; i++) ink[i] = Math.min(1, ((ink[i] ?? 0) * 3) / STEP ** 2);
  const middles = to.subarray(0, 2 * columns * rows);
  return middles.reduce((sum, near) => sum + (near === 1 ? 1 : 0), 0);
}

const cellOf = (place: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(place / STEP)));

function spreadOf({ width, height }: Box): readonly [number, number] {
  return [Math.max(LEAST_SPREAD, (SPREAD * width) / STEP), Math.max(LEAST_SPREAD, (SPREAD * height) / STEP)];
}

function eachNear(
  box: Box,
  columns: number,
  rows: number,
  visit: (i: number, x: number, y: number, near: number) => void,
): void {
  const [middleX, middleY] = [cellOf(box.x + box.width / 2, columns), cellOf(box.y + box.height / 2, rows)];
  const [wide, high] = spreadOf(box);
  const [coreX, coreY] = [(CORE * box.width) / STEP, (CORE * box.height) / STEP];
  const [reachX, reachY] = [Math.ceil(coreX + 3 * wide), Math.ceil(coreY + 3 * high)];
  for (let y = Math.max(0, middleY - reachY); y <= Math.min(rows - 1, middleY + reachY); y++) {
    for (let x = Math.max(0, middleX - reachX); x <= Math.min(columns - 1, middleX + reachX); x++) {
      const awayX = Math.max(0, Math.abs(x - middleX) - coreX) / wide;
      const awayY = Math.max(0, Math.abs(y - middleY) - coreY) / high;
      const near = Math.exp(-(awayX ** 2 + awayY ** 2) / 2);
      visit(y * columns + x, x, y, near);
    }
  }
}

function middle(heat: Float32Array, columns: number, rows: number, box: Box): void {
  eachNear(box, columns, rows, (i, _, __, near) => (heat[i] = Math.max(heat[i] ?? 0, near)));
}

function sides(plane: (number: number) => Float32Array, columns: number, rows: number, box: Box): void {
  const heat = plane(TARGETS.hand);
  const weight = plane(TARGETS.box);
  const places: number[] = [];
  eachNear(box, columns, rows, (i, x, y, near) => {
    if (near < NEAR || near < (heat[i] ?? 0)) return;
    const [atX, atY] = [(x + 0.5) * STEP, (y + 0.5) * STEP];
    const distances = [atX - box.x, atY - box.y, box.x + box.width - atX, box.y + box.height - atY];
    if (near < 1 && Math.min(...distances) < 1) return;
    distances.forEach((distance, k) => (plane(TARGETS.sides + k)[i] = Math.log(Math.max(0.5, distance) / UNIT)));
    places.push(i);
  });
  for (const i of places) weight[i] = 1 / places.length;
}
