// An alphabet of pictures where there is no backbone: made from a folder with one command, it reads, is taught with a tap, and learns again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photograph, writePhotographs } from '../support/photographs.ts';
import { inkloop, removeDataDir } from '../support/product.ts';
import { agree, drivers, type Driver } from './drivers.ts';

const EACH = 6;
const folder = mkdtempSync(join(tmpdir(), 'inkloop-none-'));

describe('without a backbone', { timeout: 900_000 }, () => {
  let driver: Driver;

  const verb = async (...args: readonly string[]): Promise<unknown> => {
    const ended = await inkloop([...args, '--json'], { DATA_DIR: driver.product.dataDir });
    expect(ended.code, ended.stderr).toBe(0);
    return JSON.parse(ended.stdout);
  };

  beforeAll(async () => {
    await writePhotographs(folder, EACH);
    const start = drivers['telegram'];
    if (start === undefined) throw new Error('no driver');
    driver = await start();
    await agree(driver);
  }, 120_000);
  afterAll(async () => {
    const { dataDir } = driver.product;
    await driver.close();
    removeDataDir(dataDir);
    rmSync(folder, { recursive: true, force: true });
  });

  test('a folder becomes an alphabet that reads photos, and a retrain goes on from there', async () => {
    const about = 'alphabet new --kind picture --id things --title Things --labels-from'.split(' ');
    const made = await verb(...about, folder);
    expect(made).toMatchObject({ backbone: null, samples: { added: 3 * EACH }, run: { state: 'promoted' } });
    expect((await driver.command('alphabet', 'things')).text()).toContain('Things');

    const shown = await driver.photo(await photograph('Red Ball', 1001));
    expect(shown.text()).toContain('Red Ball');
    await shown.tap(shown.buttons().find((button) => button.endsWith('Red Ball')) ?? '');
    expect(shown.text()).toContain('Saved: Red Ball');

    const retrained = await verb('retrain', '--alphabet', 'things', '--wait');
    expect(retrained).toMatchObject({
      alphabet: 'things',
      decision: { outcome: expect.stringMatching(/promote|keep/u) as string },
    });
    const next = await driver.photo(await photograph('Green Star', 1002));
    expect(next.text()).toContain('Green Star');
  });
});
