// One run from blobs to blobs with the real engine, on the tiny alphabet: people whose O is a square teach a model that
// has only seen circles.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { makeRandom } from '../../src/random.ts';
import type { FrozenSample } from '../../src/dataset/snapshot.ts';
import { OperationalError } from '../../src/errors.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { readPeople } from '../../src/learning/people-glyphs.ts';
import { plainSight } from '../../src/model/sight.ts';
import type { JobSpec } from '../../src/records/job.ts';
import type { PerformTools } from '../../src/learning/perform.ts';
import type { Recipe } from '../../src/learning/recipe.ts';
import { codeVersion } from '../../src/version.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting, tinyAlphabet } from '../support/tiny.ts';
import {
  decisionOf,
  jobOf as anyJob,
  performed as anyPerformed,
  tinyLabels,
  type Performed,
} from '../support/one-run.ts';

let blobs: Blobs;
beforeEach(() => {
  blobs = makeFolderBlobs(scratchFolder());
});

/** Samples of a hand, label by label in turn; every `testEvery`th of a label is test. */
function samplesOf(count: number, testEvery: number): FrozenSample[] {
  const write = handwriting({ squares: true });
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    labelId: i % 4,
    glyph: write(i % 4, makeRandom(99, i)),
    split: testEvery > 0 && Math.floor(i / 4) % testEvery === 0 ? ('test' as const) : ('train' as const),
    contributor: 'somebody',
    duplicateOf: null,
  }));
}

const jobOf = (samples: readonly FrozenSample[], changes?: Partial<JobSpec>): Promise<JobSpec> =>
  anyJob(blobs, samples, changes);
const performed = (job: JobSpec, tools: Partial<PerformTools> = {}): Promise<Performed> =>
  anyPerformed(blobs, job, { adjust: quick, ...tools });

/** The usual recipe in small: fewer epochs, parts and known glyphs. */
const quick = (recipe: Recipe): Recipe => ({
  ...recipe,
  epochs: Math.min(recipe.epochs, 5),
  folds: Math.min(recipe.folds, 3),
  replayPerLabel: 120,
  memoryGlyphs: 800,
  baseGlyphs: 250,
});

async function blobsThere(): Promise<readonly string[]> {
  const hashes: string[] = [];
  for await (const { hash } of blobs.list()) hashes.push(hash);
  return hashes.sort();
}

describe('perform', { timeout: 180_000 }, () => {
  it('learns a new hand, forgets nothing, and the gate sees it', async () => {
    const { artifact, judged, progress } = await performed(await jobOf(samplesOf(400, 5)));
    expect(judged.people.filter((each) => each.source === 'test')).toHaveLength(80);
    expect(judged.peopleScores?.champion.accuracy).toBeLessThan(0.85);
    expect(judged.peopleScores?.challenger.accuracy).toBeGreaterThan(0.95);
    const { champion, challenger } = judged.baseScores ?? {};
    expect(challenger?.accuracy).toBeGreaterThan((champion?.accuracy ?? 1) - 0.005);
    expect(decisionOf(judged)).toMatchObject({ outcome: 'promote' });

    const { metadata } = decodeArtifact(await blobs.get(artifact), tinyAlphabet);
    expect(metadata.lineage).toMatchObject({ parent: 'tiny-1', seed: 7, engine: 'onnx', codeVersion: codeVersion() });
    expect([...new Set(progress.map((each) => each.stage))]).toEqual([
      'preparing',
      'training',
      'cross-fitting',
      'evaluating',
      'storing',
    ]);
    expect(progress.filter((each) => each.loss !== null).length).toBeGreaterThan(0);
  });

  it('with few samples each is judged by a model that has not seen it, and that is evidence', async () => {
    const { judged } = await performed(await jobOf(samplesOf(56, 0)));
    expect(judged.people).toHaveLength(56);
    expect(judged.people.every((each) => each.source === 'cross-fit')).toBe(true);
    expect(decisionOf(judged)).toMatchObject({ outcome: 'promote' });
  });

  it('a label’s only sample is no evidence: who never saw one reads it worse than the challenger will', async () => {
    const samples = samplesOf(40, 0);
    const [lone, ...others] = samples;
    const rest = others.filter(({ labelId }) => labelId !== lone?.labelId);
    const { judged } = await performed(await jobOf(samples.filter((each) => each === lone || rest.includes(each))));
    expect(judged.people).toHaveLength(rest.length);
    expect(judged.people.some(({ sample }) => sample === lone?.id)).toBe(false);
  });

  it('what the champion has seen is no evidence', async () => {
    const { judged } = await performed(await jobOf(samplesOf(40, 0), { seenThrough: 28 }));
    expect(judged.people.map((each) => each.sample).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => 29 + i),
    );
  });

  it('the same job gives the same weights, bit for bit', async () => {
    const job = await jobOf(samplesOf(40, 5));
    expect((await performed(job)).artifact).toBe((await performed(job)).artifact);
  });

  it('killed in the middle and taken up from its checkpoint, it comes to the same weights', async () => {
    const job = await jobOf(samplesOf(120, 5));
    const whole = await performed(job);
    let checkpoint: string | null = null;
    const broken = performed(job, {
      checkpointEveryMs: 0,
      onProgress: (progress) => {
        checkpoint = progress.checkpoint ?? checkpoint;
        if (progress.stage === 'cross-fitting') throw new OperationalError('the disk is full');
      },
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(checkpoint).not.toBeNull();
    const epochs: number[] = [];
    const resumed = await performed(
      { ...job, checkpoint },
      { onProgress: ({ stage, epoch }) => stage === 'training' && epochs.push(epoch) },
    );
    expect(resumed.artifact).toBe(whole.artifact);
    // Nothing of what was trained before was trained again.
    expect(Math.max(0, ...epochs)).toBe(0);
  });

  it('leaves no checkpoint behind when it is done, and none when it is cancelled', async () => {
    const job = await jobOf(samplesOf(40, 5));
    const before = await blobsThere();
    const stop = new AbortController();
    const cancelled = performed(job, {
      signal: stop.signal,
      checkpointEveryMs: 0,
      onProgress: ({ stage, checkpoint }) => {
        if (stage === 'cross-fitting' && checkpoint !== null) stop.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(await blobsThere()).toEqual(before);
    await performed(job, { checkpointEveryMs: 0 });
    // The challenger and its evaluation.
    expect(await blobsThere()).toHaveLength(before.length + 2);
  });

  it('when the deadline comes, what was learnt by then goes to the gate', async () => {
    const job = await jobOf(samplesOf(40, 5), { deadlineSeconds: 4 });
    const { judged } = await performed(job, {
      adjust: (recipe) => ({ ...quick(recipe), epochs: 1_000_000, folds: 3 }),
    });
    expect(judged.training.stoppedBy).toBe('deadline');
    expect(judged.training.epochs).toBeGreaterThan(0);
    // A fit cut short is not what answers later: no evidence by cross-fitting.
    expect(judged.people.map(({ source }) => source)).toEqual(Array.from({ length: 8 }, () => 'test'));
  });

  it('a deadline before the first epoch is over is a sentence, and no reason to try the same again', async () => {
    const late = performed(await jobOf(samplesOf(40, 5), { deadlineSeconds: 0.001 }));
    await expect(late).rejects.toThrow(/time for training was over before one epoch/);
    await expect(late).rejects.not.toBeInstanceOf(OperationalError);
  });

  it('a storage that deletes nothing costs space and nothing else', async () => {
    const job = await jobOf(samplesOf(40, 5));
    const refuse = (): Promise<void> => Promise.reject(new OperationalError('these keys may not delete'));
    const { artifact } = await performed(job, { checkpointEveryMs: 0, blobs: { ...blobs, delete: refuse } });
    expect(artifact).toBe((await performed(job)).artifact);
  });

  it('a lost checkpoint costs time and nothing else', async () => {
    const job = await jobOf(samplesOf(40, 5));
    const { artifact } = await performed({ ...job, checkpoint: 'f'.repeat(64) });
    expect(artifact).toBe((await performed(job)).artifact);
  });

  it('learns what is no character from rejected glyphs', async () => {
    const write = handwriting({ squares: true });
    const samples = samplesOf(80, 5).map((each) =>
      each.labelId === 1 ? { ...each, labelId: null, glyph: write(1, makeRandom(5, each.id)) } : each,
    );
    const { judged } = await performed(await jobOf(samples), {
      adjust: (recipe) => ({ ...quick(recipe), memoryGlyphs: 800, blends: [1], folds: 0 }),
    });
    const rejected = judged.people.filter((each) => each.label === null);
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected.filter((each) => each.champion === null)).toEqual([]);
    expect(rejected.filter((each) => each.challenger === null).length).toBeGreaterThan(rejected.length / 2);
  });

  it('a photo is evidence once, and still is when the first of its copies was withdrawn', async () => {
    const samples = samplesOf(80, 4);
    const [first, second, third] = samples.filter(({ split }) => split === 'test').map(({ id }) => id);
    const copyOf = new Map([
      [second, first],
      // Withdrawn: not in the snapshot.
      [third, 1000],
    ]);
    const { test } = await readPeople(
      blobs,
      await jobOf(samples.map((each) => ({ ...each, duplicateOf: copyOf.get(each.id) ?? null }))),
      plainSight,
    );
    expect(test.ids).not.toContain(second);
    expect(test.ids).toContain(third);
    expect(test.count).toBe(19);
  });

  it('an alphabet without a model learns its first one', async () => {
    const { judged, artifact } = await performed(await jobOf(samplesOf(80, 4), { champion: null }), {
      adjust: (recipe) => ({ ...quick(recipe), epochs: 3, folds: 0 }),
    });
    expect(judged.people.every((each) => each.champion === -1)).toBe(true);
    expect(decodeArtifact(await blobs.get(artifact)).metadata.architecture.id).toBe('brisk');
  });

  it('a label the champion lacks gets an output of its own', async () => {
    const labels = [...tinyLabels, { id: 4, text: 'A' }];
    const { artifact } = await performed(await jobOf(samplesOf(40, 5), { labels }));
    expect(decodeArtifact(await blobs.get(artifact)).metadata.outputs).toHaveLength(6);
  });

  it('says what is missing', async () => {
    const job = await jobOf(samplesOf(40, 5));
    await expect(performed({ ...job, snapshot: 'a'.repeat(64) })).rejects.toThrow(/missing/);
  });
});
