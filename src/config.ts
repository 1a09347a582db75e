// The environment, parsed once at the door: every variable, its default, and all that is wrong with it at once.
import { isIP } from 'node:net';
import { z } from 'zod';
import { meant } from './misspelt.ts';

const url = (protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`,
  });

const httpUrl = url(['http:', 'https:']).transform((value) => value.replace(/\/+$/, ''));

function decodes(value: string): boolean {
  try {
    decodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

const redisUrl = url(['redis:', 'rediss:'])
  .refine((value) => !URL.canParse(value) || /^\/?\d*$/.test(new URL(value).pathname), {
    message: 'must end with the number of a database or with none, like redis://127.0.0.1:6379/1',
  })
  // It would end the start with a bare URIError of the client's.
  .refine(decodes, 'must spell a % in the password as %25');

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);

const whole = (least: number, most: number, more = '') => {
  const must = `must be a whole number from ${least} to ${most}${more}`;
  return z.string().regex(/^\d+$/, must).transform(Number).pipe(z.number().min(least, must).max(most, must));
};

const hosts = list.pipe(
  z.array(
    z
      .string()
      .regex(
        /^([\w-]+\.)*[\w-]+(:\d+)?$/,
        'must be names of hosts with commas between, without https:// and without a path, like cdn.discordapp.com,media.discordapp.net',
      ),
  ),
);

const admins = list.pipe(
  z.array(z.string().regex(/^(telegram|discord):\d+$/, 'must be like telegram:123,discord:456')),
);

const placeholders =
  /change|replace|insert|enter|please|your|this|here|some|with|the|admin|owner|token|secret|pass(word|wd|phrase)?|key|default|example|placeholder|test|todo|inkloop|qwerty(uiop)?|abc(def)?(ghi)?|0?123456?7?8?9?0?|me|my|it|to/gi;

/** Words that stand in examples and manuals, and hardly anything beside them. */
const isPlaceholder = (text: string): boolean =>
  new Set(text.replaceAll(placeholders, '').replaceAll(/[^\p{L}\p{N}]/gu, '')).size < 5;

const adminToken = z
  .string()
  .min(12, 'must have at least 12 characters: make one with “openssl rand -hex 16”')
  .refine((text) => !isPlaceholder(text), {
    message: 'must be a secret of your own, not a placeholder: make one with “openssl rand -hex 16”',
  });

/** Words for networks that a proxy of one's own stands in. */
const networksOf: Readonly<Record<string, readonly string[]>> = {
  no: [],
  loopback: ['127.0.0.0/8', '::1'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10'],
};

/** An address, or one with the length of a prefix. /0 would believe everybody, also about who they are. */
function isNetwork(text: string): boolean {
  const [address = '', length, more] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const short = length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits);
  return isIP(address) !== 0 && !address.includes('%') && short && more === undefined;
}

const proxies = list
  .pipe(
    z.array(
      z.string().refine((value) => Object.hasOwn(networksOf, value) || isNetwork(value), {
        message:
          'must name your proxies: loopback (on this machine), private (in a private network, as with Docker), or their addresses, like 10.0.0.5,192.168.7.0/24; nothing where there is no proxy',
      }),
    ),
  )
  .transform((names) => names.flatMap((name) => networksOf[name] ?? [name]));

/** Every variable there is. `.env.example` is kept equal to this list by a test. */
export const variables = {
  TELEGRAM_BOT_TOKEN: {
    default: '',
    schema: z.string().regex(/^\d+:[!-.0-~]+$/, 'must look like 123456:ABC-def, as @BotFather gave it'),
  },
  DISCORD_BOT_TOKEN: {
    default: '',
    schema: z.string().regex(/^[!-.0-~]+$/, "must be one word: the bot's token, not the client secret"),
  },
  ADMINS: { default: '', schema: admins },
  ADMIN_TOKEN: { default: '', schema: adminToken },
  ALPHABET: {
    default: 'digits',
    schema: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the id of an alphabet, like digits'),
  },
  DATA_DIR: { default: './data', schema: z.string() },
  HOST: { default: '127.0.0.1', schema: z.string().regex(/^[\w.:-]+$/, 'must be a host name or address') },
  PORT: { default: '8080', schema: whole(0, 65535) },
  REDIS_URL: { default: '', schema: redisUrl },
  ENGINE: { default: 'onnx', schema: z.enum(['onnx', 'tfjs'], 'must be onnx or tfjs') },
  TRAINING_THREADS: { default: '2', schema: whole(1, 64) },
  RETRAIN_AFTER: { default: '20', schema: whole(0, 1_000_000, ' (0: never)') },
  RETRAIN_EVERY_HOURS: { default: '0', schema: whole(0, 8760, ' (0: never)') },
  LOG_LEVEL: {
    default: 'info',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'must be trace, debug, info, warn, error or silent',
    ),
  },
  TELEGRAM_API_ROOT: { default: 'https://api.telegram.org', schema: httpUrl },
  TELEGRAM_WEBHOOK_URL: { default: '', schema: url(['https:', 'http:']) },
  TELEGRAM_WEBHOOK_SECRET: {
    default: '',
    schema: z.string().regex(/^[\w-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -'),
  },
  DISCORD_API_URL: { default: 'https://discord.com/api', schema: httpUrl },
  DISCORD_CDN_HOSTS: { default: 'cdn.discordapp.com,media.discordapp.net', schema: hosts },
  S3_BUCKET: {
    default: '',
    schema: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  },
  S3_ENDPOINT: { default: '', schema: httpUrl },
  S3_REGION: { default: 'us-east-1', schema: z.string() },
  S3_ACCESS_KEY_ID: { default: '', schema: z.string() },
  S3_SECRET_ACCESS_KEY: { default: '', schema: z.string() },
  TRUST_PROXY: { default: '', schema: proxies },
} as const satisfies Record<string, { default: string; schema: z.ZodType<unknown, string> }>;

type Variables = typeof variables;
type Parsed<K extends keyof Variables> = z.output<Variables[K]['schema']>;

export interface Config {
  readonly telegram: {
    readonly token: string;
    readonly apiRoot: string;
    readonly webhook: { readonly url: string; readonly secret: string } | null;
  } | null;
  readonly discord: { readonly token: string; readonly apiUrl: string; readonly cdnHosts: readonly string[] } | null;
  /** `platform:id` of everybody who may retrain, roll back and see figures. */
  readonly admins: readonly string[];
  /** Makes operators of the page, and opens REST's keyed calls; null: the link that each start prints makes operators. */
  readonly adminToken: string | null;
  /** The alphabet a chat begins with. */
  readonly alphabet: string;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly redisUrl: string | null;
  readonly engine: 'onnx' | 'tfjs';
  readonly trainingThreads: number;
  /** New samples after which a retrain starts by itself; 0: never. */
  readonly retrainAfter: number;
  /** Hours between scheduled retrains; 0: none. */
  readonly retrainEveryHours: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly s3: {
    readonly bucket: string;
    readonly endpoint: string | null;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  } | null;
  /** Networks of the reverse proxies whose X-Forwarded-… are believed. */
  readonly trustProxy: readonly string[];
}

/** What the owner does when a platform refuses the token: said by the bots and by `doctor`. */
export const refusedToken = {
  telegram:
    'Telegram refuses TELEGRAM_BOT_TOKEN. Get the right one from @BotFather (/mybots, API Token), put it in .env and start again',
  discord:
    'Discord refuses DISCORD_BOT_TOKEN. Get a new one at https://discord.com/developers/applications (your application → Bot → Reset Token), put it in .env and start again',
} as const;

/** The environment is malformed; `problems` names every variable that is, with what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((each) => `  ${each}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Parses the environment. An empty value is an absent one. Throws ConfigError with all problems at once; never shows a value, which may be a secret. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const given = (name: keyof Variables): boolean => (env[name] ?? '').trim() !== '';
  function read<K extends keyof Variables>(name: K): Parsed<K> | null {
    const text = given(name) ? (env[name] ?? '').trim() : variables[name].default;
    if (text === '') return null;
    const result = variables[name].schema.safeParse(text);
    if (result.success) return result.data as Parsed<K>;
    problems.push(`${name} ${result.error.issues[0]?.message ?? 'is not understood'}`);
    return null;
  }
  /** For variables that have a default: null only beside a recorded problem. */
  function must<K extends keyof Variables>(name: K): Parsed<K> {
    return read(name) as Parsed<K>;
  }

  const telegramToken = read('TELEGRAM_BOT_TOKEN');
  const webhookUrl = read('TELEGRAM_WEBHOOK_URL');
  const webhookSecret = read('TELEGRAM_WEBHOOK_SECRET');
  if (given('TELEGRAM_WEBHOOK_URL') !== given('TELEGRAM_WEBHOOK_SECRET')) {
    problems.push('TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET go together: set both, or neither for polling');
  }
  const apiRoot = must('TELEGRAM_API_ROOT');
  const discordToken = read('DISCORD_BOT_TOKEN');
  const apiUrl = must('DISCORD_API_URL');
  const cdnHosts = must('DISCORD_CDN_HOSTS');
  const bucket = read('S3_BUCKET');
  const accessKeyId = read('S3_ACCESS_KEY_ID');
  const secretAccessKey = read('S3_SECRET_ACCESS_KEY');
  if (given('S3_BUCKET') && !(given('S3_ACCESS_KEY_ID') && given('S3_SECRET_ACCESS_KEY'))) {
    problems.push('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  }

  const config: Config = {
    telegram:
      telegramToken === null
        ? null
        : {
            token: telegramToken,
            apiRoot,
            webhook: webhookUrl !== null && webhookSecret !== null ? { url: webhookUrl, secret: webhookSecret } : null,
          },
    discord: discordToken === null ? null : { token: discordToken, apiUrl, cdnHosts },
    admins: read('ADMINS') ?? [],
    adminToken: read('ADMIN_TOKEN'),
    alphabet: must('ALPHABET'),
    dataDir: must('DATA_DIR'),
    host: must('HOST'),
    port: must('PORT'),
    redisUrl: read('REDIS_URL'),
    engine: must('ENGINE'),
    trainingThreads: must('TRAINING_THREADS'),
    retrainAfter: must('RETRAIN_AFTER'),
    retrainEveryHours: must('RETRAIN_EVERY_HOURS'),
    logLevel: must('LOG_LEVEL'),
    s3:
      bucket === null || accessKeyId === null || secretAccessKey === null
        ? null
        : { bucket, endpoint: read('S3_ENDPOINT'), region: must('S3_REGION'), accessKeyId, secretAccessKey },
    trustProxy: read('TRUST_PROXY') ?? [],
  };
  problems.push(...misspelt(env));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** Names that are close to ours and mean nothing: their settings would silently not be used. */
function misspelt(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const ours = Object.keys(variables);
  return Object.keys(env).flatMap((name) => {
    if (name in variables || (env[name] ?? '').trim() === '') return [];
    const our = meant(name, ours);
    // Where names have no case (Windows), it is ours already.
    return our === null || (name.toUpperCase() === our && env[our] !== undefined)
      ? []
      : [`${name} is not a setting: write ${our}, or take it away if it is not for Inkloop`];
  });
}

/** Everything in it that must never reach a log. */
export function secretsOf({ telegram, discord, adminToken, redisUrl: redis, s3 }: Config): readonly string[] {
  const password = redis === null ? null : decodeURIComponent(new URL(redis).password);
  const all = [telegram?.token, telegram?.webhook?.secret, discord?.token, adminToken, password, s3?.secretAccessKey];
  return all.filter((each) => typeof each === 'string');
}
