// Getting connected and staying so: a refused token is a state with a remedy, a lost network is waited out.
import { DiscordjsErrorCodes, Events, GatewayCloseCodes, type Client } from 'discord.js';
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Health } from '../../src/health.ts';
import { pause } from '../shared/pause.ts';
import { codeOf, forLog } from './failures.ts';
import { REFUSED } from './settings.ts';

const PORTAL = 'https://discord.com/developers/applications';
const INTENTS = `Discord refuses the connection because of intents that this bot does not need: look at ${PORTAL} (your application → Bot → Privileged Gateway Intents)`;
const LOST = 'The connection to Discord is lost; it is being tried again. Is the network there?';

export interface Connection {
  /** Tries to connect; resolves after the first try, and goes on trying in the background when that failed for now. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
  /** The client that is connected, or was last. */
  client(): Client<true> | undefined;
}

export function makeConnection(deps: {
  readonly token: string;
  readonly makeClient: () => Client;
  /** Called with each client before it connects. */
  readonly listen: (client: Client) => void;
  readonly onReady: (client: Client<true>) => void;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  readonly log: Log;
}): Connection {
  const { log } = deps;
  let health: Health = { state: 'starting' };
  let current: Client | undefined;
  const stopped = new AbortController();

  function down(because: string, more: object = {}): void {
    // What is wrong at the start is said by whoever started us, from our health.
    const known = health.state === 'starting' || (health.state === 'down' && health.because === because);
    health = { state: 'down', because };
    if (known) return;
    if (because === LOST) log.warn(more, because);
    else log.error(more, because);
  }

  function up(what: string): void {
    health = { state: 'up' };
    log.info(what);
  }

  /** For good: only the owner can help. */
  const refusals: Readonly<Record<number, string>> = {
    [GatewayCloseCodes.AuthenticationFailed]: REFUSED,
    [GatewayCloseCodes.DisallowedIntents]: INTENTS,
    [GatewayCloseCodes.InvalidIntents]: INTENTS,
  };

  function refusalOf(error: unknown): string | undefined {
    if (codeOf(error) === DiscordjsErrorCodes.TokenInvalid) return REFUSED;
    const message = messageOf(error);
    if (message === 'Authentication failed') return REFUSED;
    return message === 'Used disallowed intents' || message === 'Used invalid intents' ? INTENTS : undefined;
  }

  function watch(client: Client): void {
    client.on(Events.Error, (error) => log.error(forLog(error), 'discord.js reports an error'));
    client.on(Events.ShardError, (error) =>
      log.warn({ because: messageOf(error) }, 'the Discord gateway had an error'),
    );
    client.on(Events.ShardReconnecting, () => {
      if (!stopped.signal.aborted) down(LOST);
    });
    client.on(Events.ShardResume, () => up('the Discord gateway resumed'));
    client.on(Events.ShardReady, () => {
      if (client.isReady()) up('the Discord gateway is connected again');
    });
    client.on(Events.ShardDisconnect, ({ code }) => {
      down(refusals[code] ?? `Discord closed the connection for good (code ${code}); start again`, { code });
    });
    client.rest.on('rateLimited', ({ route, timeToReset, scope }) =>
      log.debug({ route, timeToReset, scope }, 'Discord asks for a pause'),
    );
    client.once(Events.ClientReady, (ready) => {
      up('the Discord gateway is connected');
      deps.onReady(ready);
    });
    deps.listen(client);
  }

  /** One try: connected, refused for good, or worth another try. */
  async function connect(): Promise<'settled' | 'again'> {
    const client = deps.makeClient();
    current = client;
    watch(client);
    try {
      const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(deps.token);
      await ready;
      return 'settled';
    } catch (error) {
      client.removeAllListeners();
      // What was already under way may still report; nobody is left to listen.
      client.on(Events.Error, () => {});
      if (stopped.signal.aborted) return 'settled';
      const refusal = refusalOf(error);
      if (refusal !== undefined) {
        down(refusal);
        return 'settled';
      }
      down(LOST, { because: messageOf(error) });
      return 'again';
    }
  }

  async function keepTrying(): Promise<void> {
    for (let wait = deps.firstRetryMs; !stopped.signal.aborted; wait = Math.min(wait * 2, deps.longestRetryMs)) {
      await pause(wait, stopped.signal);
      if (stopped.signal.aborted || (await connect()) === 'settled') return;
    }
  }

  return {
    async start() {
      if ((await connect()) === 'again') {
        keepTrying().catch((error: unknown) => log.error(forLog(error), 'connecting to Discord ended'));
      }
    },
    async stop() {
      stopped.abort();
      await current?.destroy();
    },
    health: () => health,
    client: () => (current?.isReady() === true ? current : undefined),
  };
}
