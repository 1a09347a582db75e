// One training run, from blobs to blobs: the same alone and on any worker, and never near the database. Reads the
// snapshot, learns from the champion's weights, judges both on the same glyphs, and leaves artifact and evaluation.
import type { Blobs } from '../blobs/blobs.ts';
import { OperationalError } from '../errors.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { compact } from '../model/architectures/compact.ts';
import { fitTemperature } from '../model/calibration.ts';
import { decodeArtifact, encodeArtifact, type Artifact, type ArtifactMetadata } from '../model/artifact.ts';
import type { Engine, Network } from '../model/engine.ts';
import { planOf } from '../model/plan.ts';
import { withOutputs } from '../model/weights.ts';
import { openEngine } from '../model/open.ts';
import { asValidation, pick, readPeople, synthesiseBase, trainingGlyphs, type Glyphs } from './corpus.ts';
import { partsOf } from './folds.ts';
import type { Evaluation, GlyphReading, JobResult, JobSpec, Progress, TrainingStage } from './job.ts';
import { logitsOf, readingsOf, scoresOf, type Readings, type Understanding } from './judge.ts';
import { learn, type Learnt, type LearnTools, type Task } from './learn.ts';
import { openNotebook } from './notebook.ts';
import { recipeFor, type Recipe } from './recipe.ts';

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

/** Progress is told at most so often, ms. */
const TELL_EVERY_MS = 400;
/** Fewer held-out glyphs say too little about how sure a model may be. */
const ENOUGH_TO_CALIBRATE = 30;

/** Of a first model; later ones take over what their parent was calibrated to. */
const ASK_BELOW = 0.8;
const REJECT_ABOVE = 0.5;

/** Performs the job. Throws when aborted, an OperationalError when blobs are missing or the disk is full. */
export async function perform(job: JobSpec, tools: PerformTools): Promise<JobResult> {
  const { blobs } = tools;
  const startedAt = tools.now();
  const deadline = AbortSignal.timeout(job.deadlineSeconds * 1000);
  const engine = await openEngine(job.engine);
  const notebook = await openNotebook(blobs, job.checkpoint, {
    everyMs: tools.checkpointEveryMs ?? 5000,
    now: () => tools.now(),
  });
  const reporter = makeReporter(tools, () => notebook.current());
  reporter.stage('preparing');

  const champion = job.champion === null ? null : decodeArtifact(await blobs.get(job.champion));
  const people = await readPeople(blobs, job);
  const unseen = people.train.ids.filter((id) => id > job.seenThrough).length;
  const usual = recipeFor({
    train: people.train.count,
    test: people.test.count,
    unseen,
    labels: job.labels.length,
    fresh: champion === null,
  });
  const recipe = tools.adjust?.(usual) ?? usual;
  const { replay, base } = await synthesiseBase(blobs, job, recipe.replayPerLabel);
  if (people.train.count + replay.count === 0) throw new OperationalError('There is nothing to learn from yet.');
  tools.signal.throwIfAborted();

  const start = startOf(job, champion);
  const learning: LearnTools = {
    engine,
    threads: job.threads,
    signal: tools.signal,
    deadline,
    notebook,
    onProgress: (progress) => reporter.fit(progress),
    now: () => tools.now(),
  };
  const run: Run = { job, recipe, start, replay, learning, reporter };
  reporter.stage('training');
  const held = partsOf(
    people.train,
    recipe.validationShare === 0 ? 0 : Math.round(1 / recipe.validationShare),
    job.seed,
  );
  const validationPlaces = held[0] ?? [];
  const { learnt, rate, temperature } = await learnChallenger(run, people.train, validationPlaces, champion);

  reporter.stage('cross-fitting');
  const crossFitted = await crossFit(run, people.train, validationPlaces, rate, learnt.epochs, champion);

  reporter.stage('evaluating');
  const judges = makeJudges({ engine, job, champion, challenger: learnt.network, temperature });
  const onTest = await judges.both(people.test);
  const onBase = await judges.both(base);
  const onCrossFit = crossFitted === null ? null : await judges.champion(crossFitted.glyphs);

  const labelOf = (output: number): number | null => job.labels[output]?.id ?? null;
  const readings: GlyphReading[] = [];
  const note = (glyphs: Glyphs, one: Readings, other: Readings, source: GlyphReading['source']): void => {
    for (let i = 0; i < glyphs.count; i++) {
      // A champion that never heard of a label can read nothing as it.
      const read = one.outputs[i] ?? -1;
      readings.push({
        sample: glyphs.ids[i] ?? 0,
        label: labelOf(glyphs.outputs[i] ?? 0),
        champion: read === -1 ? -1 : labelOf(read),
        challenger: labelOf(other.outputs[i] ?? 0),
        source,
      });
    }
  };
  note(people.test, onTest.champion, onTest.challenger, 'test');
  if (crossFitted !== null && onCrossFit !== null)
    note(crossFitted.glyphs, onCrossFit, crossFitted.readings, 'cross-fit');

  const scores = (glyphs: Glyphs, both: typeof onTest): Evaluation['peopleScores'] =>
    glyphs.count === 0
      ? null
      : { champion: scoresOf(glyphs, both.champion), challenger: scoresOf(glyphs, both.challenger) };
  const judged: Evaluation = {
    people: readings,
    base: baseFigures(job, base, onBase),
    peopleScores: scores(people.test, onTest),
    baseScores: scores(base, onBase),
    training: {
      architecture: start.architecture.id,
      samples: people.train.count,
      replay: replay.count,
      epochs: learnt.epochs,
      learningRate: rate,
      loss: learnt.loss,
      seconds: (tools.now() - startedAt) / 1000,
      stoppedBy: learnt.stoppedBy,
    },
  };

  reporter.stage('storing');
  tools.signal.throwIfAborted();
  const artifact = await blobs.put(encodeArtifact(artifactOf(job, champion, learnt.network, temperature, judged)));
  const evaluation = await blobs.put(Buffer.from(JSON.stringify(judged)));
  await notebook.discard();
  return { run: job.run, artifact, evaluation };
}

interface Run {
  readonly job: JobSpec;
  readonly recipe: Recipe;
  readonly start: Task['start'];
  readonly replay: Glyphs;
  readonly learning: LearnTools;
  readonly reporter: Reporter;
}

/** The champion's network with an output for every label of the job and one for "not a character"; or a fresh one. */
function startOf(job: JobSpec, champion: Artifact | null): Task['start'] {
  const outputs = job.labels.length + 1;
  if (champion === null) return { architecture: compact, outputs };
  const { network, metadata } = champion;
  const from = [...job.labels.map(({ id }) => id), null].map((id) => {
    const at = metadata.outputs.findIndex((output) => (output === null ? id === null : output.id === id));
    return at === -1 ? null : at;
  });
  const same = metadata.outputs.length === outputs && from.every((at, i) => at === i);
  const plan = planOf(network.architecture, outputs);
  const weights = same ? network.weights : withOutputs(plan, network.weights, from, job.seed);
  return { architecture: network.architecture, outputs, weights };
}

function taskOf(run: Run, name: string, glyphs: Glyphs, rate: number, epochs: number): Task {
  const { recipe, start, replay, job } = run;
  const seed = job.seed;
  return { name, start, glyphs: trainingGlyphs(glyphs, replay, recipe.repeats), recipe, rate, epochs, seed };
}

/** Tries the learning rates, chooses by validation alone, and trains the choice on everything where there was a choice. */
async function learnChallenger(
  run: Run,
  train: Glyphs,
  held: readonly number[],
  champion: Artifact | null,
): Promise<{ readonly learnt: Learnt; readonly rate: number; readonly temperature: number }> {
  const { recipe, start, learning, reporter } = run;
  const validation = pick(train, held);
  const heldSet = new Set(held);
  const rest = pick(
    train,
    Array.from({ length: train.count }, (_, i) => i).filter((i) => !heldSet.has(i)),
  );
  const set = validation.count === 0 ? undefined : asValidation(validation, start.outputs);
  const searching = recipe.rates.length > 1 && set !== undefined;
  reporter.expect((searching ? recipe.rates.length + 1 : 1) + recipe.folds);

  let best: { readonly learnt: Learnt; readonly rate: number } | null = null;
  for (const rate of searching ? recipe.rates : recipe.rates.slice(0, 1)) {
    const task = taskOf(run, `rate-${rate}`, rest, rate, recipe.epochs);
    const learnt = await learn({ ...task, validation: set, patience: recipe.patience }, learning);
    if (best === null || (learnt.validationLoss ?? 0) < (best.learnt.validationLoss ?? 0)) best = { learnt, rate };
    if (learning.deadline.aborted) break;
  }
  if (best === null) throw new RangeError('a recipe names at least one learning rate');

  const old = champion?.metadata.temperature ?? 1;
  const temperature =
    validation.count < ENOUGH_TO_CALIBRATE
      ? old
      : fitTemperature({
          logits: await logitsOf(learning.engine, best.learnt.network, validation, learning.threads),
          targets: asValidation(validation, start.outputs).targets,
          outputs: start.outputs,
        });
  if (!searching || learning.deadline.aborted) return { ...best, temperature };
  const all = await learn(taskOf(run, 'all', train, best.rate, Math.max(1, best.learnt.bestEpoch)), learning);
  return { learnt: all, rate: best.rate, temperature };
}

/**
 * Evidence where test glyphs are few: each unseen training glyph judged by a model that was trained on all but its part.
 * What chose the learning rate is not asked again. Null when the recipe wants none, or the deadline came.
 */
async function crossFit(
  run: Run,
  train: Glyphs,
  held: readonly number[],
  rate: number,
  epochs: number,
  champion: Artifact | null,
): Promise<{ readonly glyphs: Glyphs; readonly readings: Readings } | null> {
  const { recipe, learning, job, start } = run;
  if (recipe.folds === 0 || learning.deadline.aborted) return null;
  const chose = new Set(held);
  const parts = partsOf(train, recipe.folds, job.seed + 1);
  const judged: number[] = [];
  const outputs: number[] = [];
  const confidence: number[] = [];
  for (const [number, part] of parts.entries()) {
    const asked = part.filter((i) => !chose.has(i) && (train.ids[i] ?? 0) > job.seenThrough && isFirst(train, i));
    if (asked.length === 0) continue;
    const without = new Set(part);
    const rest = pick(
      train,
      Array.from({ length: train.count }, (_, i) => i).filter((i) => !without.has(i)),
    );
    try {
      const { network } = await learn(taskOf(run, `part-${number}`, rest, rate, epochs), learning);
      const logits = await logitsOf(learning.engine, network, pick(train, asked), learning.threads);
      const readings = readingsOf(
        logits,
        start.outputs,
        understandingOf(job, champion, champion?.metadata.temperature ?? 1),
      );
      judged.push(...asked);
      outputs.push(...readings.outputs);
      confidence.push(...readings.confidence);
    } catch (thrown) {
      if (learning.signal.aborted || !learning.deadline.aborted) throw thrown;
    }
    // Half of the parts would still be evidence, but a fit cut short by the deadline is not what answers later.
    if (learning.deadline.aborted) return null;
  }
  return {
    glyphs: pick(train, judged),
    readings: { outputs: Int32Array.from(outputs), confidence: Float32Array.from(confidence) },
  };
}

/** Evidence counts one photo once. */
const isFirst = (glyphs: Glyphs, i: number): boolean => glyphs.groups[i] === glyphs.ids[i];

/** How the challenger's answers are understood: the last output is "not a character", always. */
function understandingOf(job: JobSpec, champion: Artifact | null, temperature: number): Understanding {
  return { temperature, rejectAbove: champion?.metadata.rejectAbove ?? REJECT_ABOVE, reject: job.labels.length };
}

interface Judges {
  champion(glyphs: Glyphs): Promise<Readings>;
  both(glyphs: Glyphs): Promise<{ readonly champion: Readings; readonly challenger: Readings }>;
}

function makeJudges(of: {
  readonly engine: Engine;
  readonly job: JobSpec;
  readonly champion: Artifact | null;
  readonly challenger: Network;
  readonly temperature: number;
}): Judges {
  const { engine, job, champion, challenger, temperature } = of;
  const places = new Map<number | null, number>(job.labels.map(({ id }, index) => [id, index]));
  places.set(null, job.labels.length);
  const judgeChampion = async (glyphs: Glyphs): Promise<Readings> => {
    if (champion === null)
      return { outputs: new Int32Array(glyphs.count).fill(-1), confidence: new Float32Array(glyphs.count) };
    const { metadata, network } = champion;
    const logits = await logitsOf(engine, network, glyphs, job.threads);
    return readingsOf(logits, network.outputs, {
      temperature: metadata.temperature,
      rejectAbove: metadata.rejectAbove,
      reject: metadata.outputs.indexOf(null),
      to: (output) => {
        const named = metadata.outputs[output];
        return places.get(named === undefined || named === null ? null : named.id) ?? -1;
      },
    });
  };
  return {
    champion: judgeChampion,
    both: async (glyphs) => ({
      champion: await judgeChampion(glyphs),
      challenger: readingsOf(
        await logitsOf(engine, challenger, glyphs, job.threads),
        challenger.outputs,
        understandingOf(job, champion, temperature),
      ),
    }),
  };
}

function baseFigures(
  job: JobSpec,
  base: Glyphs,
  both: { readonly champion: Readings; readonly challenger: Readings },
): Evaluation['base'] {
  const figures = Array.from({ length: job.labels.length + 1 }, (_, output) => ({
    label: job.labels[output]?.id ?? null,
    tested: 0,
    championRight: 0,
    challengerRight: 0,
  }));
  base.outputs.forEach((truth, i) => {
    const figure = figures[truth];
    if (figure === undefined) return;
    figure.tested++;
    if (both.champion.outputs[i] === truth) figure.championRight++;
    if (both.challenger.outputs[i] === truth) figure.challengerRight++;
  });
  return figures.filter((figure) => figure.tested > 0);
}

function artifactOf(
  job: JobSpec,
  champion: Artifact | null,
  network: Network,
  temperature: number,
  judged: Evaluation,
): Artifact {
  const people = judged.peopleScores?.challenger;
  const base = judged.baseScores?.challenger;
  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: job.alphabet,
    outputs: [...job.labels.map(({ id, text }) => ({ id, text })), null],
    glyphSize: GLYPH_SIZE,
    architecture: network.architecture,
    temperature,
    askBelow: champion?.metadata.askBelow ?? ASK_BELOW,
    rejectAbove: champion?.metadata.rejectAbove ?? REJECT_ABOVE,
    lineage: {
      parent: job.parent,
      snapshot: job.snapshotId,
      seed: job.seed,
      engine: job.engine,
      threads: job.threads,
      codeVersion: job.codeVersion,
    },
    metrics: {
      ...(people === undefined ? {} : { peopleAccuracy: people.accuracy, peopleEce: people.ece }),
      ...(base === undefined ? {} : { baseAccuracy: base.accuracy, baseEce: base.ece }),
    },
  };
  return { metadata, network };
}

interface Reporter {
  stage(stage: TrainingStage): void;
  /** How many fits there will be. */
  expect(fits: number): void;
  fit(progress: {
    readonly epoch: number;
    readonly epochs: number;
    readonly step: number;
    readonly steps: number;
    readonly loss: number;
    readonly secondsLeft: number;
  }): void;
}

/** Turns the progress of single fits into that of the run, told now and then. */
function makeReporter(tools: PerformTools, checkpoint: () => string | null): Reporter {
  let stage: TrainingStage = 'preparing';
  let fits = 1;
  let fitsDone = 0;
  let toldAt = -Infinity;
  let fitStartedAt = 0;
  let last: { epoch: number; epochs: number; loss: number | null; secondsLeft: number | null } = {
    epoch: 0,
    epochs: 0,
    loss: null,
    secondsLeft: null,
  };
  const tell = (): void => {
    toldAt = tools.now();
    tools.onProgress({ stage, ...last, checkpoint: checkpoint() });
  };
  return {
    stage(next) {
      stage = next;
      tell();
    },
    expect(many) {
      fits = many;
    },
    fit({ epoch, epochs, step, steps, loss, secondsLeft }) {
      if (epoch === 1 && step === 1) fitStartedAt = tools.now();
      const whole = (tools.now() - fitStartedAt) / 1000 + secondsLeft;
      const left = secondsLeft + Math.max(0, fits - fitsDone - 1) * whole;
      const ended = step === steps;
      last = { epoch: ended ? epoch : epoch - 1, epochs, loss, secondsLeft: Math.max(0, left) };
      if (ended && epoch === epochs) fitsDone++;
      if (ended || tools.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}
