// What pictures of one label differ in (whose hand, which light, how near) tells no label from another. The directions of it are measured,
// and count for less the more there is of them, before a layer learns from what is left; afterwards they are folded into the layer, so that a
// model is a plain layer all the same. Fisher's discriminant does so in all directions; a few dozen are as good. Pure.
import type { TrainingGlyphs } from '../dataset/batches.ts';
import type { Network, Weights } from '../model/engine.ts';
import { makeRandom } from '../random.ts';

/** How much is taken away. */
export interface Whitened {
  readonly directions: number;
  /** They count for less from this many times the mean of all directions on. */
  readonly usual: number;
  /**
   * Whether the mean of all glyphs goes first, as where nothing is in the middle of the range: there it would make the layer's loss so steep that
   * next to nothing were learnt.
   */
  readonly centred: boolean;
}

export interface Whitening {
  /** The glyphs as the layer is shown them. */
  readonly levels: Float32Array;
  /** The mean square of what is shown of a glyph: how steep the layer's loss may be. */
  readonly steepness: number;
  /** Other numbers, rows of as many, as the layer would be shown them. */
  shown(rows: Float32Array): Float32Array;
  /** The network that says of glyphs as they are what the layer says of them as they are shown. */
  folded(network: Network): Network;
}

/** So many glyphs tell the directions. */
const MOST_ROWS = 400;
const PASSES = 2;
const SEED = 32;

/** Of glyphs whose last output is "none of these", which have nothing in common. */
export function whiten(glyphs: TrainingGlyphs, area: number, outputs: number, how: Whitened): Whitening {
  const { centred } = how;
  const count = glyphs.answers.length / 2;
  const levels = new Float32Array(new SharedArrayBuffer(4 * count * area));
  for (let i = 0; i < levels.length; i++) levels[i] = (glyphs.pixels[i] ?? 0) / 255;
  const middle = new Float32Array(area);
  if (centred)
    for (let from = 0; from < levels.length; from += area) add(middle, levels.subarray(from, from + area), 1 / count);
  move(levels, middle);
  const shares = sharesOf(residualsOf(levels, glyphs.answers, area, outputs), area, how);
  lessen(levels, area, shares);
  let sum = 0;
  for (const level of levels) sum += level * level;
  const turned = (rows: Float32Array): Float32Array => {
    const copy = rows.slice();
    lessen(copy, area, shares);
    return copy;
  };
  return {
    levels,
    steepness: Math.max(1e-6, sum / Math.max(1, count)),
    shown: (rows) => {
      const copy = rows.slice();
      move(copy, middle);
      lessen(copy, area, shares);
      return copy;
    },
    folded: (network) => ({ ...network, weights: foldedWeights(network.weights, turned, middle) }),
  };
}

/** What the middle would say of itself goes off what each output says of every glyph. */
function foldedWeights(weights: Weights, turned: (rows: Float32Array) => Float32Array, middle: Float32Array): Weights {
  const rows = turned(weights.get('head.weight')?.data ?? new Float32Array());
  return new Map(
    [...weights].map(([name, { shape, data }]) => {
      if (name === 'head.weight') return [name, { shape, data: rows }];
      if (name !== 'head.bias') return [name, { shape, data }];
      const area = middle.length;
      return [
        name,
        { shape, data: data.map((bias, at) => bias - dot(rows.subarray(at * area, (at + 1) * area), middle)) },
      ];
    }),
  );
}

/** Takes the middle away from every row. */
function move(rows: Float32Array, middle: Float32Array): void {
  for (let from = 0; from < rows.length; from += middle.length)
    add(rows.subarray(from, from + middle.length), middle, -1);
}

/** A direction, and the share of it that is taken away. */
interface Share {
  readonly direction: Float32Array;
  readonly lost: number;
}

/** Takes each direction's share away from every row. */
function lessen(rows: Float32Array, area: number, shares: readonly Share[]): void {
  const parts = new Float64Array(shares.length);
  for (let from = 0; from < rows.length; from += area) {
    const row = rows.subarray(from, from + area);
    shares.forEach(({ direction, lost }, at) => (parts[at] = lost * dot(row, direction)));
    shares.forEach(({ direction }, at) => add(row, direction, -(parts[at] ?? 0)));
  }
}

interface Residuals {
  /** What glyphs have beyond the mean of their label. */
  readonly rows: readonly Float32Array[];
  /** Of all of them, by how many are free. */
  readonly variance: number;
  /** Of one row beside all. */
  readonly weight: number;
  readonly count: number;
}

function residualsOf(levels: Float32Array, answers: Int32Array, area: number, outputs: number): Residuals {
  const byLabel = new Map<number, number[]>();
  for (let i = 0; i < answers.length / 2; i++) {
    const label = answers[2 * i] ?? 0;
    if (label < outputs - 1) byLabel.set(label, [...(byLabel.get(label) ?? []), i]);
  }
  const all: Float32Array[] = [];
  let square = 0;
  for (const places of byLabel.values()) {
    const mean = new Float32Array(area);
    for (const i of places) add(mean, levels.subarray(i * area, (i + 1) * area), 1 / places.length);
    for (const i of places) {
      const row = levels.slice(i * area, (i + 1) * area);
      add(row, mean, -1);
      square += dot(row, row);
      all.push(row);
    }
  }
  const free = Math.max(1, all.length - byLabel.size);
  const every = Math.max(1, Math.ceil(all.length / MOST_ROWS));
  const rows = all.filter((_, at) => at % every === 0);
  return { rows, variance: square / free, weight: all.length / Math.max(1, rows.length) / free, count: all.length };
}

/** The directions of most variance, found by going through the rows a few times (orthogonal iteration). */
function sharesOf(
  { rows, variance, weight, count }: Residuals,
  area: number,
  { directions, usual: from }: Whitened,
): Share[] {
  const random = makeRandom(SEED, area);
  const few = Math.min(directions, rows.length, area);
  if (variance <= 1e-12) return [];
  let found = Array.from({ length: few }, () => Float32Array.from({ length: area }, () => random.between(-1, 1)));
  upright(found);
  for (let pass = 0; pass < PASSES; pass++) {
    const next = found.map(() => new Float32Array(area));
    for (const row of rows) found.forEach((direction, at) => add(next[at] ?? row, row, dot(row, direction)));
    upright(next);
    found = next;
  }
  const usual = (from * variance) / Math.max(1, Math.min(count, area));
  return found.map((direction) => {
    const here = weight * rows.reduce((sum, row) => sum + dot(row, direction) ** 2, 0);
    return { direction, lost: 1 - Math.sqrt(usual / (usual + here)) };
  });
}

/** Makes directions of length 1 at right angles to one another (Gram and Schmidt); one that is none any more stays nothing. */
function upright(directions: readonly Float32Array[]): void {
  directions.forEach((direction, at) => {
    for (const earlier of directions.slice(0, at)) add(direction, earlier, -dot(direction, earlier));
    const length = Math.sqrt(dot(direction, direction));
    const scale = length < 1e-9 ? 0 : 1 / length;
    for (let i = 0; i < direction.length; i++) direction[i] = scale * (direction[i] ?? 0);
  });
}

/** Four sums side by side: one alone would wait for itself. */
function dot(a: Float32Array, b: Float32Array): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    one += a[i]! * b[i]!;
    two += a[i + 1]! * b[i + 1]!;
    three += a[i + 2]! * b[i + 2]!;
    four += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) one += a[i]! * b[i]!;
  return one + two + three + four;
}

function add(to: Float32Array, what: Float32Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + times * what[i]!;
}
