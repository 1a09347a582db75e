// Discord as the list of platforms knows it.
import type { BotKind } from '../kind.ts';
import { discordSettings, ids, REFUSED, variables } from './settings.ts';

export const discord: BotKind = {
  name: 'discord',
  token: 'DISCORD_BOT_TOKEN',
  ids,
  variables,
  parse(reader) {
    const settings = discordSettings(reader);
    if (settings === null) return null;
    const { token, apiUrl } = settings;
    return {
      name: 'discord',
      secrets: [token],
      probe: {
        url: `${apiUrl}/v10/users/@me`,
        headers: { authorization: `Bot ${token}` },
        refusals: [401],
        refused: REFUSED,
      },
      async make(deps) {
        const { makeDiscordPlatform } = await import('./platform.ts');
        return { platform: makeDiscordPlatform({ config: settings, ...deps }), door: null, inside: null };
      },
    };
  },
};
