// A run without training: a model that a release brought is judged against the champion, on the glyphs that neither of them
// was trained on. The gate and everything after it is the same as for a challenger that was trained here.
import { decodeArtifact, type Artifact } from '../model/artifact.ts';
import { openEngine } from '../model/open.ts';
import { pick, readPeople, synthesiseKnown, type Glyphs } from './corpus.ts';
import type { Evaluation, JobResult, JobSpec } from '../records/job.ts';
import { logitsOf, readingsOf } from './judge.ts';
import {
  baseFigures,
  nothingRead,
  readingsBy,
  scoresOfBoth,
  understandingOf,
  type Judged,
  type PerformTools,
} from './perform.ts';
import { recipeFor } from './recipe.ts';
import { makeReporter } from './reporter.ts';

/** Judges `job.challenger`. Throws when aborted, an OperationalError when blobs are missing or the disk is full. */
export async function examine(job: JobSpec, challengerHash: string, tools: PerformTools): Promise<JobResult> {
  const { blobs, signal } = tools;
  const now = (): number => tools.now();
  const startedAt = now();
  const onProgress = (progress: Parameters<PerformTools['onProgress']>[0]): unknown => tools.onProgress(progress);
  const reporter = makeReporter({ onProgress, now, checkpoint: () => null });
  reporter.stage('preparing');
  const engine = await openEngine(job.engine);
  const challenger = decodeArtifact(await blobs.get(challengerHash));
  const champion = job.champion === null ? null : decodeArtifact(await blobs.get(job.champion));
  const people = await readPeople(blobs, job);
  const [train, test] = [people.train, people.test];
  const facts = { train: train.count, test: test.count, unseen: 0, labels: job.labels.length, fresh: false };
  const known = await synthesiseKnown(blobs, job, { ...recipeFor(facts), replayPerLabel: 0, memoryGlyphs: 0 });
  signal.throwIfAborted();

  reporter.stage('evaluating');
  const readBy = async (artifact: Artifact | null, glyphs: Glyphs): Promise<Judged['champion']> => {
    if (artifact === null) return nothingRead(glyphs);
    const { network } = artifact;
    const logits = await logitsOf(engine, network, glyphs, job.threads);
    signal.throwIfAborted();
    return readingsOf(logits, network.outputs, understandingOf(job, artifact));
  };
  const judgedOn = async (glyphs: Glyphs): Promise<Judged> => ({
    glyphs,
    champion: await readBy(champion, glyphs),
    challenger: await readBy(challenger, glyphs),
  });
  const [onTest, onBase] = [await judgedOn(test), await judgedOn(known.base)];
  // What people taught since the champion was trained is new to both; one photo counts once.
  const fresh = Array.from(train.ids.keys()).filter(
    (at) => (train.ids[at] ?? 0) > job.seenThrough && train.groups[at] === train.ids[at],
  );
  const onFresh = await judgedOn(pick(train, fresh));
  const judged: Evaluation = {
    people: [...readingsBy(job, onTest, 'test'), ...readingsBy(job, onFresh, 'cross-fit')],
    base: baseFigures(job, onBase),
    peopleScores: scoresOfBoth(onTest),
    baseScores: scoresOfBoth(onBase),
    training: {
      architecture: challenger.network.architecture.id,
      codeVersion: challenger.metadata.lineage.codeVersion,
      samples: 0,
      replay: 0,
      epochs: 0,
      learningRate: 0,
      blend: 1,
      loss: null,
      seconds: (now() - startedAt) / 1000,
      stoppedBy: 'finished',
    },
  };
  reporter.stage('storing');
  const evaluation = await blobs.put(Buffer.from(JSON.stringify(judged)));
  return { run: job.run, artifact: challengerHash, evaluation };
}
