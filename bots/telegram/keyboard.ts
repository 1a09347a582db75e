// Our buttons as Telegram's inline keyboard.
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { laidOut } from '../../src/chat/buttons.ts';
import type { Button, Keyboard } from '../../src/chat/event.ts';
import { rowsOf } from '../../src/chat/rows.ts';
import { isBadButtons } from './failures.ts';

const IN_A_ROW = 8;
const IN_A_MESSAGE = 100;

const styles = { primary: 'success', danger: 'danger' } as const;

/** Undefined for no buttons at all. Rows too long for Telegram are broken; what is over 100 buttons is left out. */
export function inlineKeyboard(keyboard: Keyboard | undefined): InlineKeyboardMarkup | undefined {
  const rows: InlineKeyboardButton[][] = [];
  let left = IN_A_MESSAGE;
  for (const row of (keyboard ?? []).flatMap((each) => rowsOf(each, IN_A_ROW))) {
    if (left > 0) rows.push(laidOut(row.slice(0, left)).map(inlineButton));
    left -= row.length;
  }
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

function inlineButton({ text, payload, role }: Button): InlineKeyboardButton {
  return {
    text,
    callback_data: payload,
    ...(role === 'primary' || role === 'danger' ? { style: styles[role] } : {}),
  };
}

export interface Buttons {
  readonly reply_markup?: InlineKeyboardMarkup;
}

/** What is said does not hang on its buttons: an answer can be typed as well. */
export async function withOrWithout<T>(
  reply_markup: InlineKeyboardMarkup | undefined,
  say: (buttons: Buttons) => Promise<T>,
): Promise<T> {
  if (reply_markup === undefined) return say({});
  try {
    return await say({ reply_markup });
  } catch (error) {
    if (!isBadButtons(error)) throw error;
    return say({});
  }
}
