// What must be told, once, whoever was down meanwhile: rows are claimed under a lease, sent, and emptied of their address.

export interface OutboxMessage {
  readonly id: number;
  readonly kind: string;
  readonly platform: string;
  readonly contributorId: number | null;
  readonly address: unknown;
  readonly payload: unknown;
  readonly attempts: number;
  readonly createdAt: number;
}

export interface Outbox {
  /** False when a message with this dedupe key was ever added before. */
  add(message: {
    readonly kind: string;
    readonly platform: string;
    readonly dedupeKey: string;
    readonly contributorId?: number | null;
    readonly address: unknown;
    readonly payload: unknown;
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
