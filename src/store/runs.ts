// Training runs: one active an alphabet (a unique index says so), held by a lease, finished once by compare-and-swap.
import { decision as decisionRecord, type Decision } from '../records/decision.ts';
import { jobResult, jobSpec, progressReport, type JobResult, type JobSpec, type Progress } from '../records/job.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

type RunState = 'queued' | 'running' | 'promoted' | 'kept' | 'failed' | 'cancelled';
export type FinalState = Exclude<RunState, 'queued' | 'running'>;

export interface Run {
  readonly id: number;
  readonly alphabet: string;
  readonly state: RunState;
  /** `schedule`, `samples`, `release`, `command line`, a contributor's hash … */
  readonly requestedBy: string;
  /** The version that it only judges; null: it trains one. */
  readonly judges: string | null;
  readonly reason: string;
  readonly snapshotId: string | null;
  /** Each null until it is there, and where another release wrote it in words unknown here. */
  readonly job: JobSpec | null;
  readonly progress: Progress | null;
  readonly result: JobResult | null;
  readonly decision: Decision | null;
  /** The name that its job was told to the queue by, whatever else stands in it; null before. */
  readonly jobName: string | null;
  /** Blob hash (or any pointer) of the last checkpoint. */
  readonly checkpoint: string | null;
  /** The version it made, promoted or not. */
  readonly versionId: string | null;
  /** Why it failed or was cancelled, for people. */
  readonly error: string | null;
  readonly cancelRequested: boolean;
  readonly attempts: number;
  readonly holder: string | null;
  readonly leaseUntil: number | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface StoredRuns {
  /** Queues a run unless the alphabet has an active one, which is then handed back. */
  create(run: {
    readonly alphabet: string;
    readonly requestedBy: string;
    readonly reason: string;
    readonly judges?: string | null;
    readonly at: number;
  }): { readonly outcome: 'created' | 'busy'; readonly run: Run };
  get(id: number): Run | undefined;
  /** The queued or running run of the alphabet. */
  active(alphabet: string): Run | undefined;
  /** Newest first. */
  list(filter?: {
    readonly alphabet?: string;
    readonly states?: readonly RunState[];
    readonly limit?: number;
  }): readonly Run[];
  /**
   * Writes down the job (and the snapshot it freezes) of an active run; false when it is no longer active, or when its job
   * goes by another name than `before` by now: somebody was faster.
   */
  setJob(id: number, job: JobSpec, snapshotId: string | null, before: string | null): boolean;
  /** Queued → running under a lease; also takes over a running run whose lease ran out, or renews one's own. */
  take(id: number, holder: string, leaseUntil: number, at: number): boolean;
  /** Renews the lease and notes progress; says whether the run is still the holder's and whether to stop. */
  heartbeat(
    id: number,
    holder: string,
    leaseUntil: number,
    progress?: Progress,
  ): { readonly held: boolean; readonly cancelRequested: boolean };
  setCheckpoint(id: number, checkpoint: string | null): boolean;
  /** Worker's answer, kept until somebody finalises; false when the run is no longer active. */
  setResult(id: number, result: JobResult | null): boolean;
  /** Asks an active run to stop; false when there is none. */
  requestCancel(id: number): boolean;
  /**
   * Running runs whose lease ran out go back to queued, or fail after `maxAttempts`; returns those changed. `mine` is left
   * alone: who asks is alive, however long its machine was asleep.
   */
  reclaim(at: number, maxAttempts: number, mine?: string): readonly Run[];
  /** This holder leaves: its running runs are queued again, for whoever comes next, and nobody waits for its leases. */
  release(holder: string): void;
  /** To a final state, once: false when it is final already. */
  finish(
    id: number,
    end: {
      readonly state: FinalState;
      readonly decision?: Decision;
      readonly versionId?: string | null;
      readonly error?: string | null;
      readonly at: number;
    },
  ): boolean;
}

interface RunRow {
  readonly id: number;
  readonly alphabet: string;
  readonly state: RunState;
  readonly requested_by: string;
  readonly judges: string | null;
  readonly reason: string;
  readonly snapshot_id: string | null;
  readonly job: string | null;
  readonly progress: string | null;
  readonly result: string | null;
  readonly decision: string | null;
  readonly job_name: string | null;
  readonly checkpoint: string | null;
  readonly version_id: string | null;
  readonly error: string | null;
  readonly cancel_requested: number;
  readonly attempts: number;
  readonly holder: string | null;
  readonly lease_until: number | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

const toRun = (row: RunRow): Run => ({
  id: row.id,
  alphabet: row.alphabet,
  state: row.state,
  requestedBy: row.requested_by,
  judges: row.judges,
  reason: row.reason,
  snapshotId: row.snapshot_id,
  job: fromJson(jobSpec, row.job),
  progress: fromJson(progressReport, row.progress),
  result: fromJson(jobResult, row.result),
  decision: fromJson(decisionRecord, row.decision),
  jobName: row.job_name,
  checkpoint: row.checkpoint,
  versionId: row.version_id,
  error: row.error,
  cancelRequested: row.cancel_requested === 1,
  attempts: row.attempts,
  holder: row.holder,
  leaseUntil: row.lease_until,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

/** A row, and the name that its job goes by. */
const ALL = "*, job ->> '$.run' AS job_name";
const ACTIVE = "state IN ('queued', 'running')";
/** Leases are seconds long: one that ends so much later, ms, was given before the clock was set back. */
const NO_LEASE_MS = 60_000;
const LAPSED = `(lease_until < :at OR lease_until > :at + ${NO_LEASE_MS})`;

export function makeStoredRuns(sql: Sql): StoredRuns {
  const insert = sql.prepare<
    { alphabet: string; requestedBy: string; reason: string; judges: string | null; at: number },
    RunRow
  >(`
    INSERT INTO runs (alphabet, state, requested_by, reason, judges, created_at)
    VALUES (:alphabet, 'queued', :requestedBy, :reason, :judges, :at) RETURNING ${ALL}`);
  const byId = sql.prepare<{ id: number }, RunRow>(`SELECT ${ALL} FROM runs WHERE id = :id`);
  const active = sql.prepare<{ alphabet: string }, RunRow>(
    `SELECT ${ALL} FROM runs WHERE alphabet = :alphabet AND ${ACTIVE}`,
  );
  const list = sql.prepare<{ alphabet: string | null; states: string | null; limit: number }, RunRow>(`
    SELECT ${ALL} FROM runs WHERE (:alphabet IS NULL OR alphabet = :alphabet)
       AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states))) ORDER BY id DESC LIMIT :limit`);
  const setJob = sql.prepare<{ id: number; job: string | null; snapshotId: string | null; before: string | null }>(
    `UPDATE runs SET job = :job, snapshot_id = :snapshotId WHERE id = :id AND job ->> '$.run' IS :before AND ${ACTIVE}`,
  );
  const take = sql.prepare<{ id: number; holder: string; leaseUntil: number; at: number }>(`
    UPDATE runs SET state = 'running', attempts = attempts + (holder IS NOT :holder), holder = :holder,
           lease_until = :leaseUntil, started_at = coalesce(started_at, :at)
     WHERE id = :id AND (state = 'queued' OR (state = 'running' AND (holder = :holder OR ${LAPSED})))`);
  const heartbeat = sql.prepare<
    { id: number; holder: string; leaseUntil: number; progress: string | null },
    { cancel_requested: number }
  >(`
    UPDATE runs SET lease_until = :leaseUntil,
           -- Whoever goes on where another worker died did not lose what people saw.
           progress = CASE WHEN :progress IS NULL THEN progress
                           ELSE json_set(:progress, '$.share', max(coalesce(progress ->> '$.share', 0.0),
                                                                   coalesce(:progress ->> '$.share', 0.0))) END
     WHERE id = :id AND state = 'running' AND holder = :holder RETURNING cancel_requested`);
  const setCheckpoint = sql.prepare<{ id: number; checkpoint: string | null }>(
    `UPDATE runs SET checkpoint = :checkpoint WHERE id = :id AND ${ACTIVE}`,
  );
  const setResult = sql.prepare<{ id: number; result: string | null }>(
    `UPDATE runs SET result = :result WHERE id = :id AND ${ACTIVE}`,
  );
  const requestCancel = sql.prepare<{ id: number }>(
    `UPDATE runs SET cancel_requested = 1 WHERE id = :id AND ${ACTIVE}`,
  );
  const reclaim = sql.prepare<{ at: number; maxAttempts: number; mine: string | null }, RunRow>(`
    UPDATE runs SET
           state = CASE WHEN attempts < :maxAttempts THEN 'queued' ELSE 'failed' END,
           error = CASE WHEN attempts < :maxAttempts THEN error ELSE 'its worker died ' || attempts || ' times' END,
           finished_at = CASE WHEN attempts < :maxAttempts THEN NULL ELSE :at END,
           holder = NULL, lease_until = NULL
     WHERE state = 'running' AND holder IS NOT :mine AND ${LAPSED} RETURNING ${ALL}`);
  const release = sql.prepare<{ holder: string }>(
    "UPDATE runs SET state = 'queued', holder = NULL, lease_until = NULL WHERE state = 'running' AND holder = :holder",
  );
  const finish = sql.prepare<{
    id: number;
    state: FinalState;
    decision: string | null;
    versionId: string | null;
    error: string | null;
    at: number;
  }>(`
    UPDATE runs SET state = :state, decision = coalesce(:decision, decision),
           version_id = coalesce(:versionId, version_id), error = :error, finished_at = :at, holder = NULL,
           lease_until = NULL
     WHERE id = :id AND ${ACTIVE}`);

  return {
    create: (run) =>
      sql.atomically(() => {
        const busy = active.get({ alphabet: run.alphabet });
        if (busy) return { outcome: 'busy', run: toRun(busy) };
        const created = insert.get({ ...run, judges: run.judges ?? null });
        if (!created) throw new Error('a run just saved is not there');
        return { outcome: 'created', run: toRun(created) };
      }),
    get(id) {
      const row = byId.get({ id });
      return row && toRun(row);
    },
    active(alphabet) {
      const row = active.get({ alphabet });
      return row && toRun(row);
    },
    list: ({ alphabet, states, limit } = {}) =>
      list.all({ alphabet: alphabet ?? null, states: toJson(states), limit: limit ?? 100 }).map(toRun),
    setJob: (id, job, snapshotId, before) => setJob.run({ id, job: toJson(job), snapshotId, before }).changes === 1,
    take: (id, holder, leaseUntil, at) => take.run({ id, holder, leaseUntil, at }).changes === 1,
    heartbeat(id, holder, leaseUntil, progress) {
      const row = heartbeat.get({ id, holder, leaseUntil, progress: toJson(progress) });
      return { held: row !== undefined, cancelRequested: row?.cancel_requested === 1 };
    },
    setCheckpoint: (id, checkpoint) => setCheckpoint.run({ id, checkpoint }).changes === 1,
    setResult: (id, result) => setResult.run({ id, result: toJson(result) }).changes === 1,
    requestCancel: (id) => requestCancel.run({ id }).changes === 1,
    reclaim: (at, maxAttempts, mine) => reclaim.all({ at, maxAttempts, mine: mine ?? null }).map(toRun),
    release: (holder) => void release.run({ holder }),
    finish: (id, { state, decision, versionId, error, at }) =>
      finish.run({ id, state, decision: toJson(decision), versionId: versionId ?? null, error: error ?? null, at })
        .changes === 1,
  };
}
