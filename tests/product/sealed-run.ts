// Runs inside a network namespace that leads nowhere (see sealed.test.ts): the app alone, the app with both bots, Redis, a bucket and
// a worker, the command line and the process that trains, side by side; the servers they talk to are here as well. Prints what happened as one line of JSON.
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { drawnPng, writeDigitSet } from '../support/digit-set.ts';
import { startFakeDiscord } from '../support/discord.ts';
import { inkloop, startProduct, type Product } from '../support/product.ts';
import { startRedis } from '../support/redis.ts';
import { startS3 } from '../support/s3.ts';
import { startFakeTelegram } from '../support/telegram.ts';

/** Telemetry was seen to begin within 45 s of the start. */
const WATCHED_MS = 50_000;

const [scratch = '', home = '', temporary = ''] = process.argv.slice(2);
const own = (name: string): Record<string, string> => ({
  DATA_DIR: join(scratch, name),
  HOME: home,
  TMPDIR: temporary,
  // As the product's own scripts have it.
  TSX_DISABLE_CACHE: '1',
  TRAINING_THREADS: '1',
});

/** Sends that this namespace had no way for: look-ups, connections and packets to anywhere but itself. */
function sends(): number {
  const rows = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip: '))
    .map((line) => line.split(' '));
  const four = Number(rows[1]?.[rows[0]?.indexOf('OutNoRoutes') ?? -1]);
  const six = Number(/Ip6OutNoRoutes\s+(\d+)/.exec(readFileSync('/proc/net/snmp6', 'utf8'))?.[1]);
  return four + six;
}

async function answers(product: Product): Promise<number> {
  const photo = await drawnPng('7', { seed: 3 });
  const response = await fetch(`${product.url}/api/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(photo),
  });
  await response.arrayBuffer();
  return response.status;
}

/** The command line writes a run down, the app tells the worker, and the worker starts the process that trains. */
async function begin(env: Readonly<Record<string, string>>): Promise<void> {
  await inkloop(['import', '--alphabet', 'digits', '--data', join(scratch, 'set')], env);
  await inkloop(['retrain', '--alphabet', 'digits'], env);
}

/** How far the run has come: a busy machine may not be done with it yet. */
async function stateOf(env: Readonly<Record<string, string>>): Promise<string> {
  const ended = await inkloop(['runs', '--json'], env);
  const runs = JSON.parse(ended.stdout || '[]') as readonly { readonly state: string }[];
  return runs[0]?.state ?? ended.stderr;
}

await writeDigitSet(join(scratch, 'set'), { perLabel: 4, seed: 1 });
const before = sends();
const startedAt = performance.now();
const redis = await startRedis();
const s3 = await startS3();
const telegram = await startFakeTelegram();
const discord = await startFakeDiscord();
const grown = {
  ...own('grown'),
  REDIS_URL: redis.url,
  S3_BUCKET: s3.bucket,
  S3_ENDPOINT: s3.endpoint,
  S3_REGION: s3.region,
  S3_ACCESS_KEY_ID: s3.accessKeyId,
  S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
};
const bots = { ...discord.env, TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
const worker = spawn(process.execPath, ['--import', './src/loader.mjs', 'worker/main.ts'], {
  env: { PATH: process.env['PATH'] ?? '', ...grown },
  stdio: ['ignore', 'inherit', 'inherit'],
});
const workerGone = once(worker, 'close');
const products = await Promise.all([startProduct(own('alone')), startProduct({ ...grown, ...bots })]);
await Promise.all(['telegram: up', 'discord: up'].map((text) => products[1]?.says(text)));
const statuses = await Promise.all(products.map(answers));
await begin(grown);
await sleep(Math.max(0, WATCHED_MS - (performance.now() - startedAt)));
const state = await stateOf(grown);
const sent = sends() - before;
await Promise.all(products.map((product) => product.stop()));
worker.kill('SIGTERM');
await workerGone;
await Promise.all([redis, s3, telegram, discord].map((each) => each.close()));

// Would a look-up have been seen at all?
const quiet = sends();
await lookup('inkloop.example').catch(() => undefined);
console.log(JSON.stringify({ statuses, state, sent, seesLookUps: sends() > quiet }));
