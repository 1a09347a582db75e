// Samples: glyphs with the label people agreed on. Immutable but for withdrawal, and for a label that is joined or parted; the split is fixed when saved.
import type { SampleInserter } from './insert-sample.ts';
import { unpack } from './packed.ts';
import type { Split } from './splitter.ts';
import type { Sql } from './sql.ts';

export interface Sample {
  readonly id: number;
  readonly alphabet: string;
  /** Null: people said that it is not a character. */
  readonly labelId: number | null;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
  readonly split: Split;
  readonly contributorId: number;
  /** The contributor's keyed hash, hex. */
  readonly contributor: string;
  /** `chat`, `import`, … */
  readonly source: string;
  readonly predictionId: string | null;
  /**
   * The first sample this one is a near-exact copy of (perhaps withdrawn since): all with the same `duplicateOf ?? id`
   * are one photo and count once as evidence.
   */
  readonly duplicateOf: number | null;
  /** SHA-256 of the glyph's pixels, hex. */
  readonly contentHash: string;
  readonly createdAt: number;
  readonly withdrawnAt: number | null;
}

export interface NewSample {
  readonly alphabet: string;
  readonly labelId: number | null;
  readonly glyph: Uint8Array;
  readonly contributorId: number;
  readonly source: string;
  readonly at: number;
}

interface SampleFilter {
  readonly alphabet: string;
  readonly split?: Split;
  readonly labelId?: number | null;
  readonly contributorId?: number;
  /** Only ids above / up to these. */
  readonly afterId?: number;
  readonly upToId?: number;
  /** Default false. */
  readonly includeWithdrawn?: boolean;
}

interface ImportResult {
  readonly added: number;
  /** Already there: same glyph, label and contributor. */
  readonly present: number;
}

/** Who said what a sample is: in a group that need not be who sent the photo. */
export interface Teacher {
  readonly contributor: number;
  /** An operator, or an import of the owner's. */
  readonly trusted: boolean;
}

export interface Samples {
  /** Saves a batch in one transaction; what is already there (same glyph, label, contributor) is left as it is. */
  import(samples: readonly NewSample[]): ImportResult;
  get(id: number): Sample | undefined;
  /** By id, in order, in bounded memory (reads a page at a time, so other writers are not held up). */
  iterate(filter: SampleFilter): Generator<Sample, void>;
  /** The last `limit` of those that are not withdrawn, by id, in order; walks back from the end. */
  newest(filter: Omit<SampleFilter, 'includeWithdrawn'>, limit: number): readonly Sample[];
  count(filter: SampleFilter): number;
  /** Highest id of the alphabet, 0 when it has none: what a snapshot frozen now holds. */
  lastId(alphabet: string): number;
  /** Which of these are still there and not withdrawn (a gate leaves the others out), and who said what they are. */
  live(ids: Iterable<number>): ReadonlyMap<number, Teacher>;
  /** Gives live samples another label, those of one label or only some of them; how many there were. */
  relabel(change: {
    readonly alphabet: string;
    readonly from: number;
    readonly to: number;
    /** All when left out. */
    readonly ids?: readonly number[] | undefined;
  }): number;
  /** Takes a sample out of both sides; false when it is unknown or was withdrawn before. */
  withdraw(id: number, at: number): boolean;
}

interface SampleRow {
  readonly id: number;
  readonly alphabet: string;
  readonly label_id: number | null;
  readonly glyph: Uint8Array;
  readonly split: Split;
  readonly contributor_id: number;
  readonly key_hash: string;
  readonly source: string;
  readonly prediction_id: string | null;
  readonly duplicate_of: number | null;
  readonly content_hash: Uint8Array;
  readonly created_at: number;
  readonly withdrawn_at: number | null;
}

const toSample = (row: SampleRow): Sample => ({
  id: row.id,
  alphabet: row.alphabet,
  labelId: row.label_id,
  glyph: unpack(row.glyph),
  split: row.split,
  contributorId: row.contributor_id,
  contributor: row.key_hash,
  source: row.source,
  predictionId: row.prediction_id,
  duplicateOf: row.duplicate_of,
  contentHash: Buffer.from(row.content_hash).toString('hex'),
  createdAt: row.created_at,
  withdrawnAt: row.withdrawn_at,
});

/** Samples read at once: a few megabytes. */
const PAGE = 1000;

/** Of a contributor `c`, who stands for a sample; `NAMELESS` with its verdict `v`: a stranger said it, who was forgotten. */
export const TRUSTED = "(c.operator = 1 OR c.platform = 'import')";
export const NAMELESS = `(${TRUSTED} AND v.sample_id IS NOT NULL AND v.contributor_id IS NULL)`;

const SELECT = 'SELECT s.*, c.key_hash FROM samples s JOIN contributors c ON c.id = s.contributor_id';
const FILTER = `s.alphabet = :alphabet AND s.id > :afterId AND s.id <= :upToId
  AND (:split IS NULL OR s.split = :split)
  AND (:anyLabel OR s.label_id IS :labelId)
  AND (:contributorId IS NULL OR s.contributor_id = :contributorId)`;

interface FilterParams {
  readonly alphabet: string;
  readonly split: Split | null;
  readonly anyLabel: number;
  readonly labelId: number | null;
  readonly contributorId: number | null;
  readonly afterId: number;
  readonly upToId: number;
}

const toParams = (filter: SampleFilter): FilterParams => ({
  alphabet: filter.alphabet,
  split: filter.split ?? null,
  anyLabel: Number(filter.labelId === undefined),
  labelId: filter.labelId ?? null,
  contributorId: filter.contributorId ?? null,
  afterId: filter.afterId ?? 0,
  upToId: filter.upToId ?? Number.MAX_SAFE_INTEGER,
});

export function makeSamples(sql: Sql, insertSample: SampleInserter): Samples {
  const byId = sql.prepare<{ id: number }, SampleRow>(`${SELECT} WHERE s.id = :id`);
  // The live index gives the page in order; with withdrawn ones, the table itself is walked.
  const pageLive = sql.prepare<FilterParams & { limit: number }, SampleRow>(
    `${SELECT} WHERE s.withdrawn_at IS NULL AND ${FILTER} ORDER BY s.id LIMIT :limit`,
  );
  const pageBack = sql.prepare<FilterParams & { limit: number }, SampleRow>(
    `${SELECT} WHERE s.withdrawn_at IS NULL AND ${FILTER} ORDER BY s.id DESC LIMIT :limit`,
  );
  const pageAll = sql.prepare<FilterParams & { limit: number }, SampleRow>(
    `${SELECT} WHERE ${FILTER} ORDER BY s.id LIMIT :limit`,
  );
  const countLive = sql.prepare<FilterParams, { n: number }>(
    `SELECT count(*) AS n FROM samples s WHERE s.withdrawn_at IS NULL AND ${FILTER}`,
  );
  const countAll = sql.prepare<FilterParams, { n: number }>(`SELECT count(*) AS n FROM samples s WHERE ${FILTER}`);
  const lastId = sql.prepare<{ alphabet: string }, { id: number | null }>(
    'SELECT max(id) AS id FROM samples WHERE alphabet = :alphabet AND withdrawn_at IS NULL',
  );
  const withdraw = sql.prepare<{ id: number; at: number }>(
    'UPDATE samples SET withdrawn_at = :at WHERE id = :id AND withdrawn_at IS NULL',
  );
  const relabel = sql.prepare<{ alphabet: string; from: number; to: number; id: number | null }>(
    `UPDATE samples SET label_id = :to
      WHERE alphabet = :alphabet AND label_id = :from AND withdrawn_at IS NULL AND (:id IS NULL OR id = :id)`,
  );
  // Where who answered was forgotten, the photo's sender stands for it, but for no stranger's word with the trust in them.
  const teacher = sql.prepare<{ id: number }, { contributor: number; trusted: number }>(`
    SELECT iif(${NAMELESS}, -c.id, c.id) AS contributor, ${TRUSTED} AND NOT ${NAMELESS} AS trusted
      FROM samples s LEFT JOIN verdicts v ON v.sample_id = s.id
      JOIN contributors c ON c.id = coalesce(v.contributor_id, s.contributor_id)
     WHERE s.id = :id AND s.withdrawn_at IS NULL`);

  return {
    import: (samples) =>
      sql.atomically(() => {
        let added = 0;
        for (const sample of samples) if (insertSample({ ...sample, predictionId: null }, 'unless-present')) added += 1;
        return { added, present: samples.length - added };
      }),
    get(id) {
      const row = byId.get({ id });
      return row && toSample(row);
    },
    *iterate(filter) {
      const page = filter.includeWithdrawn === true ? pageAll : pageLive;
      let params = toParams(filter);
      for (;;) {
        const rows = page.all({ ...params, limit: PAGE });
        for (const row of rows) yield toSample(row);
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) return;
        params = { ...params, afterId: last.id };
      }
    },
    newest: (filter, limit) =>
      pageBack
        .all({ ...toParams(filter), limit })
        .map(toSample)
        .reverse(),
    count: (filter) => (filter.includeWithdrawn === true ? countAll : countLive).get(toParams(filter))?.n ?? 0,
    lastId: (alphabet) => lastId.get({ alphabet })?.id ?? 0,
    live: (ids) =>
      new Map(
        [...ids].flatMap((id) => {
          const found = teacher.get({ id });
          return found === undefined
            ? []
            : [[id, { contributor: found.contributor, trusted: found.trusted === 1 }] as const];
        }),
      ),
    relabel: ({ ids, ...change }) =>
      sql.atomically(() =>
        (ids ?? [null]).reduce<number>((moved, id) => moved + relabel.run({ ...change, id }).changes, 0),
      ),
    withdraw: (id, at) => withdraw.run({ id, at }).changes === 1,
  };
}
