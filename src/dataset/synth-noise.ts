// Smooth noise over a square: random values on a coarse lattice, joined by cubic B-splines. It bends the hand's lines,
// varies the pen's pressure and frays the edges.
import type { Random } from '../random.ts';

/** Adds smooth noise (deviation about `amplitude`) with `cells` cells along each side to `field` (side × side). */
export function addSmoothNoise(
  field: Float32Array,
  side: number,
  cells: number,
  amplitude: number,
  random: Random,
): void {
  const nodes = cells + 3;
  const lattice = new Float32Array(nodes * nodes);
  // B-splines average neighbouring nodes: about 2.2 times as much goes in as shall come out.
  for (let i = 0; i < lattice.length; i++) lattice[i] = 2.2 * amplitude * random.normal();
  const key = side * 64 + cells;
  const weights = splines.get(key) ?? splineWeights(side, cells);
  splines.set(key, weights);
  const rows = new Float32Array(nodes * side);
  for (let node = 0; node < nodes; node++) {
    for (let x = 0; x < side; x++) {
      const at = node * nodes + Math.floor((x * cells) / side);
      rows[node * side + x] = four(lattice, at, 1, weights, 4 * x);
    }
  }
  for (let y = 0; y < side; y++) {
    const first = Math.floor((y * cells) / side) * side;
    const w0 = weights[4 * y] ?? 0;
    const w1 = weights[4 * y + 1] ?? 0;
    const w2 = weights[4 * y + 2] ?? 0;
    const w3 = weights[4 * y + 3] ?? 0;
    for (let x = 0; x < side; x++) {
      const at = first + x;
      const value =
        w0 * (rows[at] ?? 0) +
        w1 * (rows[at + side] ?? 0) +
        w2 * (rows[at + 2 * side] ?? 0) +
        w3 * (rows[at + 3 * side] ?? 0);
      field[y * side + x] = (field[y * side + x] ?? 0) + value;
    }
  }
}

function four(values: Float32Array, at: number, step: number, weights: Float32Array, w: number): number {
  return (
    (weights[w] ?? 0) * (values[at] ?? 0) +
    (weights[w + 1] ?? 0) * (values[at + step] ?? 0) +
    (weights[w + 2] ?? 0) * (values[at + 2 * step] ?? 0) +
    (weights[w + 3] ?? 0) * (values[at + 3 * step] ?? 0)
  );
}

const splines = new Map<number, Float32Array>();

/** Four weights a position: those of the nodes from floor(position · cells / side) on. */
function splineWeights(side: number, cells: number): Float32Array {
  const weights = new Float32Array(4 * side);
  for (let x = 0; x < side; x++) {
    const t = ((x * cells) / side) % 1;
    weights[4 * x] = (1 - t) ** 3 / 6;
    weights[4 * x + 1] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
    weights[4 * x + 2] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
    weights[4 * x + 3] = t ** 3 / 6;
  }
  return weights;
}
