// What a visitor's open pages are told unasked. The latest state of each message is kept for a while, so that a page that lost
// its connection catches up; older states of the same message are not worth telling.
import { Newest } from '../../src/newest.ts';
import type { WireEvent } from './wire.ts';

const MOST_ENTRIES = 40;
const KEEP_MS = 3_600_000;
const MOST_CHANNELS = 2_000;

interface Subscription {
  /** What is new since the last time, oldest first; `seq` is for `since` of a later subscription. */
  take(): readonly { readonly seq: number; readonly event: WireEvent }[];
  readonly closed: boolean;
  close(): void;
}

export interface Channels {
  publish(visitor: string, event: WireEvent): void;
  /** Forgets a message's state, because the page replaced it itself. */
  forget(visitor: string, id: string): void;
  /** `wake` is called when there is something to take, and when all is closed. */
  subscribe(visitor: string, since: number, wake: () => void): Subscription;
  /** Whether the visitor has a page open, or had one within the hour. */
  isKnown(visitor: string): boolean;
  /** How many pages the visitor has open. */
  pages(visitor: string): number;
  close(): void;
}

interface Channel {
  readonly entries: Map<string, { readonly seq: number; readonly event: WireEvent }>;
  readonly wakes: Set<() => void>;
  usedAt: number;
}

export function makeChannels(now: () => number): Channels {
  const channels = new Map<string, Channel>();
  let seq = 0;
  let closed = false;

  function open(visitor: string): Channel {
    const channel = channels.get(visitor) ?? { entries: new Newest(MOST_ENTRIES), wakes: new Set(), usedAt: 0 };
    channel.usedAt = now();
    channels.delete(visitor);
    channels.set(visitor, channel);
    for (const [old, each] of channels) {
      if (each.wakes.size > 0) continue;
      if (channels.size <= MOST_CHANNELS && each.usedAt > now() - KEEP_MS) break;
      channels.delete(old);
    }
    return channel;
  }

  return {
    publish(visitor, event) {
      const { entries, wakes } = open(visitor);
      const known = entries.get(event.id)?.event.kind;
      seq += 1;
      entries.set(event.id, { seq, event: known === 'message' ? { ...event, kind: 'message' } : event });
      for (const wake of wakes) wake();
    },
    forget: (visitor, id) => void channels.get(visitor)?.entries.delete(id),
    subscribe(visitor, since, wake) {
      const channel = open(visitor);
      let seen = since;
      channel.wakes.add(wake);
      return {
        take() {
          const fresh = [...channel.entries.values()].filter((each) => each.seq > seen);
          seen = fresh.at(-1)?.seq ?? seen;
          return fresh;
        },
        get closed() {
          return closed;
        },
        close() {
          channel.wakes.delete(wake);
          channel.usedAt = now();
        },
      };
    },
    isKnown(visitor) {
      const channel = channels.get(visitor);
      return channel !== undefined && (channel.wakes.size > 0 || channel.usedAt > now() - KEEP_MS);
    },
    pages: (visitor) => channels.get(visitor)?.wakes.size ?? 0,
    close() {
      closed = true;
      for (const { wakes } of channels.values()) for (const wake of wakes) wake();
    },
  };
}
