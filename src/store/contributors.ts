// People, known only by a keyed hash: their language, whether they want to be told things, and whether they only test.
import type { Sql } from './sql.ts';

export interface Contributor {
  readonly id: number;
  /** Keyed hash of platform and user id, hex. */
  readonly keyHash: string;
  readonly platform: string;
  /** Language chosen by hand; null: take the client's. */
  readonly language: string | null;
  /** What the client spoke last (BCP 47); null: it never told. */
  readonly clientLanguage: string | null;
  readonly silenced: boolean;
  /** Fixed at the first sample (null until then): all samples of a test-only contributor are test. */
  readonly testOnly: boolean | null;
  readonly createdAt: number;
}

/** What one contributor taught in one alphabet. */
interface ContributorStats {
  readonly alphabet: string;
  /** Samples from this contributor's photos that were not withdrawn. */
  readonly samples: number;
  /** Verdicts this contributor gave to what a model had read (with no model yet, nobody was right or wrong). */
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
    /** What the client speaks now; what it spoke before where it does not tell. */
    readonly clientLanguage?: string;
    readonly at: number;
  }): Contributor;
  /** Whether anybody is known at all. */
  any(): boolean;
  byId(id: number): Contributor | undefined;
  byKeyHash(keyHash: string): Contributor | undefined;
  setLanguage(id: number, language: string | null): void;
  setSilenced(id: number, silenced: boolean): void;
  stats(id: number): readonly ContributorStats[];
  /** Keyed hashes of operators and imports with more samples of the alphabet than count in any case. */
  trusted(alphabet: string): readonly string[];
  /** Deletes their samples, pictures, predictions, reply addresses, pending announcements and the contributor itself. */
  forget(id: number): Forgotten;
}

interface ContributorRow {
  readonly id: number;
  readonly key_hash: string;
  readonly platform: string;
  readonly language: string | null;
  readonly client_language: string | null;
  readonly silenced: number;
  readonly test_only: number | null;
  readonly created_at: number;
}

const toContributor = (row: ContributorRow): Contributor => ({
  id: row.id,
  keyHash: row.key_hash,
  platform: row.platform,
  language: row.language,
  clientLanguage: row.client_language,
  silenced: row.silenced === 1,
  testOnly: row.test_only === null ? null : row.test_only === 1,
  createdAt: row.created_at,
});

export function makeContributors(sql: Sql, forget: Contributors['forget']): Contributors {
  const any = sql.prepare<object, { id: number }>('SELECT id FROM contributors LIMIT 1');
  const byId = sql.prepare<{ id: number }, ContributorRow>('SELECT * FROM contributors WHERE id = :id');
  const byKeyHash = sql.prepare<{ keyHash: string }, ContributorRow & { readonly operator: number }>(
    'SELECT * FROM contributors WHERE key_hash = :keyHash',
  );
  const put = sql.prepare<{
    keyHash: string;
    platform: string;
    operator: number;
    clientLanguage: string | null;
    at: number;
  }>(`
    INSERT INTO contributors (key_hash, platform, operator, client_language, created_at)
    VALUES (:keyHash, :platform, :operator, :clientLanguage, :at)
    ON CONFLICT (key_hash) DO UPDATE SET operator = excluded.operator, client_language = excluded.client_language`);
  const setLanguage = sql.prepare<{ id: number; language: string | null }>(
    'UPDATE contributors SET language = :language WHERE id = :id',
  );
  const setSilenced = sql.prepare<{ id: number; silenced: number }>(
    'UPDATE contributors SET silenced = :silenced WHERE id = :id',
  );
  const stats = sql.prepare<{ id: number }, ContributorStats>(`
    SELECT c.alphabet, c.samples, c.confirmed, c.corrected - coalesce(u.corrected, 0) AS corrected,
           c.rejected - coalesce(u.rejected, 0) AS rejected
      FROM contributor_counts c
      LEFT JOIN (SELECT alphabet, sum(kind = 'correct') AS corrected, sum(kind = 'reject') AS rejected
                   FROM verdicts WHERE contributor_id = :id AND version_id = '' GROUP BY alphabet) u USING (alphabet)
     WHERE c.contributor_id = :id AND c.samples + c.confirmed + c.corrected + c.rejected > 0 ORDER BY c.alphabet`);
  const trusted = sql.prepare<{ alphabet: string }, { key_hash: string }>(`
    SELECT c.key_hash FROM contributor_counts n JOIN contributors c ON c.id = n.contributor_id
     WHERE n.alphabet = :alphabet AND n.samples > 3 AND (c.operator = 1 OR c.platform = 'import') ORDER BY c.id`);
  return {
    any: () => any.get({}) !== undefined,
    getOrCreate({ keyHash, platform, operator = false, clientLanguage, at }) {
      // Nearly always there already: a read takes no lock.
      const known = byKeyHash.get({ keyHash });
      const language = clientLanguage ?? known?.client_language ?? null;
      if (known && known.operator === Number(operator) && known.client_language === language) {
        return toContributor(known);
      }
      put.run({ keyHash, platform, operator: Number(operator), clientLanguage: language, at });
      const row = byKeyHash.get({ keyHash });
      if (!row) throw new Error('a contributor just saved is not there');
      return toContributor(row);
    },
    byId(id) {
      const row = byId.get({ id });
      return row && toContributor(row);
    },
    byKeyHash(keyHash) {
      const row = byKeyHash.get({ keyHash });
      return row && toContributor(row);
    },
    setLanguage: (id, language) => void setLanguage.run({ id, language }),
    setSilenced: (id, silenced) => void setSilenced.run({ id, silenced: Number(silenced) }),
    stats: (id) => stats.all({ id }),
    trusted: (alphabet) => trusted.all({ alphabet }).map((row) => row.key_hash),
    forget,
  };
}
