// What Telegram hands a page that is opened inside it, made as its own description says: for the token's bot, by this user.
import { createHmac } from 'node:crypto';
import type { User } from './telegram-words.ts';

export function initDataOf(
  token: string,
  user: Pick<User, 'id' | 'first_name' | 'language_code'>,
  at = Date.now(),
  more: Readonly<Record<string, string>> = {},
): string {
  const fields: Record<string, string> = {
    query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
    user: JSON.stringify({ ...user, allows_write_to_pm: true }),
    auth_date: String(Math.floor(at / 1000)),
    signature: 'zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ',
    ...more,
  };
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name] ?? ''}`)
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(text).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
