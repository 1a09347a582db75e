// One training run, from blobs to blobs: the same alone and on any worker, and never near the database. Reads the
// snapshot, learns from the champion's weights, judges both on the same glyphs, and leaves artifact and evaluation.
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { decodeArtifact, encodeArtifact, type Artifact, type ArtifactMetadata } from '../model/artifact.ts';
import type { Network } from '../model/engine.ts';
import { openEngine } from '../model/open.ts';
import { scaleOf } from '../model/probabilities.ts';
import { codeVersion } from '../version.ts';
import type { Calibration } from './calibrate.ts';
import { learnChallenger, startOf } from './challenger.ts';
import { type RunContext } from './run-context.ts';
import { pick, readPeople, synthesiseKnown, type Glyphs, type KnownGlyphs } from './corpus.ts';
import { crossFit } from './cross-fit.ts';
import { partsOf } from './folds.ts';
import type { Evaluation, GlyphReading, JobResult, JobSpec, Progress } from '../records/job.ts';
import { logitsOf, readingsOf, rightOutput, scoresOf, type Readings, type Understanding } from './judge.ts';
import { openNotebook, type Notebook } from './notebook.ts';
import { recipeFor, type Recipe } from './recipe.ts';
import { makeReporter } from './reporter.ts';

export interface PerformTools {
  readonly blobs: Blobs;
  onProgress(progress: Progress): unknown;
  readonly signal: AbortSignal;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** How long a checkpoint is good enough, ms. */
  readonly checkpointEveryMs?: number;
  /** Another recipe than the usual one, for measuring. */
  readonly adjust?: (recipe: Recipe) => Recipe;
}

/** More would only make every epoch slower. */
const MOST_VALIDATION = 2000;

/** Performs the job. Throws when aborted, an OperationalError when blobs are missing or the disk is full. */
export async function perform(job: JobSpec, tools: PerformTools): Promise<JobResult> {
  const now = (): number => tools.now();
  const everyMs = tools.checkpointEveryMs ?? 5000;
  const notebook = await openNotebook(tools.blobs, job.checkpoint, { everyMs, now });
  try {
    const result = await performWith(notebook, job, tools);
    await notebook.discard();
    return result;
  } catch (thrown) {
    // Cancelled, or a bug that would come again: nobody goes on from here. Trouble that may pass is another matter.
    if (tools.signal.aborted || !(thrown instanceof OperationalError)) await notebook.discard();
    throw thrown;
  }
}

async function performWith(notebook: Notebook, job: JobSpec, tools: PerformTools): Promise<JobResult> {
  const { blobs, signal } = tools;
  const now = (): number => tools.now();
  const startedAt = now();
  const engine = await openEngine(job.engine);
  const onProgress = (progress: Progress): unknown => tools.onProgress(progress);
  const reporter = makeReporter({ onProgress, now, checkpoint: () => notebook.current() });
  reporter.stage('preparing');

  const champion = job.champion === null ? null : decodeArtifact(await blobs.get(job.champion));
  const eyes = champion === null && typeof job.eyes === 'string' ? decodeArtifact(await blobs.get(job.eyes)) : null;
  const people = await readPeople(blobs, job);
  const usual = recipeFor({
    train: people.train.count,
    test: people.test.count,
    unseen: people.train.ids.filter((id) => id > job.seenThrough).length,
    labels: job.labels.length,
    fresh: champion === null,
  });
  const recipe = tools.adjust?.(usual) ?? usual;
  const known = whatChampionKnows(job, champion, await synthesiseKnown(blobs, job, recipe));
  if (people.train.count + known.replay.count === 0) throw new OperationalError('There is nothing to learn from yet.');
  signal.throwIfAborted();

  const run: RunContext = {
    job,
    recipe,
    champion,
    start: startOf(job, champion, eyes),
    known,
    learning: {
      engine,
      threads: job.threads,
      signal,
      deadline: AbortSignal.timeout(job.deadlineSeconds * 1000),
      notebook,
      onProgress: (progress) => reporter.fit(progress),
      now,
    },
    reporter,
  };
  reporter.stage('training');
  const parts = recipe.validationShare === 0 ? 0 : Math.round(1 / recipe.validationShare);
  const held = (partsOf(people.train, parts, job.seed)[0] ?? []).slice(0, MOST_VALIDATION);
  const challenger = await learnChallenger(run, people.train, held);
  const { network, calibration, learnt } = challenger;
  // Its last output is "not a character", always.
  const how: Understanding = {
    ...scaleOf(calibration, job.labels),
    rejectAbove: calibration.rejectAbove,
    reject: job.labels.length,
  };

  reporter.stage('cross-fitting');
  const crossFitted = await crossFit(run, people.train, held, challenger, how);

  reporter.stage('evaluating');
  const read = async (of: Network, glyphs: Glyphs, as: Understanding): Promise<Readings> =>
    readingsOf(await logitsOf(engine, of, glyphs, job.threads), of.outputs, as);
  const byChampion = (glyphs: Glyphs): Promise<Readings> =>
    champion === null
      ? Promise.resolve(nothingRead(glyphs))
      : read(champion.network, glyphs, understandingOf(job, champion));
  const test = {
    glyphs: people.test,
    champion: await byChampion(people.test),
    challenger: await read(network, people.test, how),
  };
  const base = {
    glyphs: known.base,
    champion: await byChampion(known.base),
    challenger: await read(network, known.base, how),
  };
  const judged: Evaluation = {
    people: readingsBy(job, test, 'test'),
    base: baseFigures(job, base),
    peopleScores: scoresOfBoth(test),
    baseScores: scoresOfBoth(base),
    training: {
      architecture: network.architecture.id,
      codeVersion,
      samples: people.train.count,
      replay: known.replay.count,
      epochs: learnt.epochs,
      learningRate: challenger.rate,
      blend: challenger.blend,
      loss: learnt.loss,
      seconds: (now() - startedAt) / 1000,
      stoppedBy: learnt.stoppedBy,
    },
  };
  if (crossFitted !== null) {
    const { glyphs, readings } = crossFitted;
    const both = { glyphs, champion: await byChampion(glyphs), challenger: readings };
    judged.people.push(...readingsBy(job, both, 'cross-fit'));
  }

  reporter.stage('storing');
  signal.throwIfAborted();
  const metadata = metadataOf(job, network, calibration, judged);
  const artifact = await blobs.put(encodeArtifact({ metadata, network }));
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

/** Glyphs as both models read them, in the outputs of the job. */
export interface Judged {
  readonly glyphs: Glyphs;
  readonly champion: Readings;
  readonly challenger: Readings;
}

export const nothingRead = ({ count }: Glyphs): Readings => ({
  outputs: new Int32Array(count).fill(-1),
  confidence: new Float32Array(count),
});

/** A model may know other labels than the job's, in another order. */
export function understandingOf(job: JobSpec, { metadata }: Artifact): Understanding {
  const places = new Map<number | null, number>(job.labels.map(({ id }, index) => [id, index]));
  places.set(null, job.labels.length);
  const { rejectAbove, outputs } = metadata;
  return {
    ...scaleOf(metadata, outputs),
    rejectAbove,
    reject: outputs.indexOf(null),
    to: (output) => places.get(outputs[output]?.id ?? null) ?? -1,
  };
}

export function readingsBy(job: JobSpec, judged: Judged, source: GlyphReading['source']): GlyphReading[] {
  const labelOf = (output: number | undefined): number | null => job.labels[output ?? -1]?.id ?? null;
  return Array.from({ length: judged.glyphs.count }, (_, i) => {
    const read = judged.champion.outputs[i];
    return {
      sample: judged.glyphs.ids[i] ?? 0,
      label: labelOf(judged.glyphs.outputs[i]),
      champion: read === -1 ? -1 : labelOf(read),
      challenger: labelOf(judged.challenger.outputs[i]),
      source,
    };
  });
}

export function scoresOfBoth({ glyphs, champion, challenger }: Judged): Evaluation['peopleScores'] {
  if (glyphs.count === 0) return null;
  return { champion: scoresOf(glyphs, champion), challenger: scoresOf(glyphs, challenger) };
}

/** How many of each label both models read right, twins as one. */
export function baseFigures(job: JobSpec, { glyphs, champion, challenger }: Judged): Evaluation['base'] {
  const right = rightOutput(job);
  const figures = Array.from({ length: job.labels.length + 1 }, (_, output) => ({
    label: job.labels[output]?.id ?? null,
    tested: 0,
    championRight: 0,
    challengerRight: 0,
  }));
  glyphs.outputs.forEach((truth, i) => {
    const figure = figures[truth];
    if (figure === undefined) return;
    figure.tested++;
    if (right(champion.outputs[i], truth)) figure.championRight++;
    if (right(challenger.outputs[i], truth)) figure.challengerRight++;
  });
  return figures.filter((figure) => figure.tested > 0);
}

function metadataOf(
  job: JobSpec,
  network: Network,
  { temperature, twins, askBelow, rejectAbove }: Calibration,
  judged: Evaluation,
): ArtifactMetadata {
  const people = judged.peopleScores?.challenger;
  const base = judged.baseScores?.challenger;
  return {
    formatVersion: 1,
    alphabet: job.alphabet,
    outputs: [...job.labels.map(({ id, text }) => ({ id, text })), null],
    glyphSize: GLYPH_SIZE,
    architecture: network.architecture,
    temperature,
    ...(twins === undefined ? {} : { twins }),
    askBelow,
    rejectAbove,
    lineage: {
      parent: job.parent,
      snapshot: job.snapshotId,
      seed: job.seed,
      engine: job.engine,
      threads: job.threads,
      codeVersion,
    },
    metrics: {
      ...(people === undefined ? {} : { peopleAccuracy: people.accuracy, peopleEce: people.ece }),
      ...(base === undefined ? {} : { baseAccuracy: base.accuracy, baseEce: base.ece }),
    },
  };
}
