// What a model version said of a glyph, kept until somebody answers; where to reply stands apart and is forgotten with it.
import { z } from 'zod';
import { replyAddress, type ReplyAddress } from '../records/address.ts';
import { pack, unpack } from './packed.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

/** 'sure' asserts, 'unsure' asks, 'not-a-character' doubts; 'no-model': nobody could say anything yet. */
type PredictionOutcome = 'sure' | 'unsure' | 'not-a-character' | 'no-model';

const candidates = z.array(z.object({ labelId: z.int(), probability: z.number() }));
type StoredCandidate = Readonly<z.infer<typeof candidates>[number]>;

const alone = z.object({
  candidates,
  outcome: z.enum(['sure', 'unsure', 'not-a-character']),
});
/** What the champion said by itself. */
export type StoredAlone = Readonly<z.infer<typeof alone>>;

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
type StoredBox = Readonly<z.infer<typeof box>>;

export interface StoredPrediction {
  /** Made by the caller: about ten characters that are safe in a URL and a button. */
  readonly id: string;
  readonly alphabet: string;
  /** Who sent the photo. */
  readonly contributorId: number;
  readonly chatKey: string;
  readonly versionId: string;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
  readonly box: StoredBox;
  readonly candidates: readonly StoredCandidate[];
  readonly outcome: PredictionOutcome;
  /** What the champion alone said, where the sender's own samples had a say; else null. */
  readonly alone?: StoredAlone | null;
  /** Glyphs of one photo share it; `place` is their order in the photo, from 0. */
  readonly photoId: string;
  readonly place: number;
  /** The line of text that it stands in, from 0. */
  readonly line: number;
  /** Which picture of an album it was cut out of, from 0; null elsewhere. */
  readonly picture?: number | null;
  /** The label that its cell of a practice sheet was for; null elsewhere. */
  readonly expected?: number | null;
  readonly createdAt: number;
  /** Who sent the picture, where it was somebody else who asked for its reading: a keyed hash. */
  readonly author?: string | null;
  /** False: somebody pointed at another's message, and it teaches by its author's own answer alone. */
  readonly handedOver?: boolean;
  /** Whose share of open questions it takes besides the contributor's: a hash, forgotten with the answer. */
  readonly share?: string | null;
}

export interface Predictions {
  /**
   * Saves the glyphs of one photo, all or none. `address` is where the platform would reply; kept apart, with the
   * message it came in (`byMessage`).
   */
  save(predictions: readonly StoredPrediction[], address?: ReplyAddress, messageKey?: string): void;
  get(id: string): StoredPrediction | undefined;
  /** All glyphs of the photo that this one was cut out of, in their order. */
  ofPhoto(photoId: string): readonly StoredPrediction[];
  address(predictionId: string): ReplyAddress | null;
  /** The message that asks about its photo, in the platform's words; null: not known. */
  message(predictionId: string): ReplyAddress | null;
  setMessage(photoId: string, message: ReplyAddress): void;
  /** What this contributor was asked in this chat since then and nobody answered, newest first. */
  openOf(contributorId: number, chatKey: string, since: number): readonly StoredPrediction[];
  byMessage(messageKey: string): readonly StoredPrediction[];
  /** The newest prediction of this contributor (in this chat, if one is named). */
  lastOf(contributorId: number, chatKey?: string): StoredPrediction | undefined;
  /** The place of the newest prediction in the order in which they were saved; 0 when there is none. */
  newest(): number;
  /** Deletes predictions older than `before`, and saved no later than the place `upTo`, that nobody answered; returns how many. */
  pruneUnanswered(limits: { readonly before: number; readonly upTo: number }): number;
}

interface PredictionRow {
  readonly id: string;
  readonly alphabet: string;
  readonly contributor_id: number;
  readonly chat_key: string;
  readonly version_id: string;
  readonly glyph: Uint8Array;
  readonly box: string;
  readonly candidates: string;
  readonly outcome: PredictionOutcome;
  readonly alone: string | null;
  readonly photo_id: string;
  readonly place: number;
  readonly line: number;
  readonly picture: number | null;
  readonly expected: number | null;
  readonly created_at: number;
  readonly author: string | null;
  readonly handed_over: number;
}

const toPrediction = (row: PredictionRow): StoredPrediction => ({
  id: row.id,
  alphabet: row.alphabet,
  contributorId: row.contributor_id,
  chatKey: row.chat_key,
  versionId: row.version_id,
  glyph: unpack(row.glyph),
  box: box.parse(JSON.parse(row.box)),
  candidates: candidates.parse(JSON.parse(row.candidates)),
  outcome: row.outcome,
  alone: fromJson(alone, row.alone),
  photoId: row.photo_id,
  place: row.place,
  line: row.line,
  picture: row.picture,
  expected: row.expected,
  createdAt: row.created_at,
  author: row.author,
  handedOver: row.handed_over === 1,
});

/** Rows deleted in one transaction, so that nobody waits long for a big clean-up. */
const PRUNE_AT_ONCE = 500;
/** As many as anybody can look through. */
const OPEN_AT_ONCE = 200;

export function makePredictions(sql: Sql): Predictions {
  const insert = sql.prepare<
    Omit<StoredPrediction, 'box' | 'candidates' | 'alone' | 'handedOver'> & {
      readonly handedOver: number;
      readonly alone: string | null;
      readonly box: string | null;
      readonly candidates: string | null;
    }
  >(`
    INSERT INTO predictions (id, alphabet, contributor_id, chat_key, version_id, glyph, box, candidates, outcome, alone,
                             photo_id, place, line, picture, expected, created_at, share, author, handed_over)
    VALUES (:id, :alphabet, :contributorId, :chatKey, :versionId, :glyph, :box, :candidates, :outcome, :alone,
            :photoId, :place, :line, :picture, :expected, :createdAt, :share, :author, :handedOver)`);
  const byId = sql.prepare<{ id: string }, PredictionRow>('SELECT * FROM predictions WHERE id = :id');
  const ofPhoto = sql.prepare<{ photoId: string }, PredictionRow>(
    'SELECT * FROM predictions WHERE photo_id = :photoId ORDER BY place',
  );
  const byMessage = sql.prepare<{ messageKey: string }, PredictionRow>(`
    SELECT p.* FROM reply_addresses a JOIN predictions p ON p.photo_id = a.photo_id
     WHERE a.message_key = :messageKey ORDER BY p.place`);
  const lastOf = sql.prepare<{ contributorId: number; chatKey: string | null }, PredictionRow>(`
    SELECT * FROM predictions
     WHERE contributor_id = :contributorId AND (:chatKey IS NULL OR chat_key = :chatKey) ORDER BY rowid DESC LIMIT 1`);
  const putAddress = sql.prepare<{ photoId: string; address: string | null; messageKey: string | null }>(`
    INSERT INTO reply_addresses (photo_id, contributor_id, address, message_key)
    SELECT photo_id, contributor_id, :address, :messageKey FROM predictions WHERE photo_id = :photoId LIMIT 1`);
  const address = sql.prepare<{ id: string }, { address: string }>(`
    SELECT a.address FROM predictions p JOIN reply_addresses a ON a.photo_id = p.photo_id WHERE p.id = :id`);
  const message = sql.prepare<{ id: string }, { message: string | null }>(`
    SELECT a.message FROM predictions p JOIN reply_addresses a ON a.photo_id = p.photo_id WHERE p.id = :id`);
  const setMessage = sql.prepare<{ photoId: string; message: string | null }>(
    'UPDATE reply_addresses SET message = :message WHERE photo_id = :photoId',
  );
  const openOf = sql.prepare<{ contributorId: number; chatKey: string; since: number; limit: number }, PredictionRow>(`
    SELECT * FROM predictions
     WHERE contributor_id = :contributorId AND answered = 0 AND chat_key = :chatKey AND created_at >= :since
     ORDER BY rowid DESC LIMIT :limit`);
  const newest = sql.prepare<object, { rowid: number }>('SELECT rowid FROM predictions ORDER BY rowid DESC LIMIT 1');
  const prune = sql.prepare<{ before: number; upTo: number; limit: number }, { photo_id: string }>(`
    DELETE FROM predictions WHERE rowid IN
      (SELECT rowid FROM predictions WHERE answered = 0 AND created_at < :before AND rowid <= :upTo ORDER BY created_at LIMIT :limit)
    RETURNING photo_id`);
  const pruneAddresses = sql.prepare<{ photoIds: string }>(`
    DELETE FROM reply_addresses WHERE photo_id IN (SELECT value FROM json_each(:photoIds))
       AND NOT EXISTS (SELECT 1 FROM predictions p WHERE p.photo_id = reply_addresses.photo_id)`);

  return {
    save(predictions, to, messageKey) {
      sql.atomically(() => {
        for (const prediction of predictions) {
          insert.run({
            ...prediction,
            share: prediction.share ?? null,
            author: prediction.author ?? null,
            handedOver: Number(prediction.handedOver ?? true),
            picture: prediction.picture ?? null,
            expected: prediction.expected ?? null,
            glyph: pack(prediction.glyph),
            box: toJson(prediction.box),
            candidates: toJson(prediction.candidates),
            alone: toJson(prediction.alone ?? null),
          });
        }
        if (to === undefined) return;
        const where = { address: toJson(to) ?? 'null', messageKey: messageKey ?? null };
        for (const photoId of new Set(predictions.map((each) => each.photoId))) putAddress.run({ photoId, ...where });
      });
    },
    get(id) {
      const row = byId.get({ id });
      return row && toPrediction(row);
    },
    address: (predictionId) => fromJson(replyAddress, address.get({ id: predictionId })?.address ?? null),
    message: (predictionId) => fromJson(replyAddress, message.get({ id: predictionId })?.message ?? null),
    setMessage: (photoId, said) => void setMessage.run({ photoId, message: toJson(said) }),
    openOf: (contributorId, chatKey, since) =>
      openOf.all({ contributorId, chatKey, since, limit: OPEN_AT_ONCE }).map(toPrediction),
    ofPhoto: (photoId) => ofPhoto.all({ photoId }).map(toPrediction),
    byMessage: (messageKey) => byMessage.all({ messageKey }).map(toPrediction),
    lastOf(contributorId, chatKey) {
      const row = lastOf.get({ contributorId, chatKey: chatKey ?? null });
      return row && toPrediction(row);
    },
    newest: () => newest.get({})?.rowid ?? 0,
    pruneUnanswered(limits) {
      const pruneSome = (): number =>
        sql.atomically(() => {
          const gone = prune.all({ ...limits, limit: PRUNE_AT_ONCE });
          pruneAddresses.run({ photoIds: JSON.stringify(gone.map((row) => row.photo_id)) });
          return gone.length;
        });
      let pruned = 0;
      for (;;) {
        const some = pruneSome();
        pruned += some;
        if (some < PRUNE_AT_ONCE) return pruned;
      }
    },
  };
}
