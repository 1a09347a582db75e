// A teacher's first evening, in Ukrainian: on the page on a phone, then on Telegram. The whole product is real; with TEST_PICTURES=FOLDER
// what was on the screen is kept there, to be looked at.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnJpeg, drawnRow } from '../support/digit-set.ts';
import { needs } from '../support/needs.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram, type FakeTelegram } from '../support/telegram.ts';
import type { TelegramMessage } from '../support/telegram-words.ts';
import { launch, visit } from './web/browser.ts';

/** A machine that is busy with something else may take its time. */
const PATIENCE_MS = 30_000;
const cyrillic = /[а-яіїєґ]/iu;

describe.skipIf(needs('chromium'))('a teacher with a phone, in Ukrainian', { timeout: 120_000 }, () => {
  let telegram: FakeTelegram;
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    telegram = await startFakeTelegram();
    const settings = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
    [product, browser] = await Promise.all([startProduct(settings), launch()]);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    await telegram.close();
    removeDataDir(product.dataDir);
  });

  const shots = process.env['TEST_PICTURES'];
  const keep = async (page: Page, name: string): Promise<void> => {
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await page.waitForTimeout(300);
    writeFileSync(join(shots, `teacher-${name}.png`), await page.screenshot());
  };
  const last = (page: Page): Locator => page.locator('#log .message.bot').last();
  const shows = (where: Locator, text: string | RegExp) =>
    where.filter({ hasText: text }).waitFor({ timeout: PATIENCE_MS });

  test.each(['light', 'dark'] as const)(
    'reads, corrects, looks back and prints on the page (%s)',
    async (colorScheme) => {
      const page = await visit(browser, product.url, { locale: 'uk-UA', colorScheme });
      await shows(page.locator('.hello'), 'Напишіть один символ');
      await keep(page, `${colorScheme}-1-hello`);
      await page.getByRole('button', { name: 'Приклад 1' }).click();
      await shows(last(page), 'Це лише приклад');
      await keep(page, `${colorScheme}-2-example`);

      const several = { name: 'зошит.png', mimeType: 'image/png', buffer: await drawnRow(['2', '7', '4']) };
      await page.locator('#files').setInputFiles(several);
      await page.locator('#cut').waitFor();
      await keep(page, `${colorScheme}-3-cut`);
      await page.locator('#cut .go').click();
      await shows(last(page), '2 7 4');
      await keep(page, `${colorScheme}-4-several`);
      const question = page.locator('#log .message.bot').nth(1);
      await question.getByRole('button', { name: 'номер 2: 7' }).click();
      await shows(question, /^.*Я прочитав 7|Це 7/);
      await question.getByRole('button', { name: 'ні, щось інше' }).click();
      await question.getByRole('button', { name: 'інший…' }).click();
      await keep(page, `${colorScheme}-5-other`);
      await question.getByRole('button', { name: 'це 1', exact: false }).first().click();
      await shows(page.locator('#log'), 'Навчити мене?');
      await keep(page, `${colorScheme}-6-consent`);
      await page.getByRole('button', { name: 'Погодитися і зберегти' }).click();
      await shows(page.locator('#log'), '2 1 4');
      await keep(page, `${colorScheme}-7-corrected`);
      await page.getByRole('button', { name: 'решта правильна (2)' }).click();
      await shows(page.locator('#log'), 'Дякую! Збережено всі символи (3)');
      await keep(page, `${colorScheme}-8-saved`);

      await page.locator('#samples').click();
      await expect.poll(() => page.locator('#gallery .tiles button').count()).toBe(3);
      await keep(page, `${colorScheme}-9-samples`);
      await page.keyboard.press('Escape');
      await page.locator('#figures').click();
      await page.locator('#log .picture.chart img').last().waitFor();
      await keep(page, `${colorScheme}-10-figures`);
      await page.locator('#more').click();
      await keep(page, `${colorScheme}-11-more`);
      await page.getByRole('button', { name: 'Аркуш для вправ' }).click();
      const sheet = last(page).getByRole('link');
      await sheet.waitFor({ timeout: PATIENCE_MS });
      await keep(page, `${colorScheme}-12-sheet`);
      const file = await page.request.get(new URL((await sheet.getAttribute('href')) ?? '', product.url).href);
      expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await page.context().close();
    },
  );

  test('and the same on Telegram', async () => {
    const olena = telegram.user('Олена', 'uk');
    const chat = telegram.private(olena);
    const before = (): ReadonlySet<number> => new Set(telegram.said(chat).map((each) => each.message_id));
    const next = (known: ReadonlySet<number>) =>
      telegram.waitForMessage(chat, ({ message_id }) => !known.has(message_id), PATIENCE_MS);
    const say = async (text: string) => {
      const known = before();
      telegram.sendText(chat, olena, text);
      return next(known);
    };
    const words = ({ text, caption }: TelegramMessage): string => text ?? caption ?? '';
    const tap = async (message: TelegramMessage, button: string, becomes: string | RegExp): Promise<void> => {
      telegram.press(message, button, olena);
      await telegram.until(String(becomes), () => words(message).match(becomes) !== null, PATIENCE_MS);
    };

    expect(words(await say('/start'))).toMatch(/Зараз я читаю: 0–9\. Більше – \/help\.$/);
    const photo = telegram.sendPhoto(chat, olena, await drawnRow(['2', '7', '4']));
    const several = await telegram.waitForReply(photo, PATIENCE_MS);
    expect(words(several)).toContain('2 7 4');
    await tap(several, '2 7', /^2: (Я прочитав|Це) 7/);
    await tap(several, '✗', 'Який це символ');
    await tap(several, 'інший…', 'Який це символ');
    await tap(several, '1', 'Навчити мене');
    await tap(several, 'Погодитися і зберегти', '2 1 4');
    await tap(several, '✓ решта правильна (2)', 'Збережено всі символи');
    const one = await telegram.waitForReply(
      telegram.sendPhoto(chat, olena, await drawnJpeg('7', { seed: 1, side: 400 })),
    );
    await tap(one, '✓ 7', 'Дякую! Збережено: 7');
    expect(words(await say('/me'))).toContain('я прочитав правильно 3 з 4');
    const known = before();
    telegram.sendText(chat, olena, '/sheet');
    const file = await telegram.waitForMessage(
      chat,
      ({ message_id, document }) => !known.has(message_id) && document !== undefined,
      PATIENCE_MS,
    );
    expect(file.document?.file_name).toBe('sheet-digits.pdf');
    if (shots !== undefined)
      writeFileSync(join(shots, 'teacher-telegram.txt'), telegram.said(chat).map(words).join('\n---\n'));
    // Not a word of another language.
    for (const message of telegram.said(chat)) if (words(message) !== '') expect(words(message)).toMatch(cyrillic);
  });
});
