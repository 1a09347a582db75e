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

/** A visitor of their own: fresh cookies, phone width unless told otherwise. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: phone,
    hasTouch: true,
    locale: 'en-GB',
    // What it keeps is tested by itself: here each request goes to the server.
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.locator('#alphabet').waitFor();
  return page;
}

/** Draws one stroke on the sheet with the mouse; points are parts of the sheet's height, from the left and top of its middle square. */
export async function draw(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  // It is folded away while a question is open.
  const unfold = page.locator('#draw');
  if (await unfold.isVisible()) await unfold.click();
  const box = await page.locator('#pad').boundingBox();
  if (box === null) throw new Error('there is no sheet to draw on');
  for (const [index, [x, y]] of points.entries()) {
    const at = [box.x + box.width / 2 + (x - 0.5) * box.height, box.y + y * box.height] as const;
    await page.mouse.move(...at, { steps: index === 0 ? 1 : 8 });
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

export function drawSeven(page: Page): Promise<void> {
  return draw(page, [
    [0.25, 0.2],
    [0.75, 0.2],
    [0.45, 0.85],
  ]);
}
