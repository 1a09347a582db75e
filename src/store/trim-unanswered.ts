// Open questions are bounded in number, whatever their age: by contributor, by neighbourhood, and in all. The oldest go first,
// in all those of whoever has most open; what was answered is never touched.
import type { Sql } from './sql.ts';

interface OpenLimits {
  readonly ofContributor: number;
  /** Of one neighbourhood, as `share` of its predictions says. */
  readonly ofShare: number;
  readonly inAll: number;
}

/** Returns how many predictions were deleted. */
export type TrimUnanswered = (limits: OpenLimits) => number;

const AT_ONCE = 500;

interface Owner {
  readonly share: string | null;
  readonly contributor: number | null;
  readonly open: number;
}

export function makeTrimUnanswered(sql: Sql): TrimUnanswered {
  const ofContributors = sql.prepare<{ most: number }, Owner>(`
    SELECT NULL AS share, contributor_id AS contributor, count(*) AS open FROM predictions
     WHERE answered = 0 GROUP BY contributor_id HAVING count(*) > :most`);
  const ofShares = sql.prepare<{ most: number }, Owner>(`
    SELECT share, NULL AS contributor, count(*) AS open FROM predictions
     WHERE answered = 0 AND share IS NOT NULL GROUP BY share HAVING count(*) > :most`);
  // Who has no neighbourhood stands for themselves.
  const all = sql.prepare<object, Owner>(`
    SELECT share, CASE WHEN share IS NULL THEN contributor_id END AS contributor, count(*) AS open FROM predictions
     WHERE answered = 0 GROUP BY 1, 2`);
  const remove = sql.prepare<
    { share: string | null; contributor: number | null; keep: number; limit: number },
    { photo_id: string }
  >(`
    DELETE FROM predictions WHERE rowid IN (
      SELECT rowid FROM predictions
       WHERE answered = 0 AND share = :share
       UNION ALL
      SELECT rowid FROM predictions
       WHERE answered = 0 AND contributor_id = :contributor
       ORDER BY rowid DESC LIMIT :limit OFFSET :keep)
    RETURNING photo_id`);
  const removeAddresses = sql.prepare<{ photoIds: string }>(`
    DELETE FROM reply_addresses WHERE photo_id IN (SELECT value FROM json_each(:photoIds))
       AND NOT EXISTS (SELECT 1 FROM predictions p WHERE p.photo_id = reply_addresses.photo_id)`);

  function trim({ share, contributor }: Owner, keep: number): number {
    const some = (): number =>
      sql.atomically(() => {
        const gone = remove.all({ share, contributor, keep, limit: AT_ONCE });
        removeAddresses.run({ photoIds: JSON.stringify(gone.map((row) => row.photo_id)) });
        return gone.length;
      });
    let trimmed = 0;
    for (;;) {
      const gone = some();
      trimmed += gone;
      if (gone < AT_ONCE) return trimmed;
    }
  }

  return ({ ofContributor, ofShare, inAll }) => {
    let trimmed = 0;
    const keepOnly = (owners: readonly Owner[], most: number): void => {
      for (const owner of owners) if (owner.open > most) trimmed += trim(owner, most);
    };
    keepOnly(ofContributors.all({ most: ofContributor }), ofContributor);
    keepOnly(ofShares.all({ most: ofShare }), ofShare);
    const owners = all.all({});
    keepOnly(owners, level(owners, inAll));
    return trimmed;
  };
}

/** How many each may keep so that all together have no more than so many: who has less keeps everything. */
function level(owners: readonly Owner[], inAll: number): number {
  let left = inAll;
  const sorted = owners.map(({ open }) => open).sort((a, b) => a - b);
  for (const [index, open] of sorted.entries()) {
    const each = Math.floor(left / (sorted.length - index));
    if (open > each) return each;
    left -= open;
  }
  return Infinity;
}
