// Seeded chance for weights and dropout: the same numbers give the same stream, so nothing of it ever needs to be saved.

/** A stream of numbers in [0, 1), 2^-32 apart, determined by the given integers. (sfc32, seeded through a multiplicative mix.) */
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
