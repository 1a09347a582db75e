// The figure that /models and the accuracy chart show of a version.
import { expect, test } from 'vitest';
import { accuracyOf } from '../../src/recognition/operators.ts';

test('a shipped version shows the first set of its card', () => {
  expect(accuracyOf({ 'held-out digits': 0.98, 'photographed digits': 0.9 })).toBe(0.98);
});

test("a trained version shows its accuracy on people's glyphs before the base set's", () => {
  expect(accuracyOf({ base: { challenger: { accuracy: 0.9 } }, people: { challenger: { accuracy: 0.8 } } })).toBe(0.8);
  expect(accuracyOf({ base: { challenger: { accuracy: 0.9 } }, people: null })).toBe(0.9);
});

test('a version without figures shows none', () => {
  expect(accuracyOf({})).toBeNull();
  expect(accuracyOf(null)).toBeNull();
});
