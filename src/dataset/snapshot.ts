// The frozen bytes of a snapshot: what one training run saw, streamed in and out so that memory stays bounded.
import type { Split } from '../store/samples.ts';

/** A sample as frozen: no times, no addresses. */
export interface FrozenSample {
  readonly id: number;
  /** Null: not a character. */
  readonly labelId: number | null;
  readonly glyph: Uint8Array;
  readonly split: Split;
  /** Keyed hash of the contributor, hex. */
  readonly contributor: string;
  /** Id of the first sample this one is a near-exact copy of, or null. */
  readonly duplicateOf: number | null;
}

export interface SnapshotHeader {
  readonly alphabet: string;
  /** How replay is made and anything else that shapes the training corpus (JSON); part of the id. */
  readonly recipe: unknown;
}

export interface SnapshotSummary {
  /** SHA-256 over header and samples, hex: the same data gives the same id, whatever the compression. */
  readonly id: string;
  readonly train: number;
  readonly test: number;
  readonly lastSampleId: number;
}

export interface SnapshotWriter {
  /** The frozen bytes, in pieces of about 100 kB; to be consumed once. */
  readonly bytes: AsyncGenerator<Uint8Array, void>;
  /** Known once `bytes` is consumed. */
  readonly summary: Promise<SnapshotSummary>;
}

/** Freezes samples (in the order given). */
export function freezeSnapshot(header: SnapshotHeader, samples: Iterable<FrozenSample>): SnapshotWriter {
  throw new Error(`not yet: ${header.alphabet} ${typeof samples}`);
}

export interface SnapshotReader {
  readonly header: SnapshotHeader;
  readonly samples: AsyncGenerator<FrozenSample, void>;
}

/** Reads frozen bytes, whole or in pieces. Throws OperationalError when they are damaged or cut short. */
export function readSnapshot(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<SnapshotReader> {
  throw new Error(`not yet: ${typeof bytes}`);
}

export interface SnapshotDiff {
  /** Sample ids only in the second / only in the first. */
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly sameRecipe: boolean;
}
