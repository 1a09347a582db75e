import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NEW_VISITORS_PER_HOUR } from '../../../bots/web/visitors.ts';
import { arrive, eventsOf, type Visitor } from './client.ts';
import { byToken, LINK_SECRET, newMemory, picture, pretend, type Pretended, TOKEN } from './pretend.ts';

const seven = await picture('7');
let house: Pretended;
beforeEach(async () => {
  house = await pretend();
});
afterEach(() => house.close());

describe('a conversation', () => {
  test('goes from a picture to a verdict and back', async () => {
    const visitor = await arrive(house.url);
    const [reply] = await visitor.say('/chat/photo', seven);
    expect(reply).toMatchObject({
      kind: 'message',
      live: false,
      message: { text: expect.stringContaining('7') as string },
    });
    if (reply?.kind !== 'message') throw new Error('no message');
    expect(reply.message.pictures).toEqual([
      {
        src: expect.stringMatching(/^data:image\/png;base64,/) as string,
        alt: 'The character as I saw it',
        role: 'glyph',
      },
    ]);
    const no = reply.message.keyboard?.flat().find(({ text }) => text === '✗');
    const [rest] = await visitor.say('/chat/press', { payload: no?.payload, message: reply.id });
    if (rest?.kind !== 'edit') throw new Error('no edit');
    const two = rest.message.keyboard?.flat().find(({ text }) => text === '2');
    const [thanks] = await visitor.say('/chat/press', { payload: two?.payload, message: reply.id });
    expect(thanks).toMatchObject({ kind: 'edit', message: { keyboard: [[{ text: 'undo' }]] } });
    expect([...house.answers.values()]).toMatchObject([{ label: '2' }]);
    if (thanks?.kind !== 'edit') throw new Error('no edit');
    await visitor.say('/chat/press', { payload: thanks.message.keyboard?.[0]?.[0]?.payload });
    expect([...house.answers.values()]).toMatchObject([{ label: undefined }]);
  });

  test('tells apart commands, words and answers to a message', async () => {
    const visitor = await arrive(house.url);
    await visitor.say('/chat/text', { text: '/Stats  ukrainian cursive ' });
    await visitor.say('/chat/text', { text: 'ж' });
    await visitor.say('/chat/text', { text: '5', about: 'x:prediction00' });
    await visitor.say('/chat/text', { text: '/ what?' });
    expect(house.events).toMatchObject([
      { kind: 'command', name: 'stats', rest: 'ukrainian cursive' },
      { kind: 'text', text: 'ж' },
      { kind: 'text', text: '5', about: 'prediction00' },
      { kind: 'text', text: '/ what?' },
    ]);
  });

  test('takes a form with a caption', async () => {
    const visitor = await arrive(house.url);
    const form = new FormData();
    form.set('image', new Blob([seven], { type: 'image/png' }), '../../etc/passwd');
    form.set('caption', '7');
    await visitor.say('/chat/photo', form);
    expect(house.events).toMatchObject([{ kind: 'photo', caption: '7', bytes: seven }]);
  });

  test('speaks the browser’s language', async () => {
    const visitor = await arrive(house.url);
    const headers = { 'accept-language': 'uk-UA,uk;q=0.9,en;q=0.5' };
    await visitor.say('/chat/text', { text: '/help' }, headers);
    expect(house.events[0]?.person.language).toBe('uk');
    expect((await visitor.get('/', headers)).body['text']).toContain('<html lang="uk">');
  });

  test('counts what is sent twice under one key once, and gives the same answer', async () => {
    const visitor = await arrive(house.url);
    house.weather.photoDelayMs = 50;
    const headers = { 'idempotency-key': 'one-and-the-same' };
    const answers = await Promise.all([1, 2, 3].map(() => visitor.say('/chat/photo', seven, headers)));
    answers.push(await visitor.say('/chat/photo', seven, headers));
    expect(house.events).toHaveLength(1);
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    await (await arrive(house.url)).say('/chat/photo', seven, headers);
    expect(house.events).toHaveLength(2);
  });

  test('gives every visitor their own', async () => {
    const visitors = await Promise.all([1, 2, 3].map(() => arrive(house.url)));
    await Promise.all(visitors.map((each) => each.say('/chat/photo', seven)));
    expect(new Set(house.events.map(({ person }) => person.id)).size).toBe(3);
    expect(house.events.every(({ person, chat }) => person.id === chat.id && chat.kind === 'private')).toBe(true);
  });
});

describe('live', () => {
  test('newer states of a message follow as events until the last one', async () => {
    const visitor = await arrive(house.url);
    const [reply] = await visitor.say('/chat/text', { text: '/retrain' });
    expect(reply).toMatchObject({ kind: 'message', live: true });
    const id = reply?.kind === 'message' ? reply.id : '';
    const seen: unknown[] = [];
    let since = '';
    for (let live = true; live;) {
      for (const { id: at, event } of await eventsOf(house.url, visitor, 1, since)) {
        live = event['live'] === true;
        // The last is told to a page, too, that does not know the message.
        expect(event).toMatchObject({ kind: live ? 'update' : 'message', id });
        seen.push(event);
        since = at;
      }
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toMatchObject({
      live: false,
      message: { text: expect.stringContaining('digits-2') as string },
    });
  });

  test('an announcement reaches the visitor it is for, once, also after a lost connection', async () => {
    const [one, other] = [await arrive(house.url), await arrive(house.url)];
    await one.say('/chat/text', { text: '/help' });
    await other.say('/chat/text', { text: '/help' });
    const address = house.events[0]?.address ?? {};
    // Both have had their page open.
    await Promise.all([one, other].map((each) => eventsOf(house.url, each, 0)));
    expect(await house.web.send(address, { text: 'A better model answers now.' })).toBe('sent');
    const [told] = await eventsOf(house.url, one, 1);
    expect(told?.event).toMatchObject({ kind: 'message', message: { text: 'A better model answers now.' } });
    await house.web.send(address, { text: 'And again.' });
    const after = await eventsOf(house.url, one, 1, told?.id);
    expect(after.map(({ event }) => event['message'])).toEqual([{ text: 'And again.' }]);
    await house.web.send(house.events[1]?.address ?? {}, { text: 'Only for the other.' });
    expect((await eventsOf(house.url, other, 1)).map(({ event }) => event['message'])).toEqual([
      { text: 'Only for the other.' },
    ]);
  });

  test('whoever is not there may come back just after a start, and is gone later', async () => {
    const address = { visitor: 'AAAAAAAAAAAAAAAAAAAAAA' };
    await expect(house.web.send(address, { text: 'Hello?' })).rejects.toThrow();
    house.clock += 120_000;
    expect(await house.web.send(address, { text: 'Hello?' })).toBe('gone');
    expect(await house.web.send({ rest: true }, { text: 'Hello?' })).toBe('gone');
  });
});

describe('who may do what', () => {
  test('a visitor’s cookie is random, unreadable to scripts, and only valid as we signed it', async () => {
    const response = await fetch(`${house.url}/chat/session`);
    const cookie = response.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^inkloop-visitor=[\w-]{22}\.[\w-]{22}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    const forged = await arrive(house.url, `inkloop-visitor=${'A'.repeat(22)}.${'A'.repeat(22)}`);
    expect((await forged.post('/chat/text', { text: 'hi' })).status).toBe(401);
    expect((await forged.get('/chat/events')).status).toBe(401);
    expect(house.events).toHaveLength(0);
  });

  test('a visitor is known again after a restart', async () => {
    const visitor = await arrive(house.url);
    await visitor.say('/chat/text', { text: 'hi' });
    const next = await pretend();
    await (await arrive(next.url, visitor.cookies)).say('/chat/text', { text: 'hi' });
    expect(next.events[0]?.person.id).toBe(house.events[0]?.person.id);
    await next.close();
  });

  test('one address gets so many new visitors an hour, and known ones go on', async () => {
    const known = await arrive(house.url);
    for (let more = 1; more < NEW_VISITORS_PER_HOUR; more += 1) await fetch(`${house.url}/chat/session`);
    const refused = await fetch(`${house.url}/chat/session`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await known.get('/chat/session')).status).toBe(200);
    house.clock += 3_600_000;
    expect((await fetch(`${house.url}/chat/session`)).status).toBe(200);
  });

  const commandsOf = async (visitor: Visitor, headers = {}) => {
    const { body } = await visitor.get('/chat/session', headers);
    return (body as { commands: { name: string }[] }).commands.map(({ name }) => name);
  };

  test.each([
    ['from this machine', {}],
    ['with forwarding headers that nobody may set', { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' }],
    ['with a name of this machine', { 'x-forwarded-host': 'localhost', 'x-real-ip': '::1' }],
  ])('nobody is an operator for coming %s', async (_, headers) => {
    const visitor = await arrive(house.url);
    await visitor.say('/chat/text', { text: '/stats' }, headers);
    expect(house.events.map(({ person }) => person.operator)).toEqual([false]);
    expect(await commandsOf(visitor, headers)).not.toContain('retrain');
  });

  test('without ADMIN_TOKEN the link of this start lets in, as often as it is opened', async () => {
    for (let device = 0; device < 2; device += 1) {
      const visitor = await arrive(house.url);
      expect((await visitor.post('/chat/log-in', { link: LINK_SECRET })).body).toEqual({ operator: true });
      await visitor.say('/chat/text', { text: '/stats' });
      expect(await commandsOf(visitor)).toContain('retrain');
    }
    expect(house.events.map(({ person }) => person.operator)).toEqual([true, true]);
    const stranger = await arrive(house.url);
    const tried = async (body: object) => (await stranger.post('/chat/log-in', body)).body;
    expect(await tried({ link: 'of-another-start' })).toMatchObject({ status: 401, code: 'old-link' });
    expect(await tried({ token: LINK_SECRET })).toMatchObject({ status: 403, code: 'no-token' });
    expect(await tried({})).toMatchObject({ status: 400 });
    const bearer = { authorization: `Bearer ${LINK_SECRET}` };
    expect((await stranger.post('/api/v1/predict', seven, bearer)).status).toBe(401);
  });

  test('with ADMIN_TOKEN whoever knows it, until they log out', async () => {
    const locked = await pretend(byToken);
    const visitor = await arrive(locked.url);
    await visitor.say('/chat/text', { text: '/stats' });
    expect((await visitor.post('/chat/log-in', { token: 'not-it' })).body).toMatchObject({
      status: 401,
      code: 'wrong-token',
    });
    expect((await visitor.post('/chat/log-in', { link: TOKEN })).body).toMatchObject({ code: 'old-link' });
    const entered = await visitor.post('/chat/log-in', { token: TOKEN });
    expect(entered.headers.getSetCookie()[0]).toMatch(
      /^inkloop-operator=[\w-]{22}\.\d+\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    await visitor.say('/chat/text', { text: '/stats' });
    const stolen = visitor.cookies;
    await visitor.post('/chat/log-out', undefined);
    await (await arrive(locked.url, stolen)).say('/chat/text', { text: '/stats' });
    expect(locked.events.map(({ person }) => person.operator)).toEqual([false, true, false]);
    await locked.close();
  });

  test('behind a named proxy that ends TLS the cookie is for TLS alone', async () => {
    const behind = await pretend({ ...byToken, trustProxy: ['127.0.0.1'] });
    const visitor = await arrive(behind.url);
    const entered = await visitor.post('/chat/log-in', { token: TOKEN }, { 'x-forwarded-proto': 'https' });
    expect(entered.headers.getSetCookie()[0]).toContain('; HttpOnly; Secure; SameSite=Strict');
    await behind.close();
  });

  test('a session outlives a restart, ends after its time, and can neither be made up nor revived', async () => {
    const memory = newMemory();
    const isOperator = async (cookies: string, change = {}) => {
      const next = await pretend({ memory, ...change });
      const { body } = await (await arrive(next.url, cookies)).get('/chat/session');
      await next.close();
      return body['operator'];
    };
    const first = await pretend({ memory });
    const [one, other] = [await arrive(first.url), await arrive(first.url)];
    for (const each of [one, other]) await each.post('/chat/log-in', { link: LINK_SECRET });
    const left = other.cookies;
    await other.post('/chat/log-out', undefined);
    await first.close();

    const restarted = { logIn: { by: 'link', secret: 'of-the-next-start' } } as const;
    expect(await isOperator(one.cookies, restarted)).toBe(true);
    expect(await isOperator(left, restarted)).toBe(false);
    const later = Date.now() + 13 * 3_600_000;
    expect(await isOperator(one.cookies, { ...restarted, clock: () => later })).toBe(false);
    const longer = one.cookies.replace(/(inkloop-operator=[\w-]+\.)\d+/, `$1${later * 2}`);
    expect(await isOperator(longer, restarted)).toBe(false);
    const another = { cookieKey: new TextEncoder().encode('of another installation') };
    expect(await isOperator(one.cookies, { ...restarted, ...another })).toBe(false);
    // Setting or changing ADMIN_TOKEN ends every session.
    expect(await isOperator(one.cookies, byToken)).toBe(false);
  });

  test.each([
    ['from the same address', () => '203.0.113.9'],
    ['from its whole /24', (index: number) => `203.0.113.${index}`],
    ['from its whole /64', (index: number) => `2001:db8:1:2::${index.toString(16)}`],
    ['through one proxy that tells nothing', () => undefined],
  ])('wrong tokens %s run into a limit, the right one never', async (_, from) => {
    const locked = await pretend({ ...byToken, trustProxy: ['127.0.0.1'] });
    const visitor = await arrive(locked.url);
    const send = (token: string, index: number) => {
      const seen = from(index);
      return visitor.post('/chat/log-in', { token }, seen === undefined ? {} : { 'x-forwarded-for': seen });
    };
    const statuses: number[] = [];
    for (let index = 1; index <= 30; index += 1) statuses.push((await send(`guess ${index}`, index)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), ...Array.from({ length: 20 }, () => 429)]);
    const refused = await send('guess', 31);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(TOKEN, 32)).status).toBe(200);
    const seen = from(33);
    const bearer = { authorization: `Bearer ${TOKEN}`, ...(seen !== undefined && { 'x-forwarded-for': seen }) };
    expect((await visitor.post('/api/v1/predict', seven, bearer)).status).toBe(200);
    locked.clock += 900_000;
    expect((await send('guess', 34)).status).toBe(401);
    await locked.close();
  });

  test('another site’s page gets nothing done', async () => {
    const visitor = await arrive(house.url);
    const foreign = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of foreign) {
      expect((await visitor.post('/chat/text', { text: '/retrain' }, headers)).body).toMatchObject({
        code: 'foreign-origin',
      });
      expect((await visitor.post('/api/v1/predict', seven, headers)).status).toBe(403);
    }
    expect((await visitor.post('/chat/text', { text: 'hi' }, { origin: house.url })).status).toBe(200);
    expect(house.events).toHaveLength(1);
  });
});

describe('bad input', () => {
  test('of any kind gets a sentence and changes nothing', async () => {
    const visitor = await arrive(house.url);
    const json = { 'content-type': 'application/json' };
    const codeOf = async (path: string, body: unknown, headers = {}) => {
      const answer = await visitor.post(path, body, headers);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(String(answer.body['detail']).length).toBeGreaterThan(10);
      return answer.body['code'];
    };
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(await codeOf('/chat/text', bytes('{"text": '), json)).toBe('malformed');
    expect(await codeOf('/chat/text', bytes('null'), json)).toBe('malformed');
    expect(await codeOf('/chat/text', { text: '   ' })).toBe('malformed');
    expect(await codeOf('/chat/text', { text: 'a', more: 1 })).toBe('malformed');
    expect(await codeOf('/chat/text', { text: 'x'.repeat(20_000) })).toBe('too-large');
    expect(await codeOf('/chat/text', bytes('text=hi'), { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      'unsupported-type',
    );
    expect(await codeOf('/chat/press', { payload: 'x'.repeat(65) })).toBe('malformed');
    expect(await codeOf('/chat/photo', bytes('hello'), { 'content-type': 'text/plain' })).toBe('unsupported-type');
    expect(await codeOf('/chat/photo', bytes('no form'), { 'content-type': 'multipart/form-data; boundary=x' })).toBe(
      'malformed',
    );
    expect(await codeOf('/chat/photo', new FormData())).toBe('malformed');
    expect(await codeOf('/chat/nothing', {})).toBe('not-found');
    expect(house.events).toHaveLength(0);
  });

  test('a picture of 25 MB is refused before it is read to its end, whether it says its size or not', async () => {
    const visitor = await arrive(house.url);
    const large = new Uint8Array(25 * 1024 * 1024);
    expect((await visitor.post('/chat/photo', large)).body).toMatchObject({ status: 413, code: 'too-large' });
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1024 * 1024;
        if (given > 200 * 1024 * 1024) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const headers = { cookie: visitor.cookies, 'content-type': 'image/jpeg' };
    const init = { method: 'POST', headers, body: endless, duplex: 'half' };
    const status = await fetch(`${house.url}/chat/photo`, init as RequestInit).then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(status);
    expect(given).toBeLessThan(200 * 1024 * 1024);
    expect(house.events).toHaveLength(0);
    expect((await visitor.get('/healthz')).status).toBe(200);
  });

  test('a failure of ours is a sentence to the visitor, and the next request is served', async () => {
    const visitor = await arrive(house.url);
    house.weather.broken = true;
    const answer = await visitor.post('/chat/photo', seven, { 'idempotency-key': 'again' });
    expect(answer.body).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(answer.body)).not.toContain('on fire');
    house.weather.broken = false;
    expect((await visitor.post('/chat/photo', seven, { 'idempotency-key': 'again' })).status).toBe(200);
  });
});

describe('the server', () => {
  test('serves the page under rules that let nothing foreign in', async () => {
    const page = await fetch(house.url);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(html).not.toContain('{{');
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const script = /src="(\/page\/[^"]+)"/.exec(html)?.[1] ?? '';
    const asset = await fetch(house.url + script);
    expect(asset.headers.get('content-type')).toContain('javascript');
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  test.each([
    '/page/../deps.ts',
    '/page/x/..%2f..%2fdeps.ts',
    '/page/%2e%2e/%2e%2e/package.json',
    '/chat/files/..%2f..%2fpackage.json',
  ])('gives no file away by %s', async (path) => {
    const answer = await (await arrive(house.url)).get(path);
    expect(answer.body).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('holds charts and exports for those who were told of them', async () => {
    const visitor = await arrive(house.url);
    await visitor.post('/chat/log-in', { link: LINK_SECRET });
    const [stats] = await visitor.say('/chat/text', { text: '/stats' });
    const src = stats?.kind === 'message' ? (stats.message.pictures?.[0]?.src ?? '') : '';
    expect(src).toMatch(/^\/chat\/files\/[\w-]{43}$/);
    expect((await fetch(house.url + src)).headers.get('content-type')).toBe('image/png');
    const [exported] = await visitor.say('/chat/text', { text: '/export' });
    const file = exported?.kind === 'message' ? exported.message.files?.[0] : undefined;
    const saved = await fetch(house.url + (file?.src ?? ''));
    expect(await saved.text()).toBe('an archive');
    expect(saved.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('зразки.tar')}`,
    );
  });

  test('is alive always, and ready when everything configured is', async () => {
    const visitor = await arrive(house.url);
    expect((await visitor.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await visitor.get('/readyz')).status).toBe(200);
    house.weather.queue = { state: 'down', because: 'Redis does not answer: start it, or unset REDIS_URL.' };
    const ready = await visitor.get('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: 'not-ready',
      parts: { web: { state: 'up' }, queue: { state: 'down' } },
    });
    expect((await visitor.get('/healthz')).status).toBe(200);
  });

  test('says what to do when its port is taken', async () => {
    const port = Number(new URL(house.url).port);
    const second = await pretend({ port });
    expect(second.web.health()).toEqual({
      state: 'down',
      because: expect.stringContaining(`Port ${port} is in use`) as string,
    });
    await second.close();
    expect(house.web.health()).toEqual({ state: 'up' });
  });

  test('stops after what is in hand, open streams or not', async () => {
    const visitor = await arrive(house.url);
    const stream = eventsOf(house.url, visitor, 99);
    house.weather.photoDelayMs = 200;
    const photo = visitor.say('/chat/photo', seven);
    while (house.events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await house.web.stop(5000);
    expect(await photo).toHaveLength(1);
    expect(await stream).toEqual([]);
  });
});
