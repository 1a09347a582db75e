// Hands differ in how large a loop or how long a stem is beside the rest: along an axis one end or the middle takes more room,
// and the others less.
import type { Random } from '../random.ts';

/** The ends may be squeezed to this share of the room they had, never folded over. */
const LEAST = 0.15;

/**
 * Where the `length` pixels along one axis lie on the shape, whose middle is 0 and whose ends, `reach` pixels away, are −1 and 1.
 * `amount` 0 changes nothing; the positions always ascend.
 */
export function unevenAxis(length: number, reach: number, random: Random, amount: number): Float32Array {
  const drawn = [amount * random.between(-0.22, 0.22), amount * random.between(-0.3, 0.3)] as const;
  const steepest = 2 * Math.abs(drawn[0]) + 2 * Math.max(0, drawn[1]);
  const [ends, middle] = drawn.map((each) => each * Math.min(1, (1 - LEAST) / steepest)) as [number, number];
  return Float32Array.from({ length }, (_, i) => {
    const at = (i + 0.5 - length / 2) / reach;
    return at + Math.max(0, 1 - at * at) * (ends + middle * at);
  });
}
