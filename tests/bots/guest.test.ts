// The bot asked as a guest, with the whole product: read in the asker's own alphabet, answered by them alone, agreed to in place, kept
// once, and after a restart as before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnJpeg, drawnRow } from '../support/digit-set.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram, type FakeTelegram } from '../support/telegram.ts';

const PATIENCE_MS = 60_000;

describe('a guest', { timeout: 120_000 }, () => {
  let telegram: FakeTelegram;
  let product: Product;
  const start = (dataDir?: string): Promise<Product> =>
    startProduct({
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      ...(dataDir !== undefined && { DATA_DIR: dataDir }),
    });
  beforeAll(async () => {
    telegram = await startFakeTelegram();
    telegram.state.guests = true;
    product = await start();
  });
  afterAll(async () => {
    await product.stop();
    await telegram.close();
    removeDataDir(product.dataDir);
  });

  test('reads a photo where it is no member, and learns from who asked, also after a restart', async () => {
    const [ann, ben] = [telegram.user('Ann', 'en'), telegram.user('Ben', 'en')];
    const group = telegram.group({ foreign: true });
    const sent = telegram.sendPhoto(group, ann, await drawnJpeg('7', { seed: 3, side: 400 }), {
      caption: '@inkloop_bot',
    });
    const answer = await telegram.waitForReply(sent, PATIENCE_MS);
    await telegram.until('the reading', () => answer.text?.startsWith('I read 7') === true, PATIENCE_MS);
    expect(await telegram.press(answer, '✓ 7', ben).answer(PATIENCE_MS)).toMatchObject({
      text: expect.stringContaining('Only') as string,
    });
    await product.stop();
    product = await start(product.dataDir);
    telegram.press(answer, '✓ 7', ann);
    const agree = (): boolean => telegram.buttons(answer).some(({ text }) => text === 'Agree and save');
    await telegram.until('the question', agree, PATIENCE_MS);
    telegram.press(answer, 'Agree and save', ann);
    await telegram.until('thanks', () => answer.text?.includes('Saved: 7') === true, PATIENCE_MS);
    expect(telegram.said(group)).toHaveLength(1);
    // Alone with the bot it is theirs, and what they take back there stands in the other chat as well.
    const home = telegram.private(ann);
    telegram.sendText(home, ann, '/undo');
    await telegram.waitForMessage(home, ({ text }) => text?.includes('7') === true, PATIENCE_MS);
    await telegram.until('the question again', () => answer.text?.startsWith('I read 7') === true, PATIENCE_MS);
    // A label that is sent as a reply to what it said there.
    const thanks = telegram.sendText(group, ann, '1', { replyTo: answer });
    await telegram.waitForReply(thanks, PATIENCE_MS);
    await telegram.until('the correction', () => answer.text?.includes('1') === true, PATIENCE_MS);
    expect(product.output()).not.toMatch(/error|warn/i);
  });

  test('a photo of several is answered by its words, with a button for each and one for all', async () => {
    const cat = telegram.user('Cat', 'en');
    const group = telegram.group({ foreign: true });
    const sent = telegram.sendPhoto(group, cat, await drawnRow(['2', '7', '4']), { caption: '@inkloop_bot' });
    const answer = await telegram.waitForReply(sent, PATIENCE_MS);
    const says = (text: string): Promise<boolean> =>
      telegram.until(text, () => answer.text?.includes(text) === true, PATIENCE_MS);
    await says('2 7 4');
    expect(telegram.buttons(answer).map(({ text }) => text)).toEqual(['1 2', '2 7', '3 4', '✓ all right (3)']);
    telegram.press(answer, '2 7', cat);
    await says('2: I read 7');
    telegram.press(answer, '✓ 7', cat);
    await telegram.until('the question', () => telegram.buttons(answer).some(({ text }) => text === 'Agree and save'));
    telegram.press(answer, 'Agree and save', cat);
    await telegram.until('the rest', () => telegram.buttons(answer).some(({ text }) => text === '✓ the rest (2)'));
    telegram.press(answer, '✓ the rest (2)', cat);
    await says('All 3 are saved');
    expect(telegram.said(group)).toHaveLength(1);
  });
});
