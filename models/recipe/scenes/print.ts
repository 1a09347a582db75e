// Print in made-up scenes: lines of it, small as in a book or large as on a poster, and one character on each key of a keyboard. The
// finder learns it as what it is, and not as a hand's.
import type { Random } from '../../../src/random.ts';
import type { Box } from '../../../src/glyph/glyph.ts';
import type { Canvas, Point } from './canvas.ts';
import type { Keys } from './grounds.ts';
import type { Hand, Letter } from './letters.ts';

export interface Press {
  readonly canvas: Canvas;
  readonly random: Random;
  readonly printed: Hand;
  put(letter: Letter, middle: Point, high: number): void;
}

/** Lines of print where it is free; `alone`: there is nothing else in the picture, and it may be large. */
export function printLines(
  { canvas: { width, height }, random, printed, put }: Press,
  alone: boolean,
  free: (box: Box) => boolean,
): void {
  const share = alone ? 0.02 * 20 ** random.next() : random.between(0.02, 0.08);
  const size = Math.max(6, Math.min(width, height) * share);
  const most = alone ? 2 + random.below(14) : 1 + random.below(3);
  const start = {
    x: random.between(0, alone ? 0.2 : 0.5) * width,
    y: Math.max(size / 2, random.between(0.02, alone ? 0.4 : 0.95) * height),
  };
  const end = start.x + width * random.between(0.2, 0.9);
  for (let row = 0; row < most; row++) {
    const y = start.y + row * size * 1.5;
    if (y > height) return;
    for (let x = start.x; x < Math.min(end, width - size);) {
      const letter = printed.draw(random);
      if (letter === null) return;
      if (letter.text !== letter.text.toLowerCase() && random.chance(0.8)) continue;
      const high = size * (letter.high >= letter.wide ? 0.7 : 0.6);
      const wide = (high * letter.wide) / letter.high;
      const around = { x: x - 2, y: y - size, width: wide + 4, height: 2 * size };
      if (free(around)) put(letter, { x: x + wide / 2, y }, high);
      x += wide + size * (random.chance(0.15) ? 0.5 : 0.08);
    }
  }
}

/** A character on most of the keys. */
export function printKeys({ random, printed, put }: Press, { size, middles }: Keys): void {
  const high = size * random.between(0.25, 0.55);
  if (high < 5) return;
  const [offX, offY] = [size * random.between(-0.12, 0.12), size * random.between(-0.12, 0.12)];
  for (const { x, y } of middles) {
    const letter = random.chance(0.9) ? printed.draw(random) : null;
    if (letter !== null) put(letter, { x: x + offX, y: y + offY }, high);
  }
}
