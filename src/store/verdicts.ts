// A verdict becomes a sample in one transaction: verdict, sample and counters together, or nothing.
import type { SampleInserter } from './insert-sample.ts';
import { unpack } from './packed.ts';
import type { Split } from './splitter.ts';
import type { Sql } from './sql.ts';

type VerdictKind = 'confirm' | 'correct' | 'reject';

export interface Verdict {
  readonly predictionId: string;
  readonly kind: VerdictKind;
  /** Null exactly when the kind is reject. */
  readonly labelId: number | null;
  /** Who answered; null once they were forgotten. */
  readonly contributorId: number | null;
  readonly sampleId: number;
  readonly at: number;
}

interface NewVerdict {
  readonly predictionId: string;
  readonly kind: VerdictKind;
  readonly labelId: number | null;
  readonly contributorId: number;
  /** Whose writing it is, where somebody else asked for its reading. */
  readonly writerId?: number | undefined;
  readonly at: number;
}

type VerdictOutcome =
  | { readonly outcome: 'saved'; readonly sampleId: number; readonly split: Split; readonly verdict: Verdict }
  | { readonly outcome: 'already'; readonly verdict: Verdict }
  /** An operator blocked who answers, or who sent the photo: nothing is kept. */
  | { readonly outcome: 'blocked' }
  | { readonly outcome: 'unknown-prediction' };

type UndoOutcome =
  | { readonly outcome: 'undone'; readonly verdict: Verdict }
  | { readonly outcome: 'no-verdict' }
  | { readonly outcome: 'unknown-prediction' };

export interface Verdicts {
  /** The sample belongs to who wrote it: who sent the photo, unless another is named. A reject is kept as a sample without a label. Idempotent by prediction. */
  save(verdict: NewVerdict): VerdictOutcome;
  get(predictionId: string): Verdict | undefined;
  /** The newest verdict given by this contributor (in this chat, if one is named): what /undo takes back. */
  lastBy(contributorId: number, chatKey?: string): Verdict | undefined;
  /** Withdraws the sample and allows a new verdict. */
  undo(predictionId: string, at: number): UndoOutcome;
  /** Corrections whose samples stand between these ids (above, up to), oldest first, with who sent the photo. */
  corrected(range: {
    readonly alphabet: string;
    readonly afterSample: number;
    readonly upToSample: number;
    readonly limit: number;
  }): readonly Verdict[];
  /** Of the newest verdicts on what this version read, by the platform of who sent the photo: whether each said "right"; oldest first. */
  recent(version: string, limit: number): ReadonlyMap<string, readonly boolean[]>;
  /** How many verdicts this contributor gave since `since`: for limits. */
  countSince(contributorId: number, since: number): number;
}

interface VerdictRow {
  readonly prediction_id: string;
  readonly kind: VerdictKind;
  readonly label_id: number | null;
  readonly contributor_id: number | null;
  readonly sample_id: number;
  readonly at: number;
}

const toVerdict = (row: VerdictRow): Verdict => ({
  predictionId: row.prediction_id,
  kind: row.kind,
  labelId: row.label_id,
  contributorId: row.contributor_id,
  sampleId: row.sample_id,
  at: row.at,
});

export function makeVerdicts(sql: Sql, insertSample: SampleInserter): Verdicts {
  const prediction = sql.prepare<
    { id: string },
    { alphabet: string; contributor_id: number; chat_key: string; version_id: string; glyph: Uint8Array }
  >('SELECT alphabet, contributor_id, chat_key, version_id, glyph FROM predictions WHERE id = :id');
  const select = sql.prepare<{ predictionId: string }, VerdictRow>(
    'SELECT * FROM verdicts WHERE prediction_id = :predictionId',
  );
  const insert = sql.prepare<Verdict & { alphabet: string; versionId: string; chatKey: string }>(`
    INSERT INTO verdicts (prediction_id, alphabet, version_id, chat_key, kind, label_id, contributor_id, sample_id, at)
    VALUES (:predictionId, :alphabet, :versionId, :chatKey, :kind, :labelId, :contributorId, :sampleId, :at)`);
  const blocked = sql.prepare<{ one: number; other: number }, { id: number }>(
    'SELECT id FROM contributors JOIN blocks USING (key_hash) WHERE id IN (:one, :other) LIMIT 1',
  );
  const remove = sql.prepare<{ predictionId: string }>('DELETE FROM verdicts WHERE prediction_id = :predictionId');
  const withdraw = sql.prepare<{ id: number; at: number }>(
    'UPDATE samples SET withdrawn_at = :at WHERE id = :id AND withdrawn_at IS NULL',
  );
  const lastBy = sql.prepare<{ contributorId: number; chatKey: string | null }, VerdictRow>(`
    SELECT * FROM verdicts WHERE contributor_id = :contributorId AND (:chatKey IS NULL OR chat_key = :chatKey)
     ORDER BY at DESC, rowid DESC LIMIT 1`);
  const countSince = sql.prepare<{ contributorId: number; since: number }, { n: number }>(
    'SELECT count(*) AS n FROM verdicts WHERE contributor_id = :contributorId AND at >= :since',
  );

  // Of so many newest at all: a bound on what a look costs.
  const recent = sql.prepare<{ version: string; limit: number }, { platform: string; kind: VerdictKind }>(`
    SELECT c.platform, v.kind FROM (SELECT rowid, prediction_id, version_id, kind FROM verdicts ORDER BY rowid DESC LIMIT :limit) v
      JOIN predictions p ON p.id = v.prediction_id JOIN contributors c ON c.id = p.contributor_id
     WHERE v.version_id = :version ORDER BY v.rowid`);
  const corrected = sql.prepare<
    { alphabet: string; afterSample: number; upToSample: number; limit: number },
    VerdictRow
  >(`
    SELECT v.* FROM samples s JOIN verdicts v ON v.prediction_id = s.prediction_id
     WHERE s.alphabet = :alphabet AND s.id > :afterSample AND s.id <= :upToSample AND s.withdrawn_at IS NULL
       AND v.kind = 'correct' AND v.sample_id = s.id
     ORDER BY s.id LIMIT :limit`);

  return {
    recent(version, limit) {
      const found = new Map<string, boolean[]>();
      for (const { platform, kind } of recent.all({ version, limit })) {
        const theirs = found.get(platform) ?? [];
        found.set(platform, theirs);
        theirs.push(kind === 'confirm');
      }
      return found;
    },
    corrected: (range) => corrected.all(range).map(toVerdict),
    save: ({ writerId, ...given }) =>
      sql.atomically((): VerdictOutcome => {
        const known = select.get({ predictionId: given.predictionId });
        if (known) return { outcome: 'already', verdict: toVerdict(known) };
        const of = prediction.get({ id: given.predictionId });
        if (!of) return { outcome: 'unknown-prediction' };
        const writer = writerId ?? of.contributor_id;
        const isBlocked = [of.contributor_id, writer].some((other) => blocked.get({ one: given.contributorId, other }));
        if (isBlocked) return { outcome: 'blocked' };
        const sample = insertSample(
          {
            alphabet: of.alphabet,
            labelId: given.labelId,
            glyph: unpack(of.glyph),
            contributorId: writer,
            source: 'chat',
            predictionId: given.predictionId,
            at: given.at,
          },
          'always',
        );
        if (!sample) throw new Error('a sample was asked for and not made');
        const verdict: Verdict = { ...given, sampleId: sample.id };
        insert.run({ ...verdict, alphabet: of.alphabet, versionId: of.version_id, chatKey: of.chat_key });
        return { outcome: 'saved', sampleId: sample.id, split: sample.split, verdict };
      }),
    get(predictionId) {
      const row = select.get({ predictionId });
      return row && toVerdict(row);
    },
    lastBy(contributorId, chatKey) {
      const row = lastBy.get({ contributorId, chatKey: chatKey ?? null });
      return row && toVerdict(row);
    },
    undo: (predictionId, at) =>
      sql.atomically((): UndoOutcome => {
        const known = select.get({ predictionId });
        if (!known) return { outcome: prediction.get({ id: predictionId }) ? 'no-verdict' : 'unknown-prediction' };
        remove.run({ predictionId });
        withdraw.run({ id: known.sample_id, at });
        return { outcome: 'undone', verdict: toVerdict(known) };
      }),
    countSince: (contributorId, since) => countSince.get({ contributorId, since })?.n ?? 0,
  };
}
