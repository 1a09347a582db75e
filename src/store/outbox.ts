// What must be told, once, whoever was down meanwhile: rows are claimed under a lease, sent, and emptied of their address.
import { replyAddress, type ReplyAddress } from '../records/address.ts';
import { announcement, type Announcement } from '../records/announcement.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

export interface OutboxMessage {
  readonly id: number;
  readonly kind: string;
  readonly platform: string;
  readonly contributorId: number | null;
  /** The chat it goes to; null: to `person` (by the platform's own id), wherever they are spoken to alone. */
  readonly address: ReplyAddress | null;
  readonly person: string | null;
  /** Null where another release wrote it in words unknown here. */
  readonly payload: Announcement | null;
  readonly attempts: number;
  readonly createdAt: number;
}

export interface Outbox {
  /** False when a message with this dedupe key was ever added before. */
  add(message: {
    readonly platform: string;
    readonly dedupeKey: string;
    readonly contributorId?: number | null;
    readonly address?: ReplyAddress;
    readonly person?: string;
    readonly payload: Announcement;
    readonly at: number;
  }): boolean;
  /** Takes messages that are due, oldest first; nobody else gets them until `leaseUntil`. */
  claim(request: {
    readonly platform: string;
    readonly at: number;
    readonly leaseUntil: number;
    readonly limit: number;
  }): readonly OutboxMessage[];
  /** Sent: address and payload are emptied, the dedupe key stays. */
  sent(id: number, at: number): void;
  retry(id: number, error: string, notBefore: number): void;
  /** Can never be delivered (bot blocked, chat gone): emptied and not tried again. */
  giveUp(id: number, error: string, at: number): void;
  /** Messages of this kind added for a contributor since `since`: for rate limits. */
  countSince(contributorId: number, kind: string, since: number): number;
}

interface OutboxRow {
  readonly id: number;
  readonly kind: string;
  readonly platform: string;
  readonly contributor_id: number | null;
  readonly address: string | null;
  readonly person: string | null;
  readonly payload: string | null;
  readonly attempts: number;
  readonly created_at: number;
}

const toMessage = (row: OutboxRow): OutboxMessage => ({
  id: row.id,
  kind: row.kind,
  platform: row.platform,
  contributorId: row.contributor_id,
  address: fromJson(replyAddress, row.address),
  person: row.person,
  payload: fromJson(announcement, row.payload),
  attempts: row.attempts,
  createdAt: row.created_at,
});

export function makeOutbox(sql: Sql): Outbox {
  const insert = sql.prepare<{
    kind: string;
    platform: string;
    dedupeKey: string;
    contributorId: number | null;
    address: string | null;
    person: string | null;
    payload: string | null;
    at: number;
  }>(`
    INSERT INTO outbox (kind, platform, dedupe_key, contributor_id, address, person, payload, not_before, created_at)
    VALUES (:kind, :platform, :dedupeKey, :contributorId, :address, :person, :payload, :at, :at)
    ON CONFLICT (dedupe_key) DO NOTHING`);
  const due = sql.prepare<{ platform: string; at: number; leaseUntil: number; limit: number }, OutboxRow>(`
    UPDATE outbox SET not_before = :leaseUntil, attempts = attempts + 1
     WHERE id IN (SELECT id FROM outbox WHERE platform = :platform AND done_at IS NULL AND not_before <= :at
                   ORDER BY id LIMIT :limit) RETURNING *`);
  const done = sql.prepare<{ id: number; error: string | null; at: number }>(
    'UPDATE outbox SET address = NULL, person = NULL, payload = NULL, error = :error, done_at = :at WHERE id = :id AND done_at IS NULL',
  );
  const retry = sql.prepare<{ id: number; error: string; notBefore: number }>(
    'UPDATE outbox SET error = :error, not_before = :notBefore WHERE id = :id AND done_at IS NULL',
  );
  const countSince = sql.prepare<{ contributorId: number; kind: string; since: number }, { n: number }>(`
    SELECT count(*) AS n FROM outbox
     WHERE contributor_id = :contributorId AND kind = :kind AND created_at >= :since`);
  return {
    add: ({ contributorId, address, person, payload, ...message }) =>
      insert.run({
        ...message,
        kind: payload.kind,
        contributorId: contributorId ?? null,
        address: toJson(address),
        person: person ?? null,
        payload: toJson(payload),
      }).changes === 1,
    claim: (request) =>
      due
        .all(request)
        .map(toMessage)
        .sort((a, b) => a.id - b.id),
    sent: (id, at) => void done.run({ id, error: null, at }),
    retry: (id, error, notBefore) => void retry.run({ id, error, notBefore }),
    giveUp: (id, error, at) => void done.run({ id, error, at }),
    countSince: (contributorId, kind, since) => countSince.get({ contributorId, kind, since })?.n ?? 0,
  };
}
