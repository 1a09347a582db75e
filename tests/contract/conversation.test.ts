// The same scenario on every platform, the whole process started as a user starts it: read, confirm, correct, undo, type,
// restart in the middle, and not one sample too many or too few.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import sharp from 'sharp';
import { latin } from '../../src/alphabet/latin.ts';
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import { drawnJpeg } from '../support/digit-set.ts';
import { removeDataDir } from '../support/product.ts';
import { drivers, type Driver, type Shown } from './drivers.ts';

describe.each(Object.keys(drivers))('on %s', (name) => {
  let driver: Driver;
  let photos = 0;
  beforeAll(async () => {
    const start = drivers[name];
    if (start === undefined) throw new Error(`no driver ${name}`);
    driver = await start();
  });
  afterAll(async () => {
    const { dataDir } = driver.product;
    await driver.close();
    removeDataDir(dataDir);
  });

  const seven = async (caption?: string): Promise<Shown> =>
    driver.photo(await drawnJpeg('7', { seed: (photos += 1), side: 400 }), caption);

  /** Live samples by label, looked up behind the product's back. */
  const samples = (alphabet = 'digits'): Record<string, number> => {
    const store = openStore(join(driver.product.dataDir, 'inkloop.db'), { splitter });
    try {
      const { labels } = store.stats.ofAlphabet(alphabet);
      return Object.fromEntries(labels.map(({ labelId, train, test: held }) => [String(labelId), train + held]));
    } finally {
      store.close();
    }
  };

  /** Those that came since, by label: all tests teach the same product. */
  const since = (before: Record<string, number>, alphabet = 'digits'): Record<string, number> => {
    const gained = Object.entries(samples(alphabet)).map(([label, count]) => [label, count - (before[label] ?? 0)]);
    return Object.fromEntries(gained.filter(([, count]) => count !== 0));
  };

  test('a photo is read and confirmed with one tap, once', async () => {
    const before = samples();
    const shown = await seven();
    expect(shown.text()).toContain('7');
    expect(shown.buttons()).toEqual(expect.arrayContaining(['other…', 'not a character']));
    const best = shown.buttons()[0] ?? '';
    expect(best).toBe('✓ 7');
    await shown.tap(best);
    expect(shown.text()).toContain('Saved: 7');
    expect(shown.buttons()).toEqual(['undo']);
    expect(since(before)).toEqual({ 7: 1 });
  });

  test('it is corrected by "other…", taken back, and rejected', async () => {
    const before = samples();
    const shown = await seven();
    await shown.tap('other…');
    expect(shown.buttons()).toEqual(expect.arrayContaining(['0', '3', '9', '‹ back']));
    await shown.tap('3');
    expect(shown.text()).toContain('Saved: 3');
    expect(since(before)).toEqual({ 3: 1 });
    await shown.tap('undo');
    expect(shown.text()).toContain('Taken back');
    expect(since(before)).toEqual({});
    await shown.tap('not a character');
    expect(shown.text()).toContain('not a character');
    expect(since(before)).toEqual({});
  });

  test('a caption that is a label confirms in one go', async () => {
    const before = samples();
    expect((await seven('5')).text()).toContain('Saved: 5');
    expect(since(before)).toEqual({ 5: 1 });
  });

  test('the right character can be typed as a reply', async () => {
    const before = samples();
    const answer = await (await seven()).type('4');
    expect(answer.text()).toContain('Saved: 4');
    expect(since(before)).toEqual({ 4: 1 });
  });

  test('a caption of another alphabet is told off, and teaches nothing', async () => {
    const before = samples();
    expect((await seven('ж')).text()).toMatch(/^ж is not one of my characters here/);
    expect(since(before)).toEqual({});
  });

  test('any of 62 labels is two taps behind "other…", or typed', async () => {
    const before = samples('latin');
    await driver.command('alphabet', 'latin');
    onTestFinished(async () => void (await driver.command('alphabet', 'digits')));
    const shown = await seven();
    await shown.tap('other…');
    expect(shown.buttons()).toContain('vwxyz');
    await shown.tap('vwxyz');
    await shown.tap('z');
    expect(shown.text()).toContain('Saved: z');
    expect((await (await seven()).type('Ｑ')).text()).toContain('Saved: Q');
    const ids = latin.labels.filter(({ text }) => text === 'z' || text === 'Q').map(({ id }) => String(id));
    expect(since(before, 'latin')).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
  });

  test('a tap after a restart does the right thing', async () => {
    const before = samples();
    const shown = await seven();
    await driver.restart();
    await shown.tap(shown.buttons()[0] ?? '');
    expect(shown.text()).toContain('Saved: 7');
    expect(since(before)).toEqual({ 7: 1 });
  });

  test('a photo without writing gets a sentence and no buttons', async () => {
    const paper = sharp({ create: { width: 300, height: 300, channels: 3, background: '#eee8d8' } });
    const shown = await driver.photo(await paper.jpeg().toBuffer());
    expect(shown.text()).toContain('I see no writing here');
    expect(shown.buttons()).toEqual([]);
  });

  test('commands answer, in the language that was chosen', async () => {
    expect((await driver.command('me')).text()).toContain('you taught me');
    expect((await driver.command('help')).text()).toContain('/alphabet');
    expect((await driver.command('language', 'ja')).text()).toBe('日本語で話します。');
    expect((await seven()).text()).toContain('7 と読みました');
    expect((await driver.command('language', 'en')).text()).toBe('I will speak English.');
  });

  test('no token is ever printed', async () => {
    const output = driver.product.output();
    expect(output).not.toMatch(/\d{6}:[\w-]{20,}/);
    expect(output).not.toMatch(/[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/);
  });
});
