// The line of waiting work: nobody's flood makes others wait, the line is bounded, and nobody waits for nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeFairLine, type FairLineRules, type Turn } from '../../src/fairness/fair-line.ts';

/** A line whose work goes on until it is ended, and takes 100 ms of a clock that a test moves. */
function workshop(rules: Omit<FairLineRules, 'now'>) {
  let clock = 1_000_000;
  const line = makeFairLine({ ...rules, now: () => clock });
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    began,
    line,
    settled,
    ask: (name: string, share: readonly string[], more: { withinMs?: number; signal?: AbortSignal } = {}) =>
      line.run({ share, ...more }, () => {
        began.push(name);
        return new Promise<string>((resolve) => void ends.push(() => resolve(name)));
      }),
    /** Ends the oldest piece of work that goes on. */
    async end() {
      clock += 100;
      ends.shift()?.();
      await settled();
    },
  };
}

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

test('who floods waits for themselves: somebody else is next', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 100 });
  for (const count of many(20, (i) => i)) void ask(`flood ${count}`, ['flood']);
  for (const count of [1, 2]) void ask(`polite ${count}`, ['polite']);
  for (let count = 0; count < 4; count++) await end();
  expect(began).toEqual(['flood 0', 'polite 1', 'flood 1', 'polite 2', 'flood 2']);
});

test('sixty who flood are sixty shares, and who asks now and then is served before them', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 1000 });
  for (const share of many(60, (i) => `greedy ${i}`)) for (let count = 0; count < 3; count++) void ask(share, [share]);
  for (let count = 0; count < 70; count++) await end();
  void ask('polite', ['polite']);
  await end();
  expect(began.at(-1)).toBe('polite');
  for (let count = 0; count < 65; count++) await end();
  void ask('polite', ['polite']);
  await end();
  expect(began.at(-1)).toBe('polite');
});

test('who asks again and again while being refused comes after who does not', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 1000, ofOne: 1 });
  const again = (): void => {
    for (const share of many(60, (i) => `greedy ${i}`))
      for (let count = 0; count < 3; count++) void ask(share, [share]);
  };
  let polite = 0;
  for (let count = 0; count < 60; count++) {
    again();
    // Ten times as often as would be their share.
    if (count % 6 === 5) {
      polite += 1;
      void ask('polite', ['polite']);
    }
    await end();
  }
  expect(polite).toBe(10);
  expect(began.filter((name) => name === 'polite')).toHaveLength(10);
});

test('a neighbourhood is one, however many addresses it has; within it each person is one', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 1000 });
  for (const person of many(30, (i) => `crowd ${i}`)) void ask(person, ['web', 'near', person]);
  void ask('crowd 1 again', ['web', 'near', 'crowd 1']);
  for (let count = 0; count < 3; count++) void ask('alone', ['web', 'far', 'alone']);
  for (let count = 0; count < 31; count++) await end();
  expect(began.slice(0, 7)).toEqual(['crowd 0', 'alone', 'crowd 1', 'alone', 'crowd 2', 'alone', 'crowd 3']);
  await end();
  await end();
  await end();
  expect(began.at(-1)).toBe('crowd 1 again');
});

test('a platform that floods leaves the others theirs', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 1000 });
  for (const person of many(50, (i) => `telegram ${i}`)) void ask(person, ['telegram', person]);
  for (const person of many(3, (i) => `web ${i}`)) void ask(person, ['web', person, person]);
  for (let count = 0; count < 6; count++) await end();
  expect(began.filter((name) => name.startsWith('web'))).toHaveLength(3);
});

test('when all places are taken, the last of whoever has most gives way, and of equals whoever comes', async () => {
  const { ask, settled } = workshop({ atOnce: 1, waiting: 4 });
  void ask('running', ['greedy']);
  const greedy = many(4, (i) => ask(`greedy ${i}`, ['greedy']));
  void ask('polite', ['polite']);
  expect(await greedy[3]).toMatchObject({ outcome: 'busy' });
  void ask('second', ['second']);
  expect(await greedy[2]).toMatchObject({ outcome: 'busy' });
  void ask('another', ['third']);
  expect(await greedy[1]).toMatchObject({ outcome: 'busy' });
  expect(await ask('late', ['fourth'])).toMatchObject({ outcome: 'busy' });
  await settled();
});

test('one share has no more than its places, and keeps its order where it is worked on one by one', async () => {
  const { ask, began, end, settled } = workshop({ atOnce: 3, waiting: 100, ofOne: 4, each: 1 });
  const asked = many(8, (i) => ask(`a ${i}`, ['a']));
  void ask('b', ['b']);
  await settled();
  expect(began).toEqual(['a 0', 'b']);
  expect(await Promise.all(asked.slice(5))).toEqual(many(3, () => expect.objectContaining({ outcome: 'busy' })));
  for (let count = 0; count < 6; count++) await end();
  expect(began).toEqual(['a 0', 'b', 'a 1', 'a 2', 'a 3', 'a 4']);
});

test('who would wait too long is told at once, and for how long; who waited too long is told, too', async () => {
  const { ask, end } = workshop({ atOnce: 1, waiting: 1000 });
  // Until work was measured, it is taken to need 50 ms; afterwards it is measured: 100 ms each.
  for (const _ of many(80, () => 0)) {
    void ask('measured', ['measured']);
    await end();
  }
  void ask('running', ['a']);
  for (const _ of many(50, () => 0)) void ask('waits', ['a']);
  const refused = (await ask('more', ['a'], { withinMs: 2000 })) as Extract<Turn<string>, { outcome: 'busy' }>;
  expect(refused.outcome).toBe('busy');
  expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(5);
  expect(refused.retryAfterSeconds).toBeLessThanOrEqual(6);
  // Somebody else would be next, so they are let in; but whoever is being worked for takes too long.
  expect(await ask('other', ['b'], { withinMs: 300 })).toEqual({ outcome: 'busy', retryAfterSeconds: 1 });
});

test('work whose client has left never begins', async () => {
  const { ask, began, end } = workshop({ atOnce: 1, waiting: 10 });
  void ask('running', ['a']);
  const leaving = new AbortController();
  const left = ask('left', ['b'], { signal: leaving.signal });
  void ask('stays', ['c']);
  leaving.abort();
  expect(await left).toEqual({ outcome: 'left' });
  expect(await ask('gone already', ['b'], { signal: leaving.signal })).toEqual({ outcome: 'left' });
  await end();
  expect(began).toEqual(['running', 'stays']);
});

test('no more than so many run at once; a failure gives its place back', async () => {
  const line = makeFairLine({ atOnce: 3, waiting: 100 });
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    many(20, (index) =>
      line.run({ share: [`${index % 4}`] }, async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(1);
        running -= 1;
        if (index % 4 === 0) throw new Error('no');
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
});
