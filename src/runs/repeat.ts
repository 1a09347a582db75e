// A version made again from what it says it was made from: proof that its lineage is the truth.
import type { Blobs } from '../blobs/blobs.ts';
import { decodeArtifact } from '../model/artifact.ts';
import { OperationalError } from '../errors.ts';
import type { Weights } from '../model/engine.ts';
import type { Store } from '../store/store.ts';
import { codeVersion } from '../version.ts';
import { perform, type PerformTools } from '../learning/perform.ts';

export type Repeated =
  /** Every weight is the same, to the last bit. */
  | { readonly outcome: 'same'; readonly version: string }
  /** With what may be why: the code and the machine are the only things that a lineage cannot bring back. */
  | { readonly outcome: 'different'; readonly version: string; readonly codeThen: string; readonly codeNow: string }
  /** Somebody whose samples it saw was forgotten since. */
  | { readonly outcome: 'forgotten'; readonly version: string }
  /** It came with the code, not from a run here: `npm run seed` makes it. */
  | { readonly outcome: 'shipped'; readonly version: string }
  | { readonly outcome: 'unknown-version'; readonly version: string };

/** Performs the run of a version again, in this process. Throws an OperationalError when a blob of it is gone or damaged. */
export async function repeat(
  { store, blobs }: { readonly store: Store; readonly blobs: Blobs },
  version: string,
  how: Pick<PerformTools, 'onProgress' | 'signal' | 'now' | 'adjust'>,
): Promise<Repeated> {
  const found = store.versions.get(version);
  if (found === undefined) return { outcome: 'unknown-version', version };
  const run = found.runId === null ? undefined : store.runs.get(found.runId);
  if (run === undefined) return { outcome: 'shipped', version };
  if (run.job === null)
    throw new OperationalError(
      `What ${version} was made from was written down by another release: it cannot be repeated.`,
    );
  const snapshot = store.snapshots.get(found.snapshotId ?? '');
  const bytes = snapshot?.blob ?? null;
  if (found.unrepeatable || snapshot?.unrepeatable === true || bytes === null) return { outcome: 'forgotten', version };
  const result = await perform({ ...run.job, snapshot: bytes, checkpoint: null }, { blobs, ...how });
  const weightsOf = async (artifact: string): Promise<Weights> =>
    decodeArtifact(await blobs.get(artifact)).network.weights;
  if (sameWeights(await weightsOf(found.artifact), await weightsOf(result.artifact)))
    return { outcome: 'same', version };
  return { outcome: 'different', version, codeThen: found.codeVersion, codeNow: codeVersion() };
}

function sameWeights(one: Weights, other: Weights): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([name, { data }]) => {
    const again = other.get(name)?.data;
    return again?.length === data.length && data.every((value, i) => Object.is(value, again[i]));
  });
}
