// The owner's backbones: added, listed, found by name, removed while nothing needs them.
import { HAND, KNOWN_PACKAGES, fromPackage } from '../backbone/packages.ts';
import { readCard, type BackboneCard } from '../backbone/card.ts';
import { makeBackbone, type BackboneWishes } from '../backbone/make.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { UsageError } from '../errors.ts';
import { decodeArtifact } from '../model/artifact.ts';
import type { Store } from '../store/store.ts';

export interface AddedBackbone {
  readonly hash: string;
  readonly card: BackboneCard;
  /** Whether its file is whole where it should be. */
  readonly here: boolean;
  /** Alphabets whose pictures are seen with it: by the next model, or by one that there is, which may answer, duel, or come back. */
  readonly usedBy: readonly string[];
}

export interface OwnBackbones {
  add(bytes: Uint8Array, wishes: BackboneWishes): Promise<AddedBackbone>;
  /** The network that an installed npm package brings. */
  addFromPackage(name: string): Promise<AddedBackbone>;
  list(): Promise<readonly AddedBackbone[]>;
  /** By name, or by the beginning of its hash; `hand` is added where its package is installed. Throws UsageError that names those there are. */
  named(name: string): Promise<AddedBackbone>;
  /** Throws UsageError while an alphabet needs it. */
  remove(name: string): Promise<AddedBackbone>;
}

/** So much of a hash is enough to name it by. */
const FEWEST_DIGITS = 6;

export function makeOwnBackbones(deps: {
  readonly store: Pick<Store, 'backbones' | 'alphabets' | 'versions'>;
  readonly blobs: Blobs;
  now(): number;
}): OwnBackbones {
  const { store, blobs, now } = deps;

  /** What an alphabet's models see with. */
  async function seenWith(alphabet: string): Promise<readonly (string | undefined)[]> {
    const found: (string | undefined)[] = [];
    for (const { artifact } of store.versions.list(alphabet))
      if (await blobs.has(artifact)) found.push(decodeArtifact(await blobs.get(artifact)).metadata.backbone);
    return found;
  }

  async function list(): Promise<readonly AddedBackbone[]> {
    const alphabets = await Promise.all(
      store.alphabets.list().map(async ({ id, spec }) => ({
        id,
        sees: [spec.backbone, ...(spec.kind === 'picture' ? await seenWith(id) : [])],
      })),
    );
    const readable = store.backbones.list().flatMap(({ hash, card: text }) => {
      const card = readCard(text);
      return card === null ? [] : [{ hash, card }];
    });
    return Promise.all(
      readable.map(async ({ hash, card }) => ({
        hash,
        card,
        here: await blobs.has(hash),
        usedBy: alphabets.filter(({ sees }) => sees.includes(hash)).map(({ id }) => id),
      })),
    );
  }

  async function add(bytes: Uint8Array, wishes: BackboneWishes): Promise<AddedBackbone> {
    const made = await makeBackbone(bytes, wishes);
    const hash = await blobs.put(made.bytes);
    store.backbones.add({ hash, card: JSON.stringify(made.card), addedAt: now() });
    const added = (await list()).find((each) => each.hash === hash);
    return added ?? { hash, card: made.card, here: true, usedBy: [] };
  }

  const addFromPackage = async (name: string): Promise<AddedBackbone> => {
    const { bytes, wishes } = fromPackage(name);
    return add(bytes, wishes);
  };

  async function named(name: string): Promise<AddedBackbone> {
    const all = await list();
    const found = all.filter(
      ({ hash, card }) => card.name === name || (name.length >= FEWEST_DIGITS && hash.startsWith(name)),
    );
    // The one that was added last is meant.
    const last = found.at(-1);
    if (last?.here === true) return last;
    if (name === HAND) return addFromPackage(KNOWN_PACKAGES[HAND].package);
    if (last !== undefined)
      throw new UsageError(`The file of the backbone ${name} is gone: add it again, from ${last.card.source}.`);
    const known = all.map(({ hash, card }) => `${card.name} (${hash.slice(0, 8)})`);
    throw new UsageError(
      `There is no backbone ${name}. There are: ${known.length === 0 ? 'none yet' : known.join(', ')}. "backbone add" adds one.`,
    );
  }

  return {
    add,
    addFromPackage,
    list,
    named,
    async remove(name) {
      const found = await named(name);
      if (found.usedBy.length > 0)
        throw new UsageError(
          `The backbone ${found.card.name} is what ${found.usedBy.join(', ')} ${found.usedBy.length === 1 ? 'sees' : 'see'} with: it stays.`,
        );
      store.backbones.remove(found.hash);
      await blobs.delete(found.hash);
      return found;
    },
  };
}
