// Who is compared with the champion: a challenger that this run teaches, or a model that is there and only to be judged.
import { OperationalError } from '../errors.ts';
import type { Artifact, ArtifactMetadata } from '../model/artifact.ts';
import type { Network } from '../model/engine.ts';
import type { Evaluation, JobSpec } from '../records/job.ts';
import { codeVersion } from '../version.ts';
import type { Calibration } from './calibrate.ts';
import { learnChallenger } from './challenger.ts';
import { pick, type Glyphs } from './glyphs.ts';
import { crossFit, partsOf } from './cross-fit.ts';
import type { Unseen } from './evaluation.ts';
import { foldsOf } from './folds.ts';
import type { RunContext } from './run-context.ts';

interface Contender {
  /** Without metrics yet where it was just taught. */
  readonly model: Artifact;
  readonly unseen: Unseen | null;
  readonly training: Omit<Evaluation['training'], 'seconds'>;
}

/** More would only make every epoch slower. */
const MOST_VALIDATION = 2000;

/** Throws an OperationalError where there is nothing to learn from. */
export async function taught(run: RunContext, train: Glyphs): Promise<Contender> {
  const { job, recipe, known, learning, reporter } = run;
  if (train.count + known.replay.count === 0) throw new OperationalError('There is nothing to learn from yet.');
  reporter.stage('training');
  const parts = recipe.validationShare === 0 ? 0 : Math.round(1 / recipe.validationShare);
  const held = (foldsOf(train, parts, job.seed)[0] ?? []).slice(0, MOST_VALIDATION);
  reporter.expect(1 + recipe.folds);
  const coming = learnChallenger(run, train, held);
  const learnParts = (epochs: number) =>
    partsOf(run, train, held, epochs).map((part) => {
      const learnt = learning.learn(part.task);
      // Heard of where it is waited for, and not at all when the run is over before.
      learnt.catch(() => undefined);
      return { part, learnt };
    });
  // Beside the challenger where that is known to take all its epochs.
  const early = recipe.patience === null && learning.atOnce > 1 ? learnParts(recipe.epochs) : null;
  // Asked for here, since it takes a while, and this thread has nothing else to do.
  codeVersion();
  const challenger = await coming;
  const { network, calibration, learnt } = challenger;
  const metadata = metadataOf(job, network, calibration);

  reporter.stage('cross-fitting');
  const unseen = await crossFit(run, train, early ?? learnParts(learnt.epochs), challenger, metadata);
  const temperature = unseen?.temperature ?? metadata.temperature;
  return {
    model: { network, metadata: { ...metadata, temperature } },
    unseen,
    training: {
      architecture: network.architecture.id,
      codeVersion: codeVersion(),
      samples: train.count,
      replay: known.replay.count,
      epochs: learnt.epochs,
      learningRate: recipe.rate,
      blend: challenger.blend,
      loss: learnt.loss,
      stoppedBy: learnt.stoppedBy,
    },
  };
}

export function given(job: JobSpec, model: Artifact, train: Glyphs): Contender {
  // What people taught since the champion was trained is new to both; one photo counts once.
  const fresh = Array.from(train.ids.keys()).filter(
    (at) => (train.ids[at] ?? 0) > job.seenThrough && train.groups[at] === train.ids[at],
  );
  return {
    model,
    unseen: { glyphs: pick(train, fresh) },
    training: {
      architecture: model.network.architecture.id,
      codeVersion: model.metadata.lineage.codeVersion,
      samples: 0,
      replay: 0,
      epochs: 0,
      learningRate: 0,
      blend: 1,
      loss: null,
      stoppedBy: 'finished',
    },
  };
}

function metadataOf(
  job: JobSpec,
  network: Network,
  { temperature, twins, askBelow, rejectAbove }: Calibration,
): ArtifactMetadata {
  return {
    formatVersion: 1,
    alphabet: job.alphabet,
    outputs: [...job.labels.map(({ id, text }) => ({ id, text })), null],
    glyphSize: network.architecture.inputSize,
    ...(job.backbone == null ? {} : { backbone: job.backbone }),
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
      codeVersion: codeVersion(),
    },
    metrics: {},
  };
}
