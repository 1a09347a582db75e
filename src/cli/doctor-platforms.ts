// What `doctor` asks of the chat platforms: does each take its token? Nothing is sent to anybody, and a running bot is not disturbed.
import type { Bot, Probe } from '../../bots/kind.ts';
import { botKinds } from '../../bots/list.ts';
import type { Config } from '../config.ts';

interface PlatformFinding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

const PATIENCE_MS = 10_000;

export function examinePlatforms({ bots }: Config<Bot>): Promise<readonly PlatformFinding[]> {
  return Promise.all(
    botKinds.map(async ({ name, token }) => {
      const bot = bots.find((each) => each.name === name);
      if (bot === undefined) return { what: name, ok: true, says: `off: no ${token}` };
      return { what: name, ...(await ask(bot.probe)) };
    }),
  );
}

async function ask({ url, headers, refusals, refused }: Probe): Promise<Omit<PlatformFinding, 'what'>> {
  const { host } = new URL(url);
  try {
    // A redirect could carry the token elsewhere.
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { headers, redirect: 'error', signal });
    await response.body?.cancel();
    if (response.ok) return { ok: true, says: `the token is good; /readyz of the running app says how it is` };
    if (refusals.includes(response.status)) return { ok: false, says: `${refused}.` };
    return { ok: false, says: `${host} answers ${response.status}. The bot tries again by itself.` };
  } catch {
    // Not the error's own words: the address holds the token.
    return { ok: false, says: `${host} cannot be reached. Is the network there? The bot tries again by itself.` };
  }
}
