// What every fit of one run shares.
import type { Artifact } from '../model/artifact.ts';
import type { JobSpec } from '../records/job.ts';
import type { KnownGlyphs } from './known-glyphs.ts';
import type { LearnTools, LearningTask } from './learn.ts';
import type { NetworkReader } from './reader.ts';
import type { Recipe } from './recipe.ts';
import type { Reporter } from './reporter.ts';

export interface RunContext {
  readonly job: JobSpec;
  readonly recipe: Recipe;
  readonly champion: Artifact | null;
  readonly start: LearningTask['start'];
  readonly known: KnownGlyphs;
  readonly reader: NetworkReader;
  readonly learning: LearnTools;
  readonly reporter: Reporter;
}
