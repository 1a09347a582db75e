// A run on an alphabet of pictures: a head on what a backbone sees, which says where it has seen nothing of the kind, and is never started
// from, or judged against, a model that sees with another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBackbone } from '../../src/backbone/make.ts';
import { makeSightOf } from '../../src/backbone/sight.ts';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { freezeSnapshot, type FrozenSample } from '../../src/dataset/snapshot.ts';
import { openerOf } from '../../src/glyph/opener.ts';
import { perform } from '../../src/learning/perform.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { openClassifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
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

  const performed = (changed: Partial<JobSpec> = {}) =>
    perform(
      { ...job, ...changed },
      {
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

  test('goes on from a champion, but never from one that sees with another backbone', async () => {
    const { artifact } = await performed();
    const again = await performed({ champion: artifact, parent: 'things-1' });
    expect(decodeArtifact(await blobs.get(again.artifact)).metadata.lineage.parent).toBe('things-1');
    await expect(performed({ champion: artifact, backbone: null })).rejects.toThrow('sees with another backbone');
  });

  test('says which backbone is missing', async () => {
    const missing = 'ab'.repeat(32);
    await expect(performed({ backbone: missing })).rejects.toThrow('The backbone abababab is not here any more');
  });
});
