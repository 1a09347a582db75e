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
  /** Share of validation characters that may be rejected. Small where shapes are simple: much that is no digit looks like one. */
  readonly falseRejects: number;
}

const recipes: Readonly<Record<string, Recipe>> = {
  digits: { epochs: 130, realShare: 0.45, junkShare: 0.04, wildness: 1, falseRejects: 0.001 },
  latin: { epochs: 300, realShare: 0.12, junkShare: 0.03, wildness: 0.9, falseRejects: 0.002 },
  katakana: { epochs: 200, realShare: 0.15, junkShare: 0.1, wildness: 0.9, falseRejects: 0.02 },
  hiragana: { epochs: 300, realShare: 0, junkShare: 0.06, wildness: 0.9, falseRejects: 0.02 },
  ukrainian: { epochs: 400, realShare: 0.3, junkShare: 0.04, wildness: 0.9, falseRejects: 0.003 },
};

export function recipeOf(alphabet: string): Recipe {
  const recipe = recipes[alphabet];
  if (recipe === undefined)
    throw new UsageError(`there is no recipe for ${alphabet}: add a line to models/recipe/recipes.ts`);
  return recipe;
}
