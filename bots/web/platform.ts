// The page in the browser as a chat platform: listens, answers, tells its visitors things unasked, stops in order.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { OperationalError } from '../../src/errors.ts';
import type { ChatPlatform, Message } from '../../src/chat/event.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Health } from '../../src/health.ts';
import { makeWebApp } from './app.ts';
import { readAssets } from './assets.ts';
import { makeChannels } from './channels.ts';
import type { WebDeps } from './deps.ts';
import { makeHeld } from './held.ts';
import { intakeRules, makeIntake } from './intake.ts';
import { makeOperatorSessions } from './operators.ts';
import { makeVisitors } from './visitors.ts';
import { wireMessage } from './wire.ts';

/** After a start, pages need so long to find us again. */
const RECONNECT_MS = 60_000;
/** Between two states of a message that shows how work goes on. */
const EDIT_EVERY_MS = 500;

/** A picture of 20 MB over a slow phone is fine (the intake sees to it that it moves); a connection that says nothing is not. */
const serverOptions = {
  requestTimeout: intakeRules.deadlineMs + 10_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2000,
};

export interface WebPlatform extends ChatPlatform {
  readonly name: 'web';
  /** Where the page is, once started. */
  url(): string;
  /** The link that makes an operator of whoever opens it; null where ADMIN_TOKEN does. */
  logInLink(): string | null;
}

export function makeWebPlatform(deps: WebDeps): WebPlatform {
  const { log, now } = deps;
  const held = makeHeld();
  const channels = makeChannels(now);
  const assets = readAssets(deps.pageFolder ?? new URL('page/', import.meta.url));
  const app = makeWebApp({
    ...deps,
    page: assets.base,
    held,
    channels,
    intake: makeIntake(),
    assets,
    visitors: makeVisitors(deps.cookieKey, now, deps.clock),
    operators: makeOperatorSessions(deps),
  });
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;

  let health: Health = { state: 'starting' };
  let startedAt = 0;

  function address(): string {
    const { port } = (server.address() as AddressInfo | null) ?? { port: deps.port };
    const everywhere = deps.host === '0.0.0.0' || deps.host === '::';
    const host = everywhere ? 'localhost' : deps.host.includes(':') ? `[${deps.host}]` : deps.host;
    return `http://${host}:${port}`;
  }

  /** Who has a page open there, or had one lately; null: nobody does any more. Throws just after the start, when they may come back. */
  function listening({ visitor }: ReplyAddress): string | null {
    if (typeof visitor !== 'string') return null;
    if (channels.isKnown(visitor)) return visitor;
    if (now() - startedAt < RECONNECT_MS) throw new OperationalError('The visitor’s page may not be back yet.');
    return null;
  }

  async function revise(handle: ReplyAddress, message: Message): Promise<'edited' | 'lost'> {
    const visitor = listening(handle);
    const { message: id } = handle;
    if (visitor === null || typeof id !== 'string') return 'lost';
    const live = message.live === true;
    // The last word of what went on is told to a page as well that does not know the message.
    const kind = message.live === false ? 'message' : 'update';
    channels.publish(visitor, { kind, id, live, message: wireMessage(message, held) });
    return 'edited';
  }

  return {
    name: 'web',
    start: () =>
      new Promise((resolve) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          health = { state: 'down', because: unheard(error, deps) };
          // Whoever started us says it; the error has nothing to add for people.
          log.debug({ err: error }, health.because);
          resolve();
        });
        server.listen(deps.port, deps.host, () => {
          server.removeAllListeners('error').on('error', (error) => log.error({ err: error }, 'the web server failed'));
          health = { state: 'up' };
          startedAt = now();
          resolve();
        });
      }),
    async stop(graceMs) {
      channels.close();
      health = { state: 'down', because: 'It was stopped.' };
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Browsers keep connections open for later: those are not waited for, whenever they become idle.
      const idle = setInterval(() => server.closeIdleConnections(), 25);
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
    health: () => health,
    url: address,
    // Behind the #, which browsers send to nobody: neither a log nor another site gets to see it.
    logInLink: () => (deps.logIn.by === 'link' ? `${address()}/#log-in=${deps.logIn.secret}` : null),
    async send(address, message) {
      const visitor = listening(address);
      if (visitor === null) return 'gone';
      channels.publish(visitor, {
        kind: 'message',
        id: randomUUID(),
        live: false,
        message: wireMessage(message, held),
      });
      return 'sent';
    },
    revise,
    holds: ({ visitor }) => typeof visitor === 'string',
    pace: ({ visitor }) => ({ chat: String(visitor), ms: EDIT_EVERY_MS }),
  };
}

function unheard({ code, message }: NodeJS.ErrnoException, { host, port }: Pick<WebDeps, 'host' | 'port'>): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop what listens there, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: set HOST to 127.0.0.1, or to 0.0.0.0 for all of them.`;
  }
  return `The page cannot be served at ${host}:${port} (${code ?? message}).`;
}
