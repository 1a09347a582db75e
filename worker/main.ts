// A training worker: takes runs off Redis and needs nothing else but the blobs. Start as many as wanted, on any machine.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { botKinds } from '../bots/list.ts';
import type { BlobSettings } from '../src/blobs/open.ts';
import { ConfigError, parseConfig, secretsOf, type Config } from '../src/config.ts';
import { messageOf } from '../src/errors.ts';
import { makeLog } from '../src/log.ts';
import { EXIT_CONFIG, readEnvFile } from '../src/process.ts';
import { takeRuns } from './take.ts';

readEnvFile();

function configOrExit(): Config & { readonly redisUrl: string } {
  try {
    const config = parseConfig(process.env, botKinds);
    if (config.redisUrl !== null) return { ...config, redisUrl: config.redisUrl };
    console.error(
      'A worker takes its runs from Redis: set REDIS_URL. Alone, the app trains by itself and needs no worker.',
    );
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    console.error(thrown.message);
  }
  process.exit(EXIT_CONFIG);
}

const config = configOrExit();
const log = makeLog(config.logLevel, secretsOf(config));
const blobs: BlobSettings =
  config.s3 === null ? { kind: 'folder', folder: path.join(config.dataDir, 'blobs') } : { kind: 's3', s3: config.s3 };
const taking = takeRuns({
  redisUrl: config.redisUrl,
  trainer: { entry: fileURLToPath(new URL('child.ts', import.meta.url)), blobs },
  log,
});
log.info({ blobs: blobs.kind === 'folder' ? blobs.folder : blobs.s3.bucket }, 'waiting for training runs');

let leaving = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (leaving) process.exit(1);
    leaving = true;
    taking.close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        log.error({ err: thrown }, `leaving failed: ${messageOf(thrown)}`);
        process.exit(1);
      },
    );
  });
}
