// A group that becomes a supergroup has another number for Telegram, and is the same chat for the product.
import { expect, test } from 'vitest';
import { photo, question, saved, setScene, simple } from './scene.ts';

test.each([{ unheard: false }, { unheard: true }])(
  'a supergroup is the chat it was, whether its move was heard of or came to light when something was said: %o',
  async ({ unheard }) => {
    const { fake, platform, events } = await setScene(simple);
    const olena = fake.user();
    const group = fake.group({ basic: true });
    await fake.waitForReply(fake.sendText(group, olena, '/help'));
    const supergroup = fake.upgrade(group, olena, { unheard });
    expect(await platform.send({ chat: group.id, reply: 1 }, question)).toBe('sent');
    await fake.waitForReply(fake.sendText(supergroup, olena, '/help'));
    expect(events.map(({ chat }) => chat.id)).toEqual([String(group.id), String(group.id)]);
    // Where to answer later is where the chat is now.
    expect(events.at(-1)?.address).toMatchObject({ chat: supergroup.id });
    // What quoted a message of the old chat quotes nothing in the new one, whose messages have the same numbers.
    expect(fake.said(supergroup).map((each) => each.reply_to_message?.message_id)).toEqual([undefined, 3]);
  },
);

test('photos with the number of an older message are photos of their own', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ basic: true });
  const ask = { caption: '@inkloop_bot' };
  const before = fake.sendPhoto(group, olena, photo, ask);
  await fake.waitForReply(before);
  const supergroup = fake.upgrade(group, olena);
  let after = fake.sendPhoto(supergroup, olena, photo, ask);
  while (after.message_id < before.message_id) after = fake.sendPhoto(supergroup, olena, photo, ask);
  await fake.waitForReply(after);
  const keys = events.map((event) => (event.kind === 'photo' ? event.key : undefined));
  expect(new Set(keys).size).toBe(keys.length);
});

test('a press under a message that stayed in the old group is answered in the new one', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ basic: true, admins: [olena] });
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  const supergroup = fake.upgrade(group, olena);
  await fake.press(answer, '✓ 7', olena).answer();
  const said = await fake.waitForMessage(supergroup);
  expect(said.text).toBe(saved.text);
  expect(await events.at(-1)?.chat.isChatAdmin()).toBe(true);
});

test('an admin who hides behind the group is the same somebody afterwards', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ basic: true });
  await fake.waitForReply(fake.sendText(group, olena, '/help'));
  const supergroup = fake.upgrade(group, olena);
  const from = { id: 1087968824, is_bot: true, first_name: 'Group' };
  fake.sendUpdate({
    message: {
      message_id: 50,
      date: 0,
      chat: supergroup,
      from,
      sender_chat: supergroup,
      text: '/help',
      entities: [{ type: 'bot_command', offset: 0, length: 5 }],
    },
  });
  await fake.until('the second command', () => events.length === 2);
  expect(events.at(-1)?.person.id).toBe(String(group.id));
});
