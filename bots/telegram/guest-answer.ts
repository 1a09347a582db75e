// The one message that a guest may say: Telegram takes it as an answer to the question, and lets it be changed by a name of its own.
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Message } from '../../src/chat/event.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import { cut } from '../shared/text.ts';
import { isLostMessage, isNotModified } from './failures.ts';
import { inlineKeyboard } from './keyboard.ts';

const MESSAGE_LENGTH = 4096;
/** Nobody sees them: there is one result, and it is said at once. But Telegram takes none without. */
const RESULT = { type: 'article', id: 'answer', title: 'Inkloop' } as const;

/** What it is known by later. */
export const guestHandle = (inline: string): ReplyAddress => ({ inline });

/** Says it; said again, it is changed. */
export function answerOnce(api: Api, query: string): { say(message: Message): Promise<ReplyAddress> } {
  let standing: Promise<string> | undefined;
  return {
    async say(message) {
      const before = standing;
      if (before !== undefined) {
        const inline = await before;
        await reviseGuest(api, inline, message);
        return guestHandle(inline);
      }
      standing = first(api, query, message);
      return guestHandle(await standing);
    },
  };
}

async function first(api: Api, query: string, message: Message): Promise<string> {
  const reply_markup = inlineKeyboard(message.keyboard);
  const sent = await api.answerGuestQuery(query, {
    ...RESULT,
    input_message_content: { message_text: cut(message.text, MESSAGE_LENGTH), ...noPreview },
    ...(reply_markup && { reply_markup }),
  });
  return sent.inline_message_id;
}

/** 'lost': it was deleted meanwhile. */
export async function reviseGuest(api: Api, inline: string, message: Message): Promise<'edited' | 'lost'> {
  const reply_markup: InlineKeyboardMarkup | undefined = inlineKeyboard(message.keyboard);
  try {
    await api.editMessageTextInline(inline, cut(message.text, MESSAGE_LENGTH), {
      ...noPreview,
      ...(reply_markup && { reply_markup }),
    });
  } catch (error) {
    if (isLostMessage(error)) return 'lost';
    if (!isNotModified(error)) throw error;
  }
  return 'edited';
}

const noPreview = { link_preview_options: { is_disabled: true } } as const;
