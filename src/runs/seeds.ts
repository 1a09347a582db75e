// The shipped models enter the store at the first start: into the blobs under their hash, as version and, where nobody
// answers yet, as champion. Never by path, so that an update of the files cannot change what answers.
import { readFileSync } from 'node:fs';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { hashOf } from '../blobs/blobs.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { decodeArtifact, type ArtifactMetadata } from '../model/artifact.ts';
import type { Store } from '../store/store.ts';

/** Where the shipped models are: models/<alphabet>/model.onnx and bank.bin. */
const shipped = new URL('../../models/', import.meta.url);

/** A shipped file's bytes, or null when this alphabet ships without it. */
export function shippedFile(alphabet: string, file: string): Uint8Array | null {
  try {
    return readFileSync(new URL(`${alphabet}/${file}`, shipped));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The shipped model whose layers an own alphabet's first model begins with: it has seen letters by many hands. */
export const shippedPretrained = (): Uint8Array | null => shippedFile('latin', 'model.onnx');

interface Tools {
  readonly store: Pick<Store, 'versions' | 'champions' | 'alphabets' | 'atomically'>;
  readonly blobs: Blobs;
  readonly log: Log;
  readonly now: () => number;
}

/** Enters the shipped model of each alphabet that has one. A damaged file is logged and left out: the others still answer. */
export async function enterSeeds(tools: Tools, alphabets: readonly Alphabet[]): Promise<void> {
  for (const alphabet of alphabets) {
    try {
      await enterSeed(tools, alphabet);
    } catch (error) {
      tools.log.error({ err: error, alphabet: alphabet.id }, `the shipped model is no good: ${messageOf(error)}`);
    }
  }
}

async function enterSeed({ store, blobs, now }: Tools, alphabet: Alphabet): Promise<void> {
  const bytes = shippedFile(alphabet.id, 'model.onnx');
  if (bytes === null) return;
  const artifact = hashOf(bytes);
  // Read, not only looked for: a blob that was damaged is put back whole.
  const whole = await blobs.get(artifact).then(
    () => true,
    () => false,
  );
  if (whole && store.versions.byArtifact(alphabet.id, artifact) !== undefined) return;
  if (!whole) await blobs.delete(artifact);
  const { metadata } = decodeArtifact(bytes, alphabet);
  await blobs.put(bytes);
  store.atomically(() => {
    const reason = store.champions.current(alphabet.id) === undefined ? 'shipped' : null;
    enterModel(store, { alphabet: alphabet.id, artifact, metadata, reason, at: now() });
  });
}

/** Writes a model that no run made down as a version and, with a `reason`, as champion in place of `parent`. */
export function enterModel(
  store: Tools['store'],
  entry: {
    readonly alphabet: string;
    /** Hash of the artifact, whole in the blobs. */
    readonly artifact: string;
    readonly metadata: ArtifactMetadata;
    readonly reason: string | null;
    /** The version it was made from, which answers now. */
    readonly parent?: string | null;
    readonly by?: string;
    readonly at: number;
  },
): { readonly version: string; readonly answers: boolean } {
  const { alphabet, artifact, metadata, reason, parent = null, by = 'first start', at } = entry;
  const { lineage } = metadata;
  return store.atomically(() => {
    const { id } =
      store.versions.byArtifact(alphabet, artifact) ??
      store.versions.add({
        alphabet,
        artifact,
        origin: 'seed',
        parent,
        runId: null,
        snapshotId: null,
        architecture: metadata.architecture.id,
        seed: lineage.seed,
        engine: lineage.engine,
        codeVersion: lineage.codeVersion,
        metrics: metadata.metrics,
        createdAt: at,
      });
    const answers =
      id === parent ||
      (reason !== null && store.champions.promote({ alphabet, expected: parent, version: id, reason, by, at }));
    return { version: id, answers };
  });
}

/** The hash of an alphabet's glyph bank, whole in the blobs; null when it has none. */
export function makeBankOf({ store, blobs }: Pick<Tools, 'store' | 'blobs'>) {
  const known = new Map<string, string>();
  return async (alphabet: string): Promise<string | null> => {
    const own = store.alphabets.get(alphabet)?.bank ?? null;
    if (own !== null) return own;
    const cached = known.get(alphabet);
    if (cached !== undefined) return cached;
    const bytes = shippedFile(alphabet, 'bank.bin');
    if (bytes === null) return null;
    const hash = await blobs.put(bytes);
    known.set(alphabet, hash);
    return hash;
  };
}
