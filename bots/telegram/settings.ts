// The environment's part of Telegram.
import { z } from 'zod';
import { httpUrl, url, type Settings, type SettingsReader } from '../../src/settings.ts';

export const variables = {
  TELEGRAM_BOT_TOKEN: {
    default: '',
    schema: z.string().regex(/^\d+:[!-.0-~]+$/, 'must look like 123456:ABC-def, as @BotFather gave it'),
  },
  TELEGRAM_API_ROOT: { default: 'https://api.telegram.org', schema: httpUrl },
  TELEGRAM_WEBHOOK_URL: { default: '', schema: url(['https:', 'http:']) },
  TELEGRAM_WEBHOOK_SECRET: {
    default: '',
    schema: z.string().regex(/^[\w-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -'),
  },
} as const satisfies Settings;

/** People's. */
export const ids = { are: /^\d{1,15}$/, like: '123' };

export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** Null: it polls. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

/** Null without a token. */
export function telegramSettings(
  { given, read, must }: SettingsReader<typeof variables>,
  problem: (sentence: string) => void,
): TelegramSettings | null {
  const token = read('TELEGRAM_BOT_TOKEN');
  const address = read('TELEGRAM_WEBHOOK_URL');
  const secret = read('TELEGRAM_WEBHOOK_SECRET');
  const apiRoot = must('TELEGRAM_API_ROOT');
  if (given('TELEGRAM_WEBHOOK_URL') !== given('TELEGRAM_WEBHOOK_SECRET')) {
    problem('TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET go together: set both, or neither for polling');
  }
  if (token === null) return null;
  return { token, apiRoot, webhook: address !== null && secret !== null ? { url: address, secret } : null };
}

/** What the owner does when the token is refused: said by the bot and by `doctor`. */
export const REFUSED =
  'Telegram refuses TELEGRAM_BOT_TOKEN. Get the right one from @BotFather (/mybots, API Token), put it in .env and start again';
