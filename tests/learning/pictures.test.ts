// A run on an alphabet of pictures: a head on what a backbone sees, which says where it has seen nothing of the kind, or a small network that
// learns to see by itself; neither is started from a model that sees otherwise, and both are judged on the same pictures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBackbone } from '../../src/backbone/make.ts';
import { makeSightOf } from '../../src/backbone/sight.ts';
import { alphabetOf, NO_BACKBONE } from '../../src/alphabet/alphabet.ts';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { freezeSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { openerOf } from '../../src/glyph/opener.ts';
import { perform, type PerformTools } from '../../src/learning/perform.ts';
import type { Recipe } from '../../src/learning/recipe.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { openClassifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { InferenceSession, Tensor } from '../../src/model/onnx/runtime.ts';
import { evaluation, type JobSpec } from '../../src/records/job.ts';
import { smallBackbone } from '../support/backbone.ts';
import { photograph, thingNames } from '../support/photographs.ts';
import { aJob } from '../support/records.ts';

const alphabet = alphabetOf({ id: 'things', title: 'Things', rows: [[...thingNames]], kind: 'picture' });

async function picture(thing: string, seed: number): Promise<Uint8Array> {
  const reading = await openerOf({ kind: 'picture' }).read(await photograph(thing, seed));
  if (reading.outcome !== 'glyphs') throw new Error(reading.outcome);
  return reading.glyphs[0].pixels;
}

describe('a run on pictures', () => {
  let folder: string;
  let blobs: Blobs;
  let job: JobSpec;
  let sightOf: ReturnType<typeof makeSightOf>;

  /** A network is taught for less long than it should be: these things are easy to tell apart. */
  const quick = {
    adjust: (recipe: Recipe): Recipe =>
      recipe.augment === null ? recipe : { ...recipe, epochs: Math.min(14, recipe.epochs) },
  };

  const performed = (changed: Partial<JobSpec> = {}, tools: Pick<PerformTools, 'adjust'> = {}) =>
    perform(
      { ...job, ...changed },
      {
        ...tools,
        blobs,
        sightOf,
        onProgress: () => undefined,
        signal: new AbortController().signal,
        now: () => performance.now(),
      },
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inkloop-pictures-'));
    blobs = makeFolderBlobs(join(folder, 'blobs'));
    sightOf = makeSightOf({ blobs, folder: null, threads: 1 });
    const backbone = await blobs.put(
      (
        await makeBackbone(smallBackbone(), {
          name: 'small',
          licence: 'MIT',
          source: 'here',
          levels: 'unit',
          views: 'whole',
        })
      ).bytes,
    );
    const samples: FrozenSample[] = [];
    for (let seed = 0; seed < 10; seed++)
      for (const [labelId, thing] of thingNames.entries())
        samples.push({
          id: samples.length + 1,
          labelId,
          glyph: await picture(thing, seed),
          split: seed % 5 === 4 ? 'test' : 'train',
          contributor: 'ann',
          duplicateOf: null,
        });
    const frozen = freezeSnapshot({ alphabet: 'things', recipe: null }, samples);
    const snapshot = await blobs.putStream(frozen.bytes);
    const labels = alphabet.labels.map(({ id, text }) => ({ id, text }));
    job = {
      ...aJob,
      alphabet: 'things',
      labels,
      snapshot,
      backbone,
      champion: null,
      bank: null,
      seenThrough: 0,
      threads: 1,
    };
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('makes a head that reads new pictures, is no surer than it may be, and refuses what is none', async () => {
    const result = await performed();
    const judged = evaluation.parse(JSON.parse(Buffer.from(await blobs.get(result.evaluation)).toString()));
    expect(judged.training).toMatchObject({ architecture: 'head', samples: 24 });
    // Each training sample was judged by a head that had not seen it, and the test ones by the head itself.
    expect(judged.people).toHaveLength(30);
    expect(judged.people.filter(({ label, challenger }) => label === challenger).length).toBeGreaterThan(24);

    const bytes = await blobs.get(result.artifact);
    expect(decodeArtifact(bytes).metadata).toMatchObject({ backbone: job.backbone, glyphSize: 96 });
    const classifier = await openClassifier(onnxEngine, bytes, alphabet, { sightOf });
    for (const [labelId, thing] of thingNames.entries()) {
      const [answer] = await classifier.classify([await picture(thing, 500)]);
      expect(answer?.candidates[0]?.labelId, thing).toBe(labelId);
    }
    await classifier.close();
    // Without the backbone it answers nobody.
    await expect(openClassifier(onnxEngine, bytes, alphabet)).rejects.toThrow('embeddings of another length');
  });

  test('goes on from a champion, but never from one of ink', async () => {
    const { artifact } = await performed();
    const again = await performed({ champion: artifact, parent: 'things-1' });
    expect(decodeArtifact(await blobs.get(again.artifact)).metadata.lineage.parent).toBe('things-1');
    await expect(performed({ champion: artifact, backbone: null })).rejects.toThrow(
      'of ink and its alphabet of pictures',
    );
  });

  test('learns to see from nothing, goes on from that, and is judged beside a head on the same pictures', async () => {
    const judgedOf = async ({ evaluation: hash }: { readonly evaluation: string }) =>
      evaluation.parse(JSON.parse(Buffer.from(await blobs.get(hash)).toString()));
    const none = { backbone: NO_BACKBONE } as const;
    const first = await performed(none, quick);
    const judged = await judgedOf(first);
    expect(judged.training).toMatchObject({ architecture: 'vivid', samples: 24, replay: 16, epochs: 14 });
    expect(judged.people.filter(({ label, challenger }) => label === challenger).length).toBeGreaterThan(24);

    const bytes = await blobs.get(first.artifact);
    expect(decodeArtifact(bytes).metadata).toMatchObject({ backbone: 'none', glyphSize: 64 });
    const classifier = await openClassifier(onnxEngine, bytes, alphabet, { sightOf });
    expect(classifier.embedding).toBe(128);
    for (const [labelId, thing] of thingNames.entries()) {
      const [answer] = await classifier.classify([await picture(thing, 500)]);
      expect(answer?.candidates[0]?.labelId, thing).toBe(labelId);
    }
    await classifier.close();

    // A plain file: whoever has ONNX can ask it.
    const session = await InferenceSession.create(bytes);
    const { logits } = await session.run({
      glyph: new Tensor('float32', new Float32Array(3 * 64 * 64), [1, 3, 64, 64]),
    });
    expect(logits?.dims).toEqual([1, 4]);
    await session.release();

    // The same seed, the same network.
    expect((await performed(none, quick)).artifact).toBe(first.artifact);

    const second = await performed({ ...none, champion: first.artifact, parent: 'things-1', seenThrough: 20 }, quick);
    const [before, after] = [first, second].map(
      async ({ artifact }) => decodeArtifact(await blobs.get(artifact)).network,
    );
    const kernels = [await before, await after].map((network) => network?.weights.get('conv1.weight')?.data ?? []);
    const apart = [...(kernels[0] ?? [])].map((each, i) => Math.abs(each - (kernels[1]?.[i] ?? 0)));
    expect(Math.max(...apart)).toBeGreaterThan(0);
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(0.03);

    // A backbone is added, or taken away: the rival begins anew, and both are asked about the very same photographs.
    for (const [change, champion, architecture] of [
      [{}, first, 'head'],
      [none, await performed(), 'vivid'],
    ] as const) {
      const rival = await judgedOf(
        await performed({ ...change, champion: champion.artifact, parent: 'things-1' }, quick),
      );
      expect(rival.training.architecture).toBe(architecture);
      expect(rival.people).toHaveLength(30);
      const right = (who: 'champion' | 'challenger'): number =>
        rival.people.filter((each) => each[who] === each.label).length;
      expect(right('champion')).toBeGreaterThan(24);
      expect(right('challenger')).toBeGreaterThan(24);
      expect(rival.peopleScores?.champion.accuracy).toBeGreaterThan(0.8);
    }
  }, 600_000);

  test('says which backbone is missing', async () => {
    const missing = 'ab'.repeat(32);
    await expect(performed({ backbone: missing })).rejects.toThrow('The backbone abababab is not here any more');
  });
});
