// What the bot says, as Telegram shows it: lengths, pictures, files, buttons, and messages that change as work goes on.
import { describe, expect, test } from 'vitest';
import type { HandleEvent, Message } from '../../../src/chat/event.ts';
import type { ReplyAddress } from '../../../src/records/address.ts';
import { sayIn } from '../../../src/words/words.ts';
import { photo, png, setScene, simple } from './scene.ts';

const saying =
  (message: Message): HandleEvent =>
  () =>
    Promise.resolve([{ kind: 'message', message }]);

const chart = (alt: string) => ({ png: () => png, alt, role: 'chart' }) as const;
const button = (text: string, index = 0) => ({ text, payload: `l:AbCdEfGh-_12:${index}` });

test('a text too long for one message comes in several, the buttons under the last', async () => {
  const text = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
  const { fake } = await setScene(saying({ text, keyboard: [[button('go')]] }));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/help');
  await fake.waitForMessage(chat, (each) => each.reply_markup !== undefined);
  expect(
    fake
      .said(chat)
      .map((each) => each.text)
      .join(' '),
  ).toBe(text);
  expect(fake.said(chat).map((each) => each.reply_markup !== undefined)).toEqual([false, true]);
});

test('labels are text, never markup; no link is unfolded', async () => {
  const { fake } = await setScene(saying({ text: 'Saved: <b>_*`&[ https://example.org' }));
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/help');
  const said = await fake.waitForMessage(fake.private(olena));
  expect(said.text).toBe('Saved: <b>_*`&[ https://example.org');
  expect(fake.callsOf('sendMessage')[0]?.payload).toMatchObject({ link_preview_options: { is_disabled: true } });
  expect(fake.callsOf('sendMessage')[0]?.payload).not.toHaveProperty('parse_mode');
});

test('rows of more than 8 buttons are broken, and a hundred is the most', async () => {
  const row = Array.from({ length: 110 }, (_, index) => button(`${index}`, index));
  const { fake } = await setScene(saying({ text: 'Which?', keyboard: [row] }));
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/help');
  const said = await fake.waitForMessage(fake.private(olena));
  expect(fake.buttons(said).map((each) => each.text)).toEqual(row.slice(0, 100).map((each) => each.text));
  expect(said.reply_markup?.inline_keyboard.map((each) => each.length)).toEqual([...Array<number>(12).fill(8), 4]);
});

test('one chart carries the words; a text too long for a caption follows it', async () => {
  let text = 'Accuracy';
  const { fake } = await setScene((event) => saying({ text, pictures: [chart('Accuracy by version')] })(event));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/stats');
  expect(await fake.waitForMessage(chat)).toMatchObject({ caption: 'Accuracy', photo: expect.anything() });
  text = 'x'.repeat(1025);
  fake.sendText(chat, olena, '/stats');
  await fake.waitForMessage(chat, (each) => each.caption === 'Accuracy by version');
  expect(fake.said(chat)[1]).toMatchObject({ text });
});

describe.each(['not-found', 'no-rights', 'forbidden', 'too-large', 'never-answers'] as const)(
  'a reply is not lost because its picture is: %s',
  (how) => {
    const timing = { uploadMs: 150 };

    test.each([1, 3])('%i of them', async (count) => {
      const pictures = Array.from({ length: count }, (_, at) => chart(`Chart ${at}`));
      const { fake, log } = await setScene(saying({ text: 'Figures', pictures, keyboard: [[button('more')]] }), {
        timing,
      });
      const olena = fake.user();
      const chat = fake.group();
      fake.refuseMedia(chat, how);
      fake.sendText(chat, olena, '/stats');
      const said = await fake.waitForMessage(chat, (each) => each.text === 'Figures');
      expect(fake.buttons(said)).toHaveLength(1);
      await fake.until('the log', () => log.some((line) => line.includes('a picture could not be shown')));
      expect(fake.said(chat)).toEqual([said]);
    });

    test('what is told unasked is told', async () => {
      const { fake, platform } = await setScene(saying({ text: '' }), { timing });
      const chat = fake.group();
      fake.refuseMedia(chat, how);
      const decision = { text: 'The old model stays.', pictures: [chart('Proof')] };
      expect(await platform.send({ chat: chat.id }, decision)).toBe('sent');
      expect(fake.said(chat)).toMatchObject([{ text: 'The old model stays.' }]);
    });

    test('a message that is said anew ends with its words', async () => {
      const { fake, platform } = await setScene(saying({ text: 'storing' }), { timing });
      const olena = fake.user();
      const chat = fake.group();
      fake.refuseMedia(chat, how);
      fake.sendText(chat, olena, '/stats');
      const message = await fake.waitForMessage(chat);
      const promoted = { text: 'promoted', pictures: [chart('Proof')] };
      expect(await platform.revise({ chat: chat.id, message: message.message_id }, promoted)).toBe('edited');
      expect(message.text).toBe('promoted');
    });
  },
);

test('a reply is not lost because its buttons are: it is said and changed without them, and answered in writing', async () => {
  const refused = { kind: 'error', code: 400, description: 'Bad Request: REPLY_MARKUP_INVALID' } as const;
  const { fake, platform, events } = await setScene(saying({ text: 'Is it 7?', keyboard: [[button('✓ 7')]] }));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.fail('sendMessage', refused);
  const sent = fake.sendPhoto(chat, olena, photo);
  const said = await fake.waitForReply(sent);
  expect([said.text, fake.buttons(said)]).toEqual(['Is it 7?', []]);
  fake.fail('editMessageText', refused);
  const saved = { text: 'Saved: 7.', keyboard: [[button('undo')]] };
  expect(await platform.revise({ chat: chat.id, message: said.message_id }, saved)).toBe('edited');
  expect([said.text, fake.buttons(said)]).toEqual(['Saved: 7.', []]);
  fake.sendText(chat, olena, '7', { replyTo: sent });
  await fake.until('the word', () => events.some(({ kind }) => kind === 'text'));
  expect(events.at(-1)).toMatchObject({ kind: 'text', text: '7', repliesTo: `${chat.id}:${sent.message_id}` });
});

test('files that a chat forbids are told of, under the words', async () => {
  const files = [{ name: 'digits.zip', bytes: new Uint8Array([80, 75]) }];
  const { fake } = await setScene(saying({ text: 'Here it is', files }));
  const olena = fake.user();
  const chat = fake.group();
  fake.refuseMedia(chat, 'no-rights');
  fake.sendText(chat, olena, '/stats');
  await fake.waitForMessage(chat, (each) => each.text === sayIn('en')('file-not-sent'));
  expect(fake.said(chat)[0]).toMatchObject({ text: 'Here it is' });
});

test('the words with their buttons come first, then several charts together', async () => {
  const pictures = Array.from({ length: 4 }, (_, index) => chart(`Chart ${index}`));
  const { fake } = await setScene(saying({ text: 'Figures', pictures, keyboard: [[button('more')]] }));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/stats');
  await fake.waitForMessage(chat, (each) => each.caption === 'Chart 3');
  expect(fake.said(chat).map((each) => each.caption ?? each.text)).toEqual([
    'Figures',
    'Chart 0',
    'Chart 1',
    'Chart 2',
    'Chart 3',
  ]);
});

test('a chart that Telegram does not take as a photo comes as a file', async () => {
  const { fake } = await setScene(saying({ text: 'Long chart', pictures: [chart('Long')] }));
  fake.fail('sendPhoto', { kind: 'error', code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' });
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/stats');
  expect(await fake.waitForMessage(fake.private(olena))).toMatchObject({
    caption: 'Long chart',
    document: { file_name: 'chart.png' },
  });
});

test('files come as documents, under the words', async () => {
  const bytes = new Uint8Array([80, 75, 3, 4, 13, 10, 13, 10, 45, 45]);
  const { fake } = await setScene(saying({ text: 'Here it is', files: [{ name: 'digits.zip', bytes }] }));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/export');
  const said = await fake.waitForMessage(chat, (each) => each.document !== undefined);
  expect(said.document).toMatchObject({ file_name: 'digits.zip' });
  expect(Buffer.from(bytes).equals(fake.state.files.get(said.document?.file_id ?? '')?.bytes ?? Buffer.of())).toBe(
    true,
  );
  expect(fake.said(chat).map((each) => each.text)).toEqual(['Here it is', undefined]);
});

test('a file above what Telegram takes is told of, under the words', async () => {
  const files = [{ name: 'digits.zip', bytes: Buffer.alloc(51 * 1024 * 1024) }];
  const { fake, log } = await setScene(saying({ text: 'Here it is', files }));
  const olena = fake.user('Olena', 'uk');
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/export');
  await fake.waitForMessage(chat, (each) => each.text === sayIn('uk')('telegram-file-too-large'));
  expect(fake.said(chat)).toHaveLength(2);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('a message of ours is said anew, by whoever comes next as well, until it is deleted', async () => {
  const handles: ReplyAddress[] = [];
  const queued = { text: 'queued', live: true };
  const { fake, platform } = await setScene(() =>
    Promise.resolve([{ kind: 'message', message: queued, said: (handle) => void handles.push(handle) }]),
  );
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/retrain');
  const message = await fake.waitForMessage(chat);
  await fake.until('what it is called', () => handles.length === 1);
  // What a store keeps.
  const handle = JSON.parse(JSON.stringify(handles[0])) as ReplyAddress;
  expect(await platform.revise(handle, { text: '40 %' })).toBe('edited');
  expect(message.text).toBe('40 %');
  await platform.stop(1000);
  const { platform: next } = await setScene(simple, { fake });
  expect(await next.revise(handle, { text: '40 %' })).toBe('edited');
  const end = { text: 'promoted', pictures: [chart('Proof')], keyboard: [[button('undo')]] };
  expect(await next.revise(handle, end)).toBe('edited');
  expect(message).toMatchObject({ caption: 'promoted', photo: expect.anything() });
  expect(fake.said(chat)).toEqual([message]);
  expect(fake.buttons(message)).toHaveLength(1);
  // It holds a picture now, which nobody told whoever kept what it is called.
  expect(await next.revise(handle, { text: 'taken back' })).toBe('edited');
  expect(message.caption).toBe('taken back');
  fake.deleteMessage(message);
  expect(await next.revise(handle, { text: 'too late' })).toBe('lost');
  expect(await next.revise({ visitor: 'a' }, { text: 'not ours' })).toBe('lost');
});

test('an edit that does not work now may work later; where nobody is any more it never will', async () => {
  const { fake, platform } = await setScene(saying({ text: 'queued' }));
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/retrain');
  const message = await fake.waitForMessage(chat);
  const handle = { chat: chat.id, message: message.message_id };
  fake.fail('editMessageText', { kind: 'drop', when: 'before' }, 3);
  await expect(platform.revise(handle, { text: 'done' })).rejects.toThrow('Telegram did not take an edit');
  fake.fail('editMessageText', { kind: 'drop', when: 'before' }, 2);
  expect(await platform.revise(handle, { text: 'done' })).toBe('edited');
  fake.fail('editMessageText', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: group chat was upgraded',
    movedTo: -1009,
  });
  expect(await platform.revise(handle, { text: 'moved' })).toBe('lost');
  fake.forbid(chat, 'bot was blocked by the user');
  expect(await platform.revise(handle, { text: 'blocked' })).toBe('lost');
});

test('what changes as work goes on is edited as seldom as a chat bears', async () => {
  const { platform } = await setScene(simple);
  const group = platform.pace({ chat: -1001, message: 5 });
  // About 20 a minute in all, and others speak there, too.
  expect(60_000 / group.ms).toBeLessThanOrEqual(10);
  expect(platform.pace({ chat: -1001, message: 6 }).chat).toBe(group.chat);
  expect(platform.pace({ chat: 1001, message: 5 }).ms).toBeLessThan(group.ms);
});
