// Print is the same each time it comes again; a hand never is.
import { describe, expect, it } from 'vitest';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { isTypeset, type Shape } from '../../src/glyph/typeset.ts';
import { makeRandom } from '../../src/random.ts';

/** Bars across and along at places of its own; each made again with its strokes so far off. */
function letter(kind: number, off: number, high: number): Shape {
  const [plan, hand] = [makeRandom(3, kind), makeRandom(5, kind, off, Math.round(1000 * off))];
  const pixels = new Uint8Array(GLYPH_SIZE ** 2);
  for (let k = 0; k < 3; k++) {
    const at = Math.round(plan.between(6, 32) + off * hand.normal());
    const [from, to] = [plan.between(4, 14), plan.between(24, 36)].map((end) => Math.round(end + off * hand.normal()));
    for (let i = from ?? 0; i < (to ?? 0); i++) {
      for (let wide = 0; wide < 3; wide++) {
        const place = k % 2 === 0 ? i * GLYPH_SIZE + at + wide : (at + wide) * GLYPH_SIZE + i;
        if (place >= 0 && place < pixels.length) pixels[place] = 255;
      }
    }
  }
  return { pixels, box: { width: 0.8 * high, height: high } };
}

const text = (letters: number, off: number, high = 40): readonly Shape[] =>
  Array.from({ length: letters }, (_, k) => letter(k % 12, off === 0 ? 0 : off + k / 1000, high));

describe('print', () => {
  it('is told by letters that come again unchanged', () => {
    expect(isTypeset(text(36, 0))).toBe(true);
  });

  it('is not a hand, which makes none twice', () => {
    expect(isTypeset(text(36, 3))).toBe(false);
  });

  it('is not told of few, small or thin ones', () => {
    expect(isTypeset(text(12, 0))).toBeNull();
    expect(isTypeset(text(36, 0, 20))).toBeNull();
    expect(isTypeset(text(36, 0).map((each) => ({ ...each, box: { width: 8, height: 40 } })))).toBeNull();
  });
});
