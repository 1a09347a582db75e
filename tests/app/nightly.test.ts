// The look at the whole database: once a night, and never twice because a clock jumped.
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openApp } from '../../src/app/open.ts';
import { parseConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { makeNightly } from '../../src/app/nightly.ts';
import { scratchFolder } from '../support/scratch.ts';

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

test('the app looks by itself, and says how the database is', async () => {
  const folder = scratchFolder();
  const config = parseConfig({ DATA_DIR: folder });
  let now = new Date(2026, 0, 1, 3).getTime();
  const app = await openApp(config, { log: makeLog('silent'), now: () => now });
  try {
    await app.tick();
    expect(app.databaseHealth()).toEqual({ state: 'up' });
    const file = join(folder, 'inkloop.db');
    await app.store.backup(join(folder, 'copy.db'));
    // What stands in the log beside the file is in it now, so that the damage is not covered up.
    app.store.contributors.forget(0);
    const fd = openSync(file, 'r+');
    for (let at = 4096 * 20; at < statSync(file).size; at += 4096) writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, at);
    closeSync(fd);
    now += 24 * HOUR;
    await app.tick().catch(() => undefined);
    for (let i = 0; i < 200 && app.databaseHealth().state === 'up'; i++) await sleep(50);
    expect(app.databaseHealth()).toMatchObject({ state: 'down', because: expect.stringContaining('is damaged') });
  } finally {
    await app.close();
  }
});
