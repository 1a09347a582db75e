// The open end of a channel: a page's event stream, which finds its place again after a lost connection.
import { randomUUID } from 'node:crypto';
import { streamSSE } from 'hono/streaming';
import type { Channels } from './channels.ts';
import { type Call, Refusal } from './context.ts';

/** So often a quiet stream says that it is there, lest something in between closes it. */
const HEARTBEAT_MS = 20_000;
const MOST = 512;
const MOST_A_VISITOR = 8;

/** Answers with what is new for this visitor, for as long as the page listens. Throws Refusal where there are too many. */
export function eventStreams(channels: Channels): (c: Call, visitor: string) => Response {
  // Which start of the server this is: sequence numbers begin anew with each, and live messages end.
  const thisStart = randomUUID().slice(0, 8);
  let open = 0;
  return (c, visitor) => {
    if (open >= MOST || channels.pages(visitor) >= MOST_A_VISITOR) throw new Refusal('busy', { retryAfterSeconds: 30 });
    const [start, since] = (c.req.header('last-event-id') ?? c.req.query('since') ?? '').split(' ');
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      open += 1;
      let wake = () => {};
      const subscription = channels.subscribe(visitor, start === thisStart ? Number(since) || 0 : 0, () => wake());
      stream.onAbort(() => wake());
      try {
        await stream.writeSSE({ event: 'hello', data: thisStart, retry: 2000 });
        while (!stream.aborted && !subscription.closed) {
          const fresh = subscription.take();
          for (const { seq, event } of fresh) {
            await stream.writeSSE({ id: `${thisStart} ${seq}`, data: JSON.stringify(event) });
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
      } finally {
        subscription.close();
        open -= 1;
      }
    });
  };
}
