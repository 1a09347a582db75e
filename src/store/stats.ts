// Figures for /stats, read from counters that change in the same transaction as what they count.
import type { Split } from './splitter.ts';
import type { Sql } from './sql.ts';

export interface AlphabetStats {
  readonly alphabet: string;
  readonly samples: number;
  readonly train: number;
  readonly test: number;
  /** Samples that people called not a character; counted in none of the above. */
  readonly rejected: number;
  readonly contributors: number;
  /** By label id; labels without samples are left out. */
  readonly labels: readonly { readonly labelId: number; readonly train: number; readonly test: number }[];
  /** Samples saved a day (UTC, YYYY-MM-DD), oldest first; days without samples are left out. */
  readonly days: readonly { readonly day: string; readonly samples: number }[];
  /** What people said of each version's predictions, oldest version first. */
  readonly live: readonly LiveCounts[];
}

export interface LiveCounts {
  readonly versionId: string;
  readonly confirmed: number;
  readonly corrected: number;
  readonly rejected: number;
}

export interface Stats {
  ofAlphabet(alphabet: string, sinceDay?: string): AlphabetStats;
  /** Live samples by split, for the trigger: microseconds. */
  counts(alphabet: string): Readonly<Record<Split, number>>;
  /** Samples (rejects too) saved after this id and not withdrawn: what is new since a snapshot. Counts to 200,000. */
  newSince(alphabet: string, afterId: number): number;
  /** Alphabets that have any sample. */
  alphabets(): readonly string[];
}

/** `newSince` counts no further: enough for any trigger, and a bound on what asking costs. */
const ENOUGH = 200_000;
const DAY = 86_400_000;

export function makeStats(sql: Sql): Stats {
  type Of = { readonly alphabet: string };
  const labels = sql.prepare<Of, { labelId: number; train: number; test: number }>(`
    SELECT label_id AS labelId, train, test FROM label_counts
     WHERE alphabet = :alphabet AND train + test > 0 ORDER BY label_id`);
  const counts = sql.prepare<Of, { train: number | null; test: number | null }>(
    'SELECT sum(train) AS train, sum(test) AS test FROM label_counts WHERE alphabet = :alphabet AND label_id >= 0',
  );
  const days = sql.prepare<Of & { since: number }, { day: number; samples: number }>(`
    SELECT day, samples FROM day_counts WHERE alphabet = :alphabet AND day >= :since AND samples > 0 ORDER BY day`);
  const contributors = sql.prepare<Of, { n: number }>(
    'SELECT count(*) AS n FROM contributor_counts WHERE alphabet = :alphabet AND samples > 0',
  );
  const live = sql.prepare<Of, LiveCounts>(`
    SELECT l.version_id AS versionId, l.confirmed, l.corrected, l.rejected FROM live_counts l
      LEFT JOIN versions v ON v.id = l.version_id
     WHERE l.alphabet = :alphabet AND l.version_id <> '' ORDER BY v.number, l.version_id`);
  const newSince = sql.prepare<Of & { afterId: number; limit: number }, { n: number }>(`
    SELECT count(*) AS n FROM (SELECT 1 FROM samples WHERE alphabet = :alphabet AND withdrawn_at IS NULL
                                AND id > :afterId LIMIT :limit)`);
  const alphabets = sql.prepare<object, { alphabet: string }>(
    'SELECT alphabet FROM label_counts GROUP BY alphabet HAVING sum(train + test) > 0 ORDER BY alphabet',
  );
  return {
    ofAlphabet(alphabet, sinceDay = '1970-01-01') {
      const all = labels.all({ alphabet });
      const known = all.filter((each) => each.labelId >= 0);
      const train = known.reduce((sum, each) => sum + each.train, 0);
      const test = known.reduce((sum, each) => sum + each.test, 0);
      const since = Math.floor(Date.parse(sinceDay) / DAY);
      return {
        alphabet,
        samples: train + test,
        train,
        test,
        rejected: all.filter((each) => each.labelId < 0).reduce((sum, each) => sum + each.train + each.test, 0),
        contributors: contributors.get({ alphabet })?.n ?? 0,
        labels: known,
        days: days
          .all({ alphabet, since })
          .map(({ day, samples }) => ({ day: new Date(day * DAY).toISOString().slice(0, 10), samples })),
        live: live.all({ alphabet }),
      };
    },
    counts(alphabet) {
      const row = counts.get({ alphabet });
      return { train: row?.train ?? 0, test: row?.test ?? 0 };
    },
    newSince: (alphabet, afterId) => newSince.get({ alphabet, afterId, limit: ENOUGH })?.n ?? 0,
    alphabets: () => alphabets.all({}).map((row) => row.alphabet),
  };
}
