// Glyphs as a hand might leave them, without any data set: a few strokes, deterministic in the seed.
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';

/** Numbers in [0, 1), the same ones for the same seed. */
export function randomOf(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Three joined strokes with soft edges. */
export function strokes(seed: number): Uint8Array {
  const random = randomOf(seed);
  const pixels = new Uint8Array(GLYPH_SIZE ** 2);
  const point = (): readonly [number, number] => [6 + random() * 28, 6 + random() * 28];
  let from = point();
  for (let stroke = 0; stroke < 3; stroke++) {
    const to = point();
    for (let step = 0; step <= 24; step++) {
      const x = from[0] + ((to[0] - from[0]) * step) / 24;
      const y = from[1] + ((to[1] - from[1]) * step) / 24;
      for (let row = Math.ceil(y - 2); row <= y + 2; row++) {
        for (let column = Math.ceil(x - 2); column <= x + 2; column++) {
          const far = (column - x) ** 2 + (row - y) ** 2;
          const ink = far < 1 ? 255 : far < 4 ? Math.round(85 * (4 - far)) : 0;
          const at = row * GLYPH_SIZE + column;
          if (ink > pixels[at]!) pixels[at] = ink;
        }
      }
    }
    from = to;
  }
  return pixels;
}
