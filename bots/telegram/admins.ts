// Who is an admin of a group, asked of Telegram when a setting needs it and remembered for a short while.
import type { Api } from 'grammy';
import { Newest } from '../../src/newest.ts';

interface AdminsDeps {
  readonly api: Api;
  readonly keepMs: number;
  readonly clock: () => number;
}

const MOST_REMEMBERED = 10_000;

export function makeAdmins({ api, keepMs, clock }: AdminsDeps): (chat: number, user: number) => Promise<boolean> {
  const known = new Newest<string, { readonly isAdmin: boolean; readonly until: number }>(MOST_REMEMBERED);
  return async (chat, user) => {
    const key = `${chat}:${user}`;
    const before = known.get(key);
    if (before !== undefined && before.until > clock()) return before.isAdmin;
    const { status } = await api.getChatMember(chat, user);
    const isAdmin = status === 'administrator' || status === 'creator';
    known.set(key, { isAdmin, until: clock() + keepMs });
    return isAdmin;
  };
}
