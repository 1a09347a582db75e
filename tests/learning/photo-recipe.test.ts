// A small network is taught from nothing in a minute or two of one core, however many photos there are, and goes on from itself in less.
import { describe, expect, it } from 'vitest';
import { photoRecipe } from '../../src/learning/photo-recipe.ts';

const facts = (train: number, more: object = {}) => ({
  train,
  test: Math.round(train / 9),
  unseen: train,
  labels: 10,
  fresh: true,
  ...more,
});
/** How often a picture is shown to a network, all parts together. */
function looks(train: number, more: object = {}): number {
  const { epochs, folds, replayPerLabel } = photoRecipe(facts(train, more), false);
  return epochs * (train + replayPerLabel + folds * ((train * (folds - 1)) / Math.max(1, folds) + replayPerLabel));
}

describe('what a photo is looked at', () => {
  it.each([8, 24, 200, 400, 401, 1000, 4000])('is bounded with %i photos', (train) => {
    expect(looks(train)).toBeLessThan(90_000);
    expect(looks(train)).toBeGreaterThan(1000);
  });

  it('is less where a model goes on from itself, unless most of it is new', () => {
    const goesOn = (unseen: number): number => looks(300, { fresh: false, unseen });
    expect(goesOn(20)).toBeLessThan(0.35 * looks(300));
    expect(goesOn(200)).toBeGreaterThan(2 * goesOn(20));
    expect(goesOn(300)).toBe(looks(300));
  });

  it('is in parts while evidence is scarce, and never where nothing is new', () => {
    const parts = (train: number, unseen = train): number => photoRecipe(facts(train, { unseen }), false).folds;
    expect([parts(20), parts(400), parts(401), parts(300, 0)]).toEqual([3, 3, 0, 0]);
  });
});

it('photos are mirrored where the alphabet says so', () => {
  const mirrored = (mirror: boolean) => photoRecipe(facts(100), mirror).augment;
  expect(mirrored(false)).toMatchObject({ of: 'photo', mirror: false });
  expect(mirrored(true)).toMatchObject({ of: 'photo', mirror: true });
});
