// How each seed is trained: a line an alphabet, found by measuring.
import { UsageError } from '../../src/errors.ts';

export interface Recipe {
  /** Of 8,000 glyphs each. */
  readonly epochs: number;
  /** Shares of real glyphs and of what is no character; the rest is synthesised. */
  readonly realShare: number;
  readonly junkShare: number;
  /** How far synthesised hands differ (see synth.ts). */
  readonly wildness: number;
}

const recipes: Readonly<Record<string, Recipe>> = {
  digits: { epochs: 12, realShare: 0.5, junkShare: 0.05, wildness: 1 },
  latin: { epochs: 24, realShare: 0.2, junkShare: 0.06, wildness: 1 },
  katakana: { epochs: 24, realShare: 0.15, junkShare: 0.08, wildness: 1 },
  hiragana: { epochs: 24, realShare: 0, junkShare: 0.08, wildness: 1 },
  ukrainian: { epochs: 24, realShare: 0.25, junkShare: 0.06, wildness: 1 },
};

export function recipeOf(alphabet: string): Recipe {
  const recipe = recipes[alphabet];
  if (recipe === undefined)
    throw new UsageError(`there is no recipe for ${alphabet}: add a line to models/recipe/recipes.ts`);
  return recipe;
}
