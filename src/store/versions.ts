// Model versions with their lineage. A version names hashes and ids, never paths, and is never changed or deleted.

export interface ModelVersion {
  /** Readable, never reused: `digits-3`. */
  readonly id: string;
  readonly alphabet: string;
  readonly number: number;
  /** Hash of the artifact in the blob store. */
  readonly artifact: string;
  readonly origin: 'seed' | 'run';
  readonly parent: string | null;
  readonly runId: number | null;
  readonly snapshotId: string | null;
  readonly architecture: string;
  readonly seed: number;
  readonly engine: string;
  readonly codeVersion: string;
  /** Figures as the evaluation gave them (JSON). */
  readonly metrics: unknown;
  readonly unrepeatable: boolean;
  readonly createdAt: number;
}

export type NewVersion = Omit<ModelVersion, 'id' | 'number' | 'unrepeatable'>;

export interface Versions {
  /** Gives the next number of the alphabet. */
  add(version: NewVersion): ModelVersion;
  get(id: string): ModelVersion | undefined;
  /** Newest first. */
  list(alphabet?: string): readonly ModelVersion[];
  /** The version with this artifact, so that a seed is entered once. */
  byArtifact(alphabet: string, artifact: string): ModelVersion | undefined;
}
