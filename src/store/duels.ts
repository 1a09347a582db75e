// Duels: who stands against whom, what both read of people's glyphs, and how it ended. While one is open, how it stands is asked
// of the verdicts each time, so that whatever is taken back is no evidence any more.
import { duelStanding, stops, type DuelStanding, type Stop } from '../records/duel.ts';
import { NAMELESS, TRUSTED } from './samples.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

type DuelKind = 'challenge' | 'watch';

export interface StoredDuel {
  readonly id: number;
  readonly alphabet: string;
  /** `challenge`: for the champion's place; `watch`: the former champion, for having its place back. */
  readonly kind: DuelKind;
  readonly champion: string;
  readonly challenger: string;
  readonly runId: number | null;
  readonly seenThrough: number;
  /** The champion was promoted by hand: proof against it moves nothing, operators are told. */
  readonly advises: boolean;
  readonly state: 'open' | 'won' | 'lost' | 'stopped';
  /** Why it was stopped. */
  readonly because: Stop | null;
  /** At its end. */
  readonly standing: DuelStanding | null;
  /** The last sample that was evidence. */
  readonly lastSampleId: number | null;
  readonly openedAt: number;
  readonly endedAt: number | null;
}

/** What both read of one glyph; null: not a character, −1: a label that it lacks. */
interface Reads {
  readonly champion: number | null;
  readonly challenger: number | null;
}

/** A glyph that both read, and what it is. */
interface DuelReading extends Reads {
  readonly sample: number;
  readonly label: number | null;
  readonly contributor: number;
  readonly trusted: boolean;
}

export interface DuelEvidence {
  /** In the order in which people said what they are; one a photo. */
  readonly answers: readonly DuelReading[];
  /** Everybody who said what a glyph is that both read, the very same pictures of others included. */
  readonly people: readonly number[];
  /** Whether the challenger's run looked at a base set; what comes back passed it before. */
  readonly baseSet: boolean;
  /** Photos that both read while the duel was open, alike or not, and how many of them somebody answered. */
  readonly asked: Readonly<Record<'agreeing' | 'differing', { readonly read: number; readonly answered: number }>>;
  /** How many photos of each person both read alike, and nobody answered. */
  readonly unanswered: ReadonlyMap<number, number>;
}

export interface Duels {
  /** Null when the alphabet has an open one of this kind. `stored`: samples that are evidence already. */
  open(duel: {
    readonly alphabet: string;
    readonly kind: DuelKind;
    readonly champion: string;
    readonly challenger: string;
    readonly runId: number | null;
    readonly seenThrough: number;
    readonly advises?: boolean;
    readonly stored?: readonly (Reads & { readonly sample: number })[];
    readonly at: number;
  }): StoredDuel | null;
  get(id: number): StoredDuel | undefined;
  /** Those under way; of one alphabet, or all. */
  listOpen(alphabet?: string): readonly StoredDuel[];
  /** Newest first. */
  list(alphabet: string, limit?: number): readonly StoredDuel[];
  /** The newest in which this version is the challenger. */
  of(challenger: string): StoredDuel | undefined;
  /** Writes down what both read; nothing where the duel is over or the prediction is gone. */
  note(id: number, readings: readonly (Reads & { readonly prediction: string })[]): void;
  /** What counts now. Withdrawn samples and what either may have learnt from do not. */
  evidence(duel: Pick<StoredDuel, 'id' | 'seenThrough'>, upToSample?: number): DuelEvidence;
  /** Once: false when it is over already. */
  end(
    id: number,
    end: {
      readonly state: 'won' | 'lost' | 'stopped';
      readonly because?: Stop;
      readonly standing: DuelStanding;
      readonly lastSampleId: number;
      readonly at: number;
    },
  ): boolean;
}

interface DuelRow {
  readonly id: number;
  readonly alphabet: string;
  readonly kind: DuelKind;
  readonly champion: string;
  readonly challenger: string;
  readonly run_id: number | null;
  readonly seen_through: number;
  readonly advises: number;
  readonly state: StoredDuel['state'];
  readonly because: string | null;
  readonly standing: string | null;
  readonly last_sample_id: number | null;
  readonly opened_at: number;
  readonly ended_at: number | null;
}

const toDuel = (row: DuelRow): StoredDuel => ({
  id: row.id,
  alphabet: row.alphabet,
  kind: row.kind,
  champion: row.champion,
  challenger: row.challenger,
  runId: row.run_id,
  seenThrough: row.seen_through,
  advises: row.advises === 1,
  state: row.state,
  because: stops.find((each) => each === row.because) ?? null,
  standing: fromJson(duelStanding, row.standing),
  lastSampleId: row.last_sample_id,
  openedAt: row.opened_at,
  endedAt: row.ended_at,
});

/** Less than questions are kept for (src/recognition/open-questions.ts). */
const ASKED_WITHIN_MS = 80 * 24 * 3_600_000;

export function makeDuels(sql: Sql): Duels {
  const insert = sql.prepare<
    {
      alphabet: string;
      kind: DuelKind;
      champion: string;
      challenger: string;
      runId: number | null;
      seenThrough: number;
      advises: number;
      at: number;
    },
    DuelRow
  >(`
    INSERT INTO duels (alphabet, kind, champion, challenger, run_id, seen_through, advises, opened_at)
    VALUES (:alphabet, :kind, :champion, :challenger, :runId, :seenThrough, :advises, :at)
    ON CONFLICT DO NOTHING RETURNING *`);
  const byId = sql.prepare<{ id: number }, DuelRow>('SELECT * FROM duels WHERE id = :id');
  const open = sql.prepare<object, DuelRow>("SELECT * FROM duels WHERE state = 'open' ORDER BY id");
  const openOf = sql.prepare<{ alphabet: string }, DuelRow>(
    "SELECT * FROM duels WHERE alphabet = :alphabet AND state = 'open' ORDER BY id",
  );
  const list = sql.prepare<{ alphabet: string; limit: number }, DuelRow>(
    'SELECT * FROM duels WHERE alphabet = :alphabet ORDER BY id DESC LIMIT :limit',
  );
  const of = sql.prepare<{ challenger: string }, DuelRow>(
    "SELECT * FROM duels WHERE challenger = :challenger AND kind = 'challenge' ORDER BY id DESC LIMIT 1",
  );
  const noteSample = sql.prepare<Reads & { id: number; sample: number }>(`
    INSERT INTO second_readings (duel_id, sample_id, champion, challenger)
    SELECT :id, samples.id, :champion, :challenger FROM samples WHERE samples.id = :sample`);
  const note = sql.prepare<Reads & { id: number; prediction: string }>(`
    INSERT INTO second_readings (duel_id, prediction_id, champion, challenger)
    SELECT d.id, p.id, :champion, :challenger FROM duels d JOIN predictions p ON p.id = :prediction
     WHERE d.id = :id AND d.state = 'open' ON CONFLICT DO NOTHING`);
  // A copy of a photo that was there before is that photo: who has seen the one has seen the other.
  const answers = sql.prepare<
    { readonly id: number; readonly seenThrough: number; readonly upTo: number },
    Omit<DuelReading, 'trusted'> & { trusted: number; photo: number; content: string }
  >(`
    WITH named AS (
      SELECT r.champion, r.challenger, v.sample_id, 0 AS stored FROM second_readings r
        JOIN verdicts v ON v.prediction_id = r.prediction_id WHERE r.duel_id = :id
      UNION ALL SELECT champion, challenger, sample_id, 1 FROM second_readings
       WHERE duel_id = :id AND sample_id IS NOT NULL),
    counted AS (
      SELECT n.champion, n.challenger, s.id AS sample, s.label_id AS label, iif(${NAMELESS}, -c.id, c.id) AS contributor,
             ${TRUSTED} AND NOT ${NAMELESS} AS trusted, coalesce(s.duplicate_of, s.id) AS photo, hex(s.content_hash) AS content
        FROM named n JOIN samples s ON s.id = n.sample_id LEFT JOIN verdicts v ON v.sample_id = s.id
        JOIN contributors c ON c.id = coalesce(v.contributor_id, s.contributor_id)
       WHERE s.withdrawn_at IS NULL AND s.id <= :upTo
         AND (n.stored = 1 OR coalesce(s.duplicate_of, s.id) > :seenThrough))
    SELECT * FROM counted ORDER BY sample`);
  // Questions that nobody answers go after 90 days, and then it would look as if all were answered.
  const asked = sql.prepare<{ id: number }, { differs: number; read: number; answered: number }>(`
    SELECT r.champion IS NOT r.challenger AS differs, count(*) AS read, sum(p.answered) AS answered
      FROM second_readings r JOIN predictions p ON p.id = r.prediction_id
     WHERE r.duel_id = :id
       AND p.created_at > (SELECT created_at FROM predictions ORDER BY rowid DESC LIMIT 1) - ${ASKED_WITHIN_MS}
     GROUP BY differs`);
  const unanswered = sql.prepare<{ id: number }, { contributor: number; photos: number }>(`
    SELECT p.contributor_id AS contributor, count(*) AS photos
      FROM second_readings r JOIN predictions p ON p.id = r.prediction_id
     WHERE r.duel_id = :id AND r.champion IS r.challenger AND NOT p.answered GROUP BY p.contributor_id`);
  const baseOf = sql.prepare<{ id: number }, { tested: number | null }>(`
    SELECT iif(d.kind = 'watch', NULL, json_extract(r.decision, '$.base.tested')) AS tested
      FROM duels d LEFT JOIN runs r ON r.id = d.run_id WHERE d.id = :id`);
  const end = sql.prepare<{
    id: number;
    state: string;
    because: string | null;
    standing: string | null;
    lastSampleId: number;
    at: number;
  }>(`
    UPDATE duels SET state = :state, because = :because, standing = :standing, last_sample_id = :lastSampleId,
           ended_at = :at WHERE id = :id AND state = 'open'`);

  return {
    open: ({ stored = [], advises = false, ...duel }) =>
      sql.atomically(() => {
        const row = insert.get({ ...duel, advises: Number(advises) });
        if (row === undefined) return null;
        for (const { sample, champion, challenger } of stored)
          noteSample.run({ id: row.id, sample, champion, challenger });
        return toDuel(row);
      }),
    get(id) {
      const row = byId.get({ id });
      return row && toDuel(row);
    },
    listOpen: (alphabet) => (alphabet === undefined ? open.all({}) : openOf.all({ alphabet })).map(toDuel),
    list: (alphabet, limit = 20) => list.all({ alphabet, limit }).map(toDuel),
    of(challenger) {
      const row = of.get({ challenger });
      return row && toDuel(row);
    },
    note: (id, readings) =>
      sql.atomically(() => {
        for (const { prediction, champion, challenger } of readings) note.run({ id, prediction, champion, challenger });
      }),
    evidence({ id, seenThrough }, upTo = Number.MAX_SAFE_INTEGER) {
      const photosRead = asked.all({ id });
      const howMany = (differs: number) => {
        const found = photosRead.find((each) => each.differs === differs);
        return { read: found?.read ?? 0, answered: found?.answered ?? 0 };
      };
      const photos = new Set<number>();
      const contents = new Map<string, number>();
      const all = answers.all({ id, seenThrough, upTo });
      const rows = all.filter(({ photo, content, contributor, trusted }) => {
        if (photos.has(photo)) return false;
        photos.add(photo);
        // The very same picture from another account is no second voice.
        const first = contents.get(content);
        if (first === undefined) contents.set(content, contributor);
        return trusted === 1 || first === undefined || first === contributor;
      });
      return {
        answers: rows.map(({ sample, label, champion, challenger, contributor, trusted }) => ({
          sample,
          label,
          champion,
          challenger,
          contributor,
          trusted: trusted === 1,
        })),
        people: [...new Set(all.map((each) => each.contributor))],
        baseSet: baseOf.get({ id })?.tested !== 0,
        asked: { agreeing: howMany(0), differing: howMany(1) },
        unanswered: new Map(unanswered.all({ id }).map(({ contributor, photos }) => [contributor, photos])),
      };
    },
    end: (id, { state, because, standing, lastSampleId, at }) =>
      end.run({ id, state, because: because ?? null, standing: toJson(standing), lastSampleId, at }).changes === 1,
  };
}
