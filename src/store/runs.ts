// Training runs: one active an alphabet (a unique index says so), held by a lease, finished once by compare-and-swap.

export type RunState = 'queued' | 'running' | 'promoted' | 'kept' | 'failed' | 'cancelled';
export type FinalState = Exclude<RunState, 'queued' | 'running'>;

export interface Run {
  readonly id: number;
  readonly alphabet: string;
  readonly state: RunState;
  /** `schedule`, `samples`, `command line`, a contributor's hash … */
  readonly requestedBy: string;
  readonly reason: string;
  readonly snapshotId: string | null;
  /** JSON as the training room wrote it: the job, the last progress, the result, the decision. */
  readonly job: unknown;
  readonly progress: unknown;
  readonly result: unknown;
  readonly decision: unknown;
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

export interface Runs {
  /** Queues a run unless the alphabet has an active one, which is then handed back. */
  create(run: {
    readonly alphabet: string;
    readonly requestedBy: string;
    readonly reason: string;
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
  /** Writes down the job (and the snapshot it freezes) of an active run; false when it is no longer active. */
  setJob(id: number, job: unknown, snapshotId: string | null): boolean;
  /** Queued → running under a lease; also takes over a running run whose lease ran out, or renews one's own. */
  take(id: number, holder: string, leaseUntil: number, at: number): boolean;
  /** Renews the lease and notes progress; says whether the run is still the holder's and whether to stop. */
  heartbeat(
    id: number,
    holder: string,
    leaseUntil: number,
    progress?: unknown,
  ): { readonly held: boolean; readonly cancelRequested: boolean };
  setCheckpoint(id: number, checkpoint: string | null): boolean;
  /** Worker's answer, kept until somebody finalises; false when the run is no longer active. */
  setResult(id: number, result: unknown): boolean;
  /** Asks an active run to stop; false when there is none. */
  requestCancel(id: number): boolean;
  /** Running runs whose lease ran out go back to queued, or fail after `maxAttempts`; returns those changed. */
  reclaim(at: number, maxAttempts: number): readonly Run[];
  /** To a final state, once: false when it is final already. */
  finish(
    id: number,
    end: {
      readonly state: FinalState;
      readonly decision?: unknown;
      readonly versionId?: string | null;
      readonly error?: string | null;
      readonly at: number;
    },
  ): boolean;
}
