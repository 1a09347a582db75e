// Figures stand in columns where Telegram shows such, with their picture and their buttons in the same message. A server that does not know
// it, a chat that refuses it, and one without pictures lose nothing.
import { expect, test } from 'vitest';
import type { HandleEvent, Message } from '../../../src/chat/event.ts';
import type { TelegramMessage } from '../../support/telegram-words.ts';
import { saved, payloadOf, png, setScene } from './scene.ts';

const figures: Message = {
  text: 'digits-1 – 98.1 %, shipped',
  table: {
    title: 'Models of 0–9',
    head: ['version', 'in tests'],
    rows: [
      ['▶ digits-2', '98.4 %'],
      ['digits-1', '98.1 %'],
    ],
    beneath: 'People taught me these as well:',
  },
  keyboard: [[{ text: 'ABC', payload: payloadOf({ do: 'choose', what: 'stats', value: 'latin' }) }]],
};
const chart = { png: () => png, alt: 'a chart', role: 'chart' } as const;
const answers =
  (message: Message): HandleEvent =>
  (event) =>
    Promise.resolve([event.kind === 'press' ? { kind: 'edit', message: saved } : { kind: 'message', message }]);

const asked = async (message: Message = figures) => {
  const scene = await setScene(answers(message));
  const olena = scene.fake.user();
  const chat = scene.fake.private(olena);
  const ask = async (in_ = chat): Promise<TelegramMessage> => {
    const before = scene.fake.said(in_).length;
    scene.fake.sendText(in_, olena, in_.type === 'private' ? '/stats' : '/stats@inkloop_bot');
    return scene.fake.until('the figures', () => scene.fake.said(in_)[before]);
  };
  return { ...scene, olena, chat, ask };
};
const kinds = ({ rich_message: rich }: TelegramMessage): readonly unknown[] | undefined =>
  rich?.blocks.map(({ type }) => type);

test('a table with its title, its picture and its buttons is one message', async () => {
  const { fake, chat, ask } = await asked({ ...figures, pictures: [chart] });
  const said = await ask();
  expect(kinds(said)).toEqual(['heading', 'photo', 'table', 'paragraph']);
  const cells = said.rich_message?.blocks[2]?.['cells'] as { text: string; is_header?: boolean; align: string }[][];
  expect(cells.map((row) => row.map(({ text }) => text))).toEqual([
    ['version', 'in tests'],
    ['▶ digits-2', '98.4 %'],
    ['digits-1', '98.1 %'],
  ]);
  expect(cells[0]?.every(({ is_header }) => is_header === true)).toBe(true);
  expect(cells[1]?.map(({ align }) => align)).toEqual(['left', 'right']);
  expect(fake.buttons(said).map(({ text }) => text)).toEqual(['ABC']);
  expect(fake.said(chat)).toHaveLength(1);
});

test('a button under it edits it like any message', async () => {
  const { fake, olena, ask } = await asked();
  const said = await ask();
  await fake.press(said, 'ABC', olena).answer();
  await fake.until('the edit', () => said.text === saved.text);
  expect(said.rich_message).toBeUndefined();
});

test('in a group it answers who asked, in their topic', async () => {
  const { fake, olena } = await asked();
  const group = fake.group({ forum: true });
  const topic = fake.topic(group);
  const sent = fake.sendText(group, olena, '/stats@inkloop_bot', { topic });
  const said = await fake.waitForReply(sent);
  expect([kinds(said)?.length, said.message_thread_id]).toEqual([3, topic]);
});

test('an older server is asked once, and gets the text and the picture', async () => {
  const { fake, ask } = await asked({ ...figures, pictures: [chart] });
  fake.state.older = true;
  const said = await ask();
  expect([said.caption, said.photo?.length]).toEqual([figures.text, 3]);
  const before = fake.callsOf('sendRichMessage').length;
  expect((await ask()).caption).toBe(figures.text);
  expect(fake.callsOf('sendRichMessage')).toHaveLength(before);
});

test('a chat that refuses it gets the text, is not asked again, and no other chat suffers', async () => {
  const { fake, ask } = await asked();
  const group = fake.group();
  fake.fail('sendRichMessage', { kind: 'error', code: 400, description: 'Bad Request: RICH_MESSAGE_FORBIDDEN' });
  expect((await ask(group)).text).toBe(figures.text);
  expect((await ask(group)).text).toBe(figures.text);
  expect(fake.callsOf('sendRichMessage')).toHaveLength(1);
  expect(kinds(await ask())).toEqual(['heading', 'table', 'paragraph']);
});

test('a server that is unwell for a while has refused nothing', async () => {
  const { fake, chat, ask } = await asked();
  fake.fail('sendRichMessage', { kind: 'drop', when: 'before' }, 3);
  expect((await ask()).text).toBe(figures.text);
  expect(kinds(await ask())).toEqual(['heading', 'table', 'paragraph']);
  expect(fake.said(chat)).toHaveLength(2);
});

test.each(['no-rights', 'forbidden', 'not-found', 'too-large'] as const)(
  'where pictures are not taken (%s), the table is',
  async (how) => {
    const { fake, chat, ask } = await asked({ ...figures, pictures: [chart] });
    await ask();
    fake.refuseMedia(chat, how);
    expect(kinds(await ask())).toEqual(['heading', 'table', 'paragraph']);
    fake.refuseMedia(chat, undefined);
    expect(kinds(await ask())).toEqual(['heading', 'photo', 'table', 'paragraph']);
  },
);

test('more rows than Telegram takes are said as text', async () => {
  const rows = Array.from({ length: 600 }, (_, at) => [String(at), 'x']);
  const { fake, ask } = await asked({ ...figures, table: { title: 'Many', rows } });
  expect((await ask()).text).toBe(figures.text);
  expect(fake.callsOf('sendRichMessage')).toEqual([]);
});

test('who blocked the bot is gone, with a table as without', async () => {
  const { fake, chat, platform, ask } = await asked();
  await ask();
  fake.forbid(chat, 'bot was blocked by the user');
  expect(await platform.send({ chat: chat.id }, figures)).toBe('gone');
});
