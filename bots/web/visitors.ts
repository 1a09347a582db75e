// A visitor is a browser, known by a random cookie. It is signed, so that nobody can make up a thousand of them and teach
// as a thousand people; and one
// address and one neighbourhood get only so many new ones an hour.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { makeLimit } from './limits.ts';

/** New visitors an hour from one address: a school class fits. */
export const NEW_VISITORS_PER_HOUR = 60;
/** And from all addresses of a neighbourhood: several classes fit. */
const NEW_NEIGHBOURS_PER_HOUR = 240;

/** `platform:id`, by the platform that vouches and its own id. */
export type Vouchee = `${string}:${string}`;
const VOUCHED_MS = 24 * 3_600_000;

type Admission =
  | { readonly outcome: 'welcome'; readonly id: string; readonly cookie: string }
  | { readonly outcome: 'too-many'; readonly retryAfterSeconds: number };

export interface Visitors {
  /** The visitor's id (22 URL-safe characters, 128 bits) of a cookie that we signed, else undefined. */
  read(cookie: string | undefined): string | undefined;
  /** The cookie of somebody whom another platform vouches for; it ends by itself, since that word may be taken back. */
  vouch(visitor: Vouchee): { readonly cookie: string; readonly maxAgeSeconds: number };
  /** Who that is, while the cookie lasts. */
  readVouched(cookie: string | undefined): Vouchee | undefined;
  /** A new visitor from this address. */
  admit(address: string, neighbourhood: string): Admission;
}

export function makeVisitors(key: Uint8Array, now: () => number, clock: () => number): Visitors {
  const ofAddress = makeLimit(NEW_VISITORS_PER_HOUR, 3_600_000, now);
  const ofNeighbourhood = makeLimit(NEW_NEIGHBOURS_PER_HOUR, 3_600_000, now);
  const sign = (id: string) => createHmac('sha256', key).update(`visitor ${id}`).digest().subarray(0, 16);
  const seal = (text: string) =>
    createHmac('sha256', key).update(`vouched ${text}`).digest().subarray(0, 16).toString('base64url');
  return {
    read(cookie) {
      const [, id, signature] = /^([\w-]{22})\.([\w-]{22})$/.exec(cookie ?? '') ?? [];
      if (id === undefined || signature === undefined) return undefined;
      return timingSafeEqual(sign(id), Buffer.from(signature, 'base64url')) ? id : undefined;
    },
    vouch(visitor) {
      const text = `${visitor}:${clock() + VOUCHED_MS}`;
      return { cookie: `${text.replaceAll(':', '.')}.${seal(text)}`, maxAgeSeconds: VOUCHED_MS / 1000 };
    },
    readVouched(cookie) {
      const [, platform = '', id = '', until = '', signature = ''] =
        /^([a-z]+)\.([\w-]{1,32})\.(\d{1,16})\.([\w-]{22})$/.exec(cookie ?? '') ?? [];
      const wanted = seal(`${platform}:${id}:${until}`);
      if (signature === '' || !timingSafeEqual(Buffer.from(wanted), Buffer.from(signature))) return undefined;
      return Number(until) > clock() ? `${platform}:${id}` : undefined;
    },
    admit(address, neighbourhood) {
      const retryAfterSeconds = ofAddress.take(address) || ofNeighbourhood.take(neighbourhood);
      if (retryAfterSeconds > 0) return { outcome: 'too-many', retryAfterSeconds };
      const id = randomBytes(16).toString('base64url');
      return { outcome: 'welcome', id, cookie: `${id}.${sign(id).toString('base64url')}` };
    },
  };
}
