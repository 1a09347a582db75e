// Who opened the page inside Telegram: the app hands the page a signed line, and only this bot's token makes that signature
// (core.telegram.org/bots/webapps, "Validating data received via the Mini App").
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Vouched } from '../kind.ts';

/** The page shows it as soon as it is opened; an older one may be somebody else's find. */
const OLDEST_SECONDS = 3600;
/** Clocks differ a little. */
const AHEAD_SECONDS = 300;
const LONGEST = 8192;

const userShape = z.object({
  id: z.int().positive(),
  is_bot: z.boolean().optional(),
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Pure; `now` in milliseconds since 1970. */
export function vouchedBy(initData: string, token: string, now: number): Vouched {
  if (initData.length > LONGEST) return { outcome: 'forged' };
  const fields = [...new URLSearchParams(initData)];
  const named = new Map(fields);
  // A name that stands there twice could be read in two ways.
  if (named.size !== fields.length) return { outcome: 'forged' };
  const signed = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const wanted = hmac(hmac('WebAppData', token), signed);
  const given = Buffer.from(named.get('hash') ?? '', 'hex');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { outcome: 'forged' };
  const age = now / 1000 - Number(named.get('auth_date'));
  if (!(age <= OLDEST_SECONDS && age >= -AHEAD_SECONDS)) return { outcome: 'expired' };
  const user = userShape.safeParse(json(named.get('user') ?? ''));
  if (!user.success || user.data.is_bot === true) return { outcome: 'forged' };
  return { outcome: 'known', id: String(user.data.id) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
