// The environment, parsed once at the door: every variable, its default, and all that is wrong with it at once.
import { isIP } from 'node:net';
import { z } from 'zod';
import { meant } from './misspelt.ts';
import { httpUrl, list, readSettings, url, type Environment, type Settings, type SettingsReader } from './settings.ts';

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

const whole = (least: number, most: number, more = '') => {
  const must = `must be a whole number from ${least} to ${most}${more}`;
  return z.string().regex(/^\d+$/, must).transform(Number).pipe(z.number().min(least, must).max(most, must));
};

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

/** Every variable but those of bots, which stand with them. `.env.example` is kept equal to all of them by a test. */
export const variables = {
  ADMINS: { default: '', schema: list },
  ADMIN_TOKEN: { default: '', schema: adminToken },
  ALPHABET: {
    default: 'digits',
    schema: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the id of an alphabet, like digits'),
  },
  DATA_DIR: { default: './data', schema: z.string() },
  HOST: { default: '127.0.0.1', schema: z.string().regex(/^[\w.:-]+$/, 'must be a host name or address') },
  PORT: { default: '8080', schema: whole(0, 65535) },
  PUBLIC_URL: { default: '', schema: url(['https:']).transform((value) => new URL('/', value).href) },
  REDIS_URL: { default: '', schema: redisUrl },
  ENGINE: { default: 'onnx', schema: z.enum(['onnx', 'tfjs'], 'must be onnx or tfjs') },
  TRAINING_THREADS: { default: '2', schema: whole(1, 64) },
  RETRAIN_AFTER: { default: '20', schema: whole(0, 1_000_000, ' (0: never)') },
  PICTURES_MB: { default: '2000', schema: whole(0, 10_000_000, ' (0: as much as there is)') },
  RETRAIN_EVERY_HOURS: { default: '0', schema: whole(0, 8760, ' (0: never)') },
  LOG_LEVEL: {
    default: 'info',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'must be trace, debug, info, warn, error or silent',
    ),
  },
  S3_BUCKET: {
    default: '',
    schema: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  },
  S3_ENDPOINT: { default: '', schema: httpUrl },
  S3_REGION: { default: 'us-east-1', schema: z.string() },
  S3_ACCESS_KEY_ID: { default: '', schema: z.string() },
  S3_SECRET_ACCESS_KEY: { default: '', schema: z.string() },
  TRUST_PROXY: { default: '', schema: proxies },
} as const satisfies Settings;

/** A bot with its token: what the configuration has to know of it. bots/kind.ts says what else it can. */
export interface BotSettings {
  readonly name: string;
  readonly secrets: readonly string[];
}

/** A kind of bot: its variables, and what they come to. */
export interface BotSettingsKind<Bot extends BotSettings> {
  readonly name: string;
  /** People's ids there, without a colon: which are some, and one as an example. */
  readonly ids: { readonly are: RegExp; readonly like: string };
  readonly variables: Settings;
  /** Null: it has no token, and is off. */
  parse(reader: SettingsReader<Settings>, problem: (sentence: string) => void): Bot | null;
}

export interface Config<Bot extends BotSettings = BotSettings> {
  /** Those that have a token. */
  readonly bots: readonly Bot[];
  /** Every kind of bot there is, and which ids its people have. */
  readonly botIds: Readonly<Record<string, RegExp>>;
  /** `platform:id` of everybody who may retrain, roll back and see figures. */
  readonly admins: readonly string[];
  /** Makes operators of the page, and opens REST's keyed calls; null: the link that each start prints makes operators. */
  readonly adminToken: string | null;
  /** The alphabet a chat begins with. */
  readonly alphabet: string;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Where everybody reaches the page (https); null: nowhere that is known. */
  readonly publicUrl: string | null;
  readonly redisUrl: string | null;
  readonly engine: 'onnx' | 'tfjs';
  readonly trainingThreads: number;
  /** New samples after which a retrain starts by itself; 0: never. */
  readonly retrainAfter: number;
  /** What photos of picture alphabets may take in the database; 0: as much as there is. */
  readonly picturesMegabytes: number;
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
export function parseConfig<Bot extends BotSettings>(
  env: Environment,
  kinds: readonly BotSettingsKind<Bot>[] = [],
): Config<Bot> {
  const problems: string[] = [];
  const problem = (sentence: string): void => void problems.push(sentence);
  const { given, read, must } = readSettings(variables, env, problem);
  const bots = kinds.flatMap((kind) => kind.parse(readSettings(kind.variables, env, problem), problem) ?? []);
  const bucket = read('S3_BUCKET');
  const accessKeyId = read('S3_ACCESS_KEY_ID');
  const secretAccessKey = read('S3_SECRET_ACCESS_KEY');
  if (given('S3_BUCKET') && !(given('S3_ACCESS_KEY_ID') && given('S3_SECRET_ACCESS_KEY'))) {
    problems.push('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  }

  const config: Config<Bot> = {
    bots,
    botIds: Object.fromEntries(kinds.map(({ name, ids }) => [name, ids.are])),
    admins: read('ADMINS') ?? [],
    adminToken: read('ADMIN_TOKEN'),
    alphabet: must('ALPHABET'),
    dataDir: must('DATA_DIR'),
    host: must('HOST'),
    port: must('PORT'),
    publicUrl: read('PUBLIC_URL'),
    redisUrl: read('REDIS_URL'),
    engine: must('ENGINE'),
    trainingThreads: must('TRAINING_THREADS'),
    retrainAfter: must('RETRAIN_AFTER'),
    picturesMegabytes: must('PICTURES_MB'),
    retrainEveryHours: must('RETRAIN_EVERY_HOURS'),
    logLevel: must('LOG_LEVEL'),
    s3:
      bucket === null || accessKeyId === null || secretAccessKey === null
        ? null
        : { bucket, endpoint: read('S3_ENDPOINT'), region: must('S3_REGION'), accessKeyId, secretAccessKey },
    trustProxy: read('TRUST_PROXY') ?? [],
  };
  if (!config.admins.every((who) => namesPerson(config.botIds, who)))
    problem(`ADMINS must be like ${kinds.map(({ name, ids }) => `${name}:${ids.like}`).join(',')}`);
  problems.push(...misspelt(env, [variables, ...kinds.map((kind) => kind.variables)]));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** Whether `platform:id` is somebody there can be. */
export function namesPerson(ids: Config['botIds'], who: string): boolean {
  const [platform = '', id = '', more] = who.split(':');
  return more === undefined && Object.hasOwn(ids, platform) && ids[platform]?.test(id) === true;
}

/** Names that are close to ours and mean nothing: their settings would silently not be used. */
function misspelt(env: Environment, lists: readonly Settings[]): readonly string[] {
  const ours = lists.flatMap((each) => Object.keys(each));
  return Object.keys(env).flatMap((name) => {
    if (ours.includes(name) || (env[name] ?? '').trim() === '') return [];
    const our = meant(name, ours);
    // Where names have no case (Windows), it is ours already.
    return our === null || (name.toUpperCase() === our && env[our] !== undefined)
      ? []
      : [`${name} is not a setting: write ${our}, or take it away if it is not for Inkloop`];
  });
}

/** Everything in it that must never reach a log. */
export function secretsOf({ bots, adminToken: token, redisUrl: redis, s3 }: Config): readonly string[] {
  const password = redis === null ? null : decodeURIComponent(new URL(redis).password);
  const all = [...bots.flatMap(({ secrets }) => secrets), token, password, s3?.secretAccessKey];
  return all.filter((each) => typeof each === 'string');
}
