// How networks read glyphs: the outputs they choose, how sure they are, and the figures that follow.
import { makeSameShape } from '../alphabet/alphabet.ts';
import type { Engine, Network } from '../model/engine.ts';
import { accuracy, expectedCalibrationError, macroF1, type Answer } from '../model/metrics.ts';
import { probabilitiesOf, type Scale } from '../model/probabilities.ts';
import { inksOf, type Glyphs } from './corpus.ts';
import type { JobSpec } from '../records/job.ts';

export interface Readings {
  /** Output that each glyph was read as; −1 for one that the other network does not have. */
  readonly outputs: Int32Array;
  readonly confidence: Float32Array;
}

export interface Scores {
  readonly accuracy: number;
  readonly macroF1: number;
  readonly ece: number;
}

/** Logits of all glyphs, [count, outputs]; in portions, so that memory stays bounded. */
export async function logitsOf(
  engine: Engine,
  network: Network,
  glyphs: Glyphs,
  threads: number,
): Promise<Float32Array> {
  const inference = await engine.load(network, { threads });
  try {
    const area = network.architecture.inputSize ** 2;
    const logits = new Float32Array(glyphs.count * network.outputs);
    const portion = 512;
    for (let from = 0; from < glyphs.count; from += portion) {
      const until = Math.min(glyphs.count, from + portion);
      const inks = inksOf(glyphs.pixels.subarray(from * area, until * area));
      logits.set(await inference.logits(inks), from * network.outputs);
    }
    return logits;
  } finally {
    await inference.close();
  }
}

/** How logits are understood; an artifact's metadata has it, too. */
export interface Understanding extends Scale {
  /** Above this probability of "not a character" that is the answer. */
  readonly rejectAbove: number;
  /** The output that stands for it; −1 when the network has none. */
  readonly reject: number;
  /** Translates the network's outputs into those the glyphs are labelled with. */
  readonly to?: (output: number) => number;
}

/** What the product would answer: the most probable label, unless it is more probably no character at all. */
export function readingsOf(logits: Float32Array, outputs: number, how: Understanding): Readings {
  const count = logits.length / outputs;
  const read = new Int32Array(count);
  const confidence = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const probabilities = probabilitiesOf(logits.subarray(i * outputs, (i + 1) * outputs), how);
    let best = how.reject === 0 ? 1 : 0;
    probabilities.forEach((probability, k) => {
      if (k !== how.reject && probability > (probabilities[best] ?? 0)) best = k;
    });
    if (how.reject >= 0 && (probabilities[how.reject] ?? 0) > how.rejectAbove) best = how.reject;
    read[i] = how.to?.(best) ?? best;
    confidence[i] = probabilities[best] ?? 0;
  }
  return { outputs: read, confidence };
}

export function scoresOf(glyphs: Glyphs, readings: Readings): Scores {
  const answers: Answer[] = Array.from(glyphs.outputs, (truth, i) => ({
    truth,
    read: readings.outputs[i] ?? -1,
    confidence: readings.confidence[i] ?? 0,
  }));
  return { accuracy: accuracy(answers), macroF1: macroF1(answers), ece: expectedCalibrationError(answers) };
}

/** Whether an output of the job's is right for a truth: it, or one of its twins; −1 never is. */
export function rightOutput({
  labels,
  confusable,
}: Pick<JobSpec, 'labels' | 'confusable'>): (read: number | undefined, truth: number) => boolean {
  const same = makeSameShape(confusable);
  const labelOf = (output: number): number | null => labels[output]?.id ?? null;
  return (read = -1, truth) => read !== -1 && same(labelOf(read), labelOf(truth));
}

/** Share of glyphs whose most probable output is right, as `right` sees it. */
export async function accuracyOf(
  engine: Engine,
  network: Network,
  glyphs: Glyphs,
  threads: number,
  right: ReturnType<typeof rightOutput>,
): Promise<number> {
  const logits = await logitsOf(engine, network, glyphs, threads);
  const { outputs } = readingsOf(logits, network.outputs, { temperature: 1, rejectAbove: 1, reject: -1 });
  return glyphs.outputs.filter((truth, i) => right(outputs[i], truth)).length / glyphs.count;
}
