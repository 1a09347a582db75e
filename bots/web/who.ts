// Who a request of the page comes from: its visitor and operator cookies, and what an event says of them.
import { getCookie } from 'hono/cookie';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { clientAddress, isSecure, neighbourhoodOf } from './caller.ts';
import { type Call, Refusal } from './context.ts';
import type { OperatorSessions } from './operators.ts';
import type { Visitors } from './visitors.ts';

export const VISITOR = 'inkloop-visitor';
export const OPERATOR = 'inkloop-operator';

export interface Who {
  isOperator(c: Call): boolean;
  /** Undefined for who is new. */
  known(c: Call): string | undefined;
  /** Throws Refusal for who is new. */
  visitorOf(c: Call): string;
  said(c: Call, visitor: string): { readonly person: Person; readonly chat: Chat; readonly address: ReplyAddress };
}

export const cookieRules = (c: Call) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(c.get('facts')) }) as const;

export function makeWho({
  visitors,
  operators,
}: {
  readonly visitors: Visitors;
  readonly operators: OperatorSessions;
}): Who {
  const isOperator = (c: Call): boolean => operators.isOperator(getCookie(c, OPERATOR));
  const known = (c: Call): string | undefined => visitors.read(getCookie(c, VISITOR));
  return {
    isOperator,
    known,
    visitorOf(c) {
      const visitor = known(c);
      if (visitor === undefined) throw new Refusal('no-visitor');
      return visitor;
    },
    said: (c, visitor) => ({
      person: {
        platform: 'web',
        id: visitor,
        language: c.get('language'),
        neighbourhood: neighbourhoodOf(clientAddress(c.get('facts'))),
        operator: isOperator(c),
      },
      chat: chatOf(visitor),
      address: { visitor },
    }),
  };
}

/** A conversation with one browser has nobody else in it, and its page has no way to reply to a single message. */
export const chatOf = (visitor: string): Chat => ({
  id: visitor,
  kind: 'private',
  noReplies: true,
  isChatAdmin: () => Promise.resolve(true),
});
