// The fake Telegram is worth something only where it is as strict as the real one: what it takes of a guest, and of a rich message.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeTelegram, type FakeTelegram } from './telegram.ts';
import type { Update } from './telegram-words.ts';

let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await startFakeTelegram();
  telegram.state.guests = true;
});
afterAll(() => telegram.close());

async function call(method: string, body: object) {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { ok: boolean; error_code?: number; description?: string; result?: object };
}

describe('a guest', () => {
  const article = (more: object = {}) => ({
    type: 'article',
    id: '1',
    title: 'x',
    input_message_content: { message_text: 'x' },
    ...more,
  });
  const asked = (): { query: string; chat: number } => {
    const [ann, chat] = [telegram.user('Ann'), telegram.group({ foreign: true })];
    telegram.sendText(chat, ann, '@inkloop_bot');
    const { guest_message } = telegram.updates.pending().at(-1) as Update & {
      guest_message: { guest_query_id: string };
    };
    return { query: guest_message.guest_query_id, chat: chat.id };
  };
  const answer = (query: string, result: object) => call('answerGuestQuery', { guest_query_id: query, result });

  test.each([
    ['without a title', article({ title: '' })],
    ['without an id', article({ id: '' })],
    ['with an id of 65 bytes', article({ id: 'x'.repeat(65) })],
    ['without words', article({ input_message_content: {} })],
    ['with too many words', article({ input_message_content: { message_text: 'x'.repeat(4097) } })],
    ['with an upload', { type: 'photo', id: '1', title: 'x', photo_url: 'attach://a' }],
    [
      'with a button that opens a page',
      article({ reply_markup: { inline_keyboard: [[{ text: 'x', web_app: { url: 'https://x.example' } }]] } }),
    ],
  ])('is refused an answer %s', async (_, result) => {
    expect(await answer(asked().query, result)).toMatchObject({ ok: false, error_code: 400 });
  });

  test('answers once, is heard only where it was named, and does nothing else there', async () => {
    const { query, chat } = asked();
    expect(await answer(query, article())).toMatchObject({ ok: true });
    expect(await answer(query, article())).toMatchObject({
      error_code: 400,
      description: 'Bad Request: QUERY_ID_INVALID',
    });
    expect(await answer('g1', article())).toMatchObject({ error_code: 400 });
    expect(await call('sendMessage', { chat_id: chat, text: 'x' })).toMatchObject({ error_code: 403 });
    expect(await call('editMessageText', { text: 'x' })).toMatchObject({ error_code: 400 });
    expect(await call('editMessageText', { inline_message_id: 'x', text: 'x' })).toMatchObject({ error_code: 400 });
    const before = telegram.updates.pending().length;
    telegram.sendText({ id: chat, type: 'supergroup' }, telegram.user('Ben'), 'not for the bot');
    expect(telegram.updates.pending()).toHaveLength(before);
  });
});

describe('a rich message is refused', () => {
  const heading = { type: 'heading', text: 'x', size: 3 };
  const cell = { text: 'x', align: 'left', valign: 'top' };
  const table = (rows: number, columns = 1) => ({
    type: 'table',
    cells: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)),
  });
  const say = (blocks: readonly object[], more: object = {}) => {
    const ann = telegram.user('Ann');
    const chat = telegram.private(ann);
    telegram.sendText(chat, ann, 'hello');
    return call('sendRichMessage', { chat_id: chat.id, rich_message: { blocks, ...more } });
  };

  test.each([
    ['without blocks', []],
    ['with a heading of no size', [{ ...heading, size: 7 }]],
    ['with a block that nobody knows', [{ type: 'chart' }]],
    ['with a cell that stands nowhere', [{ type: 'table', cells: [[{ text: 'x' }]] }]],
    ['with 21 columns', [table(1, 21)]],
    ['with 501 blocks', [table(501)]],
    ['with too many words', [{ type: 'paragraph', text: 'x'.repeat(32_769) }]],
    ['with a picture that is not there', [{ type: 'photo', photo: { type: 'photo', media: 'attach://a' } }]],
  ])('%s', async (_, blocks) => {
    expect(await say(blocks)).toMatchObject({ ok: false, error_code: 400 });
  });

  test('with a field that is none; and taken otherwise', async () => {
    expect(await say([heading], { text: 'x' })).toMatchObject({ error_code: 400 });
    expect(await say([heading, table(2, 20)])).toMatchObject({ ok: true });
  });
});
