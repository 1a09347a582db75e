// How an alphabet's glyphs are learnt: ink by a network that sees strokes and is shown them bent, pictures by a head on what a backbone
// makes of them. The one place of learning that asks which.
import { brisk } from '../model/architectures/brisk.ts';
import type { Architecture } from '../model/architectures/architecture.ts';
import { headOn } from '../model/architectures/head.ts';
import type { Sight } from '../model/sight.ts';
import type { JobSpec } from '../records/job.ts';
import { headRecipe, recipeFor, type Facts, type Recipe } from './recipe.ts';

export interface Way {
  recipe(facts: Facts): Recipe;
  /** The network of a first model. */
  readonly fresh: Architecture;
}

export const wayOf = ({ backbone }: Pick<JobSpec, 'backbone'>, { length }: Sight): Way =>
  backbone == null ? { recipe: recipeFor, fresh: brisk } : { recipe: headRecipe, fresh: headOn(length) };
