// The worker as a process of its own: what it says when it is set up wrongly, how it leaves, and whole runs by workers that
// share nothing with the app but Redis and a bucket.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../support/needs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startS3, type FakeS3 } from '../support/s3.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';

const main = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Exit code, or the signal's name. */
  readonly end: Promise<number | string>;
}

const running = new Set<ChildProcess>();
function startWorker(cwd: string, env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--import', loader, main], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const end = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return (code ?? signal) as number | string;
  });
  return { process: child, output: () => output, end };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'worker-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('a worker set up wrongly', () => {
  it('says in a line that it needs REDIS_URL', async () => {
    const { end, output } = startWorker(folder, {});
    expect(await end).toBe(78);
    expect(output()).toMatch(/REDIS_URL/);
    expect(output().trim().split('\n')).toHaveLength(1);
  });

  it('names every malformed variable and none of their values', async () => {
    const { end, output } = startWorker(folder, { REDIS_URL: 'http://hidden', S3_BUCKET: 'a' });
    expect(await end).toBe(78);
    expect(output()).toMatch(/REDIS_URL/);
    expect(output()).toMatch(/S3_BUCKET/);
    expect(output()).not.toMatch(/hidden/);
  });
});

describe.skipIf(needs('redis-server'))('workers with nothing but Redis and a bucket', { timeout: 240_000 }, () => {
  let redis: TestRedis;
  let s3: FakeS3;
  let world: World;
  beforeEach(async () => {
    redis = await startRedis();
    s3 = await startS3();
    world = await openWorld(path.join(folder, 'app'), shared());
  });
  afterEach(async () => {
    await world.app.close();
    for (const child of running) child.kill('SIGKILL');
    await redis.close();
    await s3.close();
  });

  function shared(): Readonly<Record<string, string>> {
    return {
      REDIS_URL: redis.url,
      S3_BUCKET: s3.bucket,
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    };
  }
  async function workerIn(name: string): Promise<Started & { readonly cwd: string }> {
    const cwd = await mkdtemp(path.join(folder, `${name}-`));
    return { ...startWorker(cwd, shared()), cwd };
  }
  async function sweepUntil(condition: () => boolean, seconds = 200): Promise<void> {
    await until(async () => {
      await world.app.runs.sweep();
      return condition();
    }, seconds);
  }

  it('a run is performed elsewhere and promoted here; a worker leaves when told to, and leaves nothing behind', async () => {
    const worker = await workerIn('one');
    world.teach(60);
    const { run } = world.app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
    await sweepUntil(() => world.app.store.runs.get(run.id)?.finishedAt !== null);
    expect(world.app.store.runs.get(run.id)).toMatchObject({
      state: 'promoted',
      decision: { code: 'better' },
      holder: null,
    });
    expect(await readdir(worker.cwd)).toEqual([]);
    worker.process.kill('SIGTERM');
    expect(await worker.end).toBe(0);
  });

  it('leaves when told to though Redis is gone, or never was there', async () => {
    const worker = await workerIn('one');
    await until(async () => (await world.app.queueHealth()).ok && /waiting for training runs/.test(worker.output()));
    await redis.kill();
    const late = await workerIn('two');
    for (const each of [worker, late]) {
      await until(() => /Redis is away/.test(each.output()));
      each.process.kill('SIGTERM');
      expect(await each.end).toBe(0);
    }
  });

  it('a worker killed in the middle gives its run to another', async () => {
    const first = await workerIn('one');
    // Enough that the run is not over before the kill.
    world.teach(120);
    const { run } = world.app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
    await sweepUntil(() => world.app.store.runs.get(run.id)?.progress !== null);
    first.process.kill('SIGKILL');
    await first.end;
    const second = await workerIn('two');
    await sweepUntil(() => world.app.store.runs.get(run.id)?.finishedAt !== null);
    expect(world.app.store.runs.get(run.id)).toMatchObject({ state: 'promoted', decision: { code: 'better' } });
    expect(second.output()).toMatch(/taking a run/);
  });
});
