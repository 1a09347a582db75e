// How an alphabet's glyphs are learnt: ink by a network that sees strokes and is shown them bent, pictures by a head on what a backbone
// makes of them, or, without one, by a small network that is shown them in other light. The one place of learning that asks which.
import { NO_BACKBONE } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { strangerPicture } from '../dataset/strangers.ts';
import { brisk } from '../model/architectures/brisk.ts';
import type { Artifact } from '../model/artifact.ts';
import { headOn } from '../model/architectures/head.ts';
import { vivid } from '../model/architectures/vivid.ts';
import { planOf } from '../model/plan.ts';
import type { Sight } from '../model/sight.ts';
import { blankWeights } from '../model/weights.ts';
import type { JobSpec } from '../records/job.ts';
import { startOf } from './challenger.ts';
import type { Crew } from './crew.ts';
import { makePacker } from './glyphs.ts';
import { synthesiseKnown, type KnownGlyphs } from './known-glyphs.ts';
import type { LearningTask } from './learn.ts';
import { photoRecipe } from './photo-recipe.ts';
import { headRecipe, recipeFor, type Facts, type Recipe } from './recipe.ts';

type Wanted = Pick<Recipe, 'replayPerLabel' | 'memoryGlyphs' | 'baseGlyphs'>;

interface Way {
  recipe(facts: Facts): Recipe;
  /** The network that learning begins with: the champion's, another alphabet's for a first model, or one that knows nothing. */
  start(job: JobSpec, champion: Artifact | null, pretrained: Artifact | null): LearningTask['start'];
  /** What is there to be trained on, and judged on, beside people's samples; told now and then which share is made. */
  known(blobs: Blobs, job: JobSpec, wanted: Wanted, onMade: (share: number) => void, crew: Crew): Promise<KnownGlyphs>;
}

export function wayOf({ backbone, mirror }: Pick<JobSpec, 'backbone' | 'mirror'>, sight: Sight): Way {
  if (backbone == null)
    return {
      recipe: recipeFor,
      start: (job, champion, pretrained) => startOf(job, champion, pretrained, brisk),
      known: (blobs, job, wanted, onMade, crew) =>
        synthesiseKnown(blobs, job, wanted, onMade, (order) => crew.does('draw', order)),
    };
  const known: Way['known'] = (_, { labels }, { replayPerLabel }, onMade) =>
    strangers(sight, labels.length, replayPerLabel, onMade);
  if (backbone === NO_BACKBONE)
    return {
      recipe: (facts) => photoRecipe(facts, mirror === true),
      start: (job, champion) => startOf(job, champion, null, vivid),
      known,
    };
  return {
    recipe: (facts) => headRecipe(facts, sight.signed === true),
    // Anew each time: the champion has seen what the parts must judge, and a layer has forgotten nothing that it is shown again.
    start: ({ labels }) => {
      const [architecture, outputs] = [headOn(sight.length), labels.length + 1];
      return { architecture, outputs, weights: blankWeights(planOf(architecture, outputs)) };
    },
    known,
  };
}

/** Pictures of nothing, as they are seen: the output for "none of these" is learnt from them. */
async function strangers(
  sight: Sight,
  output: number,
  count: number,
  onMade: (share: number) => void,
): Promise<KnownGlyphs> {
  const none = makePacker(1).done();
  if (count === 0 || sight.pack === null) return { replay: none, memory: none, base: none };
  const packer = makePacker(count, Infinity, sight.length);
  for (let number = 0; number < count; number++) {
    const [seen] = await sight.see([await sight.pack(strangerPicture(number))]);
    if (seen !== undefined) packer.add(seen, output, 0, 0);
    onMade((number + 1) / count);
  }
  return { replay: packer.done(), memory: none, base: none };
}
