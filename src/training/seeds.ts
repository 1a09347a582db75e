// The shipped models enter the store at the first start: into the blobs under their hash, as version and, where nobody
// answers yet, as champion. Never by path, so that an update of the files cannot change what answers.
import { readFileSync } from 'node:fs';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { hashOf } from '../blobs/blobs.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { decodeArtifact } from '../model/artifact.ts';
import type { Store } from '../store/store.ts';

/** Where the shipped models are: models/<alphabet>/model.onnx and bank.bin. */
const shipped = new URL('../../models/', import.meta.url);

/** A shipped file's bytes, or null when this alphabet ships without it. */
function shippedFile(alphabet: string, file: string): Uint8Array | null {
  try {
    return readFileSync(new URL(`${alphabet}/${file}`, shipped));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

interface Tools {
  readonly store: Pick<Store, 'versions' | 'champions' | 'meta' | 'atomically'>;
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
    const version =
      store.versions.byArtifact(alphabet.id, artifact) ??
      store.versions.add({
        alphabet: alphabet.id,
        artifact,
        origin: 'seed',
        parent: null,
        runId: null,
        snapshotId: null,
        architecture: metadata.architecture.id,
        seed: metadata.lineage.seed,
        engine: metadata.lineage.engine,
        codeVersion: metadata.lineage.codeVersion,
        metrics: metadata.metrics,
        createdAt: now(),
      });
    if (store.champions.current(alphabet.id) !== undefined) return;
    store.champions.promote({
      alphabet: alphabet.id,
      expected: null,
      version: version.id,
      reason: 'shipped',
      by: 'first start',
      at: now(),
    });
  });
}

/** The hash of an alphabet's glyph bank, whole in the blobs; null when it has none. Own alphabets' banks are named in meta. */
export function makeBankOf({ store, blobs }: Pick<Tools, 'store' | 'blobs'>) {
  const known = new Map<string, string>();
  return async (alphabet: string): Promise<string | null> => {
    const own = store.meta.get(bankKey(alphabet));
    if (own !== undefined) return own;
    const cached = known.get(alphabet);
    if (cached !== undefined) return cached;
    const bytes = shippedFile(alphabet, 'bank.bin');
    if (bytes === null) return null;
    const hash = await blobs.put(bytes);
    known.set(alphabet, hash);
    return hash;
  };
}

/** Where meta keeps the hash of an own alphabet's bank. */
export const bankKey = (alphabet: string): string => `bank:${alphabet}`;
