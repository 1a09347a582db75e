import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alphabetOf } from '../../../src/alphabet/alphabet.ts';
import { specFromText } from '../../../src/alphabet/own.ts';
import { otherKeyboard } from '../../../src/chat/keyboards.ts';
import { sayIn } from '../../../src/words/words.ts';
import { needs } from '../../support/needs.ts';
import { drawSeven, launch, phone, visit } from './browser.ts';
import { byToken, LINK_SECRET, picture, pretend, type Pretended, TOKEN } from './pretend.ts';

const seven = Buffer.from(await picture('7'));

describe.skipIf(needs('chromium'))('the page in a browser', () => {
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

  const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
  const operatorLink = () => house.web.logInLink() ?? '';
  const answers = () => [...house.answers.values()].map(({ label }) => label);
  const last = (page: Page) => page.locator('.message').last();
  const command = async (page: Page, text: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  };
  /** What operators may do is behind a door. */
  const operators = (page: Page) => page.locator('#operator-commands button');
  const shows = (where: Locator, text: string | RegExp) => where.filter({ hasText: text }).waitFor();
  const reads = (page: Page) => shows(last(page), 'I read 7');

  test('reads a drawing, takes a correction, thanks, and takes it back', async () => {
    const page = await visit(browser, house.url);
    expect(await button(page, 'Read this').isVisible()).toBe(false);
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
    await page.getByRole('img', { name: 'The character as I saw it' }).waitFor();
    expect(await button(page, 'Clear').isVisible()).toBe(false);
    await last(page).getByRole('button', { name: 'no, something else' }).click();
    await last(page).getByRole('button', { name: 'other…' }).click();
    await last(page).getByRole('button', { name: 'it is 5' }).click();
    await shows(last(page), 'Thank you for the correction');
    expect(answers()).toEqual(['5']);
    await last(page).getByRole('button', { name: 'undo' }).click();
    await reads(page);
    expect(answers()).toEqual([undefined]);
    await last(page).getByRole('button', { name: 'no, something else' }).click();
    await last(page).getByRole('button', { name: 'not a character' }).click();
    await shows(last(page), 'Noted: not a character');
    expect(answers()).toEqual([null]);
    expect(await page.locator('.message').count()).toBe(2);
  });

  test('a command that a sentence names is a tap away, and nothing else is', async () => {
    const page = await visit(browser, house.url);
    await command(page, 'what now? see /api/v1 and a/me');
    await shows(last(page), 'Send me a photo of handwriting');
    expect(await page.locator('.message a').allInnerTexts()).toEqual(['/help']);
    await last(page).getByRole('link', { name: '/help' }).click();
    await shows(last(page), 'Every answer teaches me');
    expect(house.events.map((event) => (event.kind === 'command' ? event.name : event.kind))).toEqual(['text', 'help']);
    expect(page.url()).not.toContain('#');
    // In any of our languages, and beside a full stop.
    const found =
      await page.evaluate(`import(new URL('message.js', document.querySelector('script[type=module]').src)).then(({ textOf }) =>
      ['забрати назад: /privacy.', '一覧は /contributors です。', '（/settings）', '読みます。/sheetで', 'http://x/help /v1/x'].map((text) =>
        [...(textOf({ text }, () => {})?.querySelectorAll('a') ?? [])].map((each) => each.textContent).join()))`);
    expect(found).toEqual(['/privacy', '/contributors', '/settings', '/sheet', '']);
  });

  test('sends what was drawn: black on white, in the dark too', async () => {
    const page = await visit(browser, house.url, { colorScheme: 'dark', deviceScaleFactor: 3 });
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
    const event = house.events[0];
    if (event?.kind !== 'photo') throw new Error('no photo came');
    const sharp = (await import('sharp')).default;
    const { data, info } = await sharp(event.bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect(info.height).toBe(480);
    expect(data[0]).toBe(255);
    const dark = data.reduce((sum, grey) => sum + (grey < 64 ? 1 : 0), 0) / data.length;
    expect(dark).toBeGreaterThan(0.01);
    expect(dark).toBeLessThan(0.2);
  });

  test('undoes a stroke and clears the sheet', async () => {
    const page = await visit(browser, house.url);
    const ink = () =>
      page.evaluate(`(() => {
        const pad = document.querySelector('#pad');
        return pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data.filter((value) => value > 0).length;
      })()`);
    await drawSeven(page);
    const one = await ink();
    expect(one).toBeGreaterThan(0);
    await drawSeven(page);
    await button(page, 'Undo stroke').click();
    expect(await ink()).toBe(one);
    await drawSeven(page);
    await button(page, 'Clear').click();
    expect(await ink()).toBe(0);
    expect(await button(page, 'Undo stroke').isVisible()).toBe(false);
  });

  test('works with nothing but a keyboard', async () => {
    const page = await visit(browser, house.url);
    const chooser = page.waitForEvent('filechooser');
    const focusOn = async (name: string) => {
      for (let tabs = 0; tabs < 30; tabs += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(
          '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent)?.trim()',
        );
        if (focused === name) return;
      }
      throw new Error(`Tab does not reach ${name}`);
    };
    await focusOn('Picture');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
    await page.locator('#cut .go:focus').waitFor();
    await page.keyboard.press('Enter');
    await reads(page);
    // The answer has the focus: its buttons are next.
    await focusOn('✗, no, something else');
    await page.keyboard.press('Enter');
    await shows(last(page), 'Which one is it?');
    await focusOn('other…');
    await page.keyboard.press('Enter');
    await last(page).getByRole('button', { name: 'it is 3' }).waitFor();
    expect(await page.evaluate('document.activeElement?.closest(".keyboard") !== null')).toBe(true);
    await focusOn('3, it is 3');
    await page.keyboard.press('Space');
    await shows(last(page), 'Saved: 3');
    expect(answers()).toEqual(['3']);
    await page.keyboard.press('Enter');
    await reads(page);
    expect(answers()).toEqual([undefined]);
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('/help');
    await page.keyboard.press('Enter');
    await shows(last(page), 'Send a photo of one handwritten character, or of several');
  });

  test('takes several pictures one after another: chosen, dropped and pasted', async () => {
    const page = await visit(browser, house.url);
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Picture').click();
    const files = ['one.png', 'two.png'].map((name) => ({ name, mimeType: 'image/png', buffer: seven }));
    await (await chooser).setFiles(files);
    await page.locator('.message.bot').nth(1).waitFor();
    const bytes = [...seven];
    for (const kind of ['drop', 'paste']) {
      // A string, because this runs in the browser: the file is made there.
      await page.evaluate(`(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(${JSON.stringify(bytes)})], '${kind}.png', { type: 'image/png' }));
        const event = '${kind}' === 'drop'
          ? new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      })()`);
      await page.locator('#cut .go').click();
    }
    await page.locator('.message.bot').nth(3).waitFor();
    expect(house.events.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'photo', 'photo']);
  });

  test('says what is wrong with a picture', async () => {
    const page = await visit(browser, house.url);
    await page
      .locator('#files')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await shows(last(page), 'This is not a picture I can open');
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(21 * 1024 * 1024)], 'huge.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    await shows(last(page), 'huge.png is too large');
    expect(house.events).toHaveLength(1);
  });

  test('shows a retrain as it goes, and the proof at its end', async () => {
    const page = await visit(browser, operatorLink());
    house.weather.untilSeen = new Promise((resolve) => {
      house.seen = resolve;
    });
    await command(page, '/retrain');
    await last(page).getByRole('progressbar').waitFor();
    await shows(last(page), 'Run 1: 40 %');
    house.seen();
    await shows(last(page), 'proven better');
    expect(await last(page).getByRole('progressbar').count()).toBe(0);
    await button(page, 'Enlarge: Proof card: digits-2').click();
    await page.getByRole('dialog').getByRole('img', { name: 'Proof card: digits-2' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('hears an announcement without asking', async () => {
    const page = await visit(browser, house.url);
    await page.getByRole('textbox', { name: 'Message' }).fill('hello');
    await page.keyboard.press('Enter');
    await shows(last(page), 'Send me a photo');
    await house.web.send(house.events[0]?.address ?? {}, { text: 'A better model answers now.' });
    await shows(last(page), 'A better model answers now.');
  });

  test('keeps the conversation through a reload, and its buttons work', async () => {
    const page = await visit(browser, house.url);
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
    await page.reload();
    await reads(page);
    expect(await page.locator('.message').count()).toBe(2);
    await button(page, /^✓/).click();
    await shows(last(page), 'Saved: 7');
    expect(answers()).toEqual(['7']);
    await page.locator('#more').click();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.reload();
    await page.locator('#alphabet').waitFor();
    expect(await page.locator('.message').count()).toBe(0);
  });

  test('begins anew while pictures wait: they are not sent, and nobody is told off for them', async () => {
    const page = await visit(browser, house.url);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/chat/photo', async (route) => {
      await held;
      await route.continue();
    });
    const files = ['one.png', 'two.png'].map((name) => ({ name, mimeType: 'image/png', buffer: seven }));
    await page.locator('#files').setInputFiles(files);
    await page.locator('.message.me').nth(1).waitFor();
    await page.locator('#more').click();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await drawSeven(page);
    await button(page, 'Read this').click();
    release();
    await page.locator('.message.bot').nth(1).waitFor();
    expect(await page.locator('.message.bot').allInnerTexts()).toEqual([
      expect.stringContaining('I read 7'),
      expect.stringContaining('I read 7'),
    ]);
    expect(house.events).toHaveLength(2);
  });

  test('shows the last buttons whole when less room is left for them', async () => {
    const page = await visit(browser, house.url, { viewport: { width: 360, height: 640 } });
    for (let photo = 1; photo <= 2; photo += 1) {
      await page.locator('#files').setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
      await page.locator('#cut .go').click();
      await page
        .locator('.message.bot')
        .nth(photo - 1)
        .waitFor();
    }
    // Asked anew each time: the page forbids the eval by which waitForFunction would ask again.
    const hidden = (): Promise<number> =>
      page.locator('#log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
    const atTheEnd = (): Promise<void> => expect.poll(hidden, { timeout: 10_000 }).toBeLessThan(2);
    await atTheEnd();
    // As when a phone's keyboard opens.
    await page.setViewportSize({ width: 360, height: 560 });
    await atTheEnd();
    await page.reload();
    // An empty log hides nothing: first the conversation is back.
    await page.locator('.message.bot').nth(1).waitFor();
    await page.locator('#alphabet').waitFor();
    await atTheEnd();
  });

  test('begins a row on the right where people read from there', async () => {
    const hebrew = alphabetOf(specFromText('אבג', { id: 'hebrew' }));
    const asked = { id: 'AAAAAAAAAAAA', candidates: [], outcome: 'no-model' } as const;
    const keyboard = otherKeyboard(asked, hebrew, sayIn('en'));
    await house.close();
    house = await pretend({
      handle: () => Promise.resolve([{ kind: 'message', message: { text: 'Which?', keyboard } }]),
    });
    const page = await visit(browser, house.url);
    await page.getByRole('textbox', { name: 'Message' }).fill('?');
    await page.keyboard.press('Enter');
    await button(page, '‹ back').waitFor();
    const buttons = last(page).locator('.row').first().getByRole('button');
    // In the order of the alphabet for whoever hears them or tabs through them.
    expect(await buttons.allTextContents()).toEqual(['א', 'ב', 'ג']);
    const places = await Promise.all([0, 1, 2].map(async (nth) => (await buttons.nth(nth).boundingBox())?.x ?? 0));
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  });

  test('says so when the connection is lost, and sends nothing twice', async () => {
    const page = await visit(browser, house.url);
    const lost: string[] = [];
    // The picture arrives, but its answer does not: the page cannot know that it did.
    await page.route('**/chat/photo', async (route) => {
      if (lost.length >= 2) return route.continue();
      lost.push(route.request().headers()['idempotency-key'] ?? '');
      if (lost.length === 1) await route.fetch();
      return route.abort('connectionfailed');
    });
    await drawSeven(page);
    await button(page, 'Read this').click();
    await shows(page.locator('.message.me'), 'Waiting for the connection…');
    await shows(page.locator('#connection'), 'No connection');
    await reads(page);
    expect(lost[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(lost[1]).toBe(lost[0]);
    expect(house.events).toHaveLength(1);
    await shows(page.locator('#connection'), 'Connected again');
    expect(await page.locator('.message.me .state').count()).toBe(0);
  });

  test('finds its way back to a server that was restarted', async () => {
    const page = await visit(browser, operatorLink());
    house.weather.untilSeen = new Promise(() => undefined);
    await command(page, '/retrain');
    await last(page).getByRole('progressbar').waitFor();
    await house.close();
    await shows(page.locator('#connection'), 'No connection');
    const port = Number(new URL(house.url).port);
    house = await pretend({ port });
    await shows(page.locator('#connection'), 'Connected again');
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
  });

  test('lets the owner in by token, and out again', async () => {
    await house.close();
    house = await pretend(byToken);
    const page = await visit(browser, house.url);
    expect(await operators(page).count()).toBe(0);
    await page.locator('#more').click();
    await page.locator('#door summary').click();
    await button(page, 'Operator log-in').click();
    const token = page.getByLabel('The owner’s token');
    await token.fill('wrong');
    await page.keyboard.press('Enter');
    await shows(page.getByRole('alert'), 'not the owner’s token');
    await token.fill(TOKEN);
    await page.keyboard.press('Enter');
    await command(page, '/stats');
    await page.getByRole('img', { name: 'Samples a label' }).waitFor();
    expect(page.url()).not.toContain(TOKEN);
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.locator('#more').click();
    await button(page, 'Log out').click();
    await operators(page).first().waitFor({ state: 'detached' });
  });

  test('lets the operator in by the link that the start printed, which leaves the address bar', async () => {
    const asked: string[] = [];
    const context = await browser.newContext({ viewport: phone, locale: 'en-GB' });
    const page = await context.newPage();
    page.on('request', (request) => asked.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
    await page.goto(operatorLink());
    await shows(page.locator('#notice'), 'You may use the operator’s commands now');
    expect(page.url()).toBe(`${house.url}/`);
    expect(await page.evaluate('history.length')).toBe(2);
    expect(await page.evaluate('document.cookie')).toBe('');
    await command(page, '/retrain');
    await shows(last(page), 'proven better');
    await page.reload();
    await page.locator('#more').click();
    await button(page, 'Log out').click();
    await operators(page).first().waitFor({ state: 'detached' });
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((each) => each.includes(LINK_SECRET))).toEqual([]);
    // In a tab that shows the page already, browsers change the address without loading anything.
    await page.goto(operatorLink());
    await operators(page).first().waitFor({ state: 'attached' });
    expect(page.url()).toBe(`${house.url}/`);
  });

  test('says what to do with a link of an earlier start, and takes the new one where it is pasted', async () => {
    const old = operatorLink();
    const port = Number(new URL(house.url).port);
    await house.close();
    house = await pretend({ port, logIn: { by: 'link', secret: 'of-the-next-start' } });
    const page = await visit(browser, old);
    await shows(page.getByRole('alert'), 'This link lets nobody in any more');
    await shows(page.locator('#token-help'), 'To be its operator, open this link');
    expect(page.url()).toBe(`${house.url}/`);
    await page.getByLabel('The log-in link').fill(operatorLink());
    await page.keyboard.press('Enter');
    await operators(page).first().waitFor({ state: 'attached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
    // Whoever is in already may open the old one again.
    await page.goto(old);
    await shows(page.locator('#notice'), 'You may use the operator’s commands now');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('serves several visitors at once, each their own conversation', async () => {
    const pages = await Promise.all([1, 2, 3].map(() => visit(browser, house.url)));
    await Promise.all(
      pages.map(async (page, index) => {
        await page.locator('#files').setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: seven });
        await page.locator('#cut .go').click();
        await reads(page);
        await last(page)
          .getByRole('button', { name: index === 0 ? /^✓/ : 'no, something else' })
          .click();
        if (index > 0) await last(page).getByRole('button', { name: 'not a character' }).click();
        await shows(last(page), 'Thank you');
        expect(await page.locator('.message').count()).toBe(2);
      }),
    );
    expect(
      answers()
        .map(String)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['7', 'null', 'null']);
    expect(new Set([...house.answers.values()].map(({ owner }) => owner)).size).toBe(3);
  });

  test.each([
    ['a phone', phone],
    ['a small phone', { width: 320, height: 568 }],
    ['a desk', { width: 1280, height: 800 }],
  ])('fits %s: nothing sticks out, everything can be hit', async (_, viewport) => {
    const page = await visit(browser, house.url, { viewport });
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
    await last(page).getByRole('button', { name: 'no, something else' }).click();
    await last(page).getByRole('button', { name: 'other…' }).click();
    await last(page).getByRole('button', { name: 'it is 3' }).waitFor();
    expect(
      await page.evaluate(
        'document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight',
      ),
    ).toBe(true);
    const small =
      await page.evaluate(`[...document.querySelectorAll('#log .keyboard button, #tools button')].filter((each) => each.checkVisibility())
      .map((each) => each.getBoundingClientRect()).filter(({ width, height, left, right }) => width < 40 || height < 44 || left < 0 || right > innerWidth).length`);
    expect(small).toBe(0);
  });

  test('asks for nothing from anywhere else and breaks none of its own rules', async () => {
    const context = await browser.newContext({ viewport: phone, locale: 'uk-UA' });
    const page = await context.newPage();
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(house.url)) foreign.push(request.url());
    });
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(house.url);
    await page.locator('#alphabet').waitFor();
    await drawSeven(page);
    await button(page, 'Прочитати').click();
    await page.locator('.message.bot .keyboard').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('uk');
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('has a name for everything that can be used', async () => {
    const page = await visit(browser, house.url);
    await drawSeven(page);
    await button(page, 'Read this').click();
    await reads(page);
    const nameless = await page.evaluate(`[...document.querySelectorAll('button, input, a, img, canvas, [role]')]
      .filter((each) => each.checkVisibility() && !(each.getAttribute('aria-label') || each.alt || each.textContent.trim() || each.querySelector('img')?.alt || each.role === 'status' || each.role === 'alert'))
      .map((each) => each.outerHTML)`);
    expect(nameless).toEqual([]);
    expect(await page.getByRole('log').getAttribute('aria-live')).toBe('polite');
  });
});
