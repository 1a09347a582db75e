// Where a webhook is set, Telegram calls us: with a secret, an update at a time, again and again until it hears 200.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { HandleEvent } from '../../../src/chat/event.ts';
import { startFakeTelegram } from '../../support/telegram.ts';
import { photo, setScene, simple } from './scene.ts';

const secret = 'a-secret-of-some-length';

/** A platform behind a real server of its own, as the web server mounts it. */
async function setHooked(handle: HandleEvent) {
  const fake = await startFakeTelegram();
  let door: ((request: Request) => Promise<Response>) | null = null;
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET' } = request;
      const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const body = method === 'GET' ? null : await buffer(request);
      const answer = await door?.(new Request('http://localhost/telegram', { method, headers, body }));
      response.writeHead(answer?.status ?? 404).end(await answer?.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
  const config = { token: fake.token, apiRoot: fake.apiRoot, webhook: { url, secret } };
  const scene = await setScene(handle, { fake, config });
  door = scene.platform.webhook;
  const call = (init: RequestInit): Promise<Response> => fetch(url, { method: 'POST', ...init });
  return { ...scene, call };
}

test('photos arrive by webhook and are answered; nothing is polled', async () => {
  const { fake, platform } = await setHooked(simple);
  expect(platform.health()).toEqual({ state: 'up' });
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  await fake.press(answer, '✓ 7', olena).answer();
  expect(fake.callsOf('getUpdates')).toHaveLength(0);
  expect(fake.callsOf('setWebhook')[0]?.payload).toMatchObject({ allowed_updates: ['message', 'callback_query'] });
});

test('without the secret nobody comes in; what is no update is refused', async () => {
  const { call, events } = await setHooked(simple);
  const update = JSON.stringify({ update_id: 1, message: {} });
  expect((await call({ body: update })).status).toBe(401);
  const wrong = { 'x-telegram-bot-api-secret-token': `${secret.slice(0, -1)}x` };
  expect((await call({ body: update, headers: wrong })).status).toBe(401);
  const headers = { 'x-telegram-bot-api-secret-token': secret };
  expect((await call({ body: 'no json', headers })).status).toBe(400);
  expect((await call({ body: '{"update_id":"1"}', headers })).status).toBe(400);
  expect((await call({ method: 'GET', headers })).status).toBe(405);
  expect(events).toEqual([]);
});

test('an update delivered twice is answered once', async () => {
  const { fake, call, events } = await setHooked(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, 'ї');
  const [update] = fake.updates.pending();
  await fake.waitForMessage(chat);
  const again = await call({ body: JSON.stringify(update), headers: { 'x-telegram-bot-api-secret-token': secret } });
  expect(again.status).toBe(200);
  fake.sendText(chat, olena, 'end');
  await fake.waitForMessage(chat, (each) => each.text?.startsWith('text end') === true);
  expect(events).toHaveLength(2);
});

test('with too much in hand, or leaving, it asks Telegram to come again', async () => {
  let finish: () => void = () => {};
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { fake, platform, events } = await setHooked(async (event) => {
    await slow;
    return simple(event);
  });
  const people = Array.from({ length: 440 }, () => fake.user());
  for (const each of people) fake.sendText(fake.private(each), each, '/help');
  // No more are taken over than can be kept in hand; the rest waits with Telegram.
  await fake.until('a full house', () => fake.updates.pending().length === 40 && fake.updates.pending());
  finish();
  await fake.until('everybody', () => people.every((each) => fake.said(fake.private(each)).length === 1), 45_000);
  expect(events).toHaveLength(440);

  await platform.stop(1000);
  const late = fake.user();
  fake.sendText(fake.private(late), late, '/help');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(fake.updates.pending()).toHaveLength(1);
});

test('an address that Telegram does not take is named', async () => {
  const fake = await startFakeTelegram();
  fake.fail(
    'setWebhook',
    {
      kind: 'error',
      code: 400,
      description: 'Bad Request: bad webhook: HTTPS url must be provided',
    },
    3,
  );
  const webhook = { url: 'http://example.org/telegram', secret };
  const { platform } = await setScene(simple, {
    fake,
    config: { token: fake.token, apiRoot: fake.apiRoot, webhook },
  });
  expect(platform.health()).toMatchObject({
    because: expect.stringMatching(/does not take TELEGRAM_WEBHOOK_URL.*HTTPS url must be provided/),
  });
  await fake.until('the second attempt', () => platform.health().state === 'up');
});
