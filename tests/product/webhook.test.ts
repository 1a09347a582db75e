// Telegram by webhook: its calls come in over the page's server, with the secret, and are answered like polled ones.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnJpeg } from '../support/digit-set.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram, type FakeTelegram } from '../support/telegram.ts';

const SECRET = 'a-secret-of-24-characters';
let fake: FakeTelegram;
let product: Product;

beforeAll(async () => {
  fake = await startFakeTelegram();
  product = await startProduct({
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.apiRoot,
    TELEGRAM_WEBHOOK_URL: 'https://bot.example/telegram/webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
  });
  await product.says('telegram: up');
});
afterAll(async () => {
  await product.stop();
  await fake.close();
  removeDataDir(product.dataDir);
});

const post = (body: unknown, secret: string): Promise<Response> =>
  fetch(`${product.url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify(body),
  });

test('an update with the secret is answered, one without it is not let in', async () => {
  const user = fake.user('Ann', 'en');
  const chat = fake.private(user);
  const photo = fake.sendPhoto(chat, user, await drawnJpeg('7', { seed: 1, side: 300 }));
  const update = { update_id: 1_000_001, message: photo };
  expect((await post(update, 'wrong-wrong-wrong-wrong')).status).toBe(401);
  expect((await post(update, SECRET)).status).toBe(200);
  const answer = await fake.waitForReply(photo);
  expect(answer.text).toContain('7');
  expect(fake.callsOf('setWebhook')).toHaveLength(1);
});
