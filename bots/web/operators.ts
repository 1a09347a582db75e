// Who may use the operator's commands in the page: whoever showed ADMIN_TOKEN or, where there is none, the secret in the link
// that the start prints. Never whoever comes from some address: a proxy makes everybody come from its own.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WebDeps } from './deps.ts';
import { makeLimit } from './limits.ts';

const SESSION_MS = 12 * 3_600_000;
/** Wrong tokens from one neighbourhood in a quarter of an hour; further ones get a 429 and are logged. */
export const ATTEMPTS = 10;
const ATTEMPTS_MS = 900_000;

export type Check =
  | { readonly outcome: 'right' | 'wrong-token' | 'old-link' | 'no-token' }
  | { readonly outcome: 'too-many-attempts'; readonly retryAfterSeconds: number };

export interface OperatorSessions {
  /** What the page asks for. */
  readonly logInBy: 'token' | 'link';
  /** Whether it is ADMIN_TOKEN. The right one always passes: only wrong ones are counted, by the sender's neighbourhood. */
  checkToken(token: string, neighbourhood: string): Check;
  /** Whether it is the secret of this start's link, which is too long to be guessed. */
  checkLink(secret: string): Check;
  /** A new session, for whoever showed the right one. */
  open(): { readonly session: string; readonly maxAgeSeconds: number };
  /** Ends it, also for whoever has a copy of the cookie. */
  close(session: string | undefined): void;
  /** `session` is the cookie. */
  isOperator(session: string | undefined): boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
/** Digests have one length, so the comparison's time tells nothing. */
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

/** Where the sessions that somebody logged out of are kept until they would have ended: `id:until`, with spaces between. */
const ENDED = 'page-sessions-ended';

/** A session is signed by the installation's key, so it survives a restart; a change of ADMIN_TOKEN ends them all. */
export function makeOperatorSessions({
  logIn,
  cookieKey,
  memory,
  clock,
  now,
  log,
}: Pick<WebDeps, 'logIn' | 'cookieKey' | 'memory' | 'clock' | 'now' | 'log'>): OperatorSessions {
  const attempts = makeLimit(ATTEMPTS, ATTEMPTS_MS, now);
  const warnings = makeLimit(1, ATTEMPTS_MS, now);
  const proof = logIn.by === 'token' ? digest(logIn.secret).toString('hex') : '';
  const key = createHmac('sha256', cookieKey).update(`operator by ${logIn.by} ${proof}`).digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  const ended = (): readonly string[] => (memory.get(ENDED) ?? '').split(' ').filter((each) => untilOf(each) > clock());
  const untilOf = (session: string): number => Number(session.split(':')[1]);

  /** `id:until` of a session that we signed and that is not over. */
  function read(cookie: string | undefined): string | undefined {
    const [, id = '', until = '', signature = ''] = /^([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/.exec(cookie ?? '') ?? [];
    const session = `${id}:${until}`;
    if (id === '' || !same(signature, sign(session)) || Number(until) <= clock()) return undefined;
    return ended().includes(session) ? undefined : session;
  }

  return {
    logInBy: logIn.by,
    checkToken(token, neighbourhood) {
      if (logIn.by === 'link') return { outcome: 'no-token' };
      if (same(token, logIn.secret)) return { outcome: 'right' };
      const retryAfterSeconds = attempts.take(neighbourhood);
      if (retryAfterSeconds === 0) return { outcome: 'wrong-token' };
      if (warnings.take('') === 0) log.warn({ neighbourhood }, 'somebody tries out tokens: many were not ADMIN_TOKEN');
      return { outcome: 'too-many-attempts', retryAfterSeconds };
    },
    checkLink: (secret) => ({ outcome: logIn.by === 'link' && same(secret, logIn.secret) ? 'right' : 'old-link' }),
    open() {
      const session = `${randomBytes(16).toString('base64url')}:${clock() + SESSION_MS}`;
      return { session: `${session.replace(':', '.')}.${sign(session)}`, maxAgeSeconds: SESSION_MS / 1000 };
    },
    close(cookie) {
      const session = read(cookie);
      if (session !== undefined) memory.set(ENDED, [...ended(), session].join(' '));
    },
    isOperator: (cookie) => read(cookie) !== undefined,
  };
}
