// The fake Discord is worth something only where it is as strict as the real one: asked directly, without the library.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startFakeDiscord, type FakeDiscord } from './discord.ts';

let discord: FakeDiscord;
beforeAll(async () => {
  discord = await startFakeDiscord({ ackMs: 1500, tokenMs: 4000 });
  await call('PUT', `/applications/${discord.state.me.id}/commands`, [{ type: 1, name: 'me', description: 'me' }]);
});
afterAll(() => discord.close());

const quiet = { parse: [] };

async function call(method: string, path: string, body?: object, token = discord.token) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (text === '' ? {} : JSON.parse(text)) as { code?: number; id?: string };
  return { status: response.status, code: json.code, id: json.id };
}

const say = (body: object) => {
  const channel = discord.dmOf(discord.addUser());
  return call('POST', `/channels/${channel.id}/messages`, { allowed_mentions: quiet, ...body });
};
const button = (custom_id: string) => ({ type: 2, style: 1, label: 'x', custom_id });
const rowOf = (...components: object[]) => ({ type: 1, components });

describe('a message is refused', () => {
  test.each([
    ['with nothing in it', { content: '' }, 50006],
    ['longer than 2000', { content: 'x'.repeat(2001) }, 50035],
    ['with six buttons in a row', { content: 'x', components: [rowOf(...'abcdef'.split('').map(button))] }, 50035],
    ['with six rows', { content: 'x', components: 'abcdef'.split('').map((id) => rowOf(button(id))) }, 50035],
    ['with a custom_id of 101', { content: 'x', components: [rowOf(button('x'.repeat(101)))] }, 50035],
    ['with a custom_id twice', { content: 'x', components: [rowOf(button('a'), button('a'))] }, 50035],
    [
      'with 26 options',
      {
        content: 'x',
        components: [
          rowOf({
            type: 3,
            custom_id: 's',
            options: Array.from({ length: 26 }, (_, index) => ({ label: 'x', value: String(index) })),
          }),
        ],
      },
      50035,
    ],
    ['that may mention everybody', { content: 'x', allowed_mentions: { parse: ['everyone'] } }, 50035],
    ['that replies to nothing', { content: 'x', message_reference: { message_id: '1' } }, 50035],
  ])('%s', async (_, body, code) => {
    expect(await say(body)).toMatchObject({ status: 400, code });
  });

  test('for a wrong token, an unknown channel, a stranger’s message', async () => {
    expect(await call('GET', '/gateway/bot', undefined, 'wrong')).toMatchObject({ status: 401 });
    expect(await call('POST', '/channels/1/messages', { content: 'x' })).toMatchObject({ status: 404, code: 10003 });
    const user = discord.addUser();
    const theirs = discord.say({ user, text: 'hello' });
    const path = `/channels/${theirs.channel_id}/messages/${theirs.id}`;
    const changed = await call('PATCH', path, { content: 'x', allowed_mentions: quiet });
    expect(changed).toMatchObject({ status: 403, code: 50005 });
  });
});

describe('the newer layout', () => {
  const LAYOUT = 1 << 15;
  const words = (content: string) => ({ type: 10, content });
  const picture = (url: string) => ({ type: 12, items: [{ media: { url } }] });
  const framed = (...components: object[]) => ({ flags: LAYOUT, components: [{ type: 17, components }] });
  const buttons = (count: number, from = 0) =>
    rowOf(...Array.from({ length: count }, (_, at) => button(String(from + at))));

  test.each([
    ['without its flag', { components: [words('x')] }],
    ['with content beside it', { content: 'x', ...framed(words('x')) }],
    ['with embeds beside it', { embeds: [{ title: 'x' }], ...framed(words('x')) }],
    ['with nothing in it', { flags: LAYOUT, components: [] }],
    ['with an empty frame', framed()],
    ['with empty words', framed(words(''))],
    ['with more than 4000 characters in all', framed(words('x'.repeat(2500)), words('x'.repeat(2500)))],
    ['with more than 40 components', framed(words('x'), ...[0, 5, 10, 15, 20, 25, 30].map((from) => buttons(5, from)))],
    ['with a frame in a frame', framed({ type: 17, components: [words('x')] })],
    [
      'with eleven pictures',
      framed({ type: 12, items: Array.from({ length: 11 }, () => ({ media: { url: 'https://x.example/a.png' } })) }),
    ],
    ['with a picture that is not attached', framed(picture('attachment://a.png'))],
    ['with a custom_id twice', framed(buttons(1), buttons(1))],
  ])('is refused %s', async (_, body) => {
    expect(await say(body)).toMatchObject({ status: 400, code: 50035 });
  });

  test('is taken otherwise, and is never given up', async () => {
    const channel = discord.dmOf(discord.addUser());
    const path = `/channels/${channel.id}/messages`;
    const body = { allowed_mentions: quiet, ...framed(words('x'), picture('https://x.example/a.png'), buttons(5)) };
    const { status, id } = await call('POST', path, body);
    expect(status).toBe(200);
    const edit = (to: object) => call('PATCH', `${path}/${id ?? ''}`, { allowed_mentions: quiet, ...to });
    expect(await edit({ content: 'x' })).toMatchObject({ status: 400, code: 50035 });
    expect(await edit({ content: 'x', flags: 0, components: [] })).toMatchObject({ status: 400, code: 50035 });
    expect(await edit(framed(words('y')))).toMatchObject({ status: 200 });
    expect(channel.messages.get(id ?? '')?.flags).toBe(LAYOUT);
  });
});

test('the same nonce says a thing once', async () => {
  const channel = discord.dmOf(discord.addUser());
  const body = { content: 'x', allowed_mentions: quiet, nonce: '42', enforce_nonce: true };
  const [first, second] = [
    await call('POST', `/channels/${channel.id}/messages`, body),
    await call('POST', `/channels/${channel.id}/messages`, body),
  ];
  expect(second.id).toBe(first.id);
  expect(channel.messages.size).toBe(1);
});

describe('an interaction', () => {
  const begin = () => discord.slash({ user: discord.addUser(), name: 'me' }).record;
  const acknowledge = ({ id, token }: { id: string; token: string }, type = 5) =>
    call('POST', `/interactions/${id}/${token}/callback`, { type });

  test('is acknowledged once, in time, in a way that fits', async () => {
    const record = begin();
    expect(await acknowledge(record, 6)).toMatchObject({ code: 50035 });
    expect(await acknowledge(record)).toMatchObject({ status: 204 });
    expect(await acknowledge(record)).toMatchObject({ status: 400, code: 40060 });
    const late = begin();
    const before = discord.state.violations.length;
    await discord.until(() => discord.state.violations.length > before, 'the complaint');
    expect(await acknowledge(late)).toMatchObject({ status: 404, code: 10062 });
    expect(await acknowledge({ id: '1', token: 'x' })).toMatchObject({ code: 10062 });
  });

  test('is answered only after that, and not when its token is over', async () => {
    const record = begin();
    const path = `/webhooks/${discord.state.me.id}/${record.token}`;
    const body = { content: 'x', allowed_mentions: quiet };
    expect(await call('POST', path, body)).toMatchObject({ status: 404, code: 10015 });
    await acknowledge(record);
    expect(await call('PATCH', `${path}/messages/@original`, body)).toMatchObject({ status: 200 });
    expect(await call('POST', path, body)).toMatchObject({ status: 200 });
    expect(record.messages).toHaveLength(2);
    await discord.until(() => Date.now() - record.createdAt > 4000, 'the end of the token');
    expect(await call('POST', path, body)).toMatchObject({ status: 401, code: 50027 });
  });
});

describe('the gateway closes', () => {
  const closeCode = (frame: object): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws').replace('/api', '')}/gateway`);
      socket.on('open', () => socket.send(JSON.stringify(frame)));
      socket.on('close', resolve);
    });

  test('for a wrong token and for privileged intents', async () => {
    expect(await closeCode({ op: 2, d: { token: 'wrong', intents: 1 } })).toBe(4004);
    for (const bit of [1, 8, 15]) {
      expect(await closeCode({ op: 2, d: { token: discord.token, intents: 1 | (1 << bit) } })).toBe(4014);
    }
  });
});

test('commands are refused as the real server refuses them', async () => {
  const put = (...commands: object[]) => call('PUT', `/applications/${discord.state.me.id}/commands`, commands);
  const good = { type: 1, name: 'x', description: 'x' };
  const option = { type: 3, name: 'o', description: 'o' };
  for (const bad of [
    [{ ...good, name: 'Upper' }],
    [{ ...good, description: '' }],
    [{ ...good, description: 'x'.repeat(101) }],
    [good, good],
    [{ ...good, options: [option, option] }],
    [{ ...good, options: [option, { ...option, name: 'p', required: true }] }],
  ]) {
    expect(await put(...bad)).toMatchObject({ status: 400, code: 50035 });
  }
  expect(await put(good)).toMatchObject({ status: 200 });
});
