// The page opened inside Telegram, with the whole product: the visitor is who they are in the chat, and nobody by a forged or an old word.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { WireReply } from '../../bots/web/wire.ts';
import { drawnJpeg, drawnPng } from '../support/digit-set.ts';
import { needs } from '../support/needs.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram, type FakeTelegram } from '../support/telegram.ts';
import { initDataOf } from '../support/telegram-init-data.ts';
import type { User } from '../support/telegram-words.ts';
import { launch, visit } from './web/browser.ts';
import { arrive, eventsOf } from './web/client.ts';

const PATIENCE_MS = 30_000;

describe('the page inside Telegram', { timeout: 120_000 }, () => {
  let telegram: FakeTelegram;
  let product: Product;
  let admin: User;
  beforeAll(async () => {
    telegram = await startFakeTelegram();
    admin = telegram.user('Owner', 'en');
    product = await startProduct({
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      PUBLIC_URL: 'https://ink.example',
      ADMINS: `telegram:${admin.id}`,
    });
  });
  afterAll(async () => {
    await product.stop();
    await telegram.close();
    removeDataDir(product.dataDir);
  });

  const shown = (user: User, at?: number): string => initDataOf(telegram.token, user, at);
  async function vouched(data: string) {
    const response = await fetch(`${product.url}/chat/vouched`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify({ by: 'telegram', shown: data }),
    });
    const cookie = response.headers.getSetCookie().join('; ');
    return { status: response.status, cookie, body: (await response.json()) as { code?: string; detail?: string } };
  }
  /** A request of a page that has this cookie. */
  async function asks(cookie: string, path: string, body?: object) {
    const response = await fetch(`${product.url}${path}`, {
      headers: { cookie: cookie.split(';')[0] ?? '', 'accept-language': 'en', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  test('who taught in the chat has taught on the page, and reads the same alphabet', async () => {
    const ann = telegram.user('Ann', 'en');
    const chat = telegram.private(ann);
    const sent = telegram.sendPhoto(chat, ann, await drawnJpeg('7', { seed: 3, side: 400 }));
    const asked = await telegram.waitForReply(sent, PATIENCE_MS);
    telegram.press(asked, '✓ 7', ann);
    await telegram.until('the question', () => telegram.buttons(asked).some(({ text }) => text === 'Agree and save'));
    telegram.press(asked, 'Agree and save', ann);
    await telegram.until('thanks', () => asked.text?.includes('Saved: 7'), PATIENCE_MS);
    const { status, cookie } = await vouched(shown(ann));
    expect(status).toBe(200);
    expect(cookie).toMatch(/HttpOnly; Secure; SameSite=None; Partitioned/);
    expect(await asks(cookie, '/chat/samples')).toMatchObject({ samples: [{ label: '7' }] });
    telegram.sendText(chat, ann, '/alphabet latin');
    await telegram.waitForMessage(chat, ({ text }) => text?.includes('From now on') === true, PATIENCE_MS);
    const me = (await asks(cookie, '/chat/session')) as {
      operator: boolean;
      alphabets: { title: string; chosen: boolean }[];
    };
    expect(me.alphabets.find(({ chosen }) => chosen)?.title).toContain('ABC');
    expect(me.operator).toBe(false);
    // Taken back on the page, it is open again in the chat.
    const { replies } = (await asks(cookie, '/chat/text', { text: '/undo' })) as {
      replies: { message: { text: string } }[];
    };
    expect(replies[0]?.message.text).toBe('Taken back: 7.');
    await telegram.until('the question again', () => asked.text?.startsWith('I read 7') === true, PATIENCE_MS);
  });

  test('a photo that was sent on the page says what stands when it was answered in the chat', async () => {
    const eve = telegram.user('Eve', 'en');
    const chat = telegram.private(eve);
    telegram.sendText(chat, eve, '/start');
    await telegram.waitForMessage(chat, () => true, PATIENCE_MS);
    const { cookie } = await vouched(shown(eve));
    const page = await arrive(product.url, cookie.split(';')[0]);
    const [asked] = await page.say('/chat/photo', await drawnPng('7', { seed: 3, side: 400 }));
    const { id, message } = asked as Extract<WireReply, { kind: 'message' }>;
    const yes = message.keyboard?.flat().find(({ text }) => text === '✓ 7')?.payload ?? '';
    const [question] = await page.say('/chat/press', { payload: yes, message: id });
    const agree = (question as Extract<WireReply, { kind: 'edit' }>).message.keyboard?.flat()[0]?.payload ?? '';
    await page.say('/chat/press', { payload: agree, message: id });
    const told = eventsOf(product.url, page, 1);
    telegram.sendText(chat, eve, '/undo');
    await telegram.waitForMessage(chat, ({ text }) => text?.includes('Taken back') === true, PATIENCE_MS);
    expect((await told)[0]?.event).toMatchObject({
      kind: 'update',
      id,
      message: { text: expect.stringMatching(/^I read 7/) as string },
    });
  });

  test('a retrain that an operator starts there shows how it goes there, and its end is told in the chat as well', async () => {
    const chat = telegram.private(admin);
    telegram.sendText(chat, admin, '/start');
    await telegram.waitForMessage(chat, () => true, PATIENCE_MS);
    const { cookie } = await vouched(shown(admin));
    const page = await arrive(product.url, cookie.split(';')[0]);
    const [asked] = await page.say('/chat/photo', await drawnPng('7', { seed: 8, side: 400 }));
    const { id, message } = asked as Extract<WireReply, { kind: 'message' }>;
    await page.say('/chat/press', { payload: message.keyboard?.flat()[0]?.payload ?? '', message: id });
    const [started] = await page.say('/chat/text', { text: '/retrain' });
    const run = started as Extract<WireReply, { kind: 'message' }>;
    expect(run.live).toBe(true);
    const going = await eventsOf(product.url, page, 2);
    for (const { event } of going) expect(event).toMatchObject({ id: run.id, live: true });
    expect(new Set(going.map(({ event }) => (event['message'] as { text: string }).text)).size).toBe(2);
    const since = going.at(-1)?.id ?? '';
    await page.say('/chat/text', { text: '/cancel' });
    await telegram.waitForMessage(chat, ({ text }) => text?.includes('cancelled') === true, PATIENCE_MS);
    const [last] = (await eventsOf(product.url, page, 1, since)).slice(-1);
    expect(last?.event).toMatchObject({
      id: run.id,
      message: { text: expect.stringContaining('cancelled') as string },
    });
  });

  test('only who is in ADMINS by their Telegram id has an operator’s commands', async () => {
    const mine = await vouched(shown(admin));
    const { operator, commands } = (await asks(mine.cookie, '/chat/session')) as {
      operator: boolean;
      commands: { name: string }[];
    };
    expect([operator, commands.some(({ name }) => name === 'retrain')]).toEqual([true, true]);
    const theirs = await vouched(shown(telegram.user('Mallory', 'en')));
    expect(await asks(theirs.cookie, '/chat/session')).toMatchObject({ operator: false });
    const { replies } = (await asks(theirs.cookie, '/chat/text', { text: '/retrain' })) as {
      replies: { message: { text: string } }[];
    };
    expect(replies[0]?.message.text).toContain('Only operators');
  });

  test('a forged and an old word are refused in a sentence, and make nobody anybody', async () => {
    const mallory = telegram.user('Mallory', 'en');
    const forged = await vouched(shown(mallory).replace(String(mallory.id), String(admin.id)));
    expect([forged.status, forged.body.code]).toEqual([401, 'forged']);
    expect(forged.body.detail).toContain('open the page from the chat with the bot once more');
    expect((await vouched(shown(admin, Date.now() - 3 * 3_600_000))).body).toMatchObject({
      code: 'expired',
      detail: expect.stringContaining('too long ago') as string,
    });
    expect((await vouched(initDataOf('1:x', admin))).status).toBe(401);
    const good = await vouched(shown(mallory));
    const [name = '', value = ''] = (good.cookie.split(';')[0] ?? '').split('=');
    const made = `${name}=${value.replace(String(mallory.id), String(admin.id))}`;
    expect(await asks(made, '/chat/session')).toMatchObject({ operator: false });
  });

  test('it may stand in a frame of Telegram’s own client, and of nobody else', async () => {
    const { headers } = await fetch(product.url);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors https://web.telegram.org;');
    expect(headers.get('x-frame-options')).toBeNull();
  });

  describe.skipIf(needs('chromium'))('in the window', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser.close());

    test('the signed line leaves the address, and the commands are an operator’s', async () => {
      // Chromium takes localhost for secure, as it has to be for such a cookie.
      const url = product.url.replace('127.0.0.1', 'localhost');
      const page = await visit(browser, `${url}/#tgWebAppData=${encodeURIComponent(shown(admin))}&tgWebAppVersion=9.1`);
      await page.locator('#figures').waitFor();
      expect(page.url()).toBe(`${url}/`);
      await page.locator('#more').click();
      await page.getByRole('button', { name: 'Train a better model now' }).waitFor();
      const old = await visit(browser, `${url}/#tgWebAppData=${encodeURIComponent(shown(admin, 1e12))}`);
      await old.locator('#notice').filter({ hasText: 'opened too long ago' }).waitFor();
    });
  });
});
