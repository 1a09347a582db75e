// Where ink ends and paper begins, for every place of a picture. The idea (Yanowitz and Bruckstein, 1989): at the edge of a
// stroke the grey is half way between ink and paper, whatever the light there is; so the threshold is the grey at the edges,
// carried from them into the areas between. Shadows have no sharp edges and so no say, and neither polarity is presumed.
import type { Raster } from './glyph.ts';

export interface ThresholdSurface {
  /** Grey level half way between ink and paper, for each pixel. */
  readonly levels: Float32Array;
  /** Median difference of neighbours: the camera's noise. */
  readonly noise: number;
  /** The 99.9th percentile of differences of neighbours: how sharp the sharpest edges are. */
  readonly sharpest: number;
}

/** The surface is computed on a grid of about this many cells along the longer side: it is smooth. */
const GRID = 160;
/** Averaging windows (radius, share of the longer side); the nearest edges weigh most, the farthest decide where there are none. */
const RADII = [1 / 48, 1 / 16, 1 / 6, 1];

/** The threshold surface, or null where the picture has no edge at all. */
export function thresholdSurface(raster: Raster): ThresholdSurface | null {
  const { width, height, pixels } = raster;
  const differences = new Float64Array(256);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const here = pixels[i] ?? 0;
      if (x + 1 < width) count(differences, Math.abs(here - (pixels[i + 1] ?? 0)));
      if (y + 1 < height) count(differences, Math.abs(here - (pixels[i + width] ?? 0)));
    }
  }
  const noise = percentile(differences, 0.5);
  const sharpest = percentile(differences, 0.999);
  const floor = Math.min(4 * noise, sharpest / 3);
  if (sharpest === 0) return null;

  const cell = Math.max(1, Math.floor(Math.max(width, height) / GRID));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const weights = new Float64Array(columns * rows);
  const levels = new Float64Array(columns * rows);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < width; x++, i++) {
      const here = pixels[i] ?? 0;
      const place = row + Math.floor(x / cell);
      if (x + 1 < width) addEdge(weights, levels, place, here, pixels[i + 1] ?? 0, floor);
      if (y + 1 < height) addEdge(weights, levels, place, here, pixels[i + width] ?? 0, floor);
    }
  }
  const grid = spread(weights, levels, columns, rows);
  return {
    levels: grid === null ? new Float32Array() : enlarge(grid, columns, rows, cell, width, height),
    noise,
    sharpest,
  };
}

function count(histogram: Float64Array, value: number): void {
  histogram[value] = (histogram[value] ?? 0) + 1;
}

function percentile(histogram: Float64Array, share: number): number {
  const total = histogram.reduce((sum, each) => sum + each, 0);
  let below = 0;
  return Math.max(
    0,
    histogram.findIndex((each) => (below += each) > share * total),
  );
}

function addEdge(
  weights: Float64Array,
  levels: Float64Array,
  place: number,
  a: number,
  b: number,
  floor: number,
): void {
  const difference = Math.abs(a - b) - floor;
  if (difference <= 0) return;
  const weight = difference * difference;
  weights[place] = (weights[place] ?? 0) + weight;
  levels[place] = (levels[place] ?? 0) + (weight * (a + b)) / 2;
}

/** Weighted averages over all windows at once: near edges count through every window, far ones only through the wide. */
function spread(weights: Float64Array, levels: Float64Array, columns: number, rows: number): Float32Array | null {
  const weightSums = integral(weights, columns, rows);
  const levelSums = integral(levels, columns, rows);
  const result = new Float32Array(columns * rows);
  const longer = Math.max(columns, rows);
  const radii = RADII.map((share) => Math.max(1, Math.round(share * longer)));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let weight = 0;
      let level = 0;
      for (const radius of radii) {
        const area = (2 * radius + 1) ** 2;
        weight += windowSum(weightSums, columns, rows, x, y, radius) / area;
        level += windowSum(levelSums, columns, rows, x, y, radius) / area;
      }
      if (weight <= 0) return null;
      result[y * columns + x] = level / weight;
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

/** Bilinear, from the cells' centres to every pixel. */
function enlarge(
  grid: Float32Array,
  columns: number,
  rows: number,
  cell: number,
  width: number,
  height: number,
): Float32Array {
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const gridY = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const top = Math.floor(gridY);
    const bottom = Math.min(rows - 1, top + 1);
    const shareY = gridY - top;
    for (let x = 0; x < width; x++) {
      const gridX = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5));
      const left = Math.floor(gridX);
      const right = Math.min(columns - 1, left + 1);
      const shareX = gridX - left;
      const above = (grid[top * columns + left] ?? 0) * (1 - shareX) + (grid[top * columns + right] ?? 0) * shareX;
      const below =
        (grid[bottom * columns + left] ?? 0) * (1 - shareX) + (grid[bottom * columns + right] ?? 0) * shareX;
      result[y * width + x] = above * (1 - shareY) + below * shareY;
    }
  }
  return result;
}
