// Where ink ends and paper begins, for every place of a picture. The idea (Yanowitz and Bruckstein, 1989): at the edge of a
// stroke the grey is half way between ink and paper, whatever the light there is; so the threshold is the grey at the edges,
// carried from them to what lies near. Far from any edge there is neither ink nor paper to tell apart: shading and
// soft shadows have no say. Neither polarity is presumed.
import type { Box, Raster } from './glyph.ts';

interface ThresholdSurface {
  /** The part of the picture with all that is near an edge; of it, a cell's margin unless the picture ends there. */
  readonly area: Box;
  /** Grey level half way between ink and paper, for each pixel of the area; NaN far from every edge. */
  readonly levels: Float32Array;
  /** Deviation of the difference of neighbours where there is no edge: the camera's noise. */
  readonly noise: number;
}

/** The surface is computed on a grid of about this many cells along the longer side: it is smooth. */
const GRID = 160;
/** Averaging windows: radius as a share of the longer side, and the least in pixels. The nearest edges weigh most. */
const WINDOWS = [
  { share: 1 / 48, least: 1 },
  { share: 1 / 16, least: 2 },
  { share: 1 / 8, least: 4 },
] as const;
/** An edge must be this many deviations of the noise, and this share of the sharpest edges: soft shadows are less. */
const EDGE = 2.2;
const EDGE_SHARPEST = 0.08;
/** Edges in the widest window must weigh this much: in deviations of the noise to the power 3/2, and of the strongest window's. */
const SUPPORT_NOISE = 0.1;
const SUPPORT_STRONGEST = 0.002;

/** Pictures up to this side (pixels) are cut out already: their light is even, their strokes a few soft pixels wide. */
export const SMALL = 128;
/** There the threshold lies this share of the way from half way to the paper. */
const TOWARDS_PAPER = 0.5;

/**
 * In a small picture half way to a stroke's darkest part leaves its fainter parts out, and a thin stroke is nowhere as dark as its
 * ink. Paper is what most of the picture is. Measured on photographs of 64 × 64 that no model was trained on: of 542 digits
 * 30 were read wrong at 0, 26 at 0.15, 20 at 0.3, 16 at 0.5; MNIST and drawings gained as well.
 */
function moveTowardsPaper(levels: Float32Array, { pixels }: Raster): void {
  const paper = pixels.slice().sort()[pixels.length >> 1] ?? 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] ?? NaN;
    levels[i] = level + TOWARDS_PAPER * (paper - level);
  }
}

/** The threshold surface, or null where the picture has no edge at all. */
export function thresholdSurface(raster: Raster): ThresholdSurface | null {
  const { width, height } = raster;
  const { noise, sharpest } = stepsOf(raster);
  const cell = Math.max(1, Math.floor(Math.max(width, height) / GRID));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const weights = new Float64Array(columns * rows);
  const levels = new Float64Array(columns * rows);
  collectEdges(raster, cell, columns, Math.max(EDGE * noise, EDGE_SHARPEST * sharpest), weights, levels);
  const grid = spread(weights, levels, columns, rows, cell, noise);
  if (grid === null) return null;
  const area = areaOf(grid, columns, rows, cell, width, height);
  const surface = enlarge(grid, columns, rows, cell, area);
  if (Math.max(width, height) <= SMALL) moveTowardsPaper(surface, raster);
  return { area, levels: surface, noise };
}

/** One threshold for the whole picture, which parts the greys in the box best in two: for ink so faint in the grain that it has no edges. */
export function flatSurface(raster: Raster, box: Box): ThresholdSurface {
  const { width, height, pixels } = raster;
  const levels = new Float32Array(pixels.length).fill(partedAt(raster, box).level);
  return { area: { x: 0, y: 0, width, height }, levels, noise: noiseOf(raster) };
}

/** The level that parts the greys in the box best in two (Otsu, 1979), and how well it does: the share of their variance that it explains, 0 … 1. */
export function partedAt(
  { width, height, pixels }: Raster,
  box: Box,
): { readonly level: number; readonly share: number } {
  const counts = new Float64Array(256);
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, box.y + box.height); y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(width, box.x + box.width); x++) {
      const grey = pixels[y * width + x] ?? 0;
      counts[grey] = (counts[grey] ?? 0) + 1;
    }
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  const mass = counts.reduce((sum, count, grey) => sum + count * grey, 0);
  const squares = counts.reduce((sum, count, grey) => sum + count * grey ** 2, 0);
  let [below, belowMass, best, level] = [0, 0, 0, 0];
  for (let grey = 0; grey < 255; grey++) {
    below += counts[grey] ?? 0;
    belowMass += grey * (counts[grey] ?? 0);
    if (below === 0 || below === all) continue;
    const apart = (mass - belowMass) / (all - below) - belowMass / below;
    const between = below * (all - below) * apart ** 2;
    if (between > best) [best, level] = [between, grey + 0.5];
  }
  const variance = all * squares - mass ** 2;
  return { level, share: variance > 0 ? best / variance : 0 };
}

/** The box of all cells that have a level, with one more cell around, in pixels. */
function areaOf(grid: Float32Array, columns: number, rows: number, cell: number, width: number, height: number): Box {
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (Number.isNaN(grid[y * columns + x])) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  const x = Math.max(0, left - 1) * cell;
  const y = Math.max(0, top - 1) * cell;
  return { x, y, width: Math.min(width, (right + 1) * cell) - x, height: Math.min(height, (bottom + 1) * cell) - y };
}

/** Deviation of the difference of neighbours where there is no edge: the camera's noise, in grey levels. */
export function noiseOf(raster: Raster): number {
  return stepsOf(raster).noise;
}

/** Edges are few: the smaller four fifths of all differences are noise, and their mean is about half its deviation. The sharpest edges: the 99.9th percentile. */
function stepsOf({ width, height, pixels }: Raster): { readonly noise: number; readonly sharpest: number } {
  const differences = new Uint32Array(256);
  for (let y = 0; y < height; y++) {
    for (let x = 1, i = y * width + 1; x < width; x++, i++) {
      const difference = Math.abs((pixels[i] ?? 0) - (pixels[i - 1] ?? 0));
      differences[difference] = (differences[difference] ?? 0) + 1;
    }
  }
  const wanted = 0.8 * height * (width - 1);
  let left = wanted;
  let sum = 0;
  for (let difference = 0; difference < 256 && left > 0; difference++) {
    const taken = Math.min(left, differences[difference] ?? 0);
    sum += taken * difference;
    left -= taken;
  }
  let above = 0.001 * height * (width - 1);
  let sharpest = 255;
  while (sharpest > 0 && (above -= differences[sharpest] ?? 0) > 0) sharpest--;
  return { noise: wanted > 0 ? (2 * sum) / wanted : 0, sharpest };
}

/** Sums, cell by cell, of the edges' weights (their steps to the power 3/2) and of weight times the grey half way. */
function collectEdges(
  { width, height, pixels }: Raster,
  cell: number,
  columns: number,
  floor: number,
  weights: Float64Array,
  levels: Float64Array,
): void {
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    const below = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const here = pixels[i] ?? 0;
      const right = x + 1 < width ? (pixels[i + 1] ?? 0) : here;
      const under = pixels[i + below] ?? 0;
      const across = Math.max(0, Math.abs(here - right) - floor);
      const down = Math.max(0, Math.abs(here - under) - floor);
      if (across === 0 && down === 0) continue;
      const place = row + Math.floor(x / cell);
      // Between the step and its square: a faint stroke beside a strong one has its say, the noise has not.
      const byColumn = across * Math.sqrt(across);
      const byRow = down * Math.sqrt(down);
      weights[place] = (weights[place] ?? 0) + byColumn + byRow;
      levels[place] = (levels[place] ?? 0) + (byColumn * (here + right)) / 2 + (byRow * (here + under)) / 2;
    }
  }
}

/** Weighted averages over all windows at once; NaN for cells without enough edges near; null when no cell has any. */
function spread(
  weights: Float64Array,
  levels: Float64Array,
  columns: number,
  rows: number,
  cell: number,
  noise: number,
): Float32Array | null {
  const weightSums = integral(weights, columns, rows);
  const levelSums = integral(levels, columns, rows);
  const longer = Math.max(columns, rows);
  const radii = WINDOWS.map(({ share, least }) => Math.max(Math.ceil(least / cell), Math.round(share * longer)));
  const widest = radii.at(-1) ?? 1;
  const support = new Float64Array(columns * rows);
  let strongest = 0;
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      const sum = windowSum(weightSums, columns, rows, x, y, widest) / ((2 * widest + 1) * cell) ** 2;
      support[i] = sum;
      strongest = Math.max(strongest, sum);
    }
  }
  const needed = Math.max(SUPPORT_NOISE * noise ** 1.5, SUPPORT_STRONGEST * strongest);
  if (strongest <= needed) return null;
  const result = new Float32Array(columns * rows).fill(NaN);
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      if ((support[i] ?? 0) <= needed) continue;
      let weight = 0;
      let level = 0;
      for (const radius of radii) {
        const area = (2 * radius + 1) ** 2;
        weight += windowSum(weightSums, columns, rows, x, y, radius) / area;
        level += windowSum(levelSums, columns, rows, x, y, radius) / area;
      }
      result[i] = level / weight;
    }
  }
  return result;
}

/** Sums of everything above and to the left, with a row and a column of zeros before. */
function integral(values: Float64Array, columns: number, rows: number): Float64Array {
  const stride = columns + 1;
  const sums = new Float64Array(stride * (rows + 1));
  for (let y = 0; y < rows; y++) {
    let row = 0;
    for (let x = 0; x < columns; x++) {
      row += values[y * columns + x] ?? 0;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + row;
    }
  }
  return sums;
}

function windowSum(sums: Float64Array, columns: number, rows: number, x: number, y: number, radius: number): number {
  const stride = columns + 1;
  const left = Math.max(0, x - radius);
  const right = Math.min(columns, x + radius + 1);
  const top = Math.max(0, y - radius) * stride;
  const bottom = Math.min(rows, y + radius + 1) * stride;
  return (sums[bottom + right] ?? 0) - (sums[bottom + left] ?? 0) - (sums[top + right] ?? 0) + (sums[top + left] ?? 0);
}

/** From the cells' centres to every pixel: bilinear, or the cell's own level beside cells that have none. */
function enlarge(grid: Float32Array, columns: number, rows: number, cell: number, area: Box): Float32Array {
  const result = new Float32Array(area.width * area.height).fill(NaN);
  for (let y = 0; y < area.height; y++) {
    const own = Math.floor((area.y + y) / cell) * columns;
    const gridY = Math.min(rows - 1, Math.max(0, (area.y + y + 0.5) / cell - 0.5));
    const top = Math.floor(gridY) * columns;
    const bottom = Math.min(rows - 1, Math.floor(gridY) + 1) * columns;
    const shareY = gridY - Math.floor(gridY);
    for (let x = 0; x < area.width; x++) {
      const level = grid[own + Math.floor((area.x + x) / cell)] ?? NaN;
      if (Number.isNaN(level)) continue;
      const gridX = Math.min(columns - 1, Math.max(0, (area.x + x + 0.5) / cell - 0.5));
      const left = Math.floor(gridX);
      const right = Math.min(columns - 1, left + 1);
      const shareX = gridX - left;
      const above = (grid[top + left] ?? NaN) * (1 - shareX) + (grid[top + right] ?? NaN) * shareX;
      const below = (grid[bottom + left] ?? NaN) * (1 - shareX) + (grid[bottom + right] ?? NaN) * shareX;
      const smooth = above * (1 - shareY) + below * shareY;
      result[y * area.width + x] = Number.isNaN(smooth) ? level : smooth;
    }
  }
  return result;
}
