// Evidence where test glyphs are few: each unseen training glyph judged by a model that was trained on all but its part.
// What chose the learning rate is not asked again, and the blend was chosen without people's glyphs.
import type { ArtifactMetadata } from '../model/artifact.ts';
import { drawnBack, taskOf, without, type Challenger } from './challenger.ts';
import { type RunContext } from './run-context.ts';
import { pick, type Glyphs } from './corpus.ts';
import { foldsOf } from './folds.ts';
import { readingsBy, type Readings } from './judge.ts';
import { learn } from './learn.ts';

/** Null when the recipe wants none, or the deadline came: a fit cut short is not what answers later. */
export async function crossFit(
  run: RunContext,
  train: Glyphs,
  held: readonly number[],
  challenger: Challenger,
  metadata: ArtifactMetadata,
): Promise<{ readonly glyphs: Glyphs; readonly readings: Readings } | null> {
  const { recipe, learning, job } = run;
  if (recipe.folds === 0 || learning.deadline.aborted) return null;
  const chose = new Set(held);
  const judged: number[] = [];
  const outputs: number[] = [];
  const confidence: number[] = [];
  for (const [number, part] of foldsOf(train, recipe.folds, job.seed + 1).entries()) {
    const asked = part.filter(
      // One photo counts once, and only what no ancestor of the champion was trained on.
      (i) => !chose.has(i) && (train.ids[i] ?? 0) > job.seenThrough && train.groups[i] === train.ids[i],
    );
    if (asked.length === 0) continue;
    const task = taskOf(
      run,
      `part-${number}`,
      without(train, part),
      challenger.rate,
      Math.max(1, challenger.learnt.epochs),
    );
    try {
      const { network } = await learn(task, learning);
      const model = { network: drawnBack(run, network, challenger.blend), metadata };
      const readings = await readingsBy(run.reader, job, model, pick(train, asked));
      judged.push(...asked);
      outputs.push(...readings.outputs);
      confidence.push(...readings.confidence);
    } catch (thrown) {
      if (learning.signal.aborted || !learning.deadline.aborted) throw thrown;
    }
    if (learning.deadline.aborted) return null;
  }
  return {
    glyphs: pick(train, judged),
    readings: { outputs: Int32Array.from(outputs), confidence: Float32Array.from(confidence) },
  };
}
