// The environment's door: defaults, all problems at once, no secret shown, and an example file that says the same.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig, secretsOf, variables } from '../src/config.ts';

describe('parseConfig', () => {
  test('needs nothing', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      telegram: null,
      discord: null,
      alphabet: 'digits',
      port: 8080,
      redisUrl: null,
      s3: null,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes an empty value for an absent one', () => {
    expect(parseConfig({ PORT: '', TELEGRAM_BOT_TOKEN: '  ' })).toEqual(parseConfig({}));
  });

  test('says all problems at once and shows no value', () => {
    const env = {
      PORT: 'eighty',
      ADMINS: 'me',
      REDIS_URL: 'http://x',
      TELEGRAM_BOT_TOKEN: 'hunter2',
      ADMIN_TOKEN: 'short',
    };
    try {
      parseConfig(env);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.problems).toHaveLength(5);
      for (const name of Object.keys(env)) expect(error.message).toContain(name);
      expect(error.message).not.toContain('hunter2');
      expect(error.message).not.toContain('short');
    }
  });

  test('asks for both halves of what goes together', () => {
    expect(() => parseConfig({ TELEGRAM_WEBHOOK_URL: 'https://x.example/telegram/webhook' })).toThrow(
      'TELEGRAM_WEBHOOK_SECRET',
    );
    expect(() => parseConfig({ S3_BUCKET: 'inkloop' })).toThrow('S3_ACCESS_KEY_ID');
  });

  test("takes a number for Redis's database, where one is named", () => {
    expect(parseConfig({ REDIS_URL: 'redis://127.0.0.1:6379/1' }).redisUrl).toBe('redis://127.0.0.1:6379/1');
    expect(parseConfig({ REDIS_URL: 'rediss://:secret@redis.example' }).redisUrl).toBe(
      'rediss://:secret@redis.example',
    );
    expect(() => parseConfig({ REDIS_URL: 'redis://127.0.0.1:6379/inkloop' })).toThrow('the number of a database');
  });

  test('reads operators, addresses and hosts', () => {
    const config = parseConfig({
      TELEGRAM_BOT_TOKEN: '1:a',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:1/',
      DISCORD_BOT_TOKEN: 'x',
      DISCORD_CDN_HOSTS: 'a.example, b.example',
      ADMINS: 'telegram:12,discord:34',
    });
    expect(config.telegram).toEqual({ token: '1:a', apiRoot: 'http://127.0.0.1:1', webhook: null });
    expect(config.discord?.cdnHosts).toEqual(['a.example', 'b.example']);
    expect(config.admins).toEqual(['telegram:12', 'discord:34']);
  });
});

test('a percent sign in the password of Redis that spells nothing is told at the start', () => {
  expect(() => parseConfig({ REDIS_URL: 'redis://:100%@127.0.0.1:6379' })).toThrow('%25');
});

test.each([
  'change-me-please',
  'changeme-please',
  'CHANGE_ME_NOW!',
  'your-token-here',
  'your-admin-token',
  'my-secret-password',
  'inkloop-admin-token',
  'aaaaaaaaaaaaaaaa',
  'abcabcabcabc',
  '123456789012',
  '0123456789012345',
  'passwordpassword',
  '------------------',
])('refuses a token that anybody would try: %s', (token) => {
  expect(() => parseConfig({ ADMIN_TOKEN: token })).toThrow('ADMIN_TOKEN must be a secret of your own');
});

test.each(['operators-only', '3f9c0a7e55d1', 'correct horse battery staple', 'пароль-від-скриньки'])(
  'accepts a token of one’s own: %s',
  (token) => {
    expect(parseConfig({ ADMIN_TOKEN: token }).adminToken).toBe(token);
  },
);

describe('TRUST_PROXY', () => {
  const proxies = (text: string) => parseConfig({ TRUST_PROXY: text }).trustProxy;
  test('names proxies by address, network or word', () => {
    expect(proxies('')).toEqual([]);
    expect(proxies('no')).toEqual([]);
    expect(proxies('10.0.0.5, 192.168.7.0/24,2001:db8::/32')).toEqual(['10.0.0.5', '192.168.7.0/24', '2001:db8::/32']);
    expect(proxies('loopback')).toContain('127.0.0.0/8');
    expect(proxies('loopback,private')).toEqual(expect.arrayContaining(['::1', '10.0.0.0/8', 'fc00::/7']));
  });
  test.each([
    'yes',
    'true',
    'maybe',
    '10.0.0',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.5/',
    'proxy.example',
    '10.0.0.0/8/8',
    'constructor',
  ])('says what to write instead of %s', (text) => {
    expect(() => proxies(text)).toThrow('TRUST_PROXY must name your proxies: loopback');
  });
});

test('every secret is known as such, as the clients send it', () => {
  const config = parseConfig({
    TELEGRAM_BOT_TOKEN: '1:a',
    TELEGRAM_WEBHOOK_URL: 'https://x.example/telegram/webhook',
    TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-sixteen',
    DISCORD_BOT_TOKEN: 'discords',
    ADMIN_TOKEN: 'operators-only',
    REDIS_URL: 'rediss://us%65r:p%40ss@redis.example:6379/1',
    S3_BUCKET: 'inkloop',
    S3_ACCESS_KEY_ID: 'AK',
    S3_SECRET_ACCESS_KEY: 'of-the-bucket',
  });
  const secrets = ['1:a', 'a-secret-of-sixteen', 'discords', 'operators-only', 'p@ss', 'of-the-bucket'];
  expect(secretsOf(config)).toEqual(secrets);
  expect(secretsOf(parseConfig({}))).toEqual([]);
});

test('.env.example names every variable with its default and a sentence, and no other', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const named = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=', 2));
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(Object.entries(variables).map(([name, { default: value }]) => [name, value])),
  );
  let commented = false;
  let bare = 0;
  for (const line of lines) {
    if (line.startsWith('#')) commented = true;
    else if (line === '') commented = false;
    else if (!commented) bare += 1;
  }
  expect(bare).toBe(0);
});
