// Groups that became supergroups. Telegram gives such a group a new number and deserts the old one; the product goes on knowing
// it by the number it had first, so that settings, open questions and announcements stay what they are.
import type { Api, Transformer } from 'grammy';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';

export interface Moves {
  /** A group has another number from now on. The same again changes nothing. */
  noted(from: number, to: number): void;
  /** Where a chat is now. */
  now(chat: number): number;
  /** The number by which the product knows a chat. */
  known(chat: number): number;
}

/** `memory` outlives the process: a group moves once, and is spoken to for years. */
export function makeMoves(memory: PlatformNotes): Moves {
  const read = (name: string, chat: number): number => Number(memory.get(`${name}:${chat}`) ?? chat);
  const known = (chat: number): number => read('moved-from', chat);
  return {
    known,
    now: (chat) => read('moved-to', chat),
    noted(from, to) {
      if (from === to || known(to) !== to) return;
      memory.set(`moved-to:${from}`, String(to));
      memory.set(`moved-from:${to}`, String(from));
    },
  };
}

/**
 * What is said to a group's old number is said to the new one; who says it first learns of the move by the refusal. Messages have
 * other numbers there: what names one (an edit) is refused as before, a quotation is left out.
 */
export function followMoves(api: Api, moves: Moves): void {
  const follow: Transformer = async (prev, method, payload, signal) => {
    const chat = chatOf(payload);
    if (chat === undefined || 'message_id' in payload) return prev(method, payload, signal);
    const known = moves.now(chat);
    const answer = await prev(method, known === chat ? payload : elsewhere(payload, known), signal);
    const to = answer.ok ? undefined : answer.parameters?.migrate_to_chat_id;
    if (to === undefined || to === known) return answer;
    moves.noted(chat, to);
    return prev(method, elsewhere(payload, to), signal);
  };
  api.config.use(follow);
}

function chatOf(payload: object): number | undefined {
  const chat = 'chat_id' in payload ? payload.chat_id : undefined;
  return typeof chat === 'number' ? chat : undefined;
}

function elsewhere<Payload extends object>(payload: Payload, chat: number): Payload {
  const moved: Payload & { chat_id?: number; reply_parameters?: unknown; message_thread_id?: unknown } = {
    ...payload,
    chat_id: chat,
  };
  delete moved.reply_parameters;
  delete moved.message_thread_id;
  return moved;
}
