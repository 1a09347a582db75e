// npm start: the page, and whichever bots have a token, around one app.
import { openApp, type App } from '../src/app.ts';
import { parseConfig, secretsOf, type Config } from '../src/config.ts';
import { OperationalError } from '../src/errors.ts';
import { makeLog, type Log } from '../src/log.ts';
import { endWith, readEnvFile } from '../src/process.ts';
import type { ChatPlatform, Health } from '../src/recognition/chat.ts';
import { makeSuggest } from '../src/recognition/suggest.ts';
import { sayIn } from '../src/words/words.ts';
import type { WebDeps } from './web/deps.ts';
import { makeWebPlatform, type WebPlatform } from './web/platform.ts';

/** What is in hand when we are asked to stop may take so long; then the process ends all the same. */
const GRACE_MS = 10_000;

readEnvFile();
await main().catch(endWith);

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = makeLog(config.logLevel, secretsOf(config));
  const app = await openApp(config, { log, background: true });
  const { bots, doors } = await makeBots(config, app, log);
  const web = makeWeb(config, app, log, bots, doors);
  const platforms: readonly ChatPlatform[] = [web, ...bots];
  app.deliverTo(platforms);
  stopOnSignals(platforms, app, log);

  await web.start();
  const page = web.health();
  if (page.state === 'up') console.log(`Inkloop is ready. The page: ${web.url()}`);
  if (page.state === 'down' && bots.length === 0) {
    // Nobody could ever speak to us: better to end with the reason than to stay and look alive.
    await app.close();
    throw new OperationalError(page.because);
  }
  // A bot that waits for its network must not keep the others waiting.
  await Promise.all(bots.map((bot) => bot.start()));
  for (const platform of platforms) {
    const health = platform.health();
    if (health.state === 'down') console.error(`${platform.name}: ${health.because}`);
    else if (platform !== web) console.log(`${platform.name}: ${health.state}`);
  }
}

interface Bots {
  readonly bots: readonly ChatPlatform[];
  /** What they want to hear over the page's server. */
  readonly doors: NonNullable<WebDeps['doors']>;
}

/** A new platform is a folder beside this file and a line here; its library is loaded only when it has a token. */
async function makeBots(config: Config, app: App, log: Log): Promise<Bots> {
  const { handle, commands, sayTo } = app;
  const memory = app.store.meta;
  const bots: ChatPlatform[] = [];
  const doors: Bots['doors'][number][] = [];
  if (config.telegram !== null) {
    const { makeTelegramPlatform } = await import('./telegram/platform.ts');
    const operators = () => operatorsOf(app, 'telegram');
    const common = { handle, commands, operators, memory, sayTo, say: sayIn, log };
    const bot = makeTelegramPlatform({ config: config.telegram, ...common });
    bots.push(bot);
    if (bot.webhook !== null && config.telegram.webhook !== null) {
      doors.push({ path: new URL(config.telegram.webhook.url).pathname, handle: bot.webhook });
    }
  }
  if (config.discord !== null) {
    const { makeDiscordPlatform } = await import('./discord/platform.ts');
    const { recognition, lastAlphabet, alphabets } = app;
    const suggest = makeSuggest({ recognition, lastAlphabet, alphabet: alphabets.get, alphabets: alphabets.list });
    bots.push(makeDiscordPlatform({ config: config.discord, handle, commands, suggest, sayTo, memory, log }));
  }
  return { bots, doors };
}

function makeWeb(config: Config, app: App, log: Log, bots: readonly ChatPlatform[], doors: Bots['doors']): WebPlatform {
  const web = makeWebPlatform({
    host: config.host,
    port: config.port,
    adminToken: config.adminToken,
    trustProxy: config.trustProxy,
    cookieKey: app.key,
    handle: app.handle,
    recognition: app.recognition,
    commands: app.commands,
    models: () =>
      app.store.versions.list().map((version) => ({
        version: version.id,
        alphabet: version.alphabet,
        champion: app.store.champions.current(version.alphabet) === version.id,
        createdAt: version.createdAt,
        origin: version.origin,
        artifact: version.artifact,
        parent: version.parent,
        snapshot: version.snapshotId,
        metrics: version.metrics,
      })),
    alphabets: app.alphabets.list,
    say: sayIn,
    doors,
    log,
    ready: () => readiness(app, [...bots, web]),
    now: () => performance.now(),
  });
  return web;
}

async function readiness(app: App, platforms: readonly ChatPlatform[]): Promise<Readonly<Record<string, Health>>> {
  const queue = await app.queueHealth();
  return {
    ...Object.fromEntries(platforms.map((platform) => [platform.name, platform.health()])),
    queue: queue.ok ? { state: 'up' } : { state: 'down', because: queue.because },
    models: app.modelHealth(),
    disk: await app.diskHealth(),
  };
}

function operatorsOf(app: App, platform: string): readonly string[] {
  return app.people
    .operators()
    .filter(({ who }) => who.startsWith(`${platform}:`))
    .map(({ who }) => who.slice(platform.length + 1));
}

/** SIGTERM and SIGINT: stop listening, finish what is in hand, close in reverse. A second signal ends at once. */
function stopOnSignals(platforms: readonly ChatPlatform[], app: App, log: Log): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    const end = Promise.all(platforms.map((platform) => platform.stop(GRACE_MS))).then(() => app.close());
    end.then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping went wrong');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
