// A real Redis for a test: a process of its own on a free port, that can be killed, emptied and started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findProgram } from './needs.ts';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** kill -9. What the append-only file holds comes back at `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Loses everything, as a Redis without a disk does. */
  flush(): Promise<void>;
  ask<T>(question: (redis: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 1 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  const redis: TestRedis = {
    url,
    port,
    ask,
    async start() {
      child = spawn(
        findProgram('redis-server') ?? 'redis-server',
        [
          '--port',
          String(port),
          '--dir',
          folder,
          '--appendonly',
          'yes',
          '--appendfsync',
          'always',
          '--save',
          '',
          '--bind',
          '127.0.0.1',
        ],
        { stdio: 'ignore' },
      );
      for (let i = 0; i < 100; i++) {
        try {
          await ask((each) => each.ping());
          return;
        } catch {
          await sleep(50);
        }
      }
      throw new Error('redis-server did not start');
    },
    async kill() {
      if (child === null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      child = null;
    },
    async flush() {
      await ask((each) => each.flushall());
    },
    async close() {
      await redis.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}
