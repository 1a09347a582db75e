// The real browser the page's tests open, sealed off from everything but the machine itself.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findProgram } from '../../support/needs.ts';

export const phone = { width: 360, height: 740 };

export function launch(): Promise<Browser> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) throw new Error('chromium is not installed');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A visitor of their own: fresh cookies, phone width unless told otherwise. Anything the page logs as an error fails the test. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: phone, hasTouch: true, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.locator('#commands button').first().waitFor();
  return page;
}

/** Draws a 7 on the sheet with the mouse. */
export async function drawSeven(page: Page): Promise<void> {
  const box = await page.locator('#pad').boundingBox();
  if (box === null) throw new Error('there is no sheet to draw on');
  const at = (x: number, y: number) =>
    [box.x + box.width / 2 + (x - 0.5) * box.height, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.25, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.75, 0.2), { steps: 6 });
  await page.mouse.move(...at(0.45, 0.85), { steps: 8 });
  await page.mouse.up();
}
