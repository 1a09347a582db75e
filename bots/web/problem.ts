// Every error that leaves this server: problem+json (RFC 9457) with a code for programs and a sentence for people.
import { STATUS_CODES } from 'node:http';
import type { Say } from '../../src/words/words.ts';

/** All there are: status, and the message in src/words that says what to do about it. */
export const problems = {
  malformed: [400, 'problem-malformed'],
  'wrong-token': [401, 'problem-wrong-token'],
  'old-link': [401, 'problem-old-link'],
  forged: [401, 'problem-forged'],
  expired: [401, 'problem-expired'],
  'no-visitor': [401, 'problem-no-visitor'],
  'foreign-origin': [403, 'problem-foreign-origin'],
  'not-yours': [403, 'not-yours'],
  'no-token': [403, 'problem-no-token'],
  blocked: [403, 'blocked'],
  'agree-first': [403, 'consent-ask'],
  'not-agreed': [403, 'not-agreed'],
  'only-read': [403, 'only-read'],
  'not-found': [404, 'problem-not-found'],
  'unknown-prediction': [404, 'unknown-prediction'],
  'method-not-allowed': [405, 'problem-method-not-allowed'],
  'too-slow': [408, 'problem-too-slow'],
  'already-answered': [409, 'already-saved'],
  'too-large': [413, 'unreadable-file-too-large'],
  'unsupported-type': [415, 'problem-unsupported-type'],
  unreadable: [422, 'unreadable-not-an-image'],
  'unknown-alphabet': [422, 'alphabet-unknown'],
  'unknown-label': [422, 'unknown-label'],
  'several-characters': [422, 'problem-several-characters'],
  'too-many-verdicts': [429, 'too-many-verdicts'],
  'too-many-visitors': [429, 'problem-too-many-visitors'],
  'too-many-attempts': [429, 'problem-too-many-attempts'],
  internal: [500, 'error-unexpected'],
  storage: [500, 'error-storage'],
  busy: [503, 'busy'],
  'disk-nearly-full': [507, 'disk-nearly-full'],
  'pictures-full': [507, 'pictures-full'],
} as const;

export type ProblemCode = keyof typeof problems;

/** What may be said beside the code. */
export interface ProblemDetails {
  /** Instead of the code's own sentence. */
  readonly detail?: string;
  /** What the code's sentence names. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export function problem(say: Say, code: ProblemCode, more: ProblemDetails = {}): Response {
  const [status, sentence] = problems[code];
  const seconds = more.retryAfterSeconds ?? 0;
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...more.headers,
  });
  if (seconds > 0) headers.set('retry-after', String(seconds));
  const body = {
    type: `urn:inkloop:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: more.detail ?? say(sentence, { seconds, minutes: Math.ceil(seconds / 60), ...more.values }),
    ...more.members,
  };
  return new Response(JSON.stringify(body), { status, headers });
}
