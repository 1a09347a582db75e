// Who a request of the page comes from: its visitor and operator cookies, and what an event says of them.
import { getCookie } from 'hono/cookie';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { People } from '../../src/recognition/people.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { clientAddress, isSecure, neighbourhoodOf } from './caller.ts';
import { type Call, Refusal } from './context.ts';
import type { WebDeps } from './deps.ts';
import type { OperatorSessions } from './operators.ts';
import type { Visitors } from './visitors.ts';

export const VISITOR = 'inkloop-visitor';
/** Of who opened the page inside another platform. */
export const VOUCHED = 'inkloop-vouched';
export const OPERATOR = 'inkloop-operator';

export interface Who {
  isOperator(c: Call): boolean;
  /** Undefined for who is new. */
  known(c: Call): string | undefined;
  /** Throws Refusal for who is new. */
  visitorOf(c: Call): string;
  said(c: Call, visitor: string): { readonly person: Person; readonly chat: Chat; readonly address: ReplyAddress };
  /** The conversation with them: nobody else is in it, and its page has no way to reply to a single message. */
  chatOf(visitor: string): Chat;
}

export const cookieRules = (c: Call) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(c.get('facts')) }) as const;

/** A visitor by the platform they come from: this page, or the one that vouches for them. */
export function identityOf(visitor: string): { readonly platform: string; readonly id: string } {
  const [platform = '', id] = visitor.split(':');
  return id === undefined ? { platform: 'web', id: visitor } : { platform, id };
}

/** In a messenger's window in a browser the page stands in a frame: the cookie is that frame's alone. */
export const vouchedRules = { path: '/', httpOnly: true, sameSite: 'None', secure: true, partitioned: true } as const;

export function makeWho({
  visitors,
  operators,
  meet,
  inside,
}: {
  readonly visitors: Visitors;
  readonly operators: OperatorSessions;
  readonly meet: People['meet'];
  readonly inside?: WebDeps['inside'];
}): Who {
  /** Where they are spoken to alone: on this page, or where they come from. */
  const aloneOf = (visitor: string) => {
    const { platform, id } = identityOf(visitor);
    return inside?.get(platform)?.alone(id) ?? { chat: visitor, address: { visitor } };
  };
  const chatOf = (visitor: string): Chat => ({
    id: aloneOf(visitor).chat,
    kind: 'private',
    noReplies: true,
    isChatAdmin: () => Promise.resolve(true),
  });
  const hasLoggedIn = (c: Call): boolean => operators.isOperator(getCookie(c, OPERATOR));
  const vouched = (c: Call): string | undefined => visitors.readVouched(getCookie(c, VOUCHED));
  const known = (c: Call): string | undefined => vouched(c) ?? visitors.read(getCookie(c, VISITOR));
  // Who is an operator where they come from is one here.
  const isOperator = (c: Call): boolean => {
    const visitor = vouched(c);
    return hasLoggedIn(c) || (visitor !== undefined && meet(identityOf(visitor)).isOperator);
  };
  return {
    isOperator,
    known,
    chatOf,
    visitorOf(c) {
      const visitor = known(c);
      if (visitor === undefined) throw new Refusal('no-visitor');
      return visitor;
    },
    said: (c, visitor) => ({
      person: {
        ...identityOf(visitor),
        language: c.get('language'),
        neighbourhood: neighbourhoodOf(clientAddress(c.get('facts'))),
        operator: hasLoggedIn(c),
      },
      chat: chatOf(visitor),
      address: aloneOf(visitor).address,
    }),
  };
}
