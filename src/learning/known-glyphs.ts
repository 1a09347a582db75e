// What a model knows already, synthesised from the bank of its alphabet, so that nothing is forgotten.
import type { Blobs } from '../blobs/blobs.ts';
import { readBank } from '../dataset/bank.ts';
import { synthesiseJunk } from '../dataset/synth-junk.ts';
import { makeSynthesiser, synthesiseSamples, type Synthesiser } from '../dataset/synthesiser.ts';
import { makeRandom } from '../random.ts';
import type { JobSpec } from '../records/job.ts';
import { concat, makePacker, type Glyphs } from './glyphs.ts';
import type { Recipe } from './recipe.ts';

/** The base test set is the same for every run of an alphabet, so that its figures can be compared. */
const BASE_SEED = 20_000_003;

/** What is known already: to train on again, to see that it is not forgotten, and to be judged on. */
export interface KnownGlyphs {
  readonly replay: Glyphs;
  /** Of sources that replay leaves out: whether a challenger forgets is seen here, before the gate looks. */
  readonly memory: Glyphs;
  /** Of sources that no model was ever trained on: the gate's. */
  readonly base: Glyphs;
}

/** One source in so many is left out of replay. */
const MEMORY_EVERY = 7;

const TOLD_EVERY = 100;

/** Synthesises from the bank. Without one there is nothing to remember but what no character looks like. */
export async function synthesiseKnown(
  blobs: Blobs,
  job: Pick<JobSpec, 'labels' | 'bank' | 'seed'>,
  { replayPerLabel, memoryGlyphs, baseGlyphs }: Pick<Recipe, 'replayPerLabel' | 'memoryGlyphs' | 'baseGlyphs'>,
  /** Told now and then which part is made. */
  onMade: (share: number) => void = () => undefined,
): Promise<KnownGlyphs> {
  const labels = job.labels.map(({ id }) => id);
  const outputOf = new Map<number | null, number>(labels.map((id, index) => [id, index]));
  outputOf.set(null, labels.length);
  const strangers = Math.max(replayPerLabel, Math.round((replayPerLabel * labels.length) / 5));
  const perLabel = (total: number): number => Math.max(5, Math.round(total / (labels.length + 1)));
  let made = 0;
  const all = replayPerLabel * labels.length + strangers + 1.2 * memoryGlyphs + baseGlyphs;
  const gather = (from: Synthesiser, wanted: readonly (number | null)[], perLabel: number, seed: number): Glyphs => {
    const packer = makePacker();
    for (const { label, glyph } of synthesiseSamples(from, wanted, perLabel, seed)) {
      packer.add(glyph, outputOf.get(label) ?? 0, 0, 0);
      made += 1;
      if (made % TOLD_EVERY === 0) onMade(Math.min(1, made / all));
    }
    return packer.done();
  };
  if (job.bank === null) {
    const packer = makePacker();
    for (let i = 0; i < replayPerLabel; i++)
      packer.add(synthesiseJunk(makeRandom(job.seed, 0xffff, i)), labels.length, 0, 0);
    const none = makePacker(1).done();
    return { replay: packer.done(), memory: none, base: none };
  }
  const bank = readBank(await blobs.get(job.bank));
  const kept = (inMemory: boolean): Synthesiser => {
    const entries = bank.entries.filter(({ source }) => (source % MEMORY_EVERY === 0) === inMemory);
    const some = makeSynthesiser({ ...bank, entries }, 'train');
    // Where few fonts have a label they do both.
    const there = new Set<number | null>([...some.labels, null]);
    const scarce = bank.entries.filter(({ label }) => !there.has(label));
    return scarce.length === 0 ? some : makeSynthesiser({ ...bank, entries: [...entries, ...scarce] }, 'train');
  };
  const [learnt, remembered] = [kept(false), kept(true)];
  return {
    replay: concat(gather(learnt, labels, replayPerLabel, job.seed), gather(learnt, [null], strangers, job.seed)),
    memory: concat(
      gather(remembered, labels, perLabel(memoryGlyphs), job.seed + 1),
      gather(remembered, [null], Math.round(memoryGlyphs / 5), job.seed + 1),
    ),
    base: gather(makeSynthesiser(bank, 'test'), [...labels, null], perLabel(baseGlyphs), BASE_SEED),
  };
}
