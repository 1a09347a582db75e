// The answer to a press: it stops the button's spinner, and shows a short word where there is one.
import type { Api } from 'grammy';
import type { Reply } from '../../src/chat/event.ts';
import { cut } from '../shared/text.ts';
import { isExpiredPress } from './failures.ts';

const NOTICE_LENGTH = 200;

/** It need not wait for the edit, nor the edit for it. Never rejects; too late is nobody's loss. */
export function answerPress(
  api: Api,
  query: string,
  replies: readonly Reply[],
  lost: (error: unknown) => void,
): Promise<unknown> {
  const notice = replies.flatMap((reply) => (reply.kind === 'notice' ? [reply.text] : [])).join('\n');
  return api
    .answerCallbackQuery(query, notice === '' ? {} : { text: cut(notice, NOTICE_LENGTH) })
    .catch((error: unknown) => {
      if (!isExpiredPress(error)) lost(error);
    });
}
