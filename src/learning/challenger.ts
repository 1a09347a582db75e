// How a challenger comes about: from the champion's weights, and then only so far that nothing known is forgotten.
import type { Architecture } from '../model/architectures/architecture.ts';
import type { Artifact } from '../model/artifact.ts';
import type { Network, Weights } from '../model/engine.ts';
import { planOf } from '../model/plan.ts';
import { withOutputs } from '../model/weights.ts';
import { asValidation, pick, type Glyphs } from './glyphs.ts';
import { trainingGlyphs } from './training-set.ts';
import type { JobSpec } from '../records/job.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { networkAccuracy } from './judge.ts';
import type { Learnt, LearningTask } from './learn.ts';
import type { RunContext } from './run-context.ts';

export interface Challenger {
  readonly network: Network;
  readonly learnt: Learnt;
  readonly blend: number;
  readonly calibration: Calibration;
}

/** Share of the memory set that a challenger may lose: less than the gate allows on its own. */
const MAY_FORGET = 0.0025;

/**
 * The champion's network with an output for every label of the job and one for "not a character"; where there is none yet,
 * a fresh one, behind the layers of another alphabet's model.
 */
export function startOf(
  job: JobSpec,
  champion: Artifact | null,
  pretrained: Artifact | null,
  fresh: Architecture,
): LearningTask['start'] {
  const outputs = job.labels.length + 1;
  if (champion === null) {
    if (pretrained === null) return { architecture: fresh, outputs };
    const { architecture, weights } = pretrained.network;
    const none = Array.from({ length: outputs }, () => null);
    return { architecture, outputs, weights: withOutputs(planOf(architecture, outputs), weights, none, job.seed) };
  }
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

/** One fit of the run on these glyphs and replay. */
export function taskOf(run: RunContext, name: string, glyphs: Glyphs, epochs: number): LearningTask {
  const { recipe, start, known, job } = run;
  const mixed = trainingGlyphs(glyphs, known.replay, recipe.repeats);
  return { name, start, glyphs: mixed, recipe, epochs, seed: job.seed };
}

/** Learns from all but the `held` glyphs, which choose the epoch and calibrate. */
export async function learnChallenger(run: RunContext, train: Glyphs, held: readonly number[]): Promise<Challenger> {
  const { recipe, start, learning } = run;
  const validation = pick(train, held);
  const set = validation.count === 0 ? undefined : asValidation(validation, start.outputs);
  const task = taskOf(run, 'all', without(train, held), recipe.epochs);
  const learnt = await learning.learn({ ...task, validation: set, patience: recipe.patience });
  const chosen = await blended(run, learnt.network);
  return { learnt, ...chosen, calibration: await calibrate(run, chosen.network, validation) };
}

/** The glyphs but those at these places. */
export function without(glyphs: Glyphs, places: readonly number[]): Glyphs {
  const left = new Set(places);
  return pick(
    glyphs,
    Array.from({ length: glyphs.count }, (_, i) => i).filter((i) => !left.has(i)),
  );
}

/**
 * The learnt network, drawn back towards the champion until it remembers what the champion knew (the weights between the
 * two are networks as good as either: Wortsman et al., 2022).
 */
async function blended(
  run: RunContext,
  learnt: Network,
): Promise<{ readonly network: Network; readonly blend: number }> {
  const { start, known, reader, recipe, job } = run;
  const { weights } = start;
  if (weights === undefined || known.memory.count === 0) return { network: learnt, blend: 1 };
  const remembers = (network: Network): Promise<number> => networkAccuracy(reader, job, network, known.memory);
  const needed = (await remembers({ ...start, weights })) - MAY_FORGET;
  for (const blend of recipe.blends) {
    const network = drawnBack(run, learnt, blend);
    if (blend === recipe.blends.at(-1) || (await remembers(network)) >= needed) return { network, blend };
  }
  return { network: learnt, blend: 1 };
}

/**
 * The network a share of the way from the champion to what was learnt. Outputs for labels that the champion lacks are as
 * they were learnt: there is nothing to go back to.
 */
export function drawnBack({ start, job, champion }: RunContext, learnt: Network, share: number): Network {
  const from = start.weights;
  if (share === 1 || from === undefined) return learnt;
  const known = new Set(champion?.metadata.outputs.map((output) => output?.id ?? null));
  const fresh = [...job.labels.map(({ id }) => id), null].map((id) => !known.has(id));
  const weights: Weights = new Map(
    [...learnt.weights].map(([name, { shape, data }]) => {
      const old = from.get(name)?.data ?? data;
      const width = name.startsWith('head.') ? data.length / fresh.length : null;
      const isFresh = (i: number): boolean => width !== null && fresh[Math.floor(i / width)] === true;
      const mixed = data.map((value, i) => (isFresh(i) ? value : (old[i] ?? 0) + share * (value - (old[i] ?? 0))));
      return [name, { shape, data: mixed }];
    }),
  );
  return { ...learnt, weights };
}
