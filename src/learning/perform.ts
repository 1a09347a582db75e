// One run, from blobs to blobs: the same alone and on any worker, and never near the database. Reads the snapshot, has a challenger
// taught or takes the one that is given, lets champion and challenger read the same glyphs, and leaves artifact and evaluation.
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';
import { decodeArtifact, encodeArtifact, type Artifact, type ArtifactMetadata } from '../model/artifact.ts';
import { onlyPlain, type SightOf } from '../model/sight.ts';
import type { Evaluation, JobResult, JobSpec, Progress } from '../records/job.ts';
import { given, taught } from './contender.ts';
import { openCrew, type Crew } from './crew.ts';
import { pick, type Glyphs } from './glyphs.ts';
import type { KnownGlyphs } from './known-glyphs.ts';
import { readPeople } from './people-glyphs.ts';
import { evaluateContender } from './evaluation.ts';
import { openNotebook, type Notebook } from './notebook.ts';
import { makeTeacher } from './teacher.ts';
import { readerOf } from './shared-reader.ts';
import type { Recipe } from './recipe.ts';
import { makeReporter } from './reporter.ts';
import { seenBy, seesAlike } from './seen-by.ts';
import { wayOf } from './way.ts';

export interface PerformTools {
  readonly blobs: Blobs;
  /** What networks are shown of glyphs; without it glyphs as they are. */
  readonly sightOf?: SightOf;
  onProgress(progress: Progress): unknown;
  readonly signal: AbortSignal;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** How long a checkpoint is good enough, ms. */
  readonly checkpointEveryMs?: number;
  /** Another recipe than the usual one, for measuring. */
  readonly adjust?: (recipe: Recipe) => Recipe;
}

/** Performs the job. Throws when aborted, an OperationalError when blobs are missing or the disk is full. */
export async function perform(job: JobSpec, tools: PerformTools): Promise<JobResult> {
  const now = (): number => tools.now();
  const everyMs = tools.checkpointEveryMs ?? 5000;
  const notebook = await openNotebook(tools.blobs, job.checkpoint, { everyMs, now });
  const crew = await openCrew(job.engine, job.threads, tools.signal);
  try {
    const result = await performWith({ notebook, crew }, job, tools);
    await notebook.discard();
    return result;
  } catch (thrown) {
    // Cancelled, or a bug that would come again: nobody goes on from here. Trouble that may pass is another matter.
    if (tools.signal.aborted || !(thrown instanceof OperationalError)) await notebook.discard();
    throw thrown;
  } finally {
    await crew.close();
  }
}

async function performWith(
  { notebook, crew }: { readonly notebook: Notebook; readonly crew: Crew },
  job: JobSpec,
  tools: PerformTools,
): Promise<JobResult> {
  const { blobs, signal } = tools;
  const now = (): number => tools.now();
  const startedAt = now();
  const onProgress = (progress: Progress): unknown => tools.onProgress(progress);
  const reporter = makeReporter({ onProgress, now, checkpoint: () => notebook.current() });
  reporter.stage('preparing');
  const reader = readerOf(crew);

  const artifactOf = async (hash: string | null | undefined): Promise<Artifact | null> =>
    typeof hash === 'string' ? decodeArtifact(await blobs.get(hash)) : null;
  const [champion, challenger] = [await artifactOf(job.champion), await artifactOf(job.challenger)];
  const sightOf = tools.sightOf ?? onlyPlain;
  const sight = await sightOf(job.backbone ?? null);
  const way = wayOf(job, sight);
  const people = await readPeople(blobs, job, sight);
  const championSees = await seenBy(champion, job, { blobs, sightOf });
  const challengerSees = await seenBy(challenger, job, { blobs, sightOf });
  // Who sees otherwise is no beginning, but a rival all the same.
  const parent = champion !== null && seesAlike(champion, job) ? champion : null;
  const usual = way.recipe({
    train: people.train.count,
    test: people.test.count,
    unseen: people.train.ids.filter((id) => id > job.seenThrough).length,
    labels: job.labels.length,
    fresh: parent === null,
  });
  const recipe = tools.adjust?.(usual) ?? usual;
  // Whoever is taught nothing need not remember.
  const glyphs = challenger === null ? recipe : { ...recipe, replayPerLabel: 0, memoryGlyphs: 0 };
  const known = whatChampionKnows(job, champion, await way.known(blobs, job, glyphs, reporter.prepared, crew));
  signal.throwIfAborted();

  const contender =
    challenger === null
      ? await taught(
          {
            job,
            recipe,
            champion: parent,
            start: way.start(job, parent, champion === null ? await artifactOf(job.pretrained) : null),
            known,
            reader,
            learning: makeTeacher({ crew, job, recipe, notebook, reporter, signal, now }),
            reporter,
          },
          people.train,
        )
      : given(job, challenger, people.train);

  reporter.stage('evaluating');
  const { model, unseen } = contender;
  const sets = { test: people.test, base: known.base, unseen };
  const sides = { champion, challenger: model, championSees, challengerSees };
  const figures = await evaluateContender(reader, job, sides, sets);
  const judged: Evaluation = {
    ...figures,
    training: { ...contender.training, snapshot: job.snapshot, seconds: (now() - startedAt) / 1000 },
  };

  reporter.stage('storing');
  signal.throwIfAborted();
  const metadata = { ...model.metadata, metrics: metricsOf(judged) };
  const artifact = job.challenger ?? (await blobs.put(encodeArtifact({ metadata, network: model.network })));
  const evaluation = await blobs.put(Buffer.from(JSON.stringify(judged)));
  return { run: job.run, artifact, evaluation };
}

/** Labels that the champion lacks can neither be forgotten by a challenger nor make up for what it forgot. */
function whatChampionKnows(job: JobSpec, champion: Artifact | null, known: KnownGlyphs): KnownGlyphs {
  if (champion === null) return known;
  const ids = new Set(champion.metadata.outputs.map((output) => output?.id ?? null));
  const only = (glyphs: Glyphs): Glyphs =>
    pick(
      glyphs,
      Array.from(glyphs.outputs.keys()).filter((at) => ids.has(job.labels[glyphs.outputs[at] ?? -1]?.id ?? null)),
    );
  return job.labels.every(({ id }) => ids.has(id))
    ? known
    : { replay: known.replay, memory: only(known.memory), base: only(known.base) };
}

function metricsOf({ peopleScores, baseScores }: Evaluation): ArtifactMetadata['metrics'] {
  const [people, base] = [peopleScores?.challenger, baseScores?.challenger];
  return {
    ...(people === undefined ? {} : { peopleAccuracy: people.accuracy, peopleEce: people.ece }),
    ...(base === undefined ? {} : { baseAccuracy: base.accuracy, baseEce: base.ece }),
  };
}
