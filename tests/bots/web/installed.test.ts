// The page once it is installed: it opens without a network, and what it kept never keeps the newer page away.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { needs } from '../../support/needs.ts';
import { drawSeven, launch, visit } from './browser.ts';
import { pretend, type Pretended } from './pretend.ts';

const page1 = fileURLToPath(new URL('../../../bots/web/page/', import.meta.url));

describe.skipIf(needs('chromium'))('an installed page', () => {
  let browser: Browser;
  let house: Pretended;
  let folder: string;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    house = await pretend();
    // As after an update: the same page, but for its title's colour.
    folder = mkdtempSync(join(tmpdir(), 'inkloop-page-'));
    cpSync(page1, folder, { recursive: true });
    const style = join(folder, 'style.css');
    writeFileSync(style, `${readFileSync(style, 'utf8')}\nh1 { color: rgb(1, 2, 3); }\n`);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await house.close();
    rmSync(folder, { recursive: true });
  });

  const install = async (): Promise<Page> => {
    const page = await visit(browser, house.url, { serviceWorkers: 'allow' });
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    return page;
  };
  const colour = (page: Page) => page.evaluate("getComputedStyle(document.querySelector('h1')).color");
  const update = async (): Promise<void> => {
    const port = Number(new URL(house.url).port);
    await house.close();
    house = await pretend({ port, pageFolder: pathToFileURL(`${folder}/`) });
  };

  test('has what browsers ask of one', async () => {
    const html = await (await fetch(house.url)).text();
    const at = /rel="manifest" href="([^"]+)"/.exec(html)?.[1] ?? '';
    const response = await fetch(house.url + at);
    expect(response.headers.get('content-type')).toBe('application/manifest+json');
    const manifest = (await response.json()) as { start_url: string; icons: { src: string; sizes: string }[] };
    expect(manifest.start_url).toBe('/');
    const sharp = (await import('sharp')).default;
    for (const { src, sizes } of manifest.icons) {
      const icon = await fetch(new URL(src, house.url + at));
      expect(icon.status).toBe(200);
      const { width, height } = await sharp(Buffer.from(await icon.arrayBuffer())).metadata();
      if (sizes !== 'any') expect(`${width}x${height}`).toBe(sizes);
    }
    expect((await fetch(house.url + at.replace('manifest.webmanifest', 'icon-513.png'))).status).toBe(404);
  });

  test('opens without a network, and what was drawn then is sent when there is one again', async () => {
    const page = await install();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('#connection').filter({ hasText: 'No connection' }).waitFor();
    await drawSeven(page);
    await page.locator('#send').click();
    await page.locator('.message.me').filter({ hasText: 'Waiting for the connection' }).waitFor();
    await page.context().setOffline(false);
    await page.locator('.message.bot').filter({ hasText: 'I read 7' }).waitFor();
    expect(house.events).toHaveLength(1);
  });

  test('is the new one at the first visit after an update', async () => {
    const page = await install();
    await page.goto('about:blank');
    await update();
    await page.goto(house.url);
    expect(await colour(page)).toBe('rgb(1, 2, 3)');
    // And without a network, too, once the new one is kept.
    const kept = `caches.keys().then((each) => each.join() + '/style.css' === document.querySelector('link[rel=stylesheet]').getAttribute('href'))`;
    await expect.poll(() => page.evaluate(kept), { timeout: 15_000 }).toBe(true);
    await page.context().setOffline(true);
    await page.reload();
    expect(await colour(page)).toBe('rgb(1, 2, 3)');
  });

  test('becomes the new one by itself where it stayed open, but not while somebody draws', async () => {
    const [idle, busy] = [await install(), await install()];
    await drawSeven(busy);
    // What it is told once it found the server again.
    const told = busy.waitForResponse('**/chat/session');
    await update();
    await expect.poll(() => colour(idle).catch(() => ''), { timeout: 20_000 }).toBe('rgb(1, 2, 3)');
    await told;
    expect(await colour(busy)).not.toBe('rgb(1, 2, 3)');
    await busy.locator('#send').click();
    await busy.locator('.message.bot').filter({ hasText: 'I read 7' }).waitFor();
  });
});
