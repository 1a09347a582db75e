// Whoever is slow or many takes nothing from others: bodies have to move, and the greediest gives way first.
import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { makeChannels } from '../../../bots/web/channels.ts';
import { withContext, type Env, Refusal } from '../../../bots/web/context.ts';
import { intakeRules, makeIntake, type IntakeRules } from '../../../bots/web/intake.ts';
import { problem } from '../../../bots/web/problem.ts';
import { eventStreams } from '../../../bots/web/streams.ts';
import { makeLog } from '../../../src/log.ts';
import { sayIn } from '../../../src/words/words.ts';
import { askFrom, dripFrom } from '../../support/from.ts';
import { picture, pretend, type Pretended } from './pretend.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function page(): Promise<Pretended> {
  const pretended = await pretend();
  closing.push(() => pretended.close());
  return pretended;
}

async function listening(app: Hono<Env>): Promise<string> {
  app.onError((error, c) =>
    error instanceof Refusal
      ? problem(c.get('say'), error.code, error.more)
      : new Response(error.stack, { status: 500 }),
  );
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The intake alone with rules of the test's own; what is whole waits until `let go`. */
async function intakeWith(rules: Partial<IntakeRules>) {
  const app = new Hono<Env>();
  app.use(withContext({ say: sayIn, trustProxy: [], log: makeLog('silent') }));
  let letGo: () => void = () => {};
  const waiting = new Promise<void>((resolve) => (letGo = resolve));
  /** Who is whole and waits, in the order of their coming; and who left. */
  const whole: string[] = [];
  const left: string[] = [];
  const intake = makeIntake({ ...intakeRules, ...rules });
  app.post('/', intake.body(10_000_000), async (c) => {
    const bytes = await c.req.arrayBuffer();
    if (c.req.header('x-waits') === undefined) return c.text(String(bytes.byteLength));
    whole.push(c.req.header('x-waits') ?? '');
    await Promise.race([
      waiting,
      new Promise<void>((resolve) => {
        c.get('leaving').addEventListener('abort', () => {
          left.push(c.req.header('x-waits') ?? '');
          resolve();
        });
      }),
    ]);
    return c.text('let go');
  });
  return { url: await listening(app), letGo, whole, left };
}

/** A crowded machine may take its time. */
const poll = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

const png = { 'content-type': 'image/png' };

test('a byte now and then: polite photos are answered meanwhile, and the slow ones are told so', async () => {
  const { url } = await page();
  const photo = await picture('7');
  const slow = Array.from({ length: 40 }, (_, i) =>
    dripFrom(`127.0.${1 + (i % 2)}.1`, `${url}/api/v1/predict`, { ...png, 'accept-language': 'en' }, 500),
  );
  await sleep(300);
  for (let count = 0; count < 5; count++) {
    const polite = await askFrom('127.0.3.1', `${url}/api/v1/predict`, { method: 'POST', headers: png, body: photo });
    expect(polite.status).toBe(200);
    expect(polite.ms).toBeLessThan(4000);
  }
  for (const { status, ms } of await Promise.all(slow.map(({ ended }) => ended))) {
    expect(status).toBe(408);
    expect(ms).toBeGreaterThan(4000);
  }
}, 30_000);

test('who keeps to the least rate is taken until the deadline', async () => {
  const { url } = await intakeWith({ graceMs: 500, leastPerSecond: 1, deadlineMs: 3000 });
  const dripping = dripFrom('127.0.0.1', url, {}, 100);
  const { status, ms } = await dripping.ended;
  expect(status).toBe(408);
  expect(ms).toBeGreaterThan(2500);
}, 20_000);

test('with no room for more, the greediest neighbourhood gives way, and others come in', async () => {
  const { url } = await intakeWith({ bodies: 8, graceMs: 60_000 });
  const greedy = Array.from({ length: 8 }, (_, i) => dripFrom(`127.0.1.${i + 1}`, url, {}, 200));
  await sleep(300);
  const polite = await askFrom('127.0.2.1', url, { method: 'POST', body: new Uint8Array(1000) });
  expect([polite.status, polite.text]).toEqual([200, '1000']);
  expect((await Promise.race(greedy.map(({ ended }) => ended))).status).toBe(503);
  for (const each of greedy) each.stop();
});

test('bytes that wait are bounded, too: who holds most is dropped from the line, and nobody else', async () => {
  const { url, letGo, whole, left } = await intakeWith({ bytes: 5_000_000 });
  const waits = (name: string, address: string, size: number) =>
    askFrom(address, url, { method: 'POST', headers: { 'x-waits': name }, body: new Uint8Array(size) });
  const polite = waits('polite', '127.0.2.1', 500_000);
  await poll(() => whole).toEqual(['polite']);
  const greedy = [waits('first', '127.0.1.1', 2_000_000)];
  await poll(() => whole).toEqual(['polite', 'first']);
  greedy.push(waits('second', '127.0.1.2', 2_000_000));
  await poll(() => whole).toEqual(['polite', 'first', 'second']);
  const other = waits('other', '127.0.3.1', 1_500_000);
  await poll(() => whole).toContain('other');
  await poll(() => left).toEqual(['second']);
  letGo();
  expect((await polite).text).toBe('let go');
  expect((await other).text).toBe('let go');
  await Promise.all(greedy);
  expect(left).toEqual(['second']);
});

test('whose client hangs up is known to have left', async () => {
  const { url, whole, left } = await intakeWith({});
  const hanging = new AbortController();
  const gone = askFrom('127.0.0.1', url, {
    method: 'POST',
    headers: { 'x-waits': 'me' },
    body: new Uint8Array(10),
    signal: hanging.signal,
  });
  await poll(() => whole).toEqual(['me']);
  hanging.abort();
  await expect(gone).rejects.toThrow();
  await poll(() => left).toEqual(['me']);
});

test('a connection that says nothing, or headers without end, is closed', async () => {
  const { url } = await page();
  const { port, hostname } = new URL(url);
  const closedAfter = (first: string) =>
    new Promise<number>((resolve) => {
      const began = performance.now();
      const socket = connect(Number(port), hostname, () => void socket.write(first));
      socket.resume().on('error', () => undefined);
      socket.on('close', () => resolve(performance.now() - began));
    });
  for (const ms of await Promise.all([closedAfter(''), closedAfter('GET / HTTP/1.1\r\nHost: a\r\n')]))
    expect(ms).toBeLessThan(20_000);
}, 40_000);

test('visitors who hold all streams give way to newcomers, the greediest neighbourhood first', async () => {
  const app = new Hono<Env>();
  app.use(withContext({ say: sayIn, trustProxy: [], log: makeLog('silent') }));
  const stream = eventStreams(
    makeChannels(() => performance.now()),
    () => performance.now(),
    12,
  );
  app.get('/:visitor', (c) => stream(c, c.req.param('visitor')));
  const url = await listening(app);
  const opened: { readonly said: () => string; readonly over: Promise<unknown> }[] = [];
  const open = async (name: string, address: string): Promise<void> => {
    const asking = request(`${url}/${name}`, { agent: false, localAddress: address }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('error', () => undefined);
    opened.push({ said: () => text, over: new Promise((ended) => void response.on('close', ended)) });
  };
  for (let i = 0; i < 8; i++) await open(`greedy-${i}`, `127.0.1.${i + 1}`);
  for (let i = 0; i < 4; i++) await open(`other-${i}`, `127.0.${2 + i}.1`);
  await open('new', '127.0.9.1');
  await opened[0]?.over;
  expect(opened[0]?.said()).toContain('event: full');
  expect(opened[0]?.said()).toContain('retry: 60000');
  expect(opened.filter(({ said }) => said().includes('event: full'))).toHaveLength(1);
  await expect.poll(() => opened.at(-1)?.said()).toContain('event: hello');
});

test('a neighbourhood gets only so many new visitors, however many addresses it has', async () => {
  const { url } = await page();
  const statuses: number[] = [];
  for (let i = 0; i < 260; i++)
    statuses.push((await askFrom(`127.1.1.${1 + (i % 250)}`, `${url}/chat/session`)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(240);
  expect((await askFrom('127.1.2.1', `${url}/chat/session`)).status).toBe(200);
}, 30_000);
