// The open end of a channel: a page's event stream, which finds its place again after a lost connection.
import { randomUUID } from 'node:crypto';
import { streamSSE } from 'hono/streaming';
import { greediest, type Share } from '../../src/fairness/shares.ts';
import { clientAddress, neighbourhoodOf } from './caller.ts';
import type { Channels } from './channels.ts';
import { type Call, Refusal } from './context.ts';

/** So often a quiet stream says that it is there, lest something in between closes it. */
const HEARTBEAT_MS = 20_000;
const MOST = 512;
const MOST_A_VISITOR = 8;
/** Whose stream gave way comes again after so long, not at once. */
const AWAY_MS = 60_000;
/** Who does not even read that they have to leave is cut off. */
const FAREWELL_MS = 1000;

interface Open {
  readonly share: Share;
  /** When something was last told. */
  usedAt: number;
  readonly giveWay: () => void;
}

/**
 * Answers with what is new for this visitor, for as long as the page listens. When there are too many, the one that was told
 * nothing for longest gives way, of the visitor who has most in the neighbourhood that has most. Throws Refusal where one
 * visitor has too many.
 */
export function eventStreams(
  channels: Channels,
  now: () => number,
  most = MOST,
): (c: Call, visitor: string) => Response {
  // Which start of the server this is: sequence numbers begin anew with each, and live messages end.
  const thisStart = randomUUID().slice(0, 8);
  const all = new Set<Open>();

  function makeRoom(): void {
    if (all.size < most) return;
    const [idle] = [...greediest([...all], ({ share }) => share)].sort((a, b) => a.usedAt - b.usedAt);
    idle?.giveWay();
  }

  return (c, visitor) => {
    if (channels.pages(visitor) >= MOST_A_VISITOR) throw new Refusal('busy', { retryAfterSeconds: 30 });
    const [start, since] = (c.req.header('last-event-id') ?? c.req.query('since') ?? '').split(' ');
    c.header('x-accel-buffering', 'no');
    makeRoom();
    return streamSSE(c, async (stream) => {
      let wake = () => {};
      const leaving = new AbortController();
      const mine: Open = {
        share: [neighbourhoodOf(clientAddress(c.get('facts'))), visitor],
        usedAt: now(),
        giveWay() {
          leaving.abort();
          all.delete(mine);
          setTimeout(() => c.env.outgoing.destroy(), FAREWELL_MS).unref();
          wake();
        },
      };
      all.add(mine);
      const subscription = channels.subscribe(visitor, start === thisStart ? Number(since) || 0 : 0, () => wake());
      stream.onAbort(() => wake());
      try {
        await stream.writeSSE({ event: 'hello', data: thisStart, retry: 2000 });
        while (!stream.aborted && !subscription.closed && !leaving.signal.aborted) {
          const fresh = subscription.take();
          for (const { seq, event } of fresh) {
            await stream.writeSSE({ id: `${thisStart} ${seq}`, data: JSON.stringify(event) });
            mine.usedAt = now();
          }
          if (fresh.length > 0) continue;
          const awoken = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(false), HEARTBEAT_MS);
            wake = () => {
              clearTimeout(timer);
              resolve(true);
            };
          });
          if (!awoken) await stream.write(': still here\n\n');
        }
        if (leaving.signal.aborted) await stream.writeSSE({ event: 'full', data: '', retry: AWAY_MS });
      } finally {
        subscription.close();
        all.delete(mine);
      }
    });
  };
}
