// Print or a neat hand: what is printed looks the same each time it comes again, no hand does that. Pure.
import { GLYPH_SIZE } from './glyph.ts';
import { middleOf } from './piece.ts';

/** What is compared of a cut-out: its pixels (size × size, 0 paper … 255 ink), and how large it is in the photo. */
export interface Shape {
  readonly pixels: Uint8Array;
  readonly box: { readonly width: number; readonly height: number };
}

/** Among fewer letters hardly one comes twice. */
const LEAST = 20;
/** Less high than so many pixels they are too coarse: small print in grain is as uneven as a hand, two of its letters may be one. */
const LEAST_HIGH = 28;
/**
 * Print where so large a share is so much like another. Of photographed print of four fonts, 36 pixels and more, the middle letter had one 0.88 to
 * 0.99 like it, of lines of many hands 0.51 to 0.68, of five pages of one hand each 0.39 to 0.53, of made-up ones in fonts that waver up to 0.73.
 */
const ALIKE = 0.86;
const SHARE = 0.15;
/** A hand's where the middle one is less so; in between grain may hide what print has in common. */
const APART = 0.7;
/** Those compared are no larger or wider than by this factor. */
const LIKE = 1.35;
/** A bar is like every other bar. */
const BAR = 0.35;
/** Compared in so many cells a side, each way moved by one of them at most. */
const SIDE = 20;
const CELL = GLYPH_SIZE / SIDE;

/** Whether these are printed; null where so few, so small or so grainy ones do not tell. Takes n² × 9 × 400 steps. */
export function isTypeset(shapes: readonly Shape[]): boolean | null {
  const told = shapes.filter(({ box }) => box.width >= BAR * box.height);
  if (told.length < LEAST || middleOf(told.map(({ box }) => box.height)) < LEAST_HIGH) return null;
  const cells = told.map(({ pixels }) => cellsOf(pixels));
  const best = new Float32Array(told.length);
  for (const [i, one] of told.entries()) {
    for (let j = 0; j < i; j++) {
      const other = told[j];
      if (other === undefined || !isLike(one, other)) continue;
      const likeness = likenessOf(cells[i] ?? new Float32Array(), cells[j] ?? new Float32Array());
      best[i] = Math.max(best[i] ?? 0, likeness);
      best[j] = Math.max(best[j] ?? 0, likeness);
    }
  }
  if (best.filter((likeness) => likeness >= ALIKE).length >= SHARE * best.length) return true;
  return middleOf([...best]) < APART ? false : null;
}

const sizeOf = ({ box }: Shape): number => Math.max(box.width, box.height);

function isLike(one: Shape, other: Shape): boolean {
  const sizes = sizeOf(one) / sizeOf(other);
  const shapes = (one.box.width / one.box.height) * (other.box.height / other.box.width);
  return [sizes, 1 / sizes, shapes, 1 / shapes].every((factor) => factor <= LIKE);
}

function cellsOf(pixels: Uint8Array): Float32Array {
  const cells = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < GLYPH_SIZE; y++) {
    for (let x = 0; x < GLYPH_SIZE; x++) {
      const at = Math.floor(y / CELL) * SIDE + Math.floor(x / CELL);
      cells[at] = (cells[at] ?? 0) + (pixels[y * GLYPH_SIZE + x] ?? 0);
    }
  }
  return cells;
}

/** Ink that both have, of all ink that either has, where they lie best on one another: 0 … 1. */
function likenessOf(one: Float32Array, other: Float32Array): number {
  let best = 0;
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      let [both, either] = [0, 0];
      for (let y = 1; y < SIDE - 1; y++) {
        for (let x = 1; x < SIDE - 1; x++) {
          const a = one[y * SIDE + x] ?? 0;
          const b = other[(y + down) * SIDE + x + right] ?? 0;
          both += a < b ? a : b;
          either += a < b ? b : a;
        }
      }
      best = Math.max(best, both / Math.max(1, either));
    }
  }
  return best;
}
