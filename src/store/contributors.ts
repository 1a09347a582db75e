// People, known only by a keyed hash: their language, whether they want to be told things, and whether they only test.

export interface Contributor {
  readonly id: number;
  /** Keyed hash of platform and user id, hex. */
  readonly keyHash: string;
  readonly platform: string;
  /** Language chosen by hand; null: take the client's. */
  readonly language: string | null;
  readonly silenced: boolean;
  /** Fixed at the first sample (null until then): all samples of a test-only contributor are test. */
  readonly testOnly: boolean | null;
  readonly createdAt: number;
}

/** What one contributor taught in one alphabet. */
export interface ContributorStats {
  readonly alphabet: string;
  /** Samples from this contributor's photos that were not withdrawn. */
  readonly samples: number;
  /** Verdicts this contributor gave. */
  readonly confirmed: number;
  readonly corrected: number;
  readonly rejected: number;
}

/** What forgetting somebody touched; the caller rewrites or deletes the blobs named here. */
export interface Forgotten {
  readonly samples: number;
  readonly predictions: number;
  /** Snapshots that held their samples, now marked unrepeatable. */
  readonly snapshots: readonly { readonly id: string; readonly blob: string | null }[];
  /** Runs that used these snapshots: their checkpoints and jobs may hold the samples too. */
  readonly runs: readonly number[];
  /** Versions trained on these snapshots, now marked unrepeatable (they go on answering). */
  readonly versions: readonly string[];
}

export interface Contributors {
  /** `operator`: an owner or admin, who is never test-only. Platform `import` is never test-only either. */
  getOrCreate(who: {
    readonly keyHash: string;
    readonly platform: string;
    readonly operator?: boolean;
    readonly at: number;
  }): Contributor;
  byId(id: number): Contributor | undefined;
  byKeyHash(keyHash: string): Contributor | undefined;
  setLanguage(id: number, language: string | null): void;
  setSilenced(id: number, silenced: boolean): void;
  stats(id: number): readonly ContributorStats[];
  /** Deletes their samples, pictures, predictions, reply addresses, pending announcements and the contributor itself. */
  forget(id: number, at: number): Forgotten;
}
