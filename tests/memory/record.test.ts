// What of a memory's opinion is let through: nothing on a guess where the champion hardly errs, all where it errs much.
import { describe, expect, it } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { anchorsOf } from '../../src/memory/anchors.ts';
import { makeHand, type Hand } from '../../src/memory/hand.ts';
import { held, makeRecord } from '../../src/memory/record.ts';
import { makeRandom } from '../../src/random.ts';

const apart = (a: number, b: number): boolean => a === b;

describe('a record of the champion', () => {
  it('asks for more the better the champion reads somebody, and for nothing more where it reads them badly', () => {
    const [well, badly] = [makeRecord(), makeRecord()];
    const atFirst = well.odds();
    for (let at = 0; at < 100; at++) {
      well.note(true);
      badly.note(at % 3 !== 0);
    }
    expect(atFirst).toBeGreaterThan(4);
    expect(well.odds()).toBeGreaterThan(3 * atFirst);
    expect(badly.odds()).toBe(1);
  });

  it('lets another answer be first only where it is so many times likelier', () => {
    const mix = Float64Array.of(0.2, 0.7, 0.1);
    expect(held(mix, 0, 3, apart)).toBe(mix);
    const stays = held(mix, 0, 4, apart);
    expect(stays.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    // What else is offered keeps its place.
    expect([...stays.entries()].sort((a, b) => b[1] - a[1]).map(([place]) => place)).toEqual([0, 1, 2]);
    expect((stays[0] ?? 0) / (stays[1] ?? 1)).toBeLessThan(1.05);
  });

  it('leaves which of two twins it is to the memory', () => {
    const mix = Float64Array.of(0.2, 0.7, 0.1);
    expect(held(mix, 0, 1000, (a, b) => a === b || a + b === 1)).toBe(mix);
    // Twins are taken together.
    expect(held(Float64Array.of(0.3, 0.3, 0.4), 0, 1, (a, b) => a === b || a + b === 1)[2]).toBeLessThan(0.4);
  });
});

describe('a memory with two people on one account', () => {
  const LENGTH = 6;
  const outputs = [0, 1, 2];
  const near = (axis: number, random: ReturnType<typeof makeRandom>): Float32Array =>
    Float32Array.from({ length: LENGTH }, (_, i) => (i === axis ? 2 : 0) + random.between(0, 0.3));
  const anchors = (() => {
    const random = makeRandom(9);
    const truths = outputs.flatMap((output) => Array.from({ length: 10 }, () => output));
    return anchorsOf(outputs, LENGTH, Float32Array.from(truths.flatMap((each) => [...near(each, random)])), truths);
  })();
  const seen = (embedding: Float32Array, ...probabilities: number[]) => ({ embedding, probabilities });
  const best = (hand: Hand, of: ReturnType<typeof seen>): number | null | undefined => hand.say(of)[0]?.label;

  /** Of one shape, which the champion takes for a 0: one of them means a 1 by it, the other a 0, as the champion says. */
  function contested(hand: Hand, random: ReturnType<typeof makeRandom>, others: number): void {
    const odd = () => seen(near(3, random), 0.72, 0.25, 0.03);
    const plain = (of: number) => seen(near(of, random), ...outputs.map((each) => (each === of ? 0.96 : 0.02)));
    for (let at = 0; at < others; at++) hand.learn(plain(at % 3), at % 3);
    for (let at = 0; at < 4; at++) {
      hand.learn(odd(), 1);
      hand.learn(odd(), 0);
    }
  }

  it('is not led from an answer that the champion is sure of by a shape that they mean different things by', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [hand, random] = [makeHand(anchors, digits), makeRandom(9, seed)];
      contested(hand, random, 40);
      expect(best(hand, seen(near(3, random), 0.86, 0.12, 0.02)), String(seed)).toBe(0);
    }
  });

  it('reads each one’s own shapes right where they do not contradict one another', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [hand, random] = [makeHand(anchors, digits), makeRandom(9, seed)];
      // One writes a 1 that is read as a 0, the other a 2 that is read as a 1.
      const [one, two] = [() => seen(near(4, random), 0.7, 0.2, 0.1), () => seen(near(5, random), 0.1, 0.7, 0.2)];
      for (let at = 0; at < 4; at++) {
        hand.learn(one(), 1);
        hand.learn(two(), 2);
      }
      expect([best(hand, one()), best(hand, two())], String(seed)).toEqual([1, 2]);
    }
  });
});
