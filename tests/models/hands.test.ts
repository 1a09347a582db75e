// The shapes of our own hands: each belongs to a label, is written whole, and differs from hand to hand.
import { describe, expect, it } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { latin } from '../../src/alphabet/latin.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';
import type { Rendering } from '../../src/dataset/bank.ts';
import { shapeOf } from '../../src/dataset/synth-fields.ts';
import { digitHands } from '../../models/recipe/hands-digits.ts';
import { latinHands } from '../../models/recipe/hands-latin.ts';
import { ukrainianHands } from '../../models/recipe/hands-ukrainian.ts';
import { writeHands } from '../../models/recipe/hands.ts';

const SIDE = 64;

/** First and last row or column with ink. */
function span({ side, bits }: Rendering, across: boolean): readonly [number, number] {
  const inked = Array.from({ length: side }, (_, i) => i).filter((i) =>
    Array.from({ length: side }, (_, j) => bits[across ? j * side + i : i * side + j]).includes(1),
  );
  return [inked[0] ?? -1, inked.at(-1) ?? -1];
}

describe('the shapes of our own hands', () => {
  it('each belong to a label of the alphabet they are written for', () => {
    const texts = (alphabet: typeof latin): readonly string[] => alphabet.labels.map(({ text }) => text);
    expect(texts(digits)).toEqual(expect.arrayContaining(Object.keys(digitHands)));
    expect(texts(latin)).toEqual(expect.arrayContaining([...Object.keys(latinHands), ...Object.keys(digitHands)]));
    expect(texts(ukrainian)).toEqual(expect.arrayContaining(Object.keys(ukrainianHands)));
  });

  it('are points that can be read, and nothing else', () => {
    for (const shape of [
      ...Object.values(latinHands),
      ...Object.values(ukrainianHands),
      ...Object.values(digitHands),
    ].flat()) {
      expect(shape).toMatch(/^(-?\d+,-?\d+[!~]?( \/)? ?)+$/u);
    }
  });

  it('cover every letter of Ukrainian, both cases, and every digit', () => {
    const [hand] = writeHands(ukrainian, SIDE);
    expect(new Set(hand?.written.map(({ label }) => label)).size).toBe(ukrainian.labels.length);
  });

  it.each([digits, latin, ukrainian])(
    'are inked, touch the borders on their longer side and are centred: $id',
    (each) => {
      for (const { source, written } of writeHands(each, SIDE)) {
        expect(source.part).toBe('train');
        for (const { rendering } of written) {
          const [left, right] = span(rendering, true);
          const [top, bottom] = span(rendering, false);
          expect(Math.max(right - left, bottom - top)).toBe(SIDE - 1);
          expect(Math.abs(left + right - (SIDE - 1))).toBeLessThanOrEqual(1);
          expect(Math.abs(top + bottom - (SIDE - 1))).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  it('differ from hand to hand, and are the same each time', () => {
    const pixels = (): readonly string[] =>
      writeHands(digits, SIDE).map(({ written }) => Buffer.from(written[0]?.rendering.bits ?? []).toString('base64'));
    const once = pixels();
    expect(once.length).toBeGreaterThan(3);
    expect(new Set(once).size).toBe(once.length);
    expect(pixels()).toEqual(once);
  });

  it('are lines as thin as a pen: the synthesiser finds their middle', () => {
    for (const { rendering } of writeHands(digits, SIDE).flatMap(({ written }) => written.slice(0, 3))) {
      expect(shapeOf(rendering)?.halfWidth).toBeLessThan(0.05 * SIDE);
    }
  });

  it('there are none for a script without', () => {
    expect(writeHands(hiragana, SIDE)).toEqual([]);
  });
});
