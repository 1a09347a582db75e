// The owner's own alphabets: made known, given a first model out of fonts, grown, put away. What is wrong with a wish is
// said before anything is changed.
import type { Alphabet, AlphabetSpec, Label } from '../alphabet/alphabet.ts';
import { alphabetOf } from '../alphabet/alphabet.ts';
import { withLabels } from '../alphabet/own.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { readBank } from '../dataset/bank.ts';
import type { DrawText } from '../dataset/font-bank.ts';
import { OperationalError, UsageError } from '../errors.ts';
import { decodeArtifact } from '../model/artifact.ts';
import { openEngine } from '../model/open.ts';
import type { Deed } from '../store/acts.ts';
import type { Store } from '../store/store.ts';
import { makeFirstModel, USUAL_EPOCHS, type FirstModelProgress } from '../learning/first-model.ts';
import { makeRenderBank, type FontsReport, type FontsWish } from './own-fonts.ts';
import { makeOwnLabels, type OwnLabels } from './own-labels.ts';
import { enterModel, shippedPretrained } from './seeds.ts';

export interface Trained {
  readonly version: string;
  /** It answers now; false: another model became champion meanwhile. */
  readonly answers: boolean;
  /** On fonts that it never saw; null where all fonts taught. */
  readonly accuracy: { readonly right: number; readonly of: number } | null;
  readonly seconds: number;
}

interface TrainOptions {
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
  readonly onProgress?: ((progress: FirstModelProgress) => void) | undefined;
}

export interface OwnAlphabets extends OwnLabels {
  /** Makes an alphabet known to everybody at once; without fonts it waits for its first samples. */
  create(spec: AlphabetSpec, fonts: FontsWish): Promise<{ alphabet: Alphabet; fonts: FontsReport | null }>;
  /** Appends labels; what has an id keeps it. The next retrain learns them. */
  addLabels(
    id: string,
    labels: string,
    fonts: FontsWish,
  ): Promise<{ alphabet: Alphabet; added: readonly Label[]; fonts: FontsReport | null }>;
  /** What pictures are seen with from the next retrain on, by its hash; null: a small network of their own. What answers goes on as it is. */
  seeWith(id: string, backbone: string | null): Promise<Alphabet>;
  /** Trains a first model from the bank of its fonts (and of these). Null: there are no fonts to learn from. */
  train(id: string, fonts: FontsWish, options: TrainOptions): Promise<Trained | null>;
  /** Out of the menus, or back; nothing is lost. */
  setArchived(id: string, archived: boolean): void;
  remove(id: string): void;
}

export function makeOwnAlphabets(deps: {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly shipped: readonly Alphabet[];
  readonly draw: DrawText;
  readonly engine: 'onnx' | 'tfjs';
  readonly threads: number;
  now(): number;
}): OwnAlphabets {
  const { store, blobs, now } = deps;
  const render = makeRenderBank(deps);

  const specNamed = (id: string): AlphabetSpec => {
    if (deps.shipped.some((each) => each.id === id))
      throw new UsageError(`${id} comes with Inkloop and stays as it is: make an alphabet of your own.`);
    const stored = store.alphabets.get(id);
    if (stored === undefined) {
      const known = store.alphabets.list().map((each) => each.id);
      throw new UsageError(
        `There is no alphabet ${id} of your own. There are: ${known.length === 0 ? 'none yet' : known.join(', ')}.`,
      );
    }
    return stored.spec;
  };

  /** Throws UsageError for pictures that nothing would see, as in a file from elsewhere. */
  async function seesWith({ id, kind, backbone }: AlphabetSpec): Promise<void> {
    if (kind !== 'picture' || backbone === undefined || (await blobs.has(backbone))) return;
    throw new UsageError(
      `${id} is of pictures and needs its backbone, which is ${backbone.slice(0, 8)} where it came from: "backbone add" adds it first.`,
    );
  }

  /** Only the command line makes and changes alphabets. */
  const note = (what: Deed, subject: string): void =>
    void store.acts.add({ at: now(), who: 'command line', what, subject });
  const changedAt = (id: string): number => store.alphabets.get(id)?.updatedAt ?? 0;

  /** The new spec and, where fonts gave one, its bank: both or neither. `before`: the last change that it knows of; 0: none. */
  async function keep(spec: AlphabetSpec, bank: Uint8Array | undefined, before: number, what: Deed): Promise<void> {
    const hash = bank === undefined ? null : await blobs.put(bank);
    store.atomically(() => {
      // Fonts take their time: whoever was faster has given out ids that must not mean something else now.
      if (changedAt(spec.id) !== before)
        throw new OperationalError(`Somebody else changed ${spec.id} meanwhile, and nothing was saved: try again.`);
      // Whoever has read it goes by the time of the change: two are never at the same.
      store.alphabets.save(spec, Math.max(now(), before + 1));
      if (hash !== null) store.alphabets.setBank(spec.id, hash);
      note(what, spec.id);
    });
  }

  return {
    async create(spec, fonts) {
      if (deps.shipped.some(({ id }) => id === spec.id))
        throw new UsageError(`${spec.id} comes with Inkloop: choose another id.`);
      const there = store.alphabets.get(spec.id);
      if (there?.archived === true)
        throw new UsageError(
          `There is an alphabet ${spec.id} already, archived: "alphabet restore ${spec.id}" brings it back. Or choose another id.`,
        );
      if (there !== undefined)
        throw new UsageError(
          `There is an alphabet ${spec.id} already: choose another id, or go on with it: "alphabet train ${spec.id}" makes its first model from fonts, "alphabet add-labels ${spec.id}" grows it, "alphabet remove ${spec.id}" makes room.`,
        );
      await seesWith(spec);
      const alphabet = alphabetOf(spec);
      const rendered = await render(alphabet, fonts);
      await keep(spec, rendered?.bank, 0, 'alphabet-new');
      return { alphabet, fonts: rendered?.report ?? null };
    },

    async addLabels(id, labels, fonts) {
      const before = specNamed(id);
      const knownAt = changedAt(id);
      const spec = withLabels(before, labels);
      const alphabet = alphabetOf(spec);
      const rendered = await render(alphabet, fonts);
      await keep(spec, rendered?.bank, knownAt, 'alphabet-grow');
      const added = alphabet.labels.slice(alphabetOf(before).labels.length);
      return { alphabet, added, fonts: rendered?.report ?? null };
    },

    ...makeOwnLabels({ store, now, specNamed, changedAt, note }),

    async seeWith(id, backbone) {
      const { kind, backbone: before, ...rest } = specNamed(id);
      if (kind !== 'picture') throw new UsageError(`${id} is of ink: only pictures are seen with a backbone.`);
      const spec: AlphabetSpec = { ...rest, kind, ...(backbone !== null && { backbone }) };
      await seesWith(spec);
      if (backbone === (before ?? null)) return alphabetOf(spec);
      await keep(spec, undefined, changedAt(id), 'alphabet-see');
      return alphabetOf(spec);
    },

    async train(id, fonts, { epochs = USUAL_EPOCHS, seed = 1, onProgress = () => undefined }) {
      const spec = specNamed(id);
      const knownAt = changedAt(id);
      const alphabet = alphabetOf(spec);
      const current = store.champions.current(id);
      const champion = current === undefined ? undefined : store.versions.get(current);
      if (champion?.origin === 'run')
        throw new UsageError(`${champion.id} has learnt from people: "retrain" goes on from it.`);
      if (fonts !== 'none') {
        const rendered = await render(alphabet, fonts);
        if (rendered !== null) await keep(spec, rendered.bank, knownAt, 'alphabet-train');
      }
      const hash = store.alphabets.get(id)?.bank ?? null;
      if (hash === null) return null;
      const bank = await blobs.get(hash);
      const train = readBank(bank);
      const inFonts = new Set(train.entries.map(({ label }) => label));
      if (inFonts.size < 2) return null;
      const pretrained = champion === undefined ? shippedPretrained() : await blobs.get(champion.artifact);
      const startedAt = now();
      const { artifact, metadata, accuracy } = await makeFirstModel({
        alphabet,
        bank,
        from: pretrained === null ? null : decodeArtifact(pretrained),
        engine: await openEngine(deps.engine),
        threads: deps.threads,
        epochs,
        seed,
        onProgress,
        now,
      });
      const entered = enterModel(store, {
        alphabet: id,
        artifact: await blobs.put(artifact),
        metadata,
        reason: 'made from fonts',
        parent: champion?.id ?? null,
        by: 'command line',
        at: now(),
      });
      return { ...entered, accuracy, seconds: (now() - startedAt) / 1000 };
    },

    setArchived(id, archived) {
      specNamed(id);
      store.atomically(() => {
        store.alphabets.setArchived(id, archived, Math.max(now(), changedAt(id) + 1));
        note(archived ? 'alphabet-archive' : 'alphabet-restore', id);
      });
    },

    remove(id) {
      specNamed(id);
      const { outcome } = store.atomically(() => {
        const removed = store.alphabets.remove(id);
        if (removed.outcome === 'removed') note('alphabet-remove', id);
        return removed;
      });
      switch (outcome) {
        case 'removed':
        case 'unknown':
          return;
        case 'has-samples': {
          const { train, test } = store.stats.counts(id);
          throw new OperationalError(
            `${id} has ${train + test} samples that people gave, and is kept. "alphabet archive ${id}" takes it out of the menus.`,
          );
        }
        case 'has-run':
          throw new OperationalError(`${id} is being trained: wait, or "cancel" the run first.`);
      }
    },
  };
}
