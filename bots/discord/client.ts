// discord.js set up for us: no privileged intent, nobody ever pinged, small caches, and broken connections retried.
import { Client, DefaultRestOptions, GatewayIntentBits, Options, Partials } from 'discord.js';
import { NetworkBroke } from './failures.ts';

export function makeClient(apiUrl: string): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Without it direct messages are dropped silently.
    partials: [Partials.Channel],
    // A label may read @everyone.
    allowedMentions: { parse: [] },
    // A message whose sending is retried is sent once.
    enforceNonce: true,
    // Discord's limit of 50 calls a second leaves out answers to interactions, which are nearly all of ours; the library
    // counts them. Whoever does meet the limit is told 429, and the library waits.
    // It also keeps a queue for every interaction's token until it is swept.
    rest: { api: apiUrl, makeRequest, globalRequestsPerSecond: 500, handlerSweepInterval: 5 * 60_000 },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildBanManager: 0,
      GuildInviteManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      AutoModerationRuleManager: 0,
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user?.id },
    }),
  });
}

/**
 * The library's own request, which retries what says ECONNRESET: a connection that broke in another way is given that name.
 * Not an acknowledgement: whoever retries it must know that it was retried.
 */
const makeRequest: typeof DefaultRestOptions.makeRequest = async (url, init) => {
  try {
    return await DefaultRestOptions.makeRequest(url, init);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
    const broke = new NetworkBroke('the connection to Discord broke', { cause: error });
    throw url.endsWith('/callback') || url.includes('/callback?')
      ? broke
      : Object.assign(broke, { code: 'ECONNRESET' });
  }
};
