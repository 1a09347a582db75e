// A visitor is a browser, known by a random cookie. It is signed, so that nobody can make up a thousand of them and teach
// as a thousand people; and one
// address and one neighbourhood get only so many new ones an hour.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { makeLimit } from './limits.ts';

/** New visitors an hour from one address: a school class fits. */
export const NEW_VISITORS_PER_HOUR = 60;
/** And from all addresses of a neighbourhood: several classes fit. */
const NEW_NEIGHBOURS_PER_HOUR = 240;

type Admission =
  | { readonly outcome: 'welcome'; readonly id: string; readonly cookie: string }
  | { readonly outcome: 'too-many'; readonly retryAfterSeconds: number };

export interface Visitors {
  /** The visitor's id (22 URL-safe characters, 128 bits) of a cookie that we signed, else undefined. */
  read(cookie: string | undefined): string | undefined;
  /** A new visitor from this address. */
  admit(address: string, neighbourhood: string): Admission;
}

export function makeVisitors(key: Uint8Array, now: () => number): Visitors {
  const ofAddress = makeLimit(NEW_VISITORS_PER_HOUR, 3_600_000, now);
  const ofNeighbourhood = makeLimit(NEW_NEIGHBOURS_PER_HOUR, 3_600_000, now);
  const sign = (id: string) => createHmac('sha256', key).update(`visitor ${id}`).digest().subarray(0, 16);
  return {
    read(cookie) {
      const [, id, signature] = /^([\w-]{22})\.([\w-]{22})$/.exec(cookie ?? '') ?? [];
      if (id === undefined || signature === undefined) return undefined;
      return timingSafeEqual(sign(id), Buffer.from(signature, 'base64url')) ? id : undefined;
    },
    admit(address, neighbourhood) {
      const retryAfterSeconds = ofAddress.take(address) || ofNeighbourhood.take(neighbourhood);
      if (retryAfterSeconds > 0) return { outcome: 'too-many', retryAfterSeconds };
      const id = randomBytes(16).toString('base64url');
      return { outcome: 'welcome', id, cookie: `${id}.${sign(id).toString('base64url')}` };
    },
  };
}
