// The page as somebody meets it: words instead of commands, what lies over it for a moment, and that it can be read and reached by all.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { needs } from '../../support/needs.ts';
import { drawSeven, launch, visit } from './browser.ts';
import { picture, pretend, type Pretended } from './pretend.ts';

const seven = Buffer.from(await picture('7'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(needs('chromium'))('the face of the page', () => {
  let browser: Browser;
  let house: Pretended;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    house = await pretend();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await house.close();
  });

  const last = (page: Page): Locator => page.locator('#log .message').last();
  const shows = (where: Locator, text: string | RegExp) => where.filter({ hasText: text }).waitFor();
  const answers = () => [...house.answers.values()].map(({ label }) => label);
  async function read(page: Page): Promise<void> {
    await drawSeven(page);
    await page.locator('#send').click();
    await last(page).locator('.keyboard').waitFor();
  }

  /** What axe-core finds. Its script is the inspector's: the page's own rules would not let it in. */
  async function violations(page: Page): Promise<readonly string[]> {
    // What fades in is not yet what is read.
    await page.evaluate('Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})))');
    await page.evaluate(axe);
    const found = await page.evaluate<readonly Violation[]>(
      'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  /** Words that do not fit into what they stand in, or hang over its edge, or are nearer to one side of their button. */
  const misfits = (page: Page) =>
    page.evaluate(`[...document.querySelectorAll('button, summary, h2, #say input')].filter((each) => each.checkVisibility())
      .flatMap((each) => {
        const outer = each.getBoundingClientRect();
        if (outer.left < -0.5 || outer.right > innerWidth + 0.5) return ['outside: ' + each.outerHTML];
        const range = document.createRange();
        range.selectNodeContents(each);
        const inner = range.getBoundingClientRect();
        if (each.tagName === 'INPUT' || inner.width === 0) return [];
        if (inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5 || each.scrollWidth > each.clientWidth + 1)
          return ['clipped: ' + each.outerHTML];
        const { justifyContent, textAlign } = getComputedStyle(each);
        const centred = each.tagName === 'BUTTON' && textAlign === 'center' && !/between|start/.test(justifyContent);
        const off = Math.abs((inner.left - outer.left) - (outer.right - inner.right));
        return centred && off > 4 ? ['off-centre by ' + off + ': ' + each.outerHTML] : [];
      })`);

  const openMenu = async (page: Page): Promise<void> => {
    await page.locator('#more').click();
    await page.locator('#menu').waitFor();
  };

  /** Every view there is, one after another. */
  async function* views(page: Page) {
    yield 'fresh';
    await drawSeven(page);
    yield 'drawn';
    await page.locator('#send').click();
    await last(page).locator('.keyboard').waitFor();
    yield 'read';
    await last(page).locator('.keyboard button').last().click();
    await last(page).locator('.keyboard .row').nth(1).waitFor();
    yield 'what else it may be';
    await last(page).locator('.keyboard button').first().click();
    await expect.poll(answers).not.toContain(undefined);
    yield 'answered';
    await page.locator('#figures').click();
    await page.locator('#log .picture.chart').last().waitFor();
    yield 'figures';
    await page.locator('#help').click();
    await page.locator('#log .text a').last().waitFor();
    yield 'help, with its commands';
    await page.locator('#alphabet').click();
    yield 'alphabets';
    await page.keyboard.press('Escape');
    await page.locator('#samples').click();
    await page.locator('.tiles button').first().waitFor();
    yield 'gallery';
    await page.locator('.tiles button').first().click();
    await page.locator('#gallery .one .keyboard').waitFor();
    yield 'one sample';
    await page.keyboard.press('Escape');
    await page.locator('#files').setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
    await page.locator('#cut').waitFor();
    yield 'cutting';
    await page.keyboard.press('Escape');
    await openMenu(page);
    yield 'more';
    // Out, and to the way back in.
    await page.locator('#operator').click();
    await page.locator('#operator-commands button').first().waitFor({ state: 'detached' });
    await openMenu(page);
    await page.locator('#operator').click();
    await page.locator('#login').waitFor();
    yield 'logging in';
  }

  test.each([
    ['en-GB', 'light', 1280, 800],
    ['uk-UA', 'dark', 390, 844],
    ['ja-JP', 'light', 768, 1024],
    ['uk-UA', 'light', 320, 568],
    ['ja-JP', 'dark', 320, 568],
    ['en-GB', 'dark', 320, 568],
  ] as const)(
    'is accessible and clips no word in %s, %s, %i px, in each view',
    // A dozen views, and axe-core looks at each.
    { timeout: 180_000 },
    async (locale, colorScheme, width, height) => {
      const page = await visit(browser, house.web.logInLink() ?? '', {
        locale,
        colorScheme,
        viewport: { width, height },
      });
      await page.locator('#notice:not(:empty)').waitFor();
      for await (const view of views(page)) {
        expect(await violations(page), view).toEqual([]);
        expect(await misfits(page), view).toEqual([]);
      }
    },
  );

  test('the field for text is few Tab stops away, and one from the first', async () => {
    const page = await visit(browser, house.url);
    const focused = () => page.evaluate('document.activeElement?.id');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('text');
    await page.reload();
    await page.locator('#examples').waitFor();
    let stops = 0;
    do {
      await page.keyboard.press('Tab');
      stops += 1;
    } while ((await focused()) !== 'text' && stops < 30);
    // The way here, the alphabet, the conversation, two examples, a row of tools, a row of words.
    expect(stops).toBe(8);
    // The arrow keys go through a row.
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('samples');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('help');
    await page.keyboard.press('End');
    expect(await focused()).toBe('more');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('text');
  });

  test('words do what commands did, and say themselves', async () => {
    const page = await visit(browser, house.url);
    await page.locator('#help').click();
    await shows(last(page), 'Send a photo of one handwritten character');
    expect(await page.locator('.message.me').allInnerTexts()).toEqual(['Help']);
    await page.locator('#figures').click();
    await expect.poll(() => house.events.length).toBe(2);
    expect(house.events.map((event) => event.kind === 'command' && event.name)).toEqual(['help', 'me']);
    await openMenu(page);
    await page.getByRole('button', { name: 'Choose the language' }).click();
    await expect.poll(() => house.events.length).toBe(3);
    expect(await page.locator('#menu').isVisible()).toBe(false);
    expect(await page.locator('#operator-commands button').count()).toBe(0);
  });

  test('operators find theirs behind one door', async () => {
    const page = await visit(browser, house.web.logInLink() ?? '');
    await page.locator('#figures').click();
    await page.getByRole('img', { name: 'Samples a label' }).waitFor();
    await openMenu(page);
    await page.getByRole('button', { name: 'Train a better model now' }).click();
    await shows(last(page), 'proven better');
  });

  test('the alphabet is chosen in the header, and typed commands change what stands there', async () => {
    const page = await visit(browser, house.url);
    const header = page.locator('#alphabet');
    await shows(header, '0–9');
    await header.click();
    await page.getByRole('button', { name: 'カタカナ' }).click();
    await shows(header, 'カタカナ');
    await shows(page.locator('#notice'), 'From now on');
    expect(await header.getAttribute('aria-label')).toBe('Alphabet: カタカナ');
    // Of this alphabet there are no examples.
    await page.locator('#examples').waitFor({ state: 'hidden' });
    expect(await page.locator('.message').count()).toBe(0);
  });

  test('the sheet folds away when something was read, and is back once that was answered', async () => {
    const page = await visit(browser, house.url);
    const sheet = page.locator('.sheet');
    await read(page);
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Draw', exact: true }).click();
    await sheet.waitFor();
    await read(page);
    await sheet.waitFor({ state: 'hidden' });
    await last(page).getByRole('button', { name: /^✓/ }).click();
    await sheet.waitFor();
  });

  test.each(['uk-UA', 'ja-JP', 'en-GB'])('on a four-inch screen the examples are seen at once (%s)', async (locale) => {
    const page = await visit(browser, house.url, { locale, viewport: { width: 320, height: 568 } });
    await page.locator('#examples img').last().waitFor();
    const [log, examples] = [await page.locator('#log').boundingBox(), await page.locator('#examples').boundingBox()];
    if (log === null || examples === null) throw new Error('nothing to see');
    expect(examples.y).toBeGreaterThan(log.y);
    expect(examples.y + examples.height).toBeLessThanOrEqual(log.y + log.height);
    const hint = await page.locator('.sheet').boundingBox();
    expect(hint?.height).toBeGreaterThanOrEqual(110);
  });

  test('the sheet stays, and is large, on a wide screen', async () => {
    const page = await visit(browser, house.url, { viewport: { width: 1280, height: 800 } });
    await read(page);
    const box = await page.locator('.sheet').boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(400);
  });

  test('who draws the next one while the first is read is not interrupted', async () => {
    const page = await visit(browser, house.url);
    house.weather.photoDelayMs = 600;
    await drawSeven(page);
    await page.locator('#send').click();
    await drawSeven(page);
    await last(page).locator('.keyboard').waitFor();
    expect(await page.locator('.sheet').isVisible()).toBe(true);
    expect(await page.locator('#send').isVisible()).toBe(true);
  });

  test('an example can be tapped, and its answer has nothing to answer', async () => {
    const page = await visit(browser, house.url);
    await page.getByRole('button', { name: 'Example 2' }).click();
    await shows(last(page), 'only an example');
    expect(await last(page).locator('.keyboard').count()).toBe(0);
    expect(house.events).toEqual([]);
  });

  test('what I taught can be looked at, taken back and corrected', async () => {
    const page = await visit(browser, house.url);
    await page.locator('#samples').click();
    await shows(page.locator('#gallery'), 'You have not taught me anything yet');
    await page.keyboard.press('Escape');
    await read(page);
    await last(page).getByRole('button', { name: /^✓/ }).click();
    await shows(last(page), 'Saved: 7');
    await page.locator('#samples').click();
    const one = page.locator('#gallery .one');
    await page.locator('.tiles').getByRole('button', { name: '7' }).click();
    await one.getByRole('button', { name: 'undo' }).click();
    await shows(one, 'I read 7');
    expect(answers()).toEqual([undefined]);
    await one.getByRole('button', { name: 'no, something else' }).click();
    await one.getByRole('button', { name: 'it is 1' }).click();
    await shows(one, 'Saved: 1');
    await page.getByRole('button', { name: '‹ back' }).click();
    await page.locator('.tiles').getByRole('button', { name: '1' }).waitFor();
    expect(answers()).toEqual(['1']);
  });

  async function sent(): Promise<{ width: number; height: number; bytes: Uint8Array }> {
    await expect.poll(() => house.events.length).toBe(1);
    const event = house.events[0];
    if (event?.kind !== 'photo') throw new Error('no photo came');
    const sharp = (await import('sharp')).default;
    const { width, height } = await sharp(event.bytes).metadata();
    return { width, height, bytes: event.bytes };
  }

  test('a picture is turned and cut before it is sent', async () => {
    const page = await visit(browser, house.url);
    const sharp = (await import('sharp')).default;
    const wide = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#fff' } })
      .composite([{ input: await sharp(seven).resize(200, 200).toBuffer(), left: 0, top: 0 }])
      .png()
      .toBuffer();
    await page.locator('#files').setInputFiles({ name: 'wide.png', mimeType: 'image/png', buffer: wide });
    await page.getByRole('button', { name: 'Turn', exact: true }).click();
    // A quarter to the right: what was left is above. The lower half goes, by finger and by key.
    const box = await page.locator('.stage canvas').boundingBox();
    if (box === null) throw new Error('nothing to cut');
    expect(box.height / box.width).toBeCloseTo(2, 1);
    const corner = await page.locator('.frame [data-edges="right bottom"]').boundingBox();
    if (corner === null) throw new Error('no corner');
    const [x, y] = [corner.x + corner.width / 2, corner.y + corner.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - box.height * 0.48, { steps: 5 });
    await page.mouse.up();
    await page.locator('.frame [data-edges="right bottom"]').press('ArrowUp');
    await page.locator('#cut .go').click();
    const { width, height, bytes } = await sent();
    expect(width).toBe(200);
    expect(height / width).toBeCloseTo(1, 1);
    // The bar of the 7 lay above; now it stands at the right.
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    const inkOf = (from: number, to: number): number =>
      data.filter((grey, at) => grey < 100 && at % info.width >= from && at % info.width < to).length;
    expect(inkOf(100, 200)).toBeGreaterThan(2 * inkOf(0, 60));
  });

  test('what is not changed is sent as it was chosen, and what is closed is not sent', async () => {
    const page = await visit(browser, house.url);
    const files = page.locator('#files');
    await files.setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
    await page.locator('#cut').waitFor();
    await page.keyboard.press('Escape');
    await files.setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
    // The way on has the focus.
    await page.locator('#cut .go:focus').waitFor();
    await page.keyboard.press('Enter');
    expect(Buffer.from((await sent()).bytes).equals(seven)).toBe(true);
    expect(await page.locator('.message.me').count()).toBe(1);
  });

  test('what was drawn is light on dark in the dark, a photo stays as it is', async () => {
    const page = await visit(browser, house.url, { colorScheme: 'dark' });
    const filterOf = (images: string, at = 0) =>
      page.evaluate<string>(`getComputedStyle(document.querySelectorAll('${images}')[${at}]).filter`);
    const mine = '.message.me img';
    await read(page);
    expect(await filterOf(mine)).toContain('invert');
    expect(await filterOf('.picture.glyph img')).toContain('invert');
    await page.locator('#files').setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
    await page.locator('#cut .go').click();
    await page.locator(mine).nth(1).waitFor();
    expect(await filterOf(mine, 1)).toBe('none');
    await page.reload();
    await page.locator(mine).nth(1).waitFor();
    expect(await filterOf(mine, 0)).toContain('invert');
    expect(await filterOf(mine, 1)).toBe('none');
  });

  test('begins anew and says what that did', async () => {
    const page = await visit(browser, house.url);
    await read(page);
    await openMenu(page);
    await page.getByRole('button', { name: 'Start anew' }).click();
    await shows(page.locator('#notice'), 'What you taught me stays');
    expect(await page.locator('.message').count()).toBe(0);
  });

  test('a phone is shown the way, where it gets through', async () => {
    const page = await visit(browser, house.url);
    await openMenu(page);
    expect(await page.locator('#phone-open').isVisible()).toBe(false);
    await house.close();
    house = await pretend({ host: '0.0.0.0' });
    const open = await visit(browser, house.url);
    const { phone } = await open.evaluate<{ phone: string | null }>(
      "fetch('/chat/session').then((each) => each.json())",
    );
    // A machine without a network has no way to itself.
    if (phone === null) return;
    await openMenu(open);
    await open.getByRole('button', { name: 'Open on a phone' }).click();
    await open.getByRole('link', { name: phone }).waitFor();
    await expect.poll(() => open.evaluate("document.querySelector('#phone img').naturalWidth")).toBeGreaterThan(0);
  });

  test('weighs little', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async (response) => {
      bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
    });
    await page.goto(house.url);
    await page.locator('#examples').waitFor();
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
  });
});
