// Labels of the owner's alphabets called otherwise, joined and parted: the spec, and the samples that follow it, change together.
import { alphabetOf, type Alphabet, type AlphabetSpec } from '../alphabet/alphabet.ts';
import { labelOf, withAnother, withMerged, withRenamed } from '../alphabet/relabel.ts';
import { UsageError } from '../errors.ts';
import type { Deed } from '../store/acts.ts';
import type { Store } from '../store/store.ts';

export interface Relabelled {
  readonly alphabet: Alphabet;
  /** Samples that have another label now. */
  readonly moved: number;
}

export interface OwnLabels {
  /** Calls a label otherwise: the model that answers goes on, under the new name. */
  renameLabel(id: string, label: string, name: string): Alphabet;
  /** Makes one label part of another, with its samples; what a model still takes for it counts as the other. */
  mergeLabels(id: string, label: string, into: string): Relabelled;
  /** Gives some of a label's samples a label of their own, which the next retrain learns. */
  splitLabel(id: string, label: string, name: string, samples: readonly number[]): Relabelled;
}

export function makeOwnLabels({
  store,
  now,
  specNamed,
  changedAt,
  note,
}: {
  readonly store: Pick<Store, 'atomically' | 'alphabets' | 'samples'>;
  readonly now: () => number;
  /** Throws UsageError for one that is not the owner's. */
  readonly specNamed: (id: string) => AlphabetSpec;
  readonly changedAt: (id: string) => number;
  readonly note: (what: Deed, subject: string) => void;
}): OwnLabels {
  /** Another spec, and samples that follow it: both or neither. */
  function relabelled(
    id: string,
    change: (spec: AlphabetSpec) => AlphabetSpec,
    move: (before: AlphabetSpec, after: AlphabetSpec) => number = () => 0,
  ): Relabelled {
    return store.atomically(() => {
      const before = specNamed(id);
      const after = change(before);
      const moved = move(before, after);
      store.alphabets.save(after, Math.max(now(), changedAt(id) + 1));
      note('alphabet-relabel', id);
      return { alphabet: alphabetOf(after), moved };
    });
  }

  return {
    renameLabel: (id, label, name) => relabelled(id, (spec) => withRenamed(spec, label, name)).alphabet,

    mergeLabels: (id, label, into) =>
      relabelled(
        id,
        (spec) => withMerged(spec, label, into),
        (before) => {
          const [from, to] = [labelOf(before, label).id, labelOf(before, into).id];
          return store.samples.relabel({ alphabet: id, from, to });
        },
      ),

    splitLabel: (id, label, name, samples) =>
      relabelled(
        id,
        (spec) => {
          labelOf(spec, label);
          return withAnother(spec, name);
        },
        (before, after) => {
          const [from, to] = [labelOf(before, label).id, labelOf(after, name).id];
          const moved = store.samples.relabel({ alphabet: id, from, to, ids: samples });
          // Half of what was meant would be a label that means something else.
          if (moved !== new Set(samples).size || moved === 0)
            throw new UsageError(
              `Only ${moved} of the ${samples.length} samples are of ${label}, and nothing was changed: "export" names them by their number.`,
            );
          return moved;
        },
      ),
  };
}
