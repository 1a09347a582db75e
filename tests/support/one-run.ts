// One run from blobs to blobs with no app around it: samples frozen into a job of the tiny alphabet, performed, judged.
import type { Blobs } from '../../src/blobs/blobs.ts';
import { freezeSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { corpusRecipe } from '../../src/learning/people-glyphs.ts';
import { decidePromotion } from '../../src/runs/gate.ts';
import { evaluation, type Evaluation, type JobSpec, type Progress } from '../../src/records/job.ts';
import { perform, type PerformTools } from '../../src/learning/perform.ts';
import { tinyAlphabet, tinyBankBytes, tinyModel } from './tiny.ts';

export const tinyLabels = tinyAlphabet.labels.map(({ id, text }) => ({ id, text }));

/** A job on these samples, from the tiny model and its bank where `changes` name no others. */
export async function jobOf(
  blobs: Blobs,
  samples: readonly FrozenSample[],
  changes: Partial<JobSpec> = {},
): Promise<JobSpec> {
  const { bank = await blobs.put(tinyBankBytes()), champion = await blobs.put(await tinyModel()) } = changes;
  const writer = freezeSnapshot({ alphabet: 'tiny', recipe: corpusRecipe(bank) }, samples);
  const snapshot = await blobs.putStream(writer.bytes);
  return {
    run: 'test-1',
    alphabet: 'tiny',
    labels: tinyLabels,
    confusable: [],
    snapshot,
    snapshotId: (await writer.summary).id,
    champion,
    parent: champion === null ? null : 'tiny-1',
    bank,
    seenThrough: 0,
    seed: 7,
    threads: 1,
    engine: 'onnx',
    deadlineSeconds: 300,
    checkpoint: null,
    ...changes,
  };
}

export interface Performed {
  readonly artifact: string;
  readonly judged: Evaluation;
  readonly progress: readonly Progress[];
}

export async function performed(blobs: Blobs, job: JobSpec, tools: Partial<PerformTools>): Promise<Performed> {
  const progress: Progress[] = [];
  const result = await perform(job, {
    blobs,
    onProgress: (each) => progress.push(each),
    signal: new AbortController().signal,
    now: () => performance.now(),
    ...tools,
  });
  const judged = evaluation.parse(JSON.parse(Buffer.from(await blobs.get(result.evaluation)).toString('utf8')));
  return { artifact: result.artifact, judged, progress };
}

/** What the gate says, where nobody was looked at before. */
export const decisionOf = (judged: Evaluation) =>
  decidePromotion({
    people: judged.people.map(({ label, champion, challenger }) => ({
      label,
      champion: champion === label,
      challenger: challenger === label,
      uses: 0,
      contributor: 1,
      trusted: false,
    })),
    base: judged.base,
  });
