// The same scenario on every platform, the whole process started as a user starts it: read, confirm, correct, undo, type,
// restart in the middle, and not one sample too many or too few.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import sharp from 'sharp';
import { latin } from '../../src/alphabet/latin.ts';
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import { drawnJpeg, drawnRow } from '../support/digit-set.ts';
import { filledSheet } from '../support/filled-sheet.ts';
import { pdfOf } from '../support/pdf.ts';
import { removeDataDir } from '../support/product.ts';
import { agree, drivers, takeBack, type Driver, type Shown } from './drivers.ts';

describe.each(Object.keys(drivers))('on %s', (name) => {
  let driver: Driver;
  let photos = 0;
  beforeAll(async () => {
    const start = drivers[name];
    if (start === undefined) throw new Error(`no driver ${name}`);
    driver = await start();
    await agree(driver);
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
    expect(shown.buttons()).toEqual(['✓ 7', '✗']);
    await shown.tap('✓ 7');
    expect(shown.text()).toContain('Saved: 7');
    expect(shown.buttons()).toEqual(['undo']);
    expect(since(before)).toEqual({ 7: 1 });
  });

  describe('who has not agreed to teach', () => {
    beforeEach(() => takeBack(driver));
    afterEach(() => agree(driver));

    test('is asked at the first ✓, and agreeing keeps that very answer, once, also after a restart', async () => {
      const before = samples();
      const shown = await seven();
      const asked = await shown.asks('✓ 7');
      expect(asked.text()).toMatch(/^Teach me\?/);
      expect(asked.buttons()).toEqual(['Agree and save', 'Not now']);
      expect(since(before)).toEqual({});
      await driver.restart();
      await asked.tap('Agree and save');
      expect(asked.text()).toContain('Saved: 7');
      await expect.poll(() => shown.text(), { timeout: 20_000 }).toContain('Saved: 7');
      expect(since(before)).toEqual({ 7: 1 });
      const next = await seven();
      await next.tap('✓ 7');
      expect(next.text()).toContain('Saved: 7');
      expect(since(before)).toEqual({ 7: 2 });
    });

    test('keeps nothing by "not now", and is asked again', async () => {
      const before = samples();
      const shown = await seven();
      const asked = await shown.asks('✓ 7');
      await asked.tap('Not now');
      await expect.poll(() => asked.text()).toMatch(/^(I read 7|Nothing is kept)/);
      await expect.poll(() => shown.buttons()).toEqual(['✓ 7', '✗']);
      expect(since(before)).toEqual({});
      expect((await shown.asks('✓ 7')).buttons()).toContain('Agree and save');
      expect((await seven('5')).buttons()).toEqual(['Agree and save', 'Not now']);
      expect((await (await seven()).type('4')).buttons()).toEqual(['Agree and save', 'Not now']);
      const several = await driver.photo(await drawnRow(['2', '7', '4']));
      const all = await several.asks('✓ all right (3)');
      expect(since(before)).toEqual({});
      await all.tap('Agree and save');
      await expect.poll(() => several.text()).toContain('All 3 are saved');
      expect(since(before)).toEqual({ 2: 1, 4: 1, 7: 1 });
    });

    test('takes it back in /privacy, and is forgotten with all they taught', async () => {
      const before = samples();
      const shown = await seven();
      await (await shown.asks('✓ 7')).tap('Agree and save');
      expect(since(before)).toEqual({ 7: 1 });
      const privacy = await driver.command('privacy');
      expect(privacy.text()).toContain('You agreed to teach me on 20');
      await takeBack(driver);
      expect(since(before)).toEqual({});
      expect((await driver.command('privacy')).text()).toContain('You have not agreed to teach me');
    });
  });

  test('somebody else’s photo is read and teaches nothing, whoever taps', async () => {
    if (driver.readOthers === undefined) return expect(name).toBe('page');
    const before = samples();
    const shown = await driver.readOthers(await drawnJpeg('7', { seed: (photos += 1), side: 400 }));
    expect(shown.text()).toMatch(/^I read 7/);
    expect(await shown.tap('✓ 7')).toContain('somebody else wrote this');
    expect(since(before)).toEqual({});
  });

  test('it is corrected by "other…", taken back, and rejected', async () => {
    const before = samples();
    const shown = await seven();
    await shown.tap('✗');
    expect(shown.buttons()).toEqual(expect.arrayContaining(['other…', 'not a character', '‹ back']));
    await shown.tap('other…');
    expect(shown.buttons()).toEqual(expect.arrayContaining(['0', '3', '9', '‹ back']));
    await shown.tap('3');
    expect(shown.text()).toContain('Saved: 3');
    expect(since(before)).toEqual({ 3: 1 });
    await shown.tap('undo');
    expect(shown.text()).toContain('Taken back');
    expect(since(before)).toEqual({});
    await shown.tap('✗');
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

  test('an answer belongs to its photo: typed with two open it asks which, and what changed elsewhere shows there', async () => {
    const before = samples();
    // The page finds its way back to a server that was restarted, and hears of it then.
    const patient = { timeout: 20_000 };
    // What other tests left open does not count for somebody who says which.
    const asked = await seven();
    expect((await asked.type('4')).text()).toContain('Saved: 4');
    await expect.poll(() => asked.text(), patient).toContain('Saved: 4');
    expect(asked.buttons()).toEqual(['undo']);
    await driver.restart();
    expect((await driver.command('undo')).text()).toBe('Taken back: 4.');
    await expect.poll(() => asked.text(), patient).toMatch(/^I read 7/);
    expect(asked.buttons()).toContain('✓ 7');
    await seven();
    const which = await driver.say('6');
    expect(which.text()).toContain('Which one is 6?');
    expect(since(before)).toEqual({});
    // Numbered from the oldest.
    const places = which.buttons();
    await which.tap(places.at(-2) ?? '');
    await expect.poll(() => asked.text(), patient).toContain('Saved: 6');
    expect(since(before)).toEqual({ 6: 1 });
  });

  test('a caption of another alphabet is told off, and teaches nothing', async () => {
    const before = samples();
    expect((await seven('ж')).text()).toMatch(/^ж is not among 0–9/);
    expect(since(before)).toEqual({});
  });

  test('any of 62 labels is two taps behind "other…", or typed', async () => {
    const before = samples('latin');
    await driver.command('alphabet', 'latin');
    onTestFinished(async () => void (await driver.command('alphabet', 'digits')));
    const shown = await seven();
    if (shown.buttons().includes('✗')) await shown.tap('✗');
    await shown.tap('other…');
    expect(shown.buttons()).toContain('vwxyz');
    await shown.tap('vwxyz');
    await shown.tap('z');
    expect(shown.text()).toContain('Saved: z');
    expect((await (await seven()).type('Ｑ')).text()).toContain('Saved: Q');
    const ids = latin.labels.filter(({ text }) => text === 'z' || text === 'Q').map(({ id }) => String(id));
    expect(since(before, 'latin')).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
  });

  test('what is corrected twice is read right the third time, and it says why', async () => {
    await driver.command('alphabet', 'latin');
    onTestFinished(async () => void (await driver.command('alphabet', 'digits')));
    // This hand’s q looks like a 9 to everybody else.
    const q = async (): Promise<Shown> => driver.photo(await drawnJpeg('9', { seed: (photos += 1), side: 400 }));
    const first = await q();
    expect(first.text()).toMatch(/^(I read|Is it) 9/);
    expect((await first.type('q')).text()).toContain('Saved: q');
    expect((await (await q()).type('q')).text()).toContain('Saved: q');
    const third = await q();
    expect(third.text()).toMatch(/^(I read|Is it) q/);
    expect(third.text()).toContain('your own handwriting');
    // Sure or not, that is the first button.
    await third.tap(third.buttons().find((each) => each.endsWith('q')) ?? '✓ q');
    expect(third.text()).toContain('Saved: q');
    expect((await driver.command('me')).text()).toMatch(/Your own handwriting put (one|\d+) readings? right\./);
  });

  test('a tap after a restart does the right thing', async () => {
    const before = samples();
    const shown = await seven();
    await driver.restart();
    await shown.tap(shown.buttons()[0] ?? '');
    expect(shown.text()).toContain('Saved: 7');
    expect(since(before)).toEqual({ 7: 1 });
  });

  test('a photo of several: one corrected, the rest with one tap, all taken back, also after a restart', async () => {
    const before = samples();
    const shown = await driver.photo(await drawnRow(['2', '7', '4']));
    await expect.poll(() => shown.text()).toContain('2 7 4');
    expect(shown.buttons()).toEqual(['1 2', '2 7', '3 4', '✓ all right (3)']);
    await shown.tap('2 7');
    await expect.poll(() => shown.text()).toMatch(/^2: I read 7/);
    await driver.restart();
    await shown.tap('✗');
    await shown.tap('other…');
    await shown.tap('3');
    await expect.poll(() => shown.text()).toContain('2 3 4');
    expect(since(before)).toEqual({ 3: 1 });
    await shown.tap('✓ the rest (2)');
    expect(since(before)).toEqual({ 2: 1, 3: 1, 4: 1 });
    await shown.tap('undo all');
    expect(since(before)).toEqual({});
    await expect.poll(() => shown.text()).toContain('2 7 4');
  });

  test('the whole line in a caption or a reply labels all of it', async () => {
    const before = samples();
    expect((await driver.photo(await drawnRow(['1', '8', '5']), '185')).text()).toContain('All 3 are saved');
    const asked = await driver.photo(await drawnRow(['6', '9', '2']));
    expect((await asked.type('692')).text()).toMatch(/Saved: 3 answers\.|All 3 are saved/);
    expect(since(before)).toEqual({ 1: 1, 2: 1, 5: 1, 6: 1, 8: 1, 9: 1 });
  });

  test('a filled practice sheet comes back labelled, and one tap saves it', async () => {
    const before = samples();
    const shown = await driver.photo(await filledSheet(['1', '2', '3']));
    expect(shown.text()).toMatch(/Practice sheet, page 1 of 1: \d+ cells are filled/);
    const all = shown.buttons().find((text) => text.startsWith('✓ all right'));
    await shown.tap(all ?? '');
    const gained = since(before);
    expect(Object.keys(gained)).toEqual(['1', '2', '3']);
    expect(`✓ all right (${Object.values(gained).reduce((sum, count) => sum + count, 0)})`).toBe(all);
  });

  test('a PDF of a filled sheet comes back labelled; one that is locked is told', async () => {
    const before = samples();
    const sheet = await sharp(await filledSheet(['4', '5'], 3))
      .jpeg()
      .toBuffer();
    const shown = await driver.photo(await pdfOf([sheet]));
    expect(shown.text()).toMatch(/^Page 1 of 1 in the PDF\.\s+Practice sheet, page 1 of 1/);
    await shown.tap(shown.buttons().find((text) => text.startsWith('✓ all right')) ?? '');
    expect(Object.keys(since(before))).toEqual(['4', '5']);
    const locked = await driver.photo(await pdfOf([sheet], { password: 'secret' }));
    expect(locked.text()).toContain('asks for a password');
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
