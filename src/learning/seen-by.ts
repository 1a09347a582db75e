// The same samples as each model sees them: a champion may see with another backbone than its challenger, or with none, and is asked about the very
// same pictures all the same.
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';
import type { Artifact } from '../model/artifact.ts';
import type { SightOf } from '../model/sight.ts';
import type { JobSpec } from '../records/job.ts';
import { pick, type Glyphs } from './glyphs.ts';
import { readPeople } from './people-glyphs.ts';

/** Glyphs of people's as this model sees them. */
export type SeenBy = (glyphs: Glyphs) => Glyphs;

/** Whether a model sees what the alphabet's challengers see: only then is it where one begins. */
export const seesAlike = (model: Artifact, { backbone }: Pick<JobSpec, 'backbone'>): boolean =>
  (model.metadata.backbone ?? null) === (backbone ?? null);

/** Throws OperationalError for a model of ink in an alphabet of pictures, or the other way round. */
export async function seenBy(
  model: Artifact | null,
  job: JobSpec,
  { blobs, sightOf }: { readonly blobs: Blobs; readonly sightOf: SightOf },
): Promise<SeenBy> {
  if (model === null || seesAlike(model, job)) return (glyphs) => glyphs;
  const { backbone } = model.metadata;
  if (backbone === undefined || job.backbone == null)
    throw new OperationalError('The model that answers is of ink and its alphabet of pictures: make a new alphabet.');
  const other = await readPeople(blobs, job, await sightOf(backbone));
  const places = ({ ids }: Glyphs): ReadonlyMap<number, number> => new Map(Array.from(ids, (id, at) => [id, at]));
  const [inTrain, inTest] = [places(other.train), places(other.test)];
  return (glyphs) => {
    const ids = Array.from(glyphs.ids);
    const isTest = ids.every((id) => inTest.has(id));
    const at = ids.map((id) => (isTest ? inTest : inTrain).get(id));
    // The one would be judged by another glyph than the other.
    if (at.includes(undefined)) throw new Error('a sample is seen by one of two models alone');
    return pick(
      isTest ? other.test : other.train,
      at.filter((each) => each !== undefined),
    );
  };
}
