// The page inside Telegram, where it has a public address: behind the button beside the text field, and under /start. What was set stays
// with Telegram, so it is set where it changed, and taken away where there is no address any more.
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Log } from '../../src/log.ts';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';
import { describe } from './failures.ts';

/** The product's name needs no translation: one button serves all languages. */
const NAME = 'Inkloop';
const SET = 'page-button';

/** Never rejects: a bot without that button is still a bot. */
export async function setPageButton({
  api,
  page,
  memory,
  log,
}: {
  readonly api: Pick<Api, 'setChatMenuButton'>;
  readonly page: string | null;
  readonly memory: PlatformNotes;
  readonly log: Log;
}): Promise<void> {
  const before = memory.get(SET) ?? '';
  if (before === (page ?? '')) return;
  try {
    await api.setChatMenuButton({
      menu_button: page === null ? { type: 'default' } : { type: 'web_app', text: NAME, web_app: { url: page } },
    });
    memory.set(SET, page ?? '');
  } catch (error) {
    log.warn({ because: describe(error) }, 'Telegram: the button that opens the page could not be set');
  }
}

/** A keyboard with a last row that opens the page. */
export const withPage = (
  keyboard: InlineKeyboardMarkup | undefined,
  page: { readonly url: string; readonly text: string } | undefined,
): InlineKeyboardMarkup | undefined =>
  page === undefined
    ? keyboard
    : {
        inline_keyboard: [...(keyboard?.inline_keyboard ?? []), [{ text: page.text, web_app: { url: page.url } }]],
      };
