// The queue of an app that has grown: a real Redis, real workers, and both of them lost at bad moments.
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLog } from '../../src/log.ts';
import type { TrainingQueue } from '../../src/runs/queue/queue.ts';
import { makeBullQueue } from '../../src/runs/queue/bull.ts';
import { takeRuns } from '../../worker/take.ts';
import { needs } from '../support/needs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { fakeTrainer, hashOfText, jobFor, listenTo } from './queue-support.ts';
import { until } from '../support/until.ts';

const log = makeLog('silent');
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

describe.skipIf(needs('redis-server'))('grown', () => {
  let redis: TestRedis;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
    await redis.close();
  });

  function openQueue(): TrainingQueue {
    const queue = makeBullQueue({ redisUrl: redis.url, onTrouble: () => undefined });
    closing.push(() => queue.close());
    return queue;
  }
  function openWorker(): { close(): Promise<void> } {
    const worker = takeRuns({ redisUrl: redis.url, trainer: fakeTrainer, log, lockMs: 1000 });
    let closed: Promise<void> | null = null;
    const once = { close: () => (closed ??= worker.close()) };
    closing.push(once.close);
    return once;
  }
  /** A worker as a process of its own, so that it can be stopped and killed. */
  function spawnWorker(): ChildProcess {
    const file = fileURLToPath(new URL('fake-worker.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', loader, file, redis.url], { stdio: 'ignore' });
    closing.push(async () => {
      child.kill('SIGKILL');
      await Promise.resolve();
    });
    return child;
  }
  it('tells of a Redis that may throw away what is queued', async () => {
    const queue = openQueue();
    expect(await queue.health()).toEqual({ ok: true, workers: 0 });
    for (const policy of ['allkeys-lru', 'volatile-ttl']) {
      await redis.ask((each) => each.config('SET', 'maxmemory-policy', policy));
      expect(await queue.health()).toEqual({ ok: true, workers: 0, evicts: policy });
    }
  });

  /** Tells the run again and again, as the sweep does, until something is true. */
  async function sweeping(
    queue: TrainingQueue,
    job: ReturnType<typeof jobFor>,
    condition: () => boolean,
  ): Promise<void> {
    await until(async () => {
      await queue.enqueue(job).catch(() => undefined);
      return condition();
    }, 30);
  }

  it('passes progress and the result through Redis, to every app that listens', async () => {
    const [one, two] = [openQueue(), openQueue()];
    const [first, second] = [listenTo(one), listenTo(two)];
    openWorker();
    await sweeping(one, jobFor('a-1', 'quick'), () => first.results.length > 0 && second.results.length > 0);
    expect(second.results[0]).toEqual(first.results[0]);
    expect(first.progress.length).toBeGreaterThan(0);
    expect(first.progress.every((each) => each.run === 'a-1')).toBe(true);
  });

  it('a run told many times is one job; told after its end, the end is heard again', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    openWorker();
    openWorker();
    const job = jobFor('a-1', 'quick');
    await Promise.all(Array.from({ length: 10 }, () => queue.enqueue(job)));
    await sweeping(queue, job, () => ear.results.length > 0);
    // A second performance would have begun again at epoch 0.
    expect(ear.progress.filter((each) => each.progress.epoch === 0).length).toBeLessThanOrEqual(1);

    const late = openQueue();
    const heard = listenTo(late);
    await late.enqueue(job);
    expect(heard.results).toEqual([ear.results[0]]);
  });

  it('cancels a run that waits and one that is performed', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    await queue.enqueue(jobFor('a-1', 'forever'));
    expect(await queue.cancel('a-1')).toBe(false);
    openWorker();
    await queue.enqueue(jobFor('a-2', 'forever'));
    await ear.until(() => ear.progress.some((each) => each.run === 'a-2'));
    expect(await queue.cancel('a-2')).toBe(true);
    await ear.until(() => ear.failures.length > 0);
    expect(ear.failures).toEqual([{ run: 'a-2', kind: 'cancelled', because: 'cancelled', retry: false }]);
    expect(ear.progress.some((each) => each.run === 'a-1')).toBe(false);
    expect(await queue.cancel('never-told')).toBe(false);
  });

  it('cancels a run whose worker is dead, though nobody is there to hear of it', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    const worker = spawnWorker();
    await queue.enqueue(jobFor('a-1', 'forever'));
    await ear.until(() => ear.progress.length > 0);
    worker.kill('SIGKILL');
    await until(async () => !(await queue.cancel('a-1')));
  });

  it('a worker that was stopped for longer than its lock lets go of the run when it goes on', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    const stopped = spawnWorker();
    await queue.enqueue(jobFor('a-1', 'until-checkpoint'));
    await ear.until(() => ear.progress.some((each) => each.progress.checkpoint !== null));
    stopped.kill('SIGSTOP');
    const other = openWorker();
    await ear.until(() => ear.results.length > 0);
    expect(ear.results[0]?.artifact).toBe(hashOfText(`a-1 ${hashOfText('checkpoint')}`));
    await other.close();
    stopped.kill('SIGCONT');
    // Its own performance would take ten minutes; and it takes the next run like anybody.
    await queue.enqueue(jobFor('a-2', 'quick'));
    await ear.until(() => ear.results.some((each) => each.run === 'a-2'));
    expect(ear.failures).toEqual([]);
  });

  it('a worker that leaves gives its run to another, which goes on from the checkpoint', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    const leaving = openWorker();
    await queue.enqueue(jobFor('a-1', 'until-checkpoint'));
    await ear.until(() => ear.progress.some((each) => each.progress.checkpoint !== null));
    await leaving.close();
    openWorker();
    await ear.until(() => ear.results.length > 0);
    expect(ear.results[0]?.artifact).toBe(hashOfText(`a-1 ${hashOfText('checkpoint')}`));
  });

  it('a failure that may pass is tried again from the checkpoint when it is told again', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    openWorker();
    const job = jobFor('a-1', 'crash-once');
    await queue.enqueue(job);
    await ear.until(() => ear.failures.length > 0);
    expect(ear.failures[0]?.retry).toBe(true);
    // Nobody put this job's snapshot where the worker looks.
    expect(ear.failures[0]?.because).toMatch(/does not see what the app stores \(it looks in \/nowhere\)/);
    const checkpoint = ear.progress.findLast((each) => each.progress.checkpoint !== null)?.progress.checkpoint ?? null;
    await sweeping(queue, { ...job, checkpoint }, () => ear.results.length > 0);
    expect(ear.results[0]?.artifact).toBe(hashOfText(`a-1 ${hashOfText('checkpoint')}`));
  });

  it('Redis away: telling fails soon with a sentence, health says so; back again, all goes on', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    openWorker();
    await until(async () => (await queue.health()).ok);
    await redis.kill();
    await expect(queue.enqueue(jobFor('a-1', 'quick'))).rejects.toThrow(/Redis does not answer/);
    expect(await queue.health()).toMatchObject({ ok: false });
    await redis.start();
    await sweeping(queue, jobFor('a-1', 'quick'), () => ear.results.length > 0);
  });

  it('says why Redis does not let it in', async () => {
    await redis.ask((each) => each.config('SET', 'requirepass', 'secret'));
    expect(await openQueue().health()).toMatchObject({ ok: false, because: expect.stringMatching(/NOAUTH/) as string });
  });

  it('does not go on in database 0 where the one named does not exist', async () => {
    const queue = makeBullQueue({ redisUrl: `${redis.url}/99`, onTrouble: () => undefined });
    const health = await queue.health();
    await queue.close();
    expect(health).toMatchObject({ ok: false, because: expect.stringMatching(/DB index is out of range/) as string });
  });

  it('is closed soon though Redis was never there', async () => {
    await redis.kill();
    const queue = makeBullQueue({ redisUrl: redis.url, onTrouble: () => undefined });
    expect(await queue.health()).toMatchObject({ ok: false });
    await queue.close();
  });

  it('Redis loses everything while a run is performed: told again, it is performed again', async () => {
    const queue = openQueue();
    const ear = listenTo(queue);
    openWorker();
    await queue.enqueue(jobFor('a-1', 'until-checkpoint'));
    await ear.until(() => ear.progress.some((each) => each.progress.checkpoint !== null));
    await redis.flush();
    const checkpoint = hashOfText('checkpoint');
    openWorker();
    await sweeping(queue, { ...jobFor('a-1', 'until-checkpoint'), checkpoint }, () => ear.results.length > 0);
    expect(ear.results[0]?.artifact).toBe(hashOfText(`a-1 ${checkpoint}`));
  });
});
