// What a network's logits say in the labels of a job, and when that is right.
import { makeSameShape } from '../alphabet/alphabet.ts';
import type { Artifact } from '../model/artifact.ts';
import type { Network } from '../model/engine.ts';
import { probabilitiesOf, scaleOf } from '../model/probabilities.ts';
import type { JobSpec } from '../records/job.ts';
import type { Glyphs } from './glyphs.ts';
import type { NetworkReader } from './reader.ts';

export interface Readings {
  /** Output of the job's that each glyph was read as, the last is "not a character"; −1 for a label that the job lacks. */
  readonly outputs: Int32Array;
  readonly confidence: Float32Array;
}

/** What the product would answer: the most probable label, unless it is more probably not a character. */
export async function readingsBy(
  reader: NetworkReader,
  job: JobSpec,
  { network, metadata }: Artifact,
  glyphs: Glyphs,
): Promise<Readings> {
  const { outputs } = network;
  const logits = await reader.logits(network, glyphs);
  const scale = scaleOf(metadata, metadata.outputs);
  const reject = metadata.outputs.indexOf(null);
  // A model may know other labels than the job's, in another order.
  const places = new Map<number | null, number>(job.labels.map(({ id }, index) => [id, index]));
  places.set(null, job.labels.length);
  for (const { id, into } of job.merged ?? []) places.set(id, places.get(into) ?? -1);
  const read = new Int32Array(glyphs.count);
  const confidence = new Float32Array(glyphs.count);
  for (let i = 0; i < glyphs.count; i++) {
    const probabilities = probabilitiesOf(logits.subarray(i * outputs, (i + 1) * outputs), scale);
    let best = reject === 0 ? 1 : 0;
    probabilities.forEach((probability, k) => {
      if (k !== reject && probability > (probabilities[best] ?? 0)) best = k;
    });
    if (reject >= 0 && (probabilities[reject] ?? 0) > metadata.rejectAbove) best = reject;
    read[i] = places.get(metadata.outputs[best]?.id ?? null) ?? -1;
    confidence[i] = probabilities[best] ?? 0;
  }
  return { outputs: read, confidence };
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

/** Share of glyphs whose most probable output, be it "not a character", is right. The network has the job's outputs. */
export async function networkAccuracy(
  reader: NetworkReader,
  job: JobSpec,
  network: Network,
  glyphs: Glyphs,
): Promise<number> {
  const logits = await reader.logits(network, glyphs);
  const right = rightOutput(job);
  const rights = glyphs.outputs.filter((truth, i) => {
    const row = logits.subarray(i * network.outputs, (i + 1) * network.outputs);
    return right(row.indexOf(Math.max(...row)), truth);
  });
  return rights.length / glyphs.count;
}
