// What `doctor` asks of the chat platforms: does each take its token? Nothing is sent to anybody, and a running bot is not disturbed.
import { refusedToken, type Config } from '../config.ts';

export interface PlatformFinding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

const PATIENCE_MS = 10_000;

export function examinePlatforms({ telegram, discord }: Config): Promise<readonly PlatformFinding[]> {
  return Promise.all([
    telegram === null
      ? { what: 'telegram', ok: true, says: 'off: no TELEGRAM_BOT_TOKEN' }
      : ask('telegram', `${telegram.apiRoot}/bot${telegram.token}/getMe`, {}),
    discord === null
      ? { what: 'discord', ok: true, says: 'off: no DISCORD_BOT_TOKEN' }
      : ask('discord', `${discord.apiUrl}/v10/users/@me`, { authorization: `Bot ${discord.token}` }),
  ]);
}

async function ask(
  what: 'telegram' | 'discord',
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<PlatformFinding> {
  const { host } = new URL(url);
  try {
    // A redirect could carry the token elsewhere.
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { headers, redirect: 'error', signal });
    await response.body?.cancel();
    if (response.ok) return { what, ok: true, says: `the token is good; /readyz of the running app says how it is` };
    // Telegram says 404 to a token of the wrong shape.
    const isRefused = response.status === 401 || (what === 'telegram' && response.status === 404);
    if (isRefused) return { what, ok: false, says: `${refusedToken[what]}.` };
    return { what, ok: false, says: `${host} answers ${response.status}. The bot tries again by itself.` };
  } catch {
    // Not the error's own words: the address holds the token.
    return { what, ok: false, says: `${host} cannot be reached. Is the network there? The bot tries again by itself.` };
  }
}
