// Model versions with their lineage. A version names hashes and ids, never paths, and is never changed or deleted.
import { versionMetrics, type VersionMetrics } from '../records/metrics.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

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
  readonly metrics: VersionMetrics;
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

interface VersionRow {
  readonly id: string;
  readonly alphabet: string;
  readonly number: number;
  readonly artifact: string;
  readonly origin: 'seed' | 'run';
  readonly parent: string | null;
  readonly run_id: number | null;
  readonly snapshot_id: string | null;
  readonly architecture: string;
  readonly seed: number;
  readonly engine: string;
  readonly code_version: string;
  readonly metrics: string;
  readonly unrepeatable: number;
  readonly created_at: number;
}

const toVersion = (row: VersionRow): ModelVersion => ({
  id: row.id,
  alphabet: row.alphabet,
  number: row.number,
  artifact: row.artifact,
  origin: row.origin,
  parent: row.parent,
  runId: row.run_id,
  snapshotId: row.snapshot_id,
  architecture: row.architecture,
  seed: row.seed,
  engine: row.engine,
  codeVersion: row.code_version,
  metrics: fromJson(versionMetrics, row.metrics) ?? {},
  unrepeatable: row.unrepeatable === 1,
  createdAt: row.created_at,
});

export function makeVersions(sql: Sql): Versions {
  const next = sql.prepare<{ alphabet: string }, { number: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS number FROM versions WHERE alphabet = :alphabet',
  );
  // A snapshot from which somebody was forgotten meanwhile makes an unrepeatable version.
  const insert = sql.prepare<Omit<NewVersion, 'metrics'> & { id: string; number: number; metrics: string }>(`
    INSERT INTO versions (id, alphabet, number, artifact, origin, parent, run_id, snapshot_id, architecture, seed, engine,
                          code_version, metrics, unrepeatable, created_at)
    VALUES (:id, :alphabet, :number, :artifact, :origin, :parent, :runId, :snapshotId, :architecture, :seed, :engine,
            :codeVersion, :metrics, coalesce((SELECT unrepeatable FROM snapshots WHERE id = :snapshotId), 0), :createdAt)`);
  const byId = sql.prepare<{ id: string }, VersionRow>('SELECT * FROM versions WHERE id = :id');
  const list = sql.prepare<{ alphabet: string | null }, VersionRow>(`
    SELECT * FROM versions WHERE :alphabet IS NULL OR alphabet = :alphabet ORDER BY alphabet, number DESC`);
  const byArtifact = sql.prepare<{ alphabet: string; artifact: string }, VersionRow>(
    'SELECT * FROM versions WHERE alphabet = :alphabet AND artifact = :artifact ORDER BY number LIMIT 1',
  );
  const get = (id: string): ModelVersion | undefined => {
    const row = byId.get({ id });
    return row && toVersion(row);
  };
  return {
    add: (version) =>
      sql.atomically(() => {
        const number = next.get({ alphabet: version.alphabet })?.number ?? 1;
        const id = `${version.alphabet}-${String(number)}`;
        insert.run({ ...version, id, number, metrics: toJson(version.metrics) ?? 'null' });
        const added = get(id);
        if (!added) throw new Error('a version just saved is not there');
        return added;
      }),
    get,
    list: (alphabet) => list.all({ alphabet: alphabet ?? null }).map(toVersion),
    byArtifact(alphabet, artifact) {
      const row = byArtifact.get({ alphabet, artifact });
      return row && toVersion(row);
    },
  };
}
