// The loop on an alphabet of one's own: the first model out of people's samples alone, and labels that came later.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/blobs/blobs.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { readBank, writeBank, type Bank } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import type { FrozenSample } from '../../src/dataset/snapshot.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { synthesiseKnown } from '../../src/learning/known-glyphs.ts';
import type { Evaluation, JobSpec } from '../../src/records/job.ts';
import type { Recipe } from '../../src/learning/recipe.ts';
import { scratchFolder } from '../support/scratch.ts';
import { tinyAlphabet, tinyBank, tinyModel } from '../support/tiny.ts';
import { decisionOf, jobOf, performed as anyPerformed, tinyLabels, type Performed } from '../support/one-run.ts';

let blobs: Blobs;
beforeEach(() => {
  blobs = makeFolderBlobs(scratchFolder());
});

const four = tinyLabels;
const PLUS = 4;
const five = [...four, { id: PLUS, text: '+' }];
const plus = (x: number, y: number): boolean => Math.abs(x - 15.5) < 3 || Math.abs(y - 15.5) < 3;
/** The bank with the new label in one font: too few to leave one out. */
const grownBank = (): Bank => tinyBank([{ label: PLUS, drawing: plus }]);

/** So many samples a label by hands like the bank's; every fourth is for testing. */
function samplesOf(bank: Bank, labels: readonly { readonly id: number }[], each: number): FrozenSample[] {
  const hand = makeSynthesiser(bank, 'train');
  return Array.from({ length: each * labels.length }, (_, i) => {
    const labelId = labels[i % labels.length]?.id ?? 0;
    return {
      id: i + 1,
      labelId,
      glyph: hand.draw(labelId, makeRandom(31, i)),
      split: Math.floor(i / labels.length) % 4 === 0 ? 'test' : 'train',
      contributor: 'somebody',
      duplicateOf: null,
    };
  });
}

const quick = (recipe: Recipe): Recipe => ({
  ...recipe,
  folds: 0,
  replayPerLabel: 120,
  memoryGlyphs: 150,
  baseGlyphs: 150,
});

const performed = async (
  samples: readonly FrozenSample[],
  job: Pick<JobSpec, 'labels' | 'champion' | 'bank'> & Partial<JobSpec>,
): Promise<Performed> => anyPerformed(blobs, await jobOf(blobs, samples, job), { adjust: quick });

/** Share of people's glyphs of these labels that the challenger reads right. */
function read(judged: Evaluation, labels: readonly { readonly id: number }[]): number {
  const those = judged.people.filter(({ label }) => labels.some(({ id }) => id === label));
  return those.filter(({ label, challenger }) => challenger === label).length / those.length;
}

describe('an alphabet without a model, without fonts', { timeout: 300_000 }, () => {
  it('makes its first one from samples alone, behind the layers of another alphabet’s', async () => {
    const samples = samplesOf(tinyBank(), four, 40);
    const pretrained = await blobs.put(await tinyModel());
    const { judged, artifact } = await performed(samples, { labels: four, champion: null, bank: null, pretrained });
    expect(judged.people).toHaveLength(40);
    expect(judged.people.every(({ champion }) => champion === -1)).toBe(true);
    // The network is tiny; a guess would be right for one in five.
    expect(read(judged, four)).toBeGreaterThan(0.45);
    expect(decisionOf(judged)).toMatchObject({ outcome: 'promote', losses: 0 });
    const { metadata } = decodeArtifact(await blobs.get(artifact), tinyAlphabet);
    expect(metadata).toMatchObject({ architecture: { id: 'tiny' }, lineage: { parent: null }, temperature: 1 });
  });

  it('with too few samples stays without, because the gate has nothing to go by', async () => {
    const { judged } = await performed(samplesOf(tinyBank(), four, 2), {
      labels: four,
      champion: null,
      bank: null,
      pretrained: await blobs.put(await tinyModel()),
    });
    expect(decisionOf(judged)).toMatchObject({ outcome: 'keep', code: 'too-few-glyphs' });
  });
});

describe('labels that came later', { timeout: 300_000 }, () => {
  it('are learnt from the champion’s weights, and what it knew is judged by itself', async () => {
    const bank = await blobs.put(writeBank(grownBank()));
    const champion = await blobs.put(await tinyModel());
    const samples = samplesOf(grownBank(), five, 60);
    const { judged, artifact } = await performed(samples, { labels: five, champion, bank });
    // The champion can read none of them.
    expect(read(judged, [{ id: PLUS }])).toBeGreaterThan(0.3);
    const before = judged.people.filter(({ label, champion: said }) => label !== PLUS && said === label).length;
    const after = judged.people.filter(({ label, challenger }) => label !== PLUS && challenger === label).length;
    // A + is much like an X: one or two of those may go over.
    expect(after).toBeGreaterThan(0.95 * before);
    // Gains on the new label must not hide losses on the old ones.
    expect(judged.base.map(({ label }) => label)).toEqual([0, 1, 2, 3, null]);
    const { wins, losses, base } = decisionOf(judged);
    expect(wins).toBeGreaterThan(losses);
    expect(base.tested).toBe(judged.base.reduce((sum, { tested }) => sum + tested, 0));
    const { metadata } = decodeArtifact(await blobs.get(artifact));
    expect(metadata.outputs.map((output) => output?.text ?? null)).toEqual(['I', 'O', 'L', 'X', '+', null]);
    expect(metadata.lineage.parent).toBe('tiny-1');
  });
});

describe('a bank of few fonts', () => {
  it('is replayed whole, and remembered whole', async () => {
    const all = tinyBank();
    const one = { ...all, sources: all.sources.slice(0, 1), entries: all.entries.filter(({ source }) => source === 0) };
    const bank = await blobs.put(writeBank(one));
    expect(readBank(await blobs.get(bank)).sources).toHaveLength(1);
    const known = await synthesiseKnown(
      blobs,
      { labels: four, bank, seed: 1 },
      { replayPerLabel: 3, memoryGlyphs: 25, baseGlyphs: 25 },
    );
    const labelsIn = (outputs: Int32Array): number[] => [...new Set(outputs)].sort((a, b) => a - b);
    expect(labelsIn(known.replay.outputs)).toEqual([0, 1, 2, 3, 4]);
    expect(labelsIn(known.memory.outputs)).toEqual([0, 1, 2, 3, 4]);
    // No font tests: only what is no character is left to judge by.
    expect(labelsIn(known.base.outputs)).toEqual([4]);
  });
});
