// Who is an operator of the page: nobody for where they come from, behind whatever proxy; everybody who opens the printed link.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import {
  logInLink,
  newDataDir,
  operatorCookies,
  removeDataDir,
  runToEnd,
  startProduct,
  type Product,
} from '../support/product.ts';

let product: Product | undefined;
let proxy: Server | undefined;
const dataDir = newDataDir();
afterEach(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  proxy = undefined;
  await product?.kill();
  product = undefined;
  removeDataDir(dataDir);
});

const start = async (env: Readonly<Record<string, string>> = {}): Promise<Product> => {
  product = await startProduct({ DATA_DIR: dataDir, RETRAIN_AFTER: '0', ...env });
  return product;
};

/** Passes requests on as a reverse proxy without any settings does: no X-Forwarded-For, and the inner name as Host. */
async function plainProxy(to: string): Promise<string> {
  const { hostname, port } = new URL(to);
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: `${hostname}:${port}` };
    const passed = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  proxy = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Session {
  readonly operator: boolean;
}
const sessionOf = async (url: string, cookie: string): Promise<Session> =>
  (await (await fetch(`${url}/chat/session`, { headers: { cookie } })).json()) as Session;

async function types(url: string, cookie: string, text: string): Promise<string> {
  const response = await fetch(`${url}/chat/text`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', cookie },
    body: JSON.stringify({ text }),
  });
  return response.text();
}

async function strangerCookies(url: string): Promise<string> {
  const arrived = await fetch(`${url}/chat/session`);
  return arrived.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function addedOperators(): readonly string[] {
  const store = openStore(join(dataDir, 'inkloop.db'), { splitter });
  try {
    return store.operators.list();
  } finally {
    store.close();
  }
}

describe('the page’s operators', { timeout: 120_000 }, () => {
  test('a visitor through a proxy on the same machine that hides them makes nobody an operator', async () => {
    const running = await start();
    const outside = await plainProxy(running.url);
    for (const url of [outside, running.url]) {
      const cookie = await strangerCookies(url);
      expect(await sessionOf(url, cookie)).toMatchObject({ operator: false });
      expect(await types(url, cookie, '/admins add telegram:666')).toContain('Only operators of this bot may do that');
    }
    expect(addedOperators()).toEqual([]);
    expect(running.output()).not.toContain('TRUST_PROXY');
    await fetch(`${running.url}/healthz`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
    await running.says('an address that TRUST_PROXY does not name');
  });

  test('the printed link makes an operator, who stays one over a restart; an old link makes none', async () => {
    const first = await start({ LOG_LEVEL: 'trace' });
    const link = await logInLink(first);
    expect(link).toMatch(new RegExp(`^${first.url}/#log-in=[\\w-]{22}$`));
    const cookie = await operatorCookies(first);
    expect(await types(first.url, cookie, '/admins add telegram:123')).toContain('telegram:123 is an operator now');
    expect(addedOperators()).toEqual(['telegram:123']);
    const ended = await first.stop();
    expect(ended.stdout).toContain(link);
    expect(ended.stderr).not.toContain(link.split('=')[1]);

    const second = await start();
    expect(await logInLink(second)).not.toBe(link);
    expect(await sessionOf(second.url, cookie)).toMatchObject({ operator: true });
    const refused = await fetch(`${second.url}/chat/log-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify({ link: link.split('=')[1] }),
    });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('Open the newest');
  });

  test('with ADMIN_TOKEN no link is printed, nor the token', async () => {
    const token = 'kQ3v-long-and-ours';
    const running = await start({ ADMIN_TOKEN: token, LOG_LEVEL: 'trace' });
    await running.says('To be its operator, log in there with ADMIN_TOKEN.');
    const cookie = await strangerCookies(running.url);
    expect(await sessionOf(running.url, cookie)).toMatchObject({ operator: false, logInBy: 'token' });
    const entered = await fetch(`${running.url}/chat/log-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ token }),
    });
    expect(entered.status).toBe(200);
    const { stdout, stderr } = await running.stop();
    expect(stdout + stderr).not.toContain('#log-in=');
    expect(stdout + stderr).not.toContain(token);
  });

  test('a placeholder for ADMIN_TOKEN, and a TRUST_PROXY that names nobody, stop the start with what to write', async () => {
    const ended = await runToEnd('bots/main.ts', {
      DATA_DIR: dataDir,
      ADMIN_TOKEN: 'change-me-please',
      TRUST_PROXY: 'yes',
    });
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('ADMIN_TOKEN must be a secret of your own');
    expect(ended.stderr).toContain('TRUST_PROXY must name your proxies: loopback');
    expect(ended.stderr).not.toContain('change-me-please');
  });
});
