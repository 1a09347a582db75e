// The queue of an app that runs alone, with real processes.
import { afterEach, describe, expect, it } from 'vitest';
import type { TrainingQueue } from '../../src/runs/queue/queue.ts';
import { makeChildQueue } from '../../src/runs/queue/child.ts';
import { fakeTrainer, hashOfText, jobFor, listenTo, type Ear } from './queue-support.ts';

let queue: TrainingQueue;
afterEach(() => queue.close());
function open(): Ear {
  queue = makeChildQueue(fakeTrainer);
  return listenTo(queue);
}

describe('alone', () => {
  it('passes progress and the result on', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'quick'));
    await ear.until(() => ear.results.length > 0);
    expect(ear.results[0]?.run).toBe('a-1');
    expect(ear.progress.map((each) => each.progress.epoch)).toEqual([0, 3]);
    expect(ear.failures).toEqual([]);
  });

  it('what makes no sense is not heard, and hurts nobody', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'nonsense'));
    await ear.until(() => ear.results.length > 0);
    expect(ear.progress.map((each) => each.progress.epoch)).toEqual([0, 3]);
  });

  it('performs one at a time, in order, and each once however often it is told', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'quick'));
    await queue.enqueue(jobFor('a-2', 'quick'));
    await queue.enqueue(jobFor('a-1', 'quick'));
    await queue.enqueue(jobFor('a-2', 'quick'));
    await ear.until(() => ear.results.length === 2);
    expect(ear.progress.map((each) => each.run)).toEqual(['a-1', 'a-1', 'a-2', 'a-2']);
  });

  it('a process that dies is a failure that may be tried again, with its last words', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'crash'));
    await ear.until(() => ear.failures.length > 0);
    expect(ear.failures[0]).toMatchObject({ run: 'a-1', kind: 'failed', retry: true });
    expect(ear.failures[0]?.because).toMatch(/SIGKILL.*out of memory/);
  });

  it('goes on with the next after a failure', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'fail'));
    await queue.enqueue(jobFor('a-2', 'quick'));
    await ear.until(() => ear.results.length > 0);
    expect(ear.failures).toEqual([{ run: 'a-1', kind: 'failed', because: 'no samples', retry: false }]);
  });

  it.each(['forever', 'stubborn'])('cancels a run that would take for ever (%s)', async (what) => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', what));
    await ear.until(() => ear.progress.length > 0);
    expect(await queue.cancel('a-1')).toBe(true);
    await ear.until(() => ear.failures.length > 0);
    expect(ear.failures[0]).toMatchObject({ run: 'a-1', kind: 'cancelled', retry: false });
  });

  it('cancels a run that waits, and knows none that it was never told', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'forever'));
    await queue.enqueue(jobFor('a-2', 'quick'));
    expect(await queue.cancel('a-2')).toBe(true);
    expect(await queue.cancel('a-3')).toBe(false);
    expect(ear.failures).toMatchObject([{ run: 'a-2', kind: 'cancelled' }]);
  });

  it('told again after a crash, the run goes on from its checkpoint', async () => {
    const ear = open();
    const job = jobFor('a-1', 'crash-once');
    await queue.enqueue(job);
    await ear.until(() => ear.failures.length > 0);
    const checkpoint = ear.progress.at(-1)?.progress.checkpoint ?? null;
    await queue.enqueue({ ...job, checkpoint });
    await ear.until(() => ear.results.length > 0);
    expect(ear.results[0]?.artifact).toBe(hashOfText(`a-1 ${hashOfText('checkpoint')}`));
  });

  it('closing ends the process and says nothing more', async () => {
    const ear = open();
    await queue.enqueue(jobFor('a-1', 'forever'));
    await ear.until(() => ear.progress.length > 0);
    await queue.close();
    expect(ear.failures).toEqual([]);
  });
});
