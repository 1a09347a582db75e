// Which samples any training run may have seen: the frozen lists by their id, and whose samples they hold.

export interface SnapshotRecord {
  /** Hash of the contents: the same samples, labels, splits and recipe give the same id. */
  readonly id: string;
  readonly alphabet: string;
  /** Hash of the frozen bytes in the blob store; null once they were deleted because somebody was forgotten. */
  readonly blob: string | null;
  /** Samples above this id are not in it. */
  readonly lastSampleId: number;
  readonly train: number;
  readonly test: number;
  /** Somebody's samples were forgotten since: runs from it cannot be repeated. */
  readonly unrepeatable: boolean;
  readonly createdAt: number;
}

export interface Snapshots {
  /** Remembers a frozen snapshot and whose samples are in it; the same id again changes nothing but the blob's hash. */
  add(snapshot: Omit<SnapshotRecord, 'unrepeatable'>, contributorIds: Iterable<number>): void;
  get(id: string): SnapshotRecord | undefined;
  list(alphabet?: string): readonly SnapshotRecord[];
  /** After forgetting: the blob was rewritten without the forgotten samples (its new hash) or deleted (null). */
  setBlob(id: string, blob: string | null): void;
  /**
   * Highest sample id that any version of this alphabet may have trained on, 0 when none has. Test samples are never
   * trained on, whatever their id; train samples above it were seen by no version yet.
   */
  trainedUpTo(alphabet: string): number;
}
