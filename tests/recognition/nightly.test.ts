// The look at the whole database: once a night, and never twice because a clock jumped.
import { expect, test } from 'vitest';
import { makeLog } from '../../src/log.ts';
import { makeNightly } from '../../src/recognition/nightly.ts';

const HOUR = 3_600_000;

test('looks once a night, and tells what it found until the next start', async () => {
  let now = new Date(2026, 0, 1, 12).getTime();
  let looks = 0;
  let wrong: string | null = null;
  const nightly = makeNightly({
    check: async () => {
      looks += 1;
      return wrong;
    },
    log: makeLog('silent'),
    now: () => now,
  });
  const hours = (count: number): void => {
    for (let hour = 0; hour < count; hour++) {
      now += HOUR;
      nightly.look();
    }
  };
  hours(12);
  expect(looks).toBe(0);
  hours(24);
  expect(looks).toBe(1);
  hours(48);
  expect(looks).toBe(3);
  await nightly.close();
  expect(nightly.health()).toEqual({ state: 'up' });
  wrong = 'damaged';
  hours(24);
  await nightly.close();
  wrong = null;
  hours(24);
  await nightly.close();
  expect(nightly.health()).toEqual({ state: 'down', because: 'damaged' });
});
