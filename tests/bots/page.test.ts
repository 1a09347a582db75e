// The whole story as a newcomer lives it, in a real browser against the real product: it reads wrong, is corrected, is trained,
// proves that it is better, and reads right. In a tiny alphabet, so that a retrain takes seconds.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { logInLink, newDataDir, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { openWorld, teach } from '../support/world.ts';
import { draw, launch, visit } from './web/browser.ts';

/** What these people draw for O. The shipped tiny model reads it as an X. */
const square = [
  [0.2, 0.15],
  [0.8, 0.15],
  [0.8, 0.85],
  [0.2, 0.85],
  [0.2, 0.15],
] as const;

describe.skipIf(needs('chromium'))('a newcomer', { timeout: 480_000 }, () => {
  let browser: Browser;
  let product: Product;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = newDataDir();
    const world = await openWorld(dataDir);
    // The owner has imported samples of the same hand: trusted, however many they are.
    const owner = 'ab'.repeat(16);
    world.app.store.contributors.getOrCreate({ keyHash: owner, platform: 'import', at: Date.now() });
    teach(world.app.store, 200, owner);
    await world.app.close();
    const settings = { DATA_DIR: dataDir, ALPHABET: 'tiny', TRAINING_THREADS: '1', RETRAIN_AFTER: '0' };
    [product, browser] = await Promise.all([startProduct(settings), launch()]);
  });
  afterEach(async () => {
    await browser.close();
    await product.kill();
    removeDataDir(dataDir);
  });

  const last = (page: Page): Locator => page.locator('.message').last();
  const shows = (where: Locator, text: string | RegExp, timeout = 30_000) =>
    where.filter({ hasText: text }).waitFor({ timeout });
  async function ask(page: Page): Promise<void> {
    const before = await page.locator('.message.bot').count();
    await draw(page, square);
    await page.getByRole('button', { name: 'Read this' }).click();
    await page.locator('.message.bot').nth(before).waitFor();
  }
  async function command(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
    await shows(page.locator('.message.me').last(), text);
  }

  test('corrects a wrong answer, retrains, sees the decision, and is asked whether it is an O', async () => {
    const page = await visit(browser, await logInLink(product));
    await ask(page);
    await shows(last(page), /I read X/);
    // Whether it is sure of a wrong answer is the model's affair.
    const wrong = last(page).getByRole('button', { name: 'no, something else' });
    if ((await wrong.count()) > 0) await wrong.click();
    await last(page).getByRole('button', { name: 'other…' }).click();
    await last(page).getByRole('button', { name: 'O, it is O', exact: true }).click();
    await shows(last(page), 'Thank you for the correction! Saved: O.');

    await command(page, '/stats');
    await shows(last(page), 'tiny: 201 samples');

    await command(page, '/retrain');
    const run = page.locator('.message.bot').nth(2);
    await run.getByRole('progressbar').waitFor();
    await shows(run, /▰.* [1-9]\d* %/, 120_000);
    // Meanwhile the page answers.
    await ask(page);
    await shows(last(page), /I read|Is it|I cannot tell/);
    await shows(run, 'proven better and answers now', 360_000);
    await shows(run, /\d+ of people’s photos are read right by the new one alone/);
    expect(await run.getByRole('progressbar').count()).toBe(0);

    await ask(page);
    // It was sure of X before. How sure it is of O now depends on the processor's rounding.
    await shows(last(page), /I read O|O or|O, .* or|or O|I cannot tell/);
    const { models } = (await (await fetch(`${product.url}/api/v1/models`)).json()) as {
      models: { version: string; champion: boolean; alphabet: string }[];
    };
    const tiny = models.filter(({ alphabet }) => alphabet === 'tiny');
    expect(tiny.map(({ version, champion }) => [version, champion])).toEqual([
      ['tiny-2', true],
      ['tiny-1', false],
    ]);
  });
});
