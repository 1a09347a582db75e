// How an alphabet's glyphs are learnt: ink by a network that sees strokes and is shown them bent, pictures by a head on what a backbone
// makes of them. The one place of learning that asks which.
import type { Blobs } from '../blobs/blobs.ts';
import { strangerPicture } from '../dataset/strangers.ts';
import { brisk } from '../model/architectures/brisk.ts';
import type { Architecture } from '../model/architectures/architecture.ts';
import { headOn } from '../model/architectures/head.ts';
import type { Sight } from '../model/sight.ts';
import type { JobSpec } from '../records/job.ts';
import { makePacker } from './glyphs.ts';
import { synthesiseKnown, type KnownGlyphs } from './known-glyphs.ts';
import { headRecipe, recipeFor, type Facts, type Recipe } from './recipe.ts';

type Wanted = Pick<Recipe, 'replayPerLabel' | 'memoryGlyphs' | 'baseGlyphs'>;

interface Way {
  recipe(facts: Facts): Recipe;
  /** The network of a first model. */
  readonly fresh: Architecture;
  /** What is there to be trained on, and judged on, beside people's samples; told now and then which share is made. */
  known(blobs: Blobs, job: JobSpec, wanted: Wanted, onMade: (share: number) => void): Promise<KnownGlyphs>;
}

export function wayOf({ backbone }: Pick<JobSpec, 'backbone'>, sight: Sight): Way {
  if (backbone == null) return { recipe: recipeFor, fresh: brisk, known: synthesiseKnown };
  return {
    recipe: headRecipe,
    fresh: headOn(sight.length),
    known: (_, { labels }, { replayPerLabel }, onMade) => strangers(sight, labels.length, replayPerLabel, onMade),
  };
}

/** Pictures of nothing, as the backbone sees them: the output for "none of these" is learnt from them. */
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
