// A class's group grows into a supergroup, with the whole product around it: what it had set and what was still open goes on.
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { drawnJpeg } from '../support/digit-set.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram } from '../support/telegram.ts';

let product: Product | undefined;
afterEach(async () => {
  await product?.stop();
  if (product !== undefined) removeDataDir(product.dataDir);
});

test.each([{ unheard: false }, { unheard: true }])(
  'a group that becomes a supergroup keeps its alphabet and its open questions: %o',
  { timeout: 120_000 },
  async ({ unheard }) => {
    const telegram = await startFakeTelegram();
    onTestFinished(() => telegram.close());
    const ann = telegram.user('Ann', 'en');
    const env = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
    product = await startProduct({ ...env, ADMINS: `telegram:${ann.id}` });
    await product.says('telegram: up');
    const group = telegram.group({ basic: true });
    const ask = { caption: '@inkloop_bot' };
    const photo = await drawnJpeg('7', { seed: 1, side: 400 });
    const question = await telegram.waitForReply(telegram.sendPhoto(group, ann, photo, ask));
    await telegram.waitForReply(telegram.sendText(group, ann, '/alphabet hiragana'));
    const before = await telegram.waitForReply(telegram.sendText(group, ann, '/alphabet'));
    const supergroup = telegram.upgrade(group, ann, { unheard });
    await telegram.press(question, '✓ 7', ann).answer();
    const saved = await telegram.waitForMessage(supergroup);
    expect(saved.text).toContain('Saved: 7');
    const after = await telegram.waitForReply(telegram.sendText(supergroup, ann, '/alphabet'));
    expect(after.text).toBe(before.text);
    expect(after.reply_markup).toEqual(before.reply_markup);
    expect(telegram.buttons(saved)).toHaveLength(1);
    await telegram.press(saved, telegram.buttons(saved)[0]?.text ?? '', ann).answer();
    await telegram.until('taken back', () => saved.text?.includes('Taken back'));
  },
);
