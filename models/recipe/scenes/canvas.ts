// What a made-up scene is drawn on: grey levels, and beside them how much of each pixel is a hand's ink. Everything is drawn in place
// and touches only the pixels it covers, since a training run asks for tens of thousands of scenes.
import type { Random } from '../../../src/random.ts';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** 0 black … 1 white. */
  readonly grey: Float32Array;
  /** 0 … 1: ink of characters that are to be found. */
  readonly ink: Float32Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function makeCanvas(width: number, height: number): Canvas {
  return { width, height, grey: new Float32Array(width * height), ink: new Float32Array(width * height) };
}

const TILE = 256;
const tiles = new Map<number, Float32Array>();

/** A square of normal noise, blurred over `radius` pixels and back to deviation 1; one for each radius, wherever it is needed. */
export function grainTile(radius: number): Float32Array {
  const known = tiles.get(radius);
  if (known !== undefined) return known;
  let state = 0x9e37 + radius;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  let tile: Float32Array = Float32Array.from({ length: TILE * TILE }, () => next() + next() + next() - 1.5);
  for (let pass = 0; pass < (radius > 0 ? 2 : 0); pass++) {
    tile = blurWrapped(blurWrapped(tile, radius, 1, TILE), radius, TILE, 1);
  }
  const deviation = Math.sqrt(tile.reduce((sum, each) => sum + each * each, 0) / tile.length);
  tile = tile.map((each) => each / deviation);
  tiles.set(radius, tile);
  return tile;
}

function blurWrapped(from: Float32Array, radius: number, step: number, line: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let row = 0; row < TILE; row++) {
    const start = row * line;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += from[start + ((k + TILE) % TILE) * step] ?? 0;
    for (let i = 0; i < TILE; i++) {
      to[start + i * step] = sum;
      sum += from[start + ((i + radius + 1) % TILE) * step] ?? 0;
      sum -= from[start + ((i - radius + TILE) % TILE) * step] ?? 0;
    }
  }
  return to;
}

/** Adds grain of this deviation to all pixels; `radius` is how coarse it is, `stretch` how much longer than high (wood, cloth). */
export function addGrain(
  { width, height, grey }: Canvas,
  radius: number,
  deviation: number,
  random: Random,
  stretch: readonly [number, number] = [1, 1],
): void {
  const tile = grainTile(radius);
  const [fromX, fromY] = [random.below(TILE), random.below(TILE)];
  const columns = Int32Array.from({ length: width }, (_, x) => (fromX + Math.floor(x / stretch[0])) % TILE);
  for (let y = 0, i = 0; y < height; y++) {
    const row = ((fromY + Math.floor(y / stretch[1])) % TILE) * TILE;
    for (let x = 0; x < width; x++, i++) {
      grey[i] = (grey[i] ?? 0) + deviation * (tile[row + (columns[x] ?? 0)] ?? 0);
    }
  }
}

/** A smooth field over the canvas from a coarse lattice of values (nodes × nodes), handed to `apply` pixel by pixel. */
export function eachSmooth(
  { width, height }: Canvas,
  nodes: number,
  lattice: Float32Array,
  apply: (i: number, value: number) => void,
): void {
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y / height) * (nodes - 1);
    const top = Math.floor(v) * nodes;
    const shareY = v - Math.floor(v);
    for (let x = 0; x < width; x++, i++) {
      const u = (x / width) * (nodes - 1);
      const left = Math.floor(u);
      const shareX = u - left;
      const at = top + left;
      const above = (lattice[at] ?? 0) * (1 - shareX) + (lattice[at + 1] ?? 0) * shareX;
      const below = (lattice[at + nodes] ?? 0) * (1 - shareX) + (lattice[at + nodes + 1] ?? 0) * shareX;
      apply(i, above + (below - above) * shareY);
    }
  }
}

/** A straight line of this width (pixels), blended towards `level` by `strength`. */
export function drawLine(canvas: Canvas, a: Point, b: Point, wide: number, level: number, strength: number): void {
  const { width, height, grey } = canvas;
  const [alongX, alongY] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(alongX, alongY);
  if (length < 1e-3) return;
  const radius = wide / 2 + 0.5;
  const paint = (x: number, y: number): void => {
    const [offX, offY] = [x + 0.5 - a.x, y + 0.5 - a.y];
    const along = (offX * alongX + offY * alongY) / length;
    if (along < -0.5 || along > length + 0.5) return;
    const across = Math.abs(offX * alongY - offY * alongX) / length;
    const cover = Math.min(1, Math.max(0, radius - across)) * strength;
    if (cover <= 0) return;
    const i = y * width + x;
    grey[i] = (grey[i] ?? 0) * (1 - cover) + level * cover;
  };
  const flat = Math.abs(alongX) >= Math.abs(alongY);
  const reach = (radius * length) / Math.max(Math.abs(alongX), Math.abs(alongY)) + 1;
  if (flat) {
    const [first, last] = [
      Math.max(0, Math.floor(Math.min(a.x, b.x) - 1)),
      Math.min(width - 1, Math.max(a.x, b.x) + 1),
    ];
    for (let x = first; x <= last; x++) {
      const middle = a.y + ((x + 0.5 - a.x) / alongX) * alongY;
      const [low, high] = [Math.max(0, Math.floor(middle - reach)), Math.min(height - 1, Math.ceil(middle + reach))];
      for (let y = low; y <= high; y++) paint(x, y);
    }
  } else {
    const [first, last] = [
      Math.max(0, Math.floor(Math.min(a.y, b.y) - 1)),
      Math.min(height - 1, Math.max(a.y, b.y) + 1),
    ];
    for (let y = first; y <= last; y++) {
      const middle = a.x + ((y + 0.5 - a.y) / alongY) * alongX;
      const [low, high] = [Math.max(0, Math.floor(middle - reach)), Math.min(width - 1, Math.ceil(middle + reach))];
      for (let x = low; x <= high; x++) paint(x, y);
    }
  }
}

/** A curve through points, as short lines. */
export function drawCurve(
  canvas: Canvas,
  points: readonly Point[],
  wide: number,
  level: number,
  strength: number,
): void {
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (from !== undefined && to !== undefined) drawLine(canvas, from, to, wide, level, strength);
  }
}

/** Fills what `distance` says is inside (≤ 0), with an edge as soft as `soft` pixels. */
export function fillArea(
  { width, height, grey }: Canvas,
  distance: (x: number, y: number) => number,
  level: (x: number, y: number, before: number) => number,
  soft = 1,
): void {
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const share = Math.min(1, Math.max(0, 0.5 - distance(x + 0.5, y + 0.5) / soft));
      if (share <= 0) continue;
      const before = grey[i] ?? 0;
      grey[i] = before + (level(x, y, before) - before) * share;
    }
  }
}
