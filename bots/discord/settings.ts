// The environment's part of Discord.
import { z } from 'zod';
import { httpUrl, list, type Settings, type SettingsReader } from '../../src/settings.ts';

const hosts = list.pipe(
  z.array(
    z
      .string()
      .regex(
        /^([\w-]+\.)*[\w-]+(:\d+)?$/,
        'must be names of hosts with commas between, without https:// and without a path, like cdn.discordapp.com,media.discordapp.net',
      ),
  ),
);

export const variables = {
  DISCORD_BOT_TOKEN: {
    default: '',
    schema: z.string().regex(/^[!-.0-~]+$/, "must be one word: the bot's token, not the client secret"),
  },
  DISCORD_API_URL: { default: 'https://discord.com/api', schema: httpUrl },
  DISCORD_CDN_HOSTS: { default: 'cdn.discordapp.com,media.discordapp.net', schema: hosts },
  DISCORD_LEARN_FROM_MESSAGES: {
    default: 'no',
    schema: z
      .enum(['yes', 'no'], { error: 'must be yes (Discord has permitted you to learn from message content) or no' })
      .transform((value) => value === 'yes'),
  },
} as const satisfies Settings;

/** People's. */
export const ids = { are: /^\d{1,20}$/, like: '456' };

export interface DiscordSettings {
  readonly token: string;
  readonly apiUrl: string;
  readonly cdnHosts: readonly string[];
  /** Whether messages that somebody else points at may teach, too, once their author agreed. */
  readonly learnFromMessages: boolean;
}

/** Null without a token. */
export function discordSettings({ read, must }: SettingsReader<typeof variables>): DiscordSettings | null {
  const token = read('DISCORD_BOT_TOKEN');
  const apiUrl = must('DISCORD_API_URL');
  const cdnHosts = must('DISCORD_CDN_HOSTS');
  const learnFromMessages = must('DISCORD_LEARN_FROM_MESSAGES') ?? false;
  return token === null ? null : { token, apiUrl, cdnHosts, learnFromMessages };
}

/** What the owner does when the token is refused: said by the bot and by `doctor`. */
export const REFUSED =
  'Discord refuses DISCORD_BOT_TOKEN. Get a new one at https://discord.com/developers/applications (your application → Bot → Reset Token), put it in .env and start again';
