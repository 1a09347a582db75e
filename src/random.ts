// Chance that can be repeated: a small seeded generator (splitmix32). Everything random draws from one of these, so that the same
// seed gives the same glyphs and the same weights on every machine.

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
}

/** A generator from whole numbers: (seed, stream, index, …). Different numbers give unrelated sequences. */
export function makeRandom(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const seed of seeds) {
    state = mix((state ^ (seed >>> 0)) + 0x9e3779b9);
    state = mix(state + Math.floor(seed / 2 ** 32));
  }
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal,
    below: (n) => Math.floor(next() * n),
    chance: (probability) => next() < probability,
  };
}

function mix(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/**
 * The stream of first weights, dropout and bootstraps: numbers in [0, 1) by another generator (sfc32, seeded through a multiplicative
 * mix), since the shipped models began with its numbers and are to be made again from them.
 */
export function randomFrom(...seeds: readonly number[]): () => number {
  let hash = 0x9e37_79b9;
  const mix = (value: number): number => {
    hash = Math.imul(hash ^ value, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
    return (hash ^= hash >>> 16);
  };
  for (const seed of seeds) {
    mix(seed | 0);
    mix(Math.floor(seed / 2 ** 32) | 0);
  }
  let [a, b, c, counter] = [mix(1), mix(2), mix(3), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
