// Whitening takes away what pictures of one label differ in, and says the same of pictures as they are once it is folded into a layer.
import { expect, test } from 'vitest';
import { whiten } from '../../src/learning/whiten.ts';
import { headOn } from '../../src/model/architectures/head.ts';
import { makeRandom } from '../../src/random.ts';

const plainly = { directions: 3, usual: 1, centred: false };
const AREA = 12;
const COUNT = 60;

/** Three labels that differ in the first three numbers, and pictures that differ wildly in the fourth; then strangers. */
function glyphs() {
  const random = makeRandom(5);
  const pixels = new Uint8Array(COUNT * AREA);
  const answers = new Int32Array(2 * COUNT).fill(-1);
  for (let i = 0; i < COUNT; i++) {
    const label = i % 4;
    answers[2 * i] = label;
    for (let k = 0; k < AREA; k++) pixels[i * AREA + k] = Math.round(random.between(90, 110));
    if (label < 3) pixels[i * AREA + label] = 160;
    pixels[i * AREA + 3] = Math.round(random.between(0, 255));
  }
  return { size: 40, area: AREA, pixels, answers };
}

const spread = (rows: Float32Array, at: number): number => {
  const values = Array.from({ length: rows.length / AREA }, (_, row) => rows[row * AREA + at] ?? 0);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
};

test('what labels do not differ in counts for less, what they differ in as before', () => {
  const given = glyphs();
  const plain = Float32Array.from(given.pixels, (pixel) => pixel / 255);
  const { levels } = whiten(given, AREA, 4, plainly);
  expect(spread(levels, 3)).toBeLessThan(0.5 * spread(plain, 3));
  expect(spread(levels, 0)).toBeGreaterThan(0.9 * spread(plain, 0));
});

test.each([false, true])(
  'a layer that is folded says of pictures as they are what it said of them as they were shown; centred: %s',
  (centred) => {
    const given = glyphs();
    const { levels, shown, folded, steepness } = whiten(given, AREA, 4, { ...plainly, centred });
    const random = makeRandom(9);
    const weight = { shape: [4, AREA], data: Float32Array.from({ length: 4 * AREA }, () => random.between(-1, 1)) };
    const bias = { shape: [4], data: Float32Array.of(1, 2, 3, 4) };
    const before = new Map([['head.weight', weight], ['head.bias', bias]]); // prettier-ignore
    const network = folded({ architecture: headOn(AREA), outputs: 4, weights: before });
    const plain = Float32Array.from(given.pixels, (pixel) => pixel / 255);
    const say = (weights: Float32Array, row: Float32Array): number[] =>
      [0, 1, 2, 3].map((out) => row.reduce((sum, each, at) => sum + each * (weights[out * AREA + at] ?? 0), 0));
    const after = network.weights.get('head.weight')?.data ?? new Float32Array();
    for (let i = 0; i < COUNT; i++) {
      const wanted = say(weight.data, levels.subarray(i * AREA, (i + 1) * AREA));
      const added = network.weights.get('head.bias')?.data ?? [];
      say(after, plain.subarray(i * AREA, (i + 1) * AREA)).forEach((got, at) =>
        expect(got + (added[at] ?? 0)).toBeCloseTo((wanted[at] ?? 0) + (bias.data[at] ?? 0), 4),
      );
    }
    // Other pictures, chosen epochs by, are shown in the same way.
    expect(shown(plain)).toEqual(levels);
    expect(steepness).toBeGreaterThan(0);
  },
);

test('pictures that are all alike, and a single one, are no trouble', () => {
  const given = {
    size: 40,
    area: AREA,
    pixels: new Uint8Array(3 * AREA).fill(7),
    answers: Int32Array.of(0, -1, 0, -1, 1, -1),
  };
  for (const level of whiten(given, AREA, 3, { directions: 32, usual: 1, centred: false }).levels)
    expect(level).toBeCloseTo(7 / 255, 6);
});

test('centred, what is shown has no mean, and its loss is as steep as what glyphs differ in', () => {
  const given = glyphs();
  const { levels, steepness } = whiten(given, AREA, 4, { ...plainly, centred: true });
  for (let at = 0; at < AREA; at++) {
    const mean = Array.from({ length: COUNT }, (_, row) => levels[row * AREA + at] ?? 0).reduce((a, b) => a + b, 0);
    expect(mean / COUNT).toBeCloseTo(0, 3);
  }
  expect(steepness).toBeLessThan(0.5 * whiten(given, AREA, 4, plainly).steepness);
});
