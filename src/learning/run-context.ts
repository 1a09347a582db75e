// What every fit of one run shares.
import type { Artifact } from '../model/artifact.ts';
import type { JobSpec } from '../records/job.ts';
import type { KnownGlyphs } from './known-glyphs.ts';
import type { LearningTask, Learnt } from './learn.ts';
import type { NetworkReader } from './reader.ts';
import type { Recipe } from './recipe.ts';
import type { Reporter } from './reporter.ts';

export interface Learning {
  /** Does one fit, when its turn comes. Throws as `learn` does. */
  learn(task: LearningTask): Promise<Learnt>;
  /** How many fits are done at once. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  /** When it fires, the best so far counts. */
  readonly deadline: AbortSignal;
}

export interface RunContext {
  readonly job: JobSpec;
  readonly recipe: Recipe;
  readonly champion: Artifact | null;
  readonly start: LearningTask['start'];
  readonly known: KnownGlyphs;
  readonly reader: NetworkReader;
  readonly learning: Learning;
  readonly reporter: Reporter;
}
