// Evidence where test glyphs are few: each unseen training glyph judged by a model that was trained on all but its part.
// What chose the epoch is not asked again, and the blend was chosen without people's glyphs. A label's only sample is no evidence.
import type { ArtifactMetadata } from '../model/artifact.ts';
import { fitTemperature } from '../model/calibration.ts';
import type { Network } from '../model/engine.ts';
import { drawnBack, taskOf, without, type Challenger } from './challenger.ts';
import type { RunContext } from './run-context.ts';
import { asValidation, pick, type Glyphs } from './glyphs.ts';
import { foldsOf } from './folds.ts';
import { readingsBy, type Readings } from './judge.ts';
import type { LearningTask, Learnt } from './learn.ts';

interface CrossFit {
  readonly glyphs: Glyphs;
  readonly readings: Readings;
  /** What fits the parts' logits best, where the recipe wants that; each was told by a network that had not seen it. */
  readonly temperature: number | null;
}

/** What is learnt without one part of the glyphs. */
export interface Part {
  readonly task: LearningTask;
  /** Places of the part's glyphs that are evidence, and of those that the network is asked about. */
  readonly asked: readonly number[];
  readonly read: readonly number[];
}

/** The parts of the run, without those that would tell nothing; so many epochs each. */
export function partsOf(run: RunContext, train: Glyphs, held: readonly number[], epochs: number): readonly Part[] {
  const { recipe, job } = run;
  const chose = new Set(held);
  return foldsOf(train, recipe.folds, job.seed + 1).flatMap((part, number) => {
    const told = taughtElsewhere(train, part);
    const asked = told.filter(
      // One photo counts once, and only what no ancestor of the champion was trained on.
      (i) => !chose.has(i) && (train.ids[i] ?? 0) > job.seenThrough && train.groups[i] === train.ids[i],
    );
    const read = recipe.calibratedByParts ? told : asked;
    if (read.length === 0) return [];
    return { task: taskOf(run, `part-${number}`, without(train, part), Math.max(1, epochs)), asked, read };
  });
}

/**
 * What the parts' networks make of what they have not seen, drawn back as far as the challenger was. Null when the recipe wants no parts,
 * or the deadline came: a fit cut short is not what answers later.
 */
export async function crossFit(
  run: RunContext,
  train: Glyphs,
  learnt: readonly { readonly part: Part; readonly learnt: Promise<Learnt> }[],
  challenger: Challenger,
  metadata: ArtifactMetadata,
): Promise<CrossFit | null> {
  const { recipe, learning, job, reader } = run;
  if (recipe.folds === 0 || learning.deadline.aborted) return null;
  const fits: { readonly network: Network; readonly part: Part }[] = [];
  try {
    for (const each of learnt) fits.push({ network: (await each.learnt).network, part: each.part });
  } catch (thrown) {
    if (learning.signal.aborted || !learning.deadline.aborted) throw thrown;
  }
  if (learning.deadline.aborted) return null;
  const temperature = recipe.calibratedByParts ? await temperatureOf(run, train, fits) : null;
  const answering = temperature === null ? metadata : { ...metadata, temperature };
  const judged = await Promise.all(
    fits.map(async ({ network, part: { asked } }) => {
      const drawn = { network: drawnBack(run, network, challenger.blend), metadata: answering };
      return { asked, readings: await readingsBy(reader, job, drawn, pick(train, asked)) };
    }),
  );
  return {
    glyphs: pick(
      train,
      judged.flatMap(({ asked }) => asked),
    ),
    readings: {
      outputs: Int32Array.from(judged.flatMap(({ readings }) => [...readings.outputs])),
      confidence: Float32Array.from(judged.flatMap(({ readings }) => [...readings.confidence])),
    },
    temperature,
  };
}

/**
 * Those of the part whose label somebody's glyph outside of it has. Of a label's only sample nobody can say how the challenger, which learnt
 * it, reads the next: a network that never saw one of them reads it worse.
 */
function taughtElsewhere({ outputs }: Glyphs, part: readonly number[]): readonly number[] {
  const inPart = new Set(part);
  const elsewhere = new Set(outputs.filter((_, i) => !inPart.has(i)));
  return part.filter((i) => elsewhere.has(outputs[i] ?? 0));
}

/** Null where no part tells anything. */
async function temperatureOf(
  { reader, start: { outputs } }: RunContext,
  train: Glyphs,
  fits: readonly { readonly network: Network; readonly part: Part }[],
): Promise<number | null> {
  if (fits.length === 0) return null;
  const logits: number[] = [];
  const targets: number[] = [];
  for (const { network, part } of fits) {
    const glyphs = pick(train, part.read);
    for (const each of await reader.logits(network, glyphs)) logits.push(each);
    for (const each of asValidation(glyphs, network.outputs).targets) targets.push(each);
  }
  return fitTemperature({ logits: Float32Array.from(logits), targets: Float32Array.from(targets), outputs });
}
