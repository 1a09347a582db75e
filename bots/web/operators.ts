// Who may use the operator's commands in the page: whoever logged in with ADMIN_TOKEN; without one, whoever sits at this machine.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { makeLimit } from './limits.ts';

const SESSION_MS = 12 * 3_600_000;
const MOST_SESSIONS = 100;
/** Wrong tokens from one address in a quarter of an hour. */
export const ATTEMPTS = 10;

export type TokenCheck =
  | { readonly outcome: 'right' | 'wrong' | 'no-token' }
  | { readonly outcome: 'too-many'; readonly retryAfterSeconds: number };

export interface Operators {
  /** Whether there is a token to log in with. */
  readonly canLogIn: boolean;
  /** Whether it is ADMIN_TOKEN; wrong ones are counted by address. */
  check(token: string, address: string): TokenCheck;
  /** A new session, for whoever showed the right token. */
  open(): { readonly session: string; readonly maxAgeSeconds: number };
  close(session: string | undefined): void;
  /** `session` is the cookie; `fromThisMachine` as caller.ts judges it. */
  isOperator(session: string | undefined, fromThisMachine: boolean): boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Sessions live in memory: a restart logs everybody out. */
export function makeOperators(adminToken: string | null, now: () => number): Operators {
  const attempts = makeLimit(ATTEMPTS, 900_000, now);
  const sessions = new Map<string, number>();
  return {
    canLogIn: adminToken !== null,
    check(token, address) {
      if (adminToken === null) return { outcome: 'no-token' };
      const retryAfterSeconds = attempts.take(address);
      if (retryAfterSeconds > 0) return { outcome: 'too-many', retryAfterSeconds };
      // Digests have one length, so the comparison's time tells nothing.
      if (!timingSafeEqual(digest(token), digest(adminToken))) return { outcome: 'wrong' };
      attempts.clear(address);
      return { outcome: 'right' };
    },
    open() {
      for (const [old, until] of sessions) if (until <= now() || sessions.size >= MOST_SESSIONS) sessions.delete(old);
      const session = randomBytes(16).toString('base64url');
      sessions.set(session, now() + SESSION_MS);
      return { session, maxAgeSeconds: SESSION_MS / 1000 };
    },
    close: (session) => void sessions.delete(session ?? ''),
    isOperator(session, fromThisMachine) {
      if (adminToken === null) return fromThisMachine;
      return (sessions.get(session ?? '') ?? 0) > now();
    },
  };
}
