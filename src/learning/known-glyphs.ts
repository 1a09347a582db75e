// What a model knows already, synthesised from the bank of its alphabet, so that nothing is forgotten.
import type { Blobs } from '../blobs/blobs.ts';
import { synthesiseJunk } from '../dataset/synth-junk.ts';
import { makeRandom } from '../random.ts';
import type { JobSpec } from '../records/job.ts';
import { makeDrawer, type DrawOrder } from './draw.ts';
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

/** Glyphs drawn at once: less would make a thread wait for orders, more would leave one without work at the end. */
const A_PIECE = 150;

/** Synthesises from the bank. Without one there is nothing to remember but what no character looks like. */
export async function synthesiseKnown(
  blobs: Blobs,
  job: Pick<JobSpec, 'labels' | 'bank' | 'seed'>,
  { replayPerLabel, memoryGlyphs, baseGlyphs }: Pick<Recipe, 'replayPerLabel' | 'memoryGlyphs' | 'baseGlyphs'>,
  /** Told now and then which part is made. */
  onMade: (share: number) => void = () => undefined,
  draw: (order: DrawOrder) => Glyphs | Promise<Glyphs> = makeDrawer(),
): Promise<KnownGlyphs> {
  const labels = job.labels.map(({ id }) => id);
  if (job.bank === null) {
    const packer = makePacker();
    for (let i = 0; i < replayPerLabel; i++)
      packer.add(synthesiseJunk(makeRandom(job.seed, 0xffff, i)), labels.length, 0, 0);
    const none = makePacker(1).done();
    return { replay: packer.done(), memory: none, base: none };
  }
  const strangers = Math.max(replayPerLabel, Math.round((replayPerLabel * labels.length) / 5));
  const perLabel = (total: number): number => Math.max(5, Math.round(total / (labels.length + 1)));
  const all = replayPerLabel * labels.length + strangers + 1.2 * memoryGlyphs + baseGlyphs;
  const outputs = new Map<number | null, number>([...labels, null].map((id, index) => [id, index]));
  const packed = await blobs.get(job.bank);
  // Shared, so that threads that draw need no copies of their own.
  const bank = new Uint8Array(new SharedArrayBuffer(packed.length));
  bank.set(packed);
  const hash = job.bank;
  let made = 0;

  /** So many of each label, drawn in pieces that may be done side by side. */
  const gather = (
    from: DrawOrder['from'],
    wanted: readonly (number | null)[],
    each: number,
    seed: number,
  ): readonly Promise<Glyphs>[] => {
    const atOnce = Math.max(1, Math.round(A_PIECE / Math.max(1, each)));
    return Array.from({ length: Math.ceil(wanted.length / atOnce) }, async (_, piece) => {
      const some = wanted.slice(piece * atOnce, (piece + 1) * atOnce);
      const glyphs = await draw({ bank, hash, from, labels: some, perLabel: each, seed, outputs });
      made += glyphs.count;
      onMade(Math.min(1, made / all));
      return glyphs;
    });
  };
  const pieces = [
    [...gather('learnt', labels, replayPerLabel, job.seed), ...gather('learnt', [null], strangers, job.seed)],
    [
      ...gather('remembered', labels, perLabel(memoryGlyphs), job.seed + 1),
      ...gather('remembered', [null], Math.round(memoryGlyphs / 5), job.seed + 1),
    ],
    gather('unseen', [...labels, null], perLabel(baseGlyphs), BASE_SEED),
  ].map(async (those) => concat(...(await Promise.all(those))));
  const [replay, memory, base] = await Promise.all(pieces);
  const none = makePacker(1).done();
  return { replay: replay ?? none, memory: memory ?? none, base: base ?? none };
}
