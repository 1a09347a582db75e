// How each seed is trained: a line an alphabet, found by measuring.
import { UsageError } from '../../src/errors.ts';
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import { keen } from '../../src/model/architectures/keen.ts';

export interface Recipe {
  readonly architecture: Architecture;
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
  digits: { architecture: brisk, epochs: 130, realShare: 0.45, junkShare: 0.04, wildness: 1.1, falseRejects: 0.001 },
  latin: { architecture: keen, epochs: 150, realShare: 0.12, junkShare: 0.03, wildness: 1.2, falseRejects: 0.001 },
  katakana: { architecture: keen, epochs: 140, realShare: 0.25, junkShare: 0.1, wildness: 1, falseRejects: 0.01 },
  hiragana: { architecture: keen, epochs: 110, realShare: 0, junkShare: 0.06, wildness: 1.1, falseRejects: 0.035 },
  ukrainian: { architecture: keen, epochs: 160, realShare: 0.3, junkShare: 0.04, wildness: 1.3, falseRejects: 0.003 },
};

export function recipeOf(alphabet: string): Recipe {
  const recipe = recipes[alphabet];
  if (recipe === undefined)
    throw new UsageError(`there is no recipe for ${alphabet}: add a line to models/recipe/recipes.ts`);
  return recipe;
}
