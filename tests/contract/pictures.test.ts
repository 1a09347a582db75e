// An alphabet of pictures on every platform, seen by a real network of photographs: made from a folder with one command, asked, confirmed,
// corrected, named in writing, kept over a restart, and learnt from.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import { needsPackage } from '../support/needs.ts';
import { photograph, thingNames, writePhotographs } from '../support/photographs.ts';
import { inkloop, removeDataDir } from '../support/product.ts';
import { agree, drivers, type Driver, type Shown } from './drivers.ts';

const EACH = 8;
const folder = mkdtempSync(join(tmpdir(), 'inkloop-things-'));
beforeAll(() => writePhotographs(folder, EACH));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(needsPackage('@mediapipe/hands')).each(Object.keys(drivers))('on %s', { timeout: 300_000 }, (name) => {
  let driver: Driver;
  let photos = 0;

  const verb = async (...args: readonly string[]): Promise<unknown> => {
    const ended = await inkloop([...args, '--json'], { DATA_DIR: driver.product.dataDir });
    expect(ended.code, ended.stderr).toBe(0);
    return JSON.parse(ended.stdout);
  };
  const send = async (thing: string, caption?: string): Promise<Shown> =>
    driver.photo(await photograph(thing, 1000 + (photos += 1)), caption);
  const samples = (): Record<string, number> => {
    const store = openStore(join(driver.product.dataDir, 'inkloop.db'), { splitter });
    try {
      const { labels } = store.stats.ofAlphabet('things');
      return Object.fromEntries(
        labels.map(({ labelId, train, test: held }) => [thingNames.toSorted()[labelId ?? -1] ?? '', train + held]),
      );
    } finally {
      store.close();
    }
  };

  beforeAll(async () => {
    const start = drivers[name];
    if (start === undefined) throw new Error(`no driver ${name}`);
    driver = await start();
    await agree(driver);
    const made = await verb(
      ...['alphabet', 'new', '--kind', 'picture', '--id', 'things', '--title', 'Things', '--labels-from', folder],
      ...['--backbone', 'hand'],
    );
    expect(made).toMatchObject({ kind: 'picture', samples: { added: 3 * EACH }, run: { state: 'promoted' } });
    expect((await driver.command('alphabet', 'things')).text()).toContain('Things');
  }, 300_000);
  afterAll(async () => {
    const { dataDir } = driver.product;
    await driver.close();
    removeDataDir(dataDir);
  });

  test('a photo is told with one tap', async () => {
    const before = samples();
    const shown = await send('Red Ball');
    expect(shown.text()).toContain('Red Ball');
    const yes = shown.buttons().find((button) => button.endsWith('Red Ball')) ?? '';
    await shown.tap(yes);
    expect(shown.text()).toContain('Saved: Red Ball');
    expect(samples()).toEqual({ ...before, 'Red Ball': EACH + 1 });
  });

  test('what it is can be said by a button of "other…", in writing, or as none of these', async () => {
    const before = samples();
    const shown = await send('Green Star', 'blue stripes');
    expect(shown.text()).toContain('Saved: Blue Stripes');
    await shown.tap('undo');
    expect(samples()).toEqual(before);
    if (shown.buttons().includes('✗')) await shown.tap('✗');
    await shown.tap('other…');
    expect(shown.buttons()).toEqual(expect.arrayContaining([...thingNames]));
    await shown.tap('Green Star');
    expect(shown.text()).toContain('Saved: Green Star');

    const named = await send('Blue Stripes');
    expect((await named.type('blue stripes')).text()).toContain('Saved: Blue Stripes');

    const nothing = await send('Red Ball');
    if (nothing.buttons().includes('✗')) await nothing.tap('✗');
    await nothing.tap('none of these');
    expect(nothing.text()).toContain('Noted: none of these');
    expect(samples()).toMatchObject({ 'Green Star': EACH + 1, 'Blue Stripes': EACH + 1 });
  });

  test('after a restart it goes on, and a retrain learns from what was said', async () => {
    const before = await send('Green Star');
    await driver.restart();
    const yes = before.buttons().find((button) => button.endsWith('Green Star')) ?? '';
    await before.tap(yes);
    expect(before.text()).toContain('Saved: Green Star');
    const retrained = await verb('retrain', '--alphabet', 'things', '--wait');
    expect(retrained).toMatchObject({
      alphabet: 'things',
      decision: { outcome: expect.stringMatching(/promote|keep/u) as string },
    });
    // Whatever it makes of the next one, it is asked about as a picture.
    const next = await send('Blue Stripes');
    expect(next.buttons().some((button) => button === '✗' || button === 'none of these')).toBe(true);
  });

  test('what is no picture is told so', async () => {
    const narrow = sharp({ create: { width: 2000, height: 20, channels: 3, background: '#345' } });
    expect((await driver.photo(await narrow.png().toBuffer())).text()).not.toContain('Things');
  });
});
