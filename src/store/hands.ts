// What a person's own samples of an alphabet are, cheap to ask for at every photo; and what is kept so that they can be compared.
import { unpack } from './packed.ts';
import type { Sql } from './sql.ts';

/** One of a person's own samples. */
interface OwnSample {
  readonly id: number;
  readonly labelId: number | null;
  readonly split: 'train' | 'test';
  /** An earlier sample of this person is the same picture, and was not withdrawn. */
  readonly isCopy: boolean;
  /** Not their word on their own writing: they asked about somebody else's picture, or somebody else said what theirs shows. */
  readonly isOthers: boolean;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
}

/** A sample of somebody's that can still be corrected or taken back: the prediction that was answered is there. */
interface TaughtSample {
  readonly id: number;
  readonly alphabet: string;
  readonly labelId: number | null;
  readonly predictionId: string;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
}

/** An answer to a reading in which somebody's own samples had a say. */
export interface HandAnswer {
  /** Whether the champion alone was right, and whether what was said was. */
  readonly alone: boolean;
  readonly said: boolean;
}

export interface Hands {
  /** How many there are and the newest one's id: whenever a sample comes or goes, one of the two changes. */
  state(contributorId: number, alphabet: string): { readonly samples: number; readonly last: number };
  /** Those after an id that were not withdrawn, the newest `limit` of them, oldest first. */
  after(contributorId: number, alphabet: string, afterId: number, limit: number): readonly OwnSample[];
  /** What somebody taught in all alphabets, the newest first; `beforeId` goes on where a list ended. */
  taught(contributorId: number, beforeId: number, limit: number): readonly TaughtSample[];
  /** The last answers to this person's own photos in which their samples had a say, the oldest first. */
  answers(contributorId: number, alphabet: string, limit: number): readonly HandAnswer[];
  /** Whether somebody is read with the help of their own samples. */
  isOn(contributorId: number): boolean;
  setOn(contributorId: number, on: boolean): void;
  /** What is kept of a version's anchors, as JSON. */
  anchors(version: string): string | undefined;
  keepAnchors(version: string, anchors: string): void;
}

export function makeHands(sql: Sql): Hands {
  type Who = { readonly contributorId: number; readonly alphabet: string };
  const count = sql.prepare<Who, { samples: number }>(
    'SELECT samples FROM contributor_counts WHERE alphabet = :alphabet AND contributor_id = :contributorId',
  );
  const last = sql.prepare<Who, { id: number | null }>(`
    SELECT max(id) AS id FROM samples
     WHERE contributor_id = :contributorId AND alphabet = :alphabet AND withdrawn_at IS NULL`);
  const after = sql.prepare<
    Who & { afterId: number; limit: number },
    {
      id: number;
      label_id: number | null;
      split: 'train' | 'test';
      is_copy: number;
      is_others: number;
      glyph: Uint8Array;
    }
  >(`
    SELECT s.id, s.label_id, s.split, s.glyph,
           p.author IS NOT NULL AND p.contributor_id = s.contributor_id
             OR v.sample_id IS NOT NULL AND v.contributor_id IS NOT s.contributor_id AS is_others,
           s.duplicate_of IS NOT NULL
             AND (EXISTS (SELECT 1 FROM samples o WHERE o.id = s.duplicate_of AND o.withdrawn_at IS NULL)
               OR EXISTS (SELECT 1 FROM samples o INDEXED BY samples_by_hand
                           WHERE o.contributor_id = :contributorId AND o.alphabet = :alphabet AND o.withdrawn_at IS NULL
                             AND o.id > s.duplicate_of AND o.id < s.id AND o.duplicate_of = s.duplicate_of)) AS is_copy
      FROM samples s INDEXED BY samples_by_hand LEFT JOIN predictions p ON p.id = s.prediction_id
      LEFT JOIN verdicts v ON v.sample_id = s.id
     WHERE s.contributor_id = :contributorId AND s.alphabet = :alphabet AND s.withdrawn_at IS NULL AND s.id > :afterId
     ORDER BY s.id DESC LIMIT :limit`);
  const taught = sql.prepare<
    { contributorId: number; beforeId: number; limit: number },
    { id: number; alphabet: string; label_id: number | null; prediction_id: string; glyph: Uint8Array }
  >(`
    SELECT s.id, s.alphabet, s.label_id, s.glyph, v.prediction_id
      FROM samples s JOIN verdicts v ON v.prediction_id = s.prediction_id AND v.sample_id = s.id
     WHERE s.contributor_id = :contributorId AND s.withdrawn_at IS NULL AND s.id < :beforeId
     ORDER BY s.id DESC LIMIT :limit`);
  const answers = sql.prepare<Who & { limit: number }, { alone: number; said: number }>(`
    SELECT (p.alone ->> '$.candidates[0].labelId') IS v.label_id AS alone,
           (p.candidates ->> '$[0].labelId') IS v.label_id AS said
      FROM predictions p JOIN verdicts v ON v.prediction_id = p.id
     WHERE p.contributor_id = :contributorId AND p.alphabet = :alphabet AND p.alone IS NOT NULL AND v.label_id IS NOT NULL
     ORDER BY p.rowid DESC LIMIT :limit`);
  const isOn = sql.prepare<{ id: number }, { own_hand: number }>('SELECT own_hand FROM contributors WHERE id = :id');
  const setOn = sql.prepare<{ id: number; on: number }>('UPDATE contributors SET own_hand = :on WHERE id = :id');
  const anchors = sql.prepare<{ version: string }, { anchors: string }>(
    'SELECT anchors FROM anchors WHERE version_id = :version',
  );
  const keep = sql.prepare<{ version: string; anchors: string }>(`
    INSERT INTO anchors (version_id, anchors) SELECT id, :anchors FROM versions WHERE id = :version
    ON CONFLICT (version_id) DO UPDATE SET anchors = excluded.anchors`);
  return {
    state: (contributorId, alphabet) => ({
      samples: count.get({ contributorId, alphabet })?.samples ?? 0,
      last: last.get({ contributorId, alphabet })?.id ?? 0,
    }),
    after: (contributorId, alphabet, afterId, limit) =>
      after
        .all({ contributorId, alphabet, afterId, limit })
        .map((row) => ({
          id: row.id,
          labelId: row.label_id,
          split: row.split,
          isCopy: row.is_copy === 1,
          isOthers: row.is_others === 1,
          glyph: unpack(row.glyph),
        }))
        .reverse(),
    taught: (contributorId, beforeId, limit) =>
      taught.all({ contributorId, beforeId, limit }).map((row) => ({
        id: row.id,
        alphabet: row.alphabet,
        labelId: row.label_id,
        predictionId: row.prediction_id,
        glyph: unpack(row.glyph),
      })),
    answers: (contributorId, alphabet, limit) =>
      answers
        .all({ contributorId, alphabet, limit })
        .map(({ alone, said }) => ({ alone: alone === 1, said: said === 1 }))
        .reverse(),
    isOn: (id) => isOn.get({ id })?.own_hand !== 0,
    setOn: (id, on) => void setOn.run({ id, on: Number(on) }),
    anchors: (version) => anchors.get({ version })?.anchors,
    keepAnchors: (version, text) => void keep.run({ version, anchors: text }),
  };
}
