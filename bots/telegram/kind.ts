// Telegram as the list of platforms knows it.
import type { BotKind, Inside } from '../kind.ts';
import { vouchedBy } from './init-data.ts';
import { ids, REFUSED, telegramSettings, variables } from './settings.ts';

export const telegram: BotKind = {
  name: 'telegram',
  token: 'TELEGRAM_BOT_TOKEN',
  ids,
  variables,
  parse(reader, problem) {
    const settings = telegramSettings(reader, problem);
    if (settings === null) return null;
    const { token, apiRoot, webhook } = settings;
    return {
      name: 'telegram',
      secrets: [token, ...(webhook === null ? [] : [webhook.secret])],
      // 404 is what a token of the wrong shape gets.
      probe: { url: `${apiRoot}/bot${token}/getMe`, headers: {}, refusals: [401, 404], refused: REFUSED },
      async make(deps) {
        const { makeTelegramPlatform } = await import('./platform.ts');
        const platform = makeTelegramPlatform({ config: settings, ...deps });
        const { webhook: hear } = platform;
        const door = webhook === null || hear === null ? null : { path: new URL(webhook.url).pathname, handle: hear };
        const inside: Inside = {
          vouch: (shown, now) => vouchedBy(shown, token, now),
          // A person's private chat with a bot has the person's own number.
          alone: (id) => ({ chat: id, address: { chat: Number(id) } }),
          frames: ['https://web.telegram.org'],
        };
        return { platform, door, inside: deps.page === null ? null : inside };
      },
    };
  },
};
