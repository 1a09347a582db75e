// Which samples any training run may have seen: the frozen lists by their id, and whose samples they hold.
import type { Sql } from './sql.ts';

export interface SnapshotRecord {
  /** Hash of the contents: the same samples, labels, splits and recipe give the same id. */
  readonly id: string;
  readonly alphabet: string;
  /** Hash of the frozen bytes in the blob store; null once they were deleted: somebody was forgotten, or it has no use. */
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
  /**
   * Remembers a frozen snapshot and whose samples are in it; the same id again changes nothing but the blob's hash.
   * `someone-was-forgotten`: while it was being frozen; then it must not be used, its blobs be deleted, another be frozen.
   */
  add(
    snapshot: Omit<SnapshotRecord, 'unrepeatable'>,
    contributorIds: Iterable<number>,
  ): 'added' | 'someone-was-forgotten';
  get(id: string): SnapshotRecord | undefined;
  list(alphabet?: string): readonly SnapshotRecord[];
  /** After forgetting: the blob was rewritten without the forgotten samples (its new hash) or deleted (null). */
  setBlob(id: string, blob: string | null): void;
  /** Somebody made it on purpose: it stays, whatever becomes of runs that saw the same samples. */
  keep(id: string): void;
  /** Lets go of the bytes that only runs without a version have seen; the records stay. Returns how many. */
  releaseUnused(): number;
}

interface SnapshotRow {
  readonly id: string;
  readonly alphabet: string;
  readonly blob: string | null;
  readonly last_sample_id: number;
  readonly train: number;
  readonly test: number;
  readonly unrepeatable: number;
  readonly created_at: number;
}

const toSnapshot = (row: SnapshotRow): SnapshotRecord => ({
  id: row.id,
  alphabet: row.alphabet,
  blob: row.blob,
  lastSampleId: row.last_sample_id,
  train: row.train,
  test: row.test,
  unrepeatable: row.unrepeatable === 1,
  createdAt: row.created_at,
});

export function makeSnapshots(sql: Sql): Snapshots {
  const insert = sql.prepare<Omit<SnapshotRecord, 'unrepeatable'>>(`
    INSERT INTO snapshots (id, alphabet, blob, last_sample_id, train, test, created_at)
    VALUES (:id, :alphabet, :blob, :lastSampleId, :train, :test, :createdAt)
    ON CONFLICT (id) DO UPDATE SET blob = excluded.blob`);
  // A contributor forgotten while the snapshot was being frozen is not there any more; the snapshot says so.
  const insertContributor = sql.prepare<{ id: number; snapshot: string }>(`
    INSERT OR IGNORE INTO snapshot_contributors (contributor_id, snapshot_id)
    SELECT id, :snapshot FROM contributors WHERE id = :id`);
  const known = sql.prepare<{ id: number }, { id: number }>('SELECT id FROM contributors WHERE id = :id');
  const mark = sql.prepare<{ id: string }>('UPDATE snapshots SET unrepeatable = 1 WHERE id = :id');
  const byId = sql.prepare<{ id: string }, SnapshotRow>('SELECT * FROM snapshots WHERE id = :id');
  const list = sql.prepare<{ alphabet: string | null }, SnapshotRow>(`
    SELECT * FROM snapshots WHERE :alphabet IS NULL OR alphabet = :alphabet ORDER BY created_at DESC, id`);
  const setBlob = sql.prepare<{ id: string; blob: string | null }>('UPDATE snapshots SET blob = :blob WHERE id = :id');
  const keep = sql.prepare<{ id: string }>('UPDATE snapshots SET kept = 1 WHERE id = :id');
  const release = sql.prepare<object>(`
    UPDATE snapshots SET blob = NULL
     WHERE blob IS NOT NULL AND kept = 0 AND id IN (SELECT snapshot_id FROM runs)
       AND NOT EXISTS (SELECT 1 FROM runs r
                        WHERE r.snapshot_id = snapshots.id AND (r.version_id IS NOT NULL OR r.finished_at IS NULL))`);
  return {
    add: (snapshot, contributorIds) =>
      sql.atomically(() => {
        insert.run(snapshot);
        let forgotten = false;
        for (const id of contributorIds) {
          insertContributor.run({ id, snapshot: snapshot.id });
          if (!known.get({ id })) forgotten = true;
        }
        if (forgotten) mark.run({ id: snapshot.id });
        return forgotten ? 'someone-was-forgotten' : 'added';
      }),
    get(id) {
      const row = byId.get({ id });
      return row && toSnapshot(row);
    },
    list: (alphabet) => list.all({ alphabet: alphabet ?? null }).map(toSnapshot),
    setBlob: (id, blob) => void setBlob.run({ id, blob }),
    keep: (id) => void keep.run({ id }),
    releaseUnused: () => release.run({}).changes,
  };
}
