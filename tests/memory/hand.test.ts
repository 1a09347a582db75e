// The memory of a hand by itself, in a made-up embedding: four labels, each a direction.
import { describe, expect, it } from 'vitest';
import { latin } from '../../src/alphabet/latin.ts';
import { labelByText } from '../../src/alphabet/alphabet.ts';
import { anchorsOf, readAnchors, writeAnchors } from '../../src/memory/anchors.ts';
import { makeHand, type Hand } from '../../src/memory/hand.ts';
import { kindOf } from '../../src/memory/kinds.ts';
import type { Seen } from '../../src/model/champion.ts';
import { makeRandom, type Random } from '../../src/random.ts';

const idOf = (text: string): number => labelByText(latin, text)?.id ?? -1;
const labels = ['a', 'b', 'C', 'c'].map(idOf);
const outputs = [...labels, null];
const LENGTH = 8;

/** C and c are twins: they look alike. */
const AXES = [0, 1, 2, 2, 4];

/** A vector near one of the axes. */
function near(axis: number, random: Random, other = -1): Float32Array {
  return Float32Array.from(
    { length: LENGTH },
    (_, i) => (i === axis ? 2 : i === other ? 1.6 : 0) + random.between(0, 0.4),
  );
}
const anchors = (() => {
  const random = makeRandom(1);
  const truths = outputs.flatMap((_, output) => Array.from({ length: 10 }, () => output));
  const embeddings = Float32Array.from(truths.flatMap((output) => [...near(AXES[output] ?? 0, random)]));
  return anchorsOf(outputs, LENGTH, embeddings, truths);
})();
const handOf = (): Hand => makeHand(anchors, latin);
const seen = (embedding: Float32Array, ...probabilities: number[]): Seen => ({ embedding, probabilities });
const best = (hand: Hand, of: Seen): number | null | undefined => hand.say(of)[0]?.label;

describe('a memory of a hand', () => {
  it('says what the champion says while there is nothing to remember', () => {
    const of = seen(near(0, makeRandom(2)), 0.6, 0.2, 0.1, 0.05, 0.05);
    expect(
      handOf()
        .say(of)
        .map((each) => each.probability),
    ).toEqual([0.6, 0.2, 0.1, 0.05, 0.05]);
    expect(handOf().doubt).toBe(1);
  });

  it('reads an odd letter right after two samples of it, and adds up to 1', () => {
    const [hand, random] = [handOf(), makeRandom(3)];
    // Their a lies between a and b, and the champion takes it for a b.
    const odd = (): Seen => seen(near(1, random, 5), 0.2, 0.7, 0.04, 0.03, 0.03);
    hand.learn(odd(), idOf('a'));
    hand.learn(odd(), idOf('a'));
    expect(best(hand, odd())).toBe(idOf('a'));
    expect(hand.say(odd()).reduce((sum, each) => sum + each.probability, 0)).toBeCloseTo(1, 9);
    // What lies elsewhere stays.
    expect(best(hand, seen(near(0, random), 0.9, 0.04, 0.02, 0.02, 0.02))).toBe(idOf('a'));
    expect(best(hand, seen(near(1, random), 0.04, 0.9, 0.02, 0.02, 0.02))).toBe(idOf('b'));
  });

  it('learns which of two twins somebody writes', () => {
    const [hand, random] = [handOf(), makeRandom(4)];
    const c = (): Seen => seen(near(2, random), 0.02, 0.02, 0.5, 0.44, 0.02);
    const small = (at: number): Seen =>
      seen(near(at, random), ...(at === 0 ? [0.9, 0.04] : [0.04, 0.9]), 0.02, 0.02, 0.02);
    for (let i = 0; i < 20; i++) hand.learn(small(i % 2), labels[i % 2] ?? 0);
    const probable = (hand: Hand, text: string): number =>
      hand.say(c()).find(({ label }) => label === idOf(text))?.probability ?? 0;
    expect(probable(hand, 'c')).toBeGreaterThan(0.44);
    expect(probable(hand, 'c') / probable(hand, 'C')).toBeGreaterThan(1.2 * (0.44 / 0.5));
  });

  it('offers a label that the champion does not know after two samples, and asserts it after three', () => {
    const [hand, random] = [handOf(), makeRandom(5)];
    const q = (): Seen => seen(near(6, random), 0.3, 0.3, 0.2, 0.1, 0.1);
    hand.learn(q(), idOf('q'));
    expect(hand.say(q()).find(({ label }) => label === idOf('q'))?.probability).toBe(0);
    hand.learn(q(), idOf('q'));
    const offered = hand.say(q()).slice(0, 3);
    expect(offered.map(({ label }) => label)).toContain(idOf('q'));
    hand.learn(q(), idOf('q'));
    expect(best(hand, q())).toBe(idOf('q'));
  });

  it('remembers what somebody says is no character', () => {
    const [hand, random] = [handOf(), makeRandom(6)];
    const blot = (): Seen => seen(near(7, random), 0.6, 0.1, 0.1, 0.1, 0.1);
    for (let i = 0; i < 3; i++) hand.learn(blot(), null);
    expect(best(hand, blot())).toBeNull();
  });

  it('falls silent where it is wrong: a prankster’s is soon the champion’s alone', () => {
    const [hand, random] = [handOf(), makeRandom(7)];
    const glyph = (of: number): Seen => {
      const probabilities = outputs.map((_, output) => (output === of ? 0.92 : 0.02));
      return { embedding: near(of, random), probabilities };
    };
    // Answers of chance teach nothing, and then they are right again.
    for (let i = 0; i < 30; i++) hand.learn(glyph(i % 4), labels[(i * 7 + 1) % 4] ?? 0);
    for (let i = 0; i < 20; i++) hand.learn(glyph(i % 4), labels[i % 4] ?? 0);
    let right = 0;
    for (let i = 0; i < 40; i++) right += Number(best(hand, glyph(i % 4)) === labels[i % 4]);
    expect(right).toBeGreaterThanOrEqual(39);
  });

  it('keeps its anchors as text, and makes nothing of damaged ones', () => {
    const text = writeAnchors(anchors);
    expect(readAnchors(text)).toEqual(anchors);
    for (const damaged of ['', '{}', text.slice(0, 200), text.replace(/"length":\d+/u, '"length":7')])
      expect(readAnchors(damaged)).toBeNull();
  });

  it.each([
    ['7', 'digit'],
    ['Ж', 'upper'],
    ['ї', 'lower'],
    ['っ', 'small kana'],
    ['が', 'dakuten'],
    ['ぱ', 'handakuten'],
    ['あ', 'plain'],
    ['א', 'plain'],
  ])('%s is of the kind %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });
});
