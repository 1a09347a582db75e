import { array, assert, float, property } from '../support/properties.ts';
import { describe, expect, test } from 'vitest';
import {
  fitTemperature,
  fitTwinTemperature,
  negativeLogLikelihood,
  rejectThreshold,
} from '../../src/model/calibration.ts';
import {
  accuracy,
  bootstrapInterval,
  confusions,
  expectedCalibrationError,
  macroAuroc,
  macroF1,
  softmax,
  wilsonInterval,
  type Answer,
} from '../../src/model/metrics.ts';
import { probabilitiesOf, scaleOf } from '../../src/model/probabilities.ts';
import { randomFrom } from '../../src/random.ts';

const answer = (truth: number, read: number | null, confidence = 1): Answer => ({ truth, read, confidence });

test('softmax adds up to 1, whatever the logits', () => {
  assert(
    property(array(float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1 }), (logits) => {
      expect(softmax(logits, 0.7).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    }),
  );
});

test('accuracy, macro-F1 and confusions of a small example', () => {
  const answers = [answer(0, 0), answer(0, 0), answer(0, 1), answer(1, 1), answer(1, null), answer(2, 0)];
  expect(accuracy(answers)).toBeCloseTo(0.5);
  // Label 0: 2 hits of 3 asked, 3 said; label 1: 1 of 2, 2 said; label 2: none.
  expect(macroF1(answers)).toBeCloseTo((4 / 6 + 2 / 4 + 0) / 3);
  expect(confusions([...answers, answer(2, 0)])[0]).toEqual({ truth: 2, read: 0, count: 2 });
});

test('calibration error: nought when sure answers are right as often as said, large when over-sure', () => {
  const honest = Array.from({ length: 100 }, (_, index) => answer(0, index < 80 ? 0 : 1, 0.8));
  expect(expectedCalibrationError(honest)).toBeCloseTo(0, 9);
  expect(expectedCalibrationError(honest.map((each) => ({ ...each, confidence: 1 })))).toBeCloseTo(0.2, 9);
});

test("Wilson's interval of 8 in 10, and of none", () => {
  expect(wilsonInterval(8, 10).low).toBeCloseTo(0.4902, 4);
  expect(wilsonInterval(8, 10).high).toBeCloseTo(0.9433, 4);
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('a bootstrap interval is repeatable and holds the figure', () => {
  const answers = Array.from({ length: 200 }, (_, index) => answer(0, index % 10 === 0 ? 1 : 0));
  const interval = bootstrapInterval(answers, accuracy, 1, 200);
  expect(interval).toEqual(bootstrapInterval(answers, accuracy, 1, 200));
  expect(interval.low).toBeLessThan(0.9);
  expect(interval.high).toBeGreaterThan(0.9);
  expect(interval.high - interval.low).toBeLessThan(0.15);
});

test('the temperature that made the logits over-sure is found again', () => {
  const random = randomFrom(11);
  const [glyphs, outputs] = [3000, 5];
  const logits = new Float32Array(glyphs * outputs);
  const targets = new Float32Array(glyphs * outputs);
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const honest = Array.from({ length: outputs }, () => 4 * random());
    const probabilities = softmax(honest);
    let rest = random();
    const label = probabilities.findIndex((probability) => (rest -= probability) < 0);
    targets[glyph * outputs + Math.max(0, label)] = 1;
    logits.set(honest.map((each) => each * 3), glyph * outputs); // prettier-ignore
  }
  const heldOut = { logits, targets, outputs };
  const temperature = fitTemperature(heldOut);
  expect(temperature).toBeGreaterThan(2.7);
  expect(temperature).toBeLessThan(3.3);
  expect(negativeLogLikelihood(heldOut, temperature)).toBeLessThan(negativeLogLikelihood(heldOut, 1));
  expect(fitTemperature({ logits: new Float32Array(), targets: new Float32Array(), outputs })).toBe(1);
});

test('twins share what they have together by a temperature of its own, and the others keep theirs', () => {
  const logits = [3, 2, 1, 0];
  const plain = softmax(logits, 1.5);
  const scale = { temperature: 1.5, twins: { groups: [[0, 2]], temperature: 1e6 } };
  const [first = 0, second, third = 0, fourth] = probabilitiesOf(logits, scale);
  expect(first + third).toBeCloseTo((plain[0] ?? 0) + (plain[2] ?? 0), 12);
  expect(first).toBeCloseTo(third, 5);
  expect([second, fourth]).toEqual([plain[1], plain[3]]);
  expect([...probabilitiesOf(logits, { temperature: 1.5 })]).toEqual([...plain]);
  const outputs = [{ id: 7 }, { id: 2 }, { id: 4 }, null];
  expect(scaleOf({ temperature: 1, twins: { labels: [[7, 4, 9]], temperature: 3 } }, outputs)).toEqual({
    temperature: 1,
    twins: { groups: [[0, 2]], temperature: 3 },
  });
});

test('how little a network knows of twins is found, whatever it knows of the rest', () => {
  const random = randomFrom(12);
  const [glyphs, outputs] = [3000, 4];
  const logits = new Float32Array(glyphs * outputs);
  const targets = new Float32Array(glyphs * outputs);
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const honest = [2 * random(), 2 * random()];
    const truth = random() < (softmax(honest)[0] ?? 0) ? 0 : 1;
    // The last two are no twins: sure and right.
    targets[glyph * outputs + (glyph % 3 === 0 ? 3 : truth)] = 1;
    logits.set([...honest.map((each) => 5 * each), 0, glyph % 3 === 0 ? 60 : 0], glyph * outputs);
  }
  const heldOut = { logits, targets, outputs };
  expect(fitTwinTemperature(heldOut, [[0, 1]])).toBeGreaterThan(4.2);
  expect(fitTwinTemperature(heldOut, [[0, 1]])).toBeLessThan(6);
  expect(fitTwinTemperature(heldOut, [])).toBe(1);
});

test('the threshold for rejecting', () => {
  const doubts = Array.from({ length: 100 }, (_, index) => index / 100);
  const threshold = rejectThreshold(doubts, 0.02);
  expect(doubts.filter((doubt) => doubt > threshold)).toHaveLength(2);
});

describe('macro AUROC', () => {
  const rows = (...all: number[][]): Float64Array[] => all.map((row) => Float64Array.from(row));

  test('is the share of pairs in the right order, by label, ties half', () => {
    // Label 0: 0.9 and 0.4 against 0.5 and 0.4: right, right, wrong, tied. Label 1: 0.5 and 0.6 against 0.1 and 0.6.
    const scores = rows([0.9, 0.1], [0.4, 0.6], [0.5, 0.5], [0.4, 0.6]);
    expect(macroAuroc(scores, [0, 0, 1, 1], 2)).toBeCloseTo((2.5 / 4 + 2.5 / 4) / 2, 10);
  });

  test('leaves out a label that nothing shows, and is no number where none is left', () => {
    const scores = rows([0.9, 0.1, 0], [0.2, 0.8, 0]);
    expect(macroAuroc(scores, [0, 1], 3)).toBe(1);
    expect(macroAuroc(scores, [0, 0], 3)).toBeNaN();
  });
});
