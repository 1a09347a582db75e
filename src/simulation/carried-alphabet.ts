// An alphabet of the owner's own on its way into the scratch folder: as it was before anybody taught it, or, where nothing answered then, as it
// answers now.
import type { AlphabetSpec } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { decodeArtifact } from '../model/artifact.ts';
import { enterModel } from '../runs/seeds.ts';

export interface CarriedAlphabet {
  readonly spec: AlphabetSpec;
  /** Its first model, made from fonts, or what answers now; and the bank of the fonts. */
  readonly model: Uint8Array | null;
  readonly bank: Uint8Array | null;
  /** What its pictures are seen with. */
  readonly backbone: Uint8Array | null;
}

/**
 * Takes an own alphabet out of the owner's data; undefined for a shipped one, which is everywhere. Where it had no model before people
 * taught it, as one of pictures has none: with the model that answers now, if `answering`, else with none.
 */
export async function carryOver(
  { store, blobs }: App,
  id: string,
  { answering = false }: { readonly answering?: boolean } = {},
): Promise<CarriedAlphabet | undefined> {
  const stored = store.alphabets.get(id);
  if (stored === undefined) return undefined;
  const champion = answering ? store.champions.current(id) : undefined;
  const first =
    store.versions.list(id).find(({ origin }) => origin === 'seed') ??
    (champion === undefined ? undefined : store.versions.get(champion));
  return {
    spec: stored.spec,
    model: first === undefined ? null : await blobs.get(first.artifact),
    bank: stored.bank === null ? null : await blobs.get(stored.bank),
    backbone: stored.spec.backbone === undefined ? null : await blobs.get(stored.spec.backbone),
  };
}

export async function settle(
  { store, blobs }: App,
  id: string,
  { spec, model, bank, backbone }: CarriedAlphabet,
): Promise<void> {
  store.alphabets.save(spec, Date.now());
  if (backbone !== null) await blobs.put(backbone);
  if (bank !== null) store.alphabets.setBank(id, await blobs.put(bank));
  if (model === null) return;
  const artifact = await blobs.put(model);
  const { metadata } = decodeArtifact(model);
  enterModel(store, { alphabet: id, artifact, metadata, reason: 'carried over', at: Date.now() });
}
