// A reaction at somebody's photo: something of it is kept. Where Telegram does not take it (an older server, a chat without reactions,
// a photo that is gone), the caller says it in words.
import type { Api } from 'grammy';
import { describe, isUnknownMethod } from './failures.ts';
import type { Spot } from './outgoing.ts';

/** One of the few that every chat allows unless it allows only some, or none. */
const KEPT = '👍';

/** Whether the sign stands now. Never rejects: a sign is worth no failure. */
export type Sign = (spot: Spot, kept: boolean) => Promise<boolean>;

export function makeSign({ api, unsigned }: { readonly api: Api; readonly unsigned: (because: string) => void }): Sign {
  let known = true;
  return async ({ chat, reply }, kept) => {
    if (!known || reply === undefined) return false;
    try {
      await api.setMessageReaction(chat, reply, kept ? [{ type: 'emoji', emoji: KEPT }] : []);
      return true;
    } catch (error) {
      if (isUnknownMethod(error)) known = false;
      unsigned(describe(error));
      return false;
    }
  };
}
