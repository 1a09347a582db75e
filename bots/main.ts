// `npm start`, `npx inkloop`: the page, and whichever bots have a token, around one app.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openApp, type App } from '../src/app/open.ts';
import { parseConfig, secretsOf, type Config } from '../src/config.ts';
import { OperationalError } from '../src/errors.ts';
import { makeLog, type Log } from '../src/log.ts';
import { endWith, readEnvFile } from '../src/process.ts';
import type { ChatPlatform } from '../src/chat/event.ts';
import type { Health } from '../src/health.ts';
import { makeSuggest } from '../src/chat/suggest.ts';
import { sayIn } from '../src/words/words.ts';
import type { Bot, Door, Inside } from './kind.ts';
import { botKinds } from './list.ts';
import { makeReviseOn, withPage } from './said-elsewhere.ts';
import type { WebDeps } from './web/deps.ts';
import { makeWebPlatform, type WebPlatform } from './web/platform.ts';

/** What is in hand when we are asked to stop may take so long; then the process ends all the same. */
const GRACE_MS = 10_000;

readEnvFile();
await main().catch(endWith);

async function main(): Promise<void> {
  const config = parseConfig(process.env, botKinds);
  const logIn = logInOf(config);
  const log = makeLog(config.logLevel, [...secretsOf(config), logIn.secret]);
  const app = await openApp(config, { log, background: true });
  let platforms: readonly ChatPlatform[] = [];
  let web: WebPlatform | undefined;
  const reviseOn = makeReviseOn(() => platforms, log);
  const handle = withPage(app.handle, () => web, reviseOn);
  const { bots, doors, inside } = await makeBots(config, { ...app, handle }, log);
  web = makeWeb({ config, logIn, app, log, bots, doors, inside, reviseOn });
  platforms = [web, ...bots];
  app.deliverTo(platforms);
  stopOnSignals(platforms, app, log);

  await web.start();
  const page = web.health();
  if (page.state === 'up') {
    console.log(`Inkloop is ready. The page: ${web.url()}`);
    // By its whole path: ./data is another folder wherever one starts it.
    console.log(`Everything is kept in ${resolve(config.dataDir)}`);
    console.log(invitation(web.logInLink()));
  }
  if (page.state === 'down' && bots.length === 0) {
    // Nobody could ever speak to us: better to end with the reason than to stay and look alive.
    await app.close();
    throw new OperationalError(page.because);
  }
  app.begin();
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
  readonly doors: readonly Door[];
  /** Inside which of them the page opens. */
  readonly inside: ReadonlyMap<string, Inside>;
}

async function makeBots(config: Config<Bot>, app: App, log: Log): Promise<Bots> {
  const { handle, commands, sayTo, recognition, lastAlphabet, alphabets, store } = app;
  const suggest = makeSuggest({ recognition, store, lastAlphabet, alphabet: alphabets.get, alphabets: alphabets.list });
  const made = await Promise.all(
    config.bots.map(({ name, make }) =>
      make({
        handle,
        commands,
        suggest,
        sayTo,
        say: sayIn,
        operators: () => operatorsOf(app, name),
        memory: app.store.platformNotes(name),
        page: config.publicUrl,
        log,
      }),
    ),
  );
  return {
    bots: made.map(({ platform }) => platform),
    inside: new Map(made.flatMap(({ platform, inside }) => (inside === null ? [] : [[platform.name, inside]]))),
    doors: made.flatMap(({ door }) => (door === null ? [] : [door])),
  };
}

/** What makes an operator of the page: the owner's token, else a secret that ends with this process. */
function logInOf({ adminToken }: Config): WebDeps['logIn'] {
  if (adminToken !== null) return { by: 'token', secret: adminToken };
  return { by: 'link', secret: randomBytes(16).toString('base64url') };
}

/** On standard output alone: the log, which others may collect, never holds the link. */
function invitation(link: string | null): string {
  if (link === null) return 'To be its operator, log in there with ADMIN_TOKEN.';
  return `To be its operator, open this link: ${link}`;
}

interface WebParts extends Bots {
  readonly config: Config;
  readonly logIn: WebDeps['logIn'];
  readonly app: App;
  readonly log: Log;
  readonly reviseOn: NonNullable<WebDeps['reviseOn']>;
}

function makeWeb({ config, logIn, app, log, bots, doors, inside, reviseOn }: WebParts): WebPlatform {
  const web = makeWebPlatform({
    host: config.host,
    port: config.port,
    logIn,
    trustProxy: config.trustProxy,
    cookieKey: app.key,
    memory: app.store.platformNotes('web'),
    handle: app.handle,
    recognition: app.recognition,
    meet: app.people.meet,
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
    gallery: app.gallery,
    examples: app.examples,
    say: sayIn,
    doors,
    inside,
    reviseOn,
    log,
    ready: () => readiness(app, [...bots, web]),
    now: () => performance.now(),
    clock: () => Date.now(),
  });
  return web;
}

async function readiness(app: App, platforms: readonly ChatPlatform[]): Promise<Readonly<Record<string, Health>>> {
  const queue = await app.queueHealth();
  return {
    ...Object.fromEntries(platforms.map((platform) => [platform.name, platform.health()])),
    queue: queue.ok ? { state: 'up' } : { state: 'down', because: queue.because },
    models: app.modelHealth(),
    database: app.databaseHealth(),
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
