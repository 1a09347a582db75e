// "other…" where an alphabet has too many labels to show at once: a window to write one in, or left empty, the list.
import { expect, test } from 'vitest';
import { encodeButton } from '../../../src/chat/buttons.ts';
import type { ChatEvent, Message, Reply } from '../../../src/chat/event.ts';
import { A, message, photo, startBot, startServer } from './bot.ts';

const other = encodeButton({ do: 'rows', prediction: A, page: 0 });
const asked: Message = { text: 'I read 7.', keyboard: [[{ text: 'other…', payload: other }]] };
const list: Message = {
  text: 'Which one is it?',
  keyboard: [[{ text: 'abcde', payload: encodeButton({ do: 'row', prediction: A, row: 0 }) }]],
};

async function opened(locale = 'en-US', long = true) {
  const answer = (event: ChatEvent): readonly Reply[] => {
    if (event.kind === 'press') return [{ kind: 'edit', message: list }];
    return [message(event.kind === 'text' ? { text: `typed ${event.text}` } : asked)];
  };
  const bot = await startBot({ answer, suggest: { inWriting: (prediction) => long && prediction === A } });
  const { discord } = bot;
  const user = discord.addUser(locale);
  const channel = discord.addChannel(discord.addGuild());
  const read = await discord.slash({ user, channel, name: 'read', files: { image1: photo } }).answered();
  return { ...bot, read, user, pressed: discord.press({ user, message: read, text: 'other…' }) };
}

test('what is written is a typed answer about that prediction, and only who wrote it sees the thanks', async () => {
  const { discord, events, pressed, user } = await opened();
  const { title, components } = await pressed.window();
  expect([title, components.map(({ label }) => label)]).toEqual(['Which one is it?', ['Write it here']]);
  const said = await discord.submit(pressed, { label: ' ж ' }).notice();
  expect(said).toMatchObject({ content: 'typed ж', onlyFor: user.id });
  expect(events.at(-1)).toMatchObject({ kind: 'text', text: 'ж', about: A, meantAsLabel: true });
  expect(discord.state.violations).toEqual([]);
});

test('left empty it leads to the list, in the message that was pressed', async () => {
  const { discord, events, pressed, read } = await opened('uk');
  expect((await pressed.window()).title).toBe('Який це символ?');
  await discord.submit(pressed).answered();
  expect(read.content).toBe('Which one is it?');
  expect(events.at(-1)).toMatchObject({ kind: 'press', payload: other, on: { message: read.id } });
  expect(discord.state.violations).toEqual([]);
});

test('a short alphabet is shown at once', async () => {
  const { read, pressed } = await opened('en-US', false);
  await pressed.answered();
  expect(pressed.record.modal).toBeUndefined();
  expect(read.content).toBe('Which one is it?');
});

test('the server takes no window after an acknowledgement, none that is too long, and none that is late', async () => {
  const discord = await startServer({ ackMs: 200 });
  const user = discord.addUser();
  const wrong = async (data: object, first?: object, waitMs = 0) => {
    const told = discord.state.addMessage({
      channel: discord.dmOf(user),
      author: discord.state.me,
      content: 'x',
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] }],
    });
    const { record } = discord.press({ user, message: told, text: 'x' });
    const call = (body: object) =>
      fetch(`${discord.apiUrl}/v10/interactions/${record.id}/${record.token}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    if (first !== undefined) await call(first);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return ((await (await call({ type: 9, data })).text()) || '{}').match(/"code":(\d+)/)?.[1];
  };
  const component = { type: 4, custom_id: 'label', style: 1 };
  const window = { custom_id: 'x', title: 'Which?', components: [{ type: 18, label: 'Here', component }] };
  expect(await wrong(window)).toBeUndefined();
  expect(await wrong(window, { type: 6 })).toBe('40060');
  expect(await wrong({ ...window, title: 'x'.repeat(46) })).toBe('50035');
  expect(await wrong({ ...window, custom_id: 'x'.repeat(101) })).toBe('50035');
  expect(await wrong(window, undefined, 300)).toBe('10062');
});
