// A run whose work is shared out to threads: the same model as of one, and the same manners when it is cancelled, fails or is killed.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import type { FrozenSample } from '../../src/dataset/snapshot.ts';
import { OperationalError } from '../../src/errors.ts';
import type { PerformTools } from '../../src/learning/perform.ts';
import type { Recipe } from '../../src/learning/recipe.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { makeRandom } from '../../src/random.ts';
import type { JobSpec } from '../../src/records/job.ts';
import { jobOf as anyJob, performed as anyPerformed, type Performed } from '../support/one-run.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';

let blobs: Blobs;
beforeEach(() => {
  blobs = makeFolderBlobs(scratchFolder());
});

function samplesOf(count: number): FrozenSample[] {
  const write = handwriting({ squares: true });
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    labelId: i % 4,
    glyph: write(i % 4, makeRandom(99, i)),
    split: i % 5 === 0 ? ('test' as const) : ('train' as const),
    contributor: 'somebody',
    duplicateOf: null,
  }));
}

const jobOf = (changes: Partial<JobSpec> = {}): Promise<JobSpec> =>
  anyJob(blobs, samplesOf(60), { threads: 2, ...changes });
const quick = (recipe: Recipe): Recipe => ({
  ...recipe,
  epochs: 3,
  folds: 3,
  replayPerLabel: 60,
  memoryGlyphs: 600,
  baseGlyphs: 100,
});
const performed = (job: JobSpec, tools: Partial<PerformTools> = {}): Promise<Performed> =>
  anyPerformed(blobs, job, { adjust: quick, ...tools });

const weightsOf = async ({ artifact }: Performed): Promise<readonly (readonly [string, Float32Array])[]> =>
  [...decodeArtifact(await blobs.get(artifact)).network.weights].map(([name, { data }]) => [name, data]);

async function blobsThere(): Promise<readonly string[]> {
  const hashes: string[] = [];
  for await (const { hash } of blobs.list()) hashes.push(hash);
  return hashes.sort();
}

describe('a crew', { timeout: 300_000 }, () => {
  it('comes to the same model and the same evidence however many threads it has', async () => {
    const [alone, together] = [await performed(await jobOf({ threads: 1 })), await performed(await jobOf())];
    expect(await weightsOf(together)).toEqual(await weightsOf(alone));
    expect(together.judged.people).toEqual(alone.judged.people);
    expect(together.judged.people.some(({ source }) => source === 'cross-fit')).toBe(true);
    expect(together.judged.baseScores).toEqual(alone.judged.baseScores);
    const shares = together.progress.map(({ share = -1 }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('a lone fit is done by halves, and comes to the same model whoever makes the second', async () => {
    const lone = (recipe: Recipe): Recipe => ({ ...quick(recipe), folds: 0 });
    const alone = await performed(await jobOf({ threads: 1 }), { adjust: lone });
    const together = await performed(await jobOf(), { adjust: lone });
    expect(await weightsOf(together)).toEqual(await weightsOf(alone));
    expect(together.judged.training.epochs).toBe(3);
  });

  it('a fit by halves stops when it is cancelled', async () => {
    const stop = new AbortController();
    const cancelled = performed(await jobOf(), {
      adjust: (recipe) => ({ ...quick(recipe), folds: 0, epochs: 1_000_000 }),
      signal: stop.signal,
      onProgress: ({ epoch }) => {
        if (epoch > 1) stop.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
  });

  it('killed in the middle and taken up from its checkpoint, it comes to the same model', async () => {
    const job = await jobOf();
    let checkpoint: string | null = null;
    const broken = performed(job, {
      checkpointEveryMs: 0,
      onProgress: (progress) => {
        checkpoint = progress.checkpoint ?? checkpoint;
        if (checkpoint !== null && progress.epoch === 2) throw new OperationalError('the disk is full');
      },
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(checkpoint).not.toBeNull();
    const resumed = await performed({ ...job, checkpoint });
    expect(await weightsOf(resumed)).toEqual(await weightsOf(await performed(job)));
  });

  it('what cannot be kept fails the run in words that say it may be tried again', async () => {
    const full = (): Promise<string> => Promise.reject(new OperationalError('no space is left'));
    const failed = performed(await jobOf(), { checkpointEveryMs: 0, blobs: { ...blobs, put: full } });
    await expect(failed).rejects.toBeInstanceOf(OperationalError);
  });

  it('stops when it is cancelled, and leaves nothing behind', async () => {
    const job = await jobOf();
    const before = await blobsThere();
    const stop = new AbortController();
    const cancelled = performed(job, {
      signal: stop.signal,
      checkpointEveryMs: 0,
      onProgress: ({ checkpoint }) => {
        if (checkpoint !== null) stop.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(await blobsThere()).toEqual(before);
  });

  it('when the deadline comes, what the challenger learnt by then counts, and no part is evidence', async () => {
    const job = await jobOf({ deadlineSeconds: 8 });
    const { judged } = await performed(job, { adjust: (recipe) => ({ ...quick(recipe), epochs: 1_000_000 }) });
    expect(judged.training.stoppedBy).toBe('deadline');
    expect(judged.people.every(({ source }) => source === 'test')).toBe(true);
  });
});
