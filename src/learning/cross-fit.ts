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
import { learn } from './learn.ts';

interface CrossFit {
  readonly glyphs: Glyphs;
  readonly readings: Readings;
  /** What fits the parts' logits best, where the recipe wants that; each was told by a network that had not seen it. */
  readonly temperature: number | null;
}

/** Null when the recipe wants none, or the deadline came: a fit cut short is not what answers later. */
export async function crossFit(
  run: RunContext,
  train: Glyphs,
  held: readonly number[],
  challenger: Challenger,
  metadata: ArtifactMetadata,
): Promise<CrossFit | null> {
  const { recipe, learning, job } = run;
  if (recipe.folds === 0 || learning.deadline.aborted) return null;
  const chose = new Set(held);
  const learnt: { readonly network: Network; readonly asked: readonly number[] }[] = [];
  const heldOut: { readonly logits: Float32Array; readonly targets: Float32Array }[] = [];
  for (const [number, part] of foldsOf(train, recipe.folds, job.seed + 1).entries()) {
    const told = taughtElsewhere(train, part);
    const asked = told.filter(
      // One photo counts once, and only what no ancestor of the champion was trained on.
      (i) => !chose.has(i) && (train.ids[i] ?? 0) > job.seenThrough && train.groups[i] === train.ids[i],
    );
    const read = recipe.calibratedByParts ? told : asked;
    if (read.length === 0) continue;
    const task = taskOf(run, `part-${number}`, without(train, part), Math.max(1, challenger.learnt.epochs));
    try {
      const { network } = await learn(task, learning);
      learnt.push({ network: drawnBack(run, network, challenger.blend), asked });
      if (recipe.calibratedByParts) heldOut.push(await heldOutOf(run, network, pick(train, read)));
    } catch (thrown) {
      if (learning.signal.aborted || !learning.deadline.aborted) throw thrown;
    }
    if (learning.deadline.aborted) return null;
  }
  const temperature = heldOut.length === 0 ? null : temperatureOf(heldOut, run.start.outputs);
  const answering = temperature === null ? metadata : { ...metadata, temperature };
  const judged: number[] = [];
  const outputs: number[] = [];
  const confidence: number[] = [];
  for (const { network, asked } of learnt) {
    const readings = await readingsBy(run.reader, job, { network, metadata: answering }, pick(train, asked));
    judged.push(...asked);
    outputs.push(...readings.outputs);
    confidence.push(...readings.confidence);
  }
  return {
    glyphs: pick(train, judged),
    readings: { outputs: Int32Array.from(outputs), confidence: Float32Array.from(confidence) },
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

async function heldOutOf({ reader }: RunContext, network: Network, glyphs: Glyphs) {
  return { logits: await reader.logits(network, glyphs), targets: asValidation(glyphs, network.outputs).targets };
}

function temperatureOf(
  parts: readonly { readonly logits: Float32Array; readonly targets: Float32Array }[],
  outputs: number,
): number {
  const joined = (of: 'logits' | 'targets'): Float32Array => Float32Array.from(parts.flatMap((part) => [...part[of]]));
  return fitTemperature({ logits: joined('logits'), targets: joined('targets'), outputs });
}
