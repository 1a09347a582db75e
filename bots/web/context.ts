// What every route knows of its request: the caller, their language and how to speak to them.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { languageFor, type Language, type Say } from '../../src/words/words.ts';
import { isFromUnnamedProxy, proxiesAt, type RequestFacts } from './caller.ts';
import type { WebDeps } from './deps.ts';
import type { ProblemCode, ProblemDetails } from './problem.ts';

export interface Env {
  Bindings: HttpBindings;
  /** `leaving` is aborted when the caller hung up, or has to give way to others; set where a body was read. */
  Variables: { facts: RequestFacts; language: Language; say: Say; leaving: AbortSignal };
}

export type Call = Context<Env>;

const PROXY_HINT =
  'X-Forwarded-For came from an address that TRUST_PROXY does not name, so it was ignored. If a proxy of yours is there, name it: until then limits count all its visitors as one.';

export function withContext(deps: Pick<WebDeps, 'say' | 'trustProxy' | 'log'>): MiddlewareHandler<Env> {
  const isProxy = proxiesAt(deps.trustProxy);
  let hinted = false;
  return async (c, next) => {
    const language = languageFor(...wishes(c.req.header('accept-language') ?? ''));
    c.set('language', language);
    c.set('say', deps.say(language));
    const remoteAddress = getConnInfo(c).remote.address ?? '';
    const facts: RequestFacts = { remoteAddress, header: (name) => c.req.header(name), isProxy };
    if (!hinted && isFromUnnamedProxy(facts)) {
      hinted = true;
      deps.log.warn({ remoteAddress }, PROXY_HINT);
    }
    c.set('facts', facts);
    await next();
  };
}

/** The languages of an Accept-Language header, most wished first. */
export function wishes(header: string): readonly string[] {
  return header
    .split(',')
    .map((each) => {
      const [tag = '', ...parameters] = each.split(';').map((part) => part.trim());
      const quality = parameters.find((part) => part.startsWith('q='));
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, weight }) => /^[\w-]{1,35}$/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** Thrown where a request cannot go on; the one error handler answers it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly more: ProblemDetails;
  constructor(code: ProblemCode, more: ProblemDetails = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}
