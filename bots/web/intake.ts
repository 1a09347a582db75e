// Bodies on their way in. No place in any line is taken before a body is whole: here it has to keep moving, and when there is no
// room for more, whoever sends most at once gives way, so that slow senders never keep others out.
import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { greediest } from '../../src/fairness/shares.ts';
import { clientAddress, neighbourhoodOf } from './caller.ts';
import { type Env, Refusal } from './context.ts';

export interface IntakeRules {
  /** Bodies at once, and their bytes in all (each counts as a little more than it has); a whole school class may send at once. */
  readonly bodies: number;
  readonly bytes: number;
  /** After this grace, a body has to have come at so many bytes a second on the whole; and it has to be in by the deadline. */
  readonly graceMs: number;
  readonly leastPerSecond: number;
  readonly deadlineMs: number;
}

export const intakeRules: IntakeRules = {
  bodies: 256,
  bytes: 128 * 1024 * 1024,
  graceMs: 5000,
  leastPerSecond: 4096,
  deadlineMs: 120_000,
};

/** What a connection costs beside its bytes. */
const OVERHEAD_BYTES = 32 * 1024;
const LOOK_MS = 500;
const BUSY_SECONDS = 2;
const CLOSE = { connection: 'close' };

export interface Intake {
  /** Reads the whole body of at most so many bytes before anything looks at it; its bytes are held until the answer is made. */
  body(most: number): MiddlewareHandler<Env>;
}

interface Held {
  readonly share: readonly string[];
  readonly since: number;
  readonly leaving: AbortController;
  bytes: number;
  whole: boolean;
}

export function makeIntake(rules: IntakeRules = intakeRules): Intake {
  const held = new Set<Held>();
  let looking: NodeJS.Timeout | undefined;

  const weightOf = ({ bytes }: Held): number => bytes + OVERHEAD_BYTES;
  const overfull = (): boolean =>
    held.size > rules.bodies || [...held].reduce((sum, each) => sum + weightOf(each), 0) > rules.bytes;

  /** Of whoever holds most: what is still coming, the oldest first; else what came last and waits to be read. */
  function makeRoom(): void {
    while (overfull()) {
      const theirs = greediest([...held], ({ share }) => share, weightOf);
      const gives = theirs.find(({ whole }) => !whole) ?? theirs.at(-1);
      if (gives === undefined) return;
      held.delete(gives);
      gives.leaving.abort(new Refusal('busy', { retryAfterSeconds: BUSY_SECONDS, headers: CLOSE }));
    }
  }

  function look(): void {
    for (const each of held) {
      const ms = performance.now() - each.since;
      const least = ((ms - rules.graceMs) / 1000) * rules.leastPerSecond;
      if (each.whole || (each.bytes >= least && ms < rules.deadlineMs)) continue;
      held.delete(each);
      each.leaving.abort(new Refusal('too-slow', { headers: CLOSE }));
    }
    if ([...held].some(({ whole }) => !whole)) return;
    clearInterval(looking);
    looking = undefined;
  }

  return {
    body: (most) => async (c, next) => {
      const { incoming, outgoing } = c.env;
      if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge();
      const leaving = new AbortController();
      const address = clientAddress(c.get('facts'));
      const share = [neighbourhoodOf(address), address];
      const each: Held = { share, since: performance.now(), leaving, bytes: 0, whole: false };
      held.add(each);
      looking ??= setInterval(look, LOOK_MS).unref();
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) leaving.abort(new Refusal('malformed'));
      });
      try {
        makeRoom();
        const bytes = await received(incoming, leaving.signal, (length) => {
          each.bytes += length;
          if (each.bytes > most) throw tooLarge();
          makeRoom();
        });
        each.whole = true;
        // Where Hono keeps what was read, as a promise.
        Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(bytes) });
        c.set('leaving', leaving.signal);
        await next();
      } finally {
        held.delete(each);
      }
    },
  };
}

const tooLarge = (): Refusal => new Refusal('too-large', { headers: CLOSE });

/** All that comes; rejects with the signal's reason, what `came` throws, or a refusal when they hang up in the middle. */
function received(
  incoming: IncomingMessage,
  signal: AbortSignal,
  came: (length: number) => void,
): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    const settle = (how: () => void): void => {
      signal.removeEventListener('abort', stop);
      incoming.off('data', take).off('end', whole).off('error', broken);
      incoming.pause();
      how();
    };
    const fail = (reason: unknown): void =>
      settle(() => reject(reason instanceof Error ? reason : new Refusal('malformed')));
    const stop = (): void => fail(signal.reason);
    const broken = (): void => fail(undefined);
    const take = (chunk: Uint8Array): void => {
      chunks.push(chunk);
      try {
        came(chunk.length);
      } catch (error) {
        fail(error);
      }
    };
    const whole = (): void => settle(() => resolve(joined(chunks)));
    incoming.on('data', take).once('end', whole).once('error', broken);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

function joined(chunks: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all.buffer;
}
