// kill -9, again and again on the same data: at every named point, at moments of chance, of the app, of the worker and of
// Redis. After each the books are audited against what was acknowledged.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import type { CrashPointName } from '../../src/runs/crash.ts';
import { LEFT_ALONE_MS, tidy } from '../../src/runs/tidy.ts';
import { needs } from '../support/needs.ts';
import { startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const running = new Set<ChildProcess>();
let folder: string;
let acknowledged: number[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kill-'));
  acknowledged = [];
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, ...args: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', loader, fileURLToPath(new URL(file, import.meta.url)), folder, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Starts the app to be killed; what it says was acknowledged is written down. */
function startVictim(redisUrl: string | null, point: CrashPointName | null, nth = 1): ChildProcess {
  const child = start('victim.ts', redisUrl ?? '-', point ?? '-', String(nth));
  let text = '';
  child.stdout?.on('data', (data: Buffer) => {
    text += data.toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) acknowledged.push(...line.split(' ').map(Number));
  });
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** What must hold after any kill, before anything was put in order again. */
async function audit(): Promise<void> {
  const world = await openSmallWorld(folder);
  try {
    const { store, blobs } = world;
    expect(store.check()).toEqual([]);
    const live = store.samples.live(acknowledged);
    expect(acknowledged.filter((id) => !live.has(id))).toEqual([]);
    const champion = store.versions.get(store.champions.current('tiny') ?? '');
    expect(decodeArtifact(await blobs.get(champion?.artifact ?? '')).metadata.alphabet).toBe('tiny');
    expect(store.runs.list({ states: ['queued', 'running'] }).length).toBeLessThanOrEqual(1);
    // The history is a chain: nobody was overwritten, nobody promoted twice.
    const history = store.champions.history('tiny', 1000);
    history.forEach((each, i) => expect(each.from).toBe(history[i + 1]?.to ?? null));
    const promoted = store.runs.list({ states: ['promoted'], limit: 1000 }).map((run) => run.versionId);
    expect(history.slice(0, -1).map((each) => each.to)).toEqual(promoted);
  } finally {
    await world.close();
  }
}

/** Opens the data once more, lets the sweep do its work, and sees every run end. */
async function comesToRest(redisUrl: string | null): Promise<void> {
  // Leases of the dead have run out.
  const world = await openSmallWorld(folder, { redisUrl, now: () => Date.now() + 60_000 });
  try {
    await until(async () => {
      await world.runs.sweep();
      return world.store.runs.list({ states: ['queued', 'running'] }).length === 0;
    }, 60);
    const runs = world.store.runs.list({ limit: 1000 });
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((run) => run.finishedAt === null)).toEqual([]);
    const promoted = runs.filter((run) => run.state === 'promoted');
    expect(promoted.length).toBeGreaterThan(0);
    expect(promoted.filter((run) => run.decision?.code !== 'better')).toEqual([]);
    await leavesNothing(world);
  } finally {
    await world.close();
  }
}

/** However often somebody died: in the end every blob is one that is named, and every named one is there. */
async function leavesNothing({ store, blobs }: SmallWorld): Promise<void> {
  await tidy({ store, blobs, now: () => Date.now() + 2 * LEFT_ALONE_MS }, []);
  const there: string[] = [];
  for await (const { hash } of blobs.list()) there.push(hash);
  expect(there.sort()).toEqual([...store.blobNames()].sort());
}

const points: readonly CrashPointName[] = [
  'run-inserted',
  'snapshot-frozen',
  'job-told',
  'result-noted',
  'before-the-end',
  'inside-the-end',
  'after-the-end',
];

describe('kill -9', { timeout: 400_000 }, () => {
  it('of the app alone: at each named point and at 10 moments of chance', async () => {
    for (const point of [...points, ...points.slice(3)]) {
      const victim = startVictim(null, point);
      const [, signal] = (await once(victim, 'close', { signal: AbortSignal.timeout(60_000) })) as [unknown, string];
      expect(signal).toBe('SIGKILL');
      await audit();
      // A lease of somebody dead holds the run a while; the next victim shall not wait for it.
      await comesToRest(null);
    }
    const random = makeRandom(2024);
    for (let i = 0; i < 10; i++) {
      const victim = startVictim(null, null);
      await once(victim.stdout ?? victim, 'data');
      await sleep(random.between(0, 1500));
      await killed(victim);
      await audit();
    }
    await comesToRest(null);
  });

  it.skipIf(needs('redis-server'))('of app, worker and Redis in turn, 12 times', async () => {
    const redis = await startRedis();
    try {
      const random = makeRandom(7);
      let worker = start('quick-worker.ts', redis.url);
      let victim = startVictim(redis.url, null);
      await once(victim.stdout ?? victim, 'data');
      for (let i = 0; i < 12; i++) {
        await sleep(random.between(300, 1500));
        switch (i % 4) {
          case 0:
            await killed(worker);
            worker = start('quick-worker.ts', redis.url);
            break;
          case 1:
            await redis.kill();
            await sleep(random.between(0, 800));
            await redis.start();
            break;
          case 2:
            await killed(victim);
            await audit();
            victim = startVictim(redis.url, null);
            await once(victim.stdout ?? victim, 'data');
            break;
          default:
            await redis.flush();
        }
      }
      await killed(victim);
      await audit();
      await comesToRest(redis.url);
      await killed(worker);
    } finally {
      await redis.close();
    }
  });
});
