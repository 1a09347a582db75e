// What operators see of contributors, and what they may do about one: stop them from teaching, take back all they taught.
// Each change stands in the same transaction as the act that names who made it.
import type { Acts } from './acts.ts';
import { unpack } from './packed.ts';
import type { Sql } from './sql.ts';

/** One contributor as operators see them: figures, never a name. */
export interface ContributorSummary {
  readonly id: number;
  readonly platform: string;
  /** All their samples count, and may decide alone: an operator, or an import. */
  readonly trusted: boolean;
  readonly blockedAt: number | null;
  readonly firstSeen: number;
  /** Live samples, and how many of them came since the moment that was asked about. */
  readonly samples: number;
  readonly recent: number;
  readonly confirmed: number;
  readonly corrected: number;
  readonly rejected: number;
}

export interface By {
  readonly who: string;
  readonly at: number;
}

export interface Moderation {
  /** Those who taught or are blocked: most samples since `since` first. */
  list(page: { readonly since: number; readonly skip: number; readonly limit: number }): readonly ContributorSummary[];
  get(id: number, since: number): ContributorSummary | undefined;
  /** Some of their live samples, by chance (the order of their hashes). */
  some(
    id: number,
    limit: number,
  ): readonly { readonly alphabet: string; readonly labelId: number | null; readonly glyph: Uint8Array }[];
  /** False when they are (not) blocked already: then nothing is written down. */
  setBlocked(id: number, blocked: boolean, by: By): boolean;
  /** Whether any of them may not teach. */
  isBlocked(ids: readonly number[]): boolean;
  /** How many live samples they sent, or said what they are. */
  count(id: number): number;
  /** Versions that answer now and that, or an ancestor of which, learnt from them. */
  learntFrom(id: number): readonly string[];
  /**
   * Writes the act down; then `withdrawSome` takes back what they sent or answered, some at a time. Null when there is
   * nothing to withdraw.
   */
  beginWithdrawal(id: number, by: By): { readonly act: number; readonly samples: number } | null;
  /** Withdraws up to `limit` samples as an undo does; returns the alphabets of those, none when it is done. */
  withdrawSome(id: number, act: number, at: number, limit: number): readonly string[];
  /** Whether an operator withdrew samples of the alphabet, up to this id, at or after this time. */
  withdrawnSince(alphabet: string, upToId: number, at: number): boolean;
}

/** How many of the newest samples are counted as recent: a bound on what a look costs. */
const RECENT = 20_000;

export const contributorKey = (id: number): string => `c${id}`;

interface Row extends Omit<ContributorSummary, 'trusted'> {
  readonly trusted: number;
}

export function makeModeration(sql: Sql, acts: Acts): Moderation {
  const SELECT = `
    SELECT c.id, c.platform, (c.operator = 1 OR c.platform = 'import') AS trusted, b.at AS blockedAt,
           c.created_at AS firstSeen, coalesce(sum(n.samples), 0) AS samples, coalesce(r.recent, 0) AS recent,
           coalesce(sum(n.confirmed), 0) AS confirmed, coalesce(sum(n.corrected), 0) AS corrected,
           coalesce(sum(n.rejected), 0) AS rejected
      FROM contributors c LEFT JOIN blocks b USING (key_hash) LEFT JOIN contributor_counts n ON n.contributor_id = c.id
      LEFT JOIN (SELECT contributor_id, count(*) AS recent
                   FROM (SELECT contributor_id, created_at FROM samples WHERE withdrawn_at IS NULL
                          ORDER BY id DESC LIMIT ${RECENT})
                  WHERE created_at >= :since GROUP BY contributor_id) r ON r.contributor_id = c.id`;
  const list = sql.prepare<{ since: number; skip: number; limit: number }, Row>(`${SELECT}
     GROUP BY c.id HAVING samples + confirmed + corrected + rejected > 0 OR b.at IS NOT NULL
     ORDER BY recent DESC, samples DESC, c.id LIMIT :limit OFFSET :skip`);
  const one = sql.prepare<{ since: number; id: number }, Row>(`${SELECT} WHERE c.id = :id GROUP BY c.id`);
  const some = sql.prepare<
    { id: number; limit: number },
    { alphabet: string; labelId: number | null; glyph: Uint8Array }
  >(`
    SELECT alphabet, label_id AS labelId, glyph FROM samples INDEXED BY samples_by_contributor
     WHERE contributor_id = :id AND withdrawn_at IS NULL ORDER BY content_hash LIMIT :limit`);
  const block = sql.prepare<{ id: number; at: number }>(`
    INSERT INTO blocks (key_hash, at) SELECT key_hash, :at FROM contributors WHERE id = :id
    ON CONFLICT (key_hash) DO NOTHING`);
  const unblock = sql.prepare<{ id: number }>(
    'DELETE FROM blocks WHERE key_hash = (SELECT key_hash FROM contributors WHERE id = :id)',
  );
  const blocked = sql.prepare<{ ids: string }, { id: number }>(`
    SELECT id FROM contributors JOIN blocks USING (key_hash) WHERE id IN (SELECT value FROM json_each(:ids)) LIMIT 1`);
  // Theirs is what they sent, and what they said of others' photos.
  const THEIRS = `
    SELECT id FROM samples WHERE contributor_id = :id AND withdrawn_at IS NULL
     UNION SELECT s.id FROM verdicts v JOIN samples s ON s.id = v.sample_id
            WHERE v.contributor_id = :id AND s.withdrawn_at IS NULL`;
  const count = sql.prepare<{ id: number }, { n: number }>(`SELECT count(*) AS n FROM (${THEIRS})`);
  const learntFrom = sql.prepare<{ id: number }, { champion: string }>(`
    WITH RECURSIVE line (champion, version) AS (
      SELECT version_id, version_id FROM champions
      UNION SELECT l.champion, v.parent FROM line l JOIN versions v ON v.id = l.version WHERE v.parent IS NOT NULL)
    SELECT DISTINCT l.champion FROM line l JOIN versions v ON v.id = l.version
      JOIN snapshot_contributors s ON s.snapshot_id = v.snapshot_id
     WHERE s.contributor_id = :id ORDER BY l.champion`);
  const next = sql.prepare<{ id: number; limit: number }, { id: number }>(`SELECT id FROM (${THEIRS}) LIMIT :limit`);
  const unsay = sql.prepare<{ sample: number }>('DELETE FROM verdicts WHERE sample_id = :sample');
  const withdraw = sql.prepare<{ sample: number; act: number; at: number }, { alphabet: string }>(
    'UPDATE samples SET withdrawn_at = :at, withdrawn_by = :act WHERE id = :sample RETURNING alphabet',
  );
  const since = sql.prepare<{ alphabet: string; upToId: number; at: number }, { id: number }>(`
    SELECT id FROM samples WHERE alphabet = :alphabet AND withdrawn_by IS NOT NULL AND withdrawn_at >= :at
       AND id <= :upToId LIMIT 1`);

  const toSummary = (row: Row): ContributorSummary => ({ ...row, trusted: row.trusted === 1 });
  return {
    list: (page) => list.all(page).map(toSummary),
    get(id, from) {
      const row = one.get({ id, since: from });
      return row && toSummary(row);
    },
    some: (id, limit) => some.all({ id, limit }).map((row) => ({ ...row, glyph: unpack(row.glyph) })),
    setBlocked: (id, blocked, { who, at }) =>
      sql.atomically(() => {
        const { changes } = blocked ? block.run({ id, at }) : unblock.run({ id });
        if (changes === 1) acts.add({ at, who, what: blocked ? 'block' : 'unblock', subject: contributorKey(id) });
        return changes === 1;
      }),
    isBlocked: (ids) => blocked.get({ ids: JSON.stringify(ids) }) !== undefined,
    count: (id) => count.get({ id })?.n ?? 0,
    learntFrom: (id) => learntFrom.all({ id }).map(({ champion }) => champion),
    beginWithdrawal: (id, { who, at }) =>
      sql.atomically(() => {
        const samples = count.get({ id })?.n ?? 0;
        if (samples === 0) return null;
        return { act: acts.add({ at, who, what: 'withdraw', subject: contributorKey(id) }), samples };
      }),
    withdrawSome: (id, act, at, limit) =>
      sql.atomically(() => {
        const touched = new Set<string>();
        for (const { id: sample } of next.all({ id, limit })) {
          unsay.run({ sample });
          for (const { alphabet } of withdraw.all({ sample, act, at })) touched.add(alphabet);
        }
        return [...touched];
      }),
    withdrawnSince: (alphabet, upToId, at) => since.get({ alphabet, upToId, at }) !== undefined,
  };
}
