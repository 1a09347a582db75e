// The environment's door: defaults, all problems at once, no secret shown, and an example file that says the same.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discordSettings, variables as discords } from '../bots/discord/settings.ts';
import { botKinds } from '../bots/list.ts';
import { telegramSettings, variables as telegrams } from '../bots/telegram/settings.ts';
import { ConfigError, parseConfig as parse, secretsOf, variables } from '../src/config.ts';
import { readSettings, type Environment } from '../src/settings.ts';

const parseConfig = (env: Environment) => parse(env, botKinds);

describe('parseConfig', () => {
  test('needs nothing', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      bots: [],
      admins: [],
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

  test('says of each what to write', () => {
    const said = (env: Record<string, string>): string => {
      try {
        parseConfig(env);
      } catch (error) {
        if (error instanceof ConfigError) return error.problems.join('\n');
        throw error;
      }
      return '';
    };
    expect(said({ RETRAIN_AFTER: '-1' })).toBe('RETRAIN_AFTER must be a whole number from 0 to 1000000 (0: never)');
    expect(said({ PORT: '70000' })).toBe('PORT must be a whole number from 0 to 65535');
    for (const hosts of ['https://cdn.example', 'cdn.example/x', 'a.example,//b.example']) {
      expect(said({ DISCORD_CDN_HOSTS: hosts })).toContain('without https://');
    }
    expect(said({ TRUST_PROXY: 'maybe' })).toMatch(/^TRUST_PROXY ./);
  });

  test.each([
    ['PROT', 'PORT'],
    ['POTR', 'PORT'],
    ['PORTT', 'PORT'],
    ['HOTS', 'HOST'],
    ['port', 'PORT'],
    ['ADMIN_TOKE', 'ADMIN_TOKEN'],
    ['ADMIN_TOKNE', 'ADMIN_TOKEN'],
    ['ADMIN', 'ADMINS'],
    ['ALPHBET', 'ALPHABET'],
    ['DATADIR', 'DATA_DIR'],
    ['REDIS_URI', 'REDIS_URL'],
    ['RETRAIN_AFTR', 'RETRAIN_AFTER'],
    ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'],
    ['TELEGRAM_BOTTOKEN', 'TELEGRAM_BOT_TOKEN'],
    ['DISCORD_TOKEN', 'DISCORD_BOT_TOKEN'],
    ['DISCORD_CDN_HOST', 'DISCORD_CDN_HOSTS'],
    ['S3_ACCESS_KEY', 'S3_ACCESS_KEY_ID'],
    ['S3_SECRET_KEY', 'S3_SECRET_ACCESS_KEY'],
    ['TRUSTPROXY', 'TRUST_PROXY'],
  ])('takes %s for a slip of the pen', (name, our) => {
    expect(() => parseConfig({ [name]: 'x' })).toThrow(`${name} is not a setting: write ${our}`);
    expect(parseConfig({ [name]: ' ' })).toEqual(parseConfig({}));
  });

  test('lets alone what others put into an environment', () => {
    const names = `
      PATH HOME HOSTNAME HOSTTYPE USER LOGNAME SHELL PWD OLDPWD SHLVL TERM COLORTERM LANG LC_ALL LC_CTYPE TZ TMPDIR TEMP TMP EDITOR
      VISUAL PAGER MAIL DISPLAY SSH_AUTH_SOCK SSH_CONNECTION SSH_CLIENT XDG_RUNTIME_DIR XDG_DATA_DIRS XDG_CONFIG_DIRS INVOCATION_ID
      JOURNAL_STREAM NOTIFY_SOCKET LISTEN_FDS NODE NODE_ENV NODE_OPTIONS NODE_VERSION NODE_PATH YARN_VERSION INIT_CWD
      npm_config_cache npm_package_name npm_lifecycle_event npm_execpath http_proxy https_proxy no_proxy HTTP_PROXY NO_PROXY all_proxy
      CI DEBUG FORCE_COLOR NO_COLOR GITHUB_TOKEN GITHUB_WORKSPACE GITLAB_CI BUILD_ID JOB_NAME RUNNER_OS DOCKER_HOST COMPOSE_FILE
      COMPOSE_PROJECT_NAME KUBERNETES_SERVICE_HOST KUBERNETES_PORT REDIS_HOST REDIS_PORT REDIS_PASSWORD REDIS_SERVICE_HOST
      REDIS_PORT_6379_TCP DATABASE_URL PGHOST PGPORT PGDATA MYSQL_HOST POSTGRES_DB AWS_REGION AWS_ACCESS_KEY_ID
      AWS_SECRET_ACCESS_KEY AWS_PROFILE S3_PATH_STYLE TELEGRAM_CHAT_ID DISCORD_WEBHOOK_URL DISCORD_CLIENT_ID POST COST DATA LOG LOGS
      LOG_DIR LOG_FILE LOG_FORMAT DATA_PATH CONFIG_DIR ADMIN_EMAIL ADMIN_PASSWORD SERVER_PORT HTTP_PORT BIND_HOST VITE_PORT
      ORT_DISABLE_TELEMETRY TSX_DISABLE_CACHE UV_THREADPOOL_SIZE MALLOC_ARENA_MAX LD_LIBRARY_PATH VIRTUAL_ENV PYTHONPATH JAVA_HOME
      GOPATH CARGO_HOME EMAIL PS1 SYSTEMROOT WINDIR COMSPEC APPDATA PROGRAMFILES NUMBER_OF_PROCESSORS WSL_DISTRO_NAME _ __CF_USER_TEXT_ENCODING`;
    const env = Object.fromEntries(
      names
        .trim()
        .split(/\s+/)
        .map((name) => [name, 'x']),
    );
    expect(parseConfig(env)).toEqual(parseConfig({}));
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
    const env = {
      TELEGRAM_BOT_TOKEN: '1:a',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:1/',
      DISCORD_BOT_TOKEN: 'x',
      DISCORD_CDN_HOSTS: 'a.example, b.example',
      ADMINS: 'telegram:12,discord:34',
    };
    const config = parseConfig(env);
    expect(config.bots.map(({ name }) => name)).toEqual(['telegram', 'discord']);
    expect(config.admins).toEqual(['telegram:12', 'discord:34']);
    const fail = (sentence: string) => expect.unreachable(sentence);
    expect(telegramSettings(readSettings(telegrams, env, fail), fail)).toEqual({
      token: '1:a',
      apiRoot: 'http://127.0.0.1:1',
      webhook: null,
    });
    expect(discordSettings(readSettings(discords, env, fail))?.cdnHosts).toEqual(['a.example', 'b.example']);
  });

  test('knows no operators of a platform that there is none of', () => {
    for (const who of ['matrix:12', 'web:12', 'telegram:me'])
      expect(() => parseConfig({ ADMINS: who })).toThrow('ADMINS must be like telegram:123,discord:456');
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
    Object.fromEntries(
      [variables, ...botKinds.map((kind) => kind.variables)]
        .flatMap(Object.entries)
        .map(([name, { default: value }]) => [name, value]),
    ),
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
