// In groups the bot speaks only when spoken to.
import { expect, test } from 'vitest';
import { photo, prediction, question, setScene, simple } from './scene.ts';

test('a photo in a group is none of its business, unless its caption names the bot', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ hearsAll: true });
  fake.sendPhoto(group, olena, photo);
  fake.sendPhoto(group, olena, photo, { caption: 'see @other_bot' });
  fake.sendText(group, olena, 'good morning');
  const sent = fake.sendPhoto(group, olena, photo, { caption: '@Inkloop_Bot 7' });
  await fake.waitForReply(sent);
  expect(events).toMatchObject([{ kind: 'photo', caption: '7', chat: { id: String(group.id), kind: 'group' } }]);
  expect(fake.said(group)).toHaveLength(1);
});

test('an album whose first photo names the bot is meant for it as a whole, where it gets the whole', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ hearsAll: true });
  const album = [{ caption: '@inkloop_bot' }, {}, {}].map((more) =>
    fake.sendPhoto(group, olena, photo, { album: 'g1', ...more }),
  );
  const [first] = album;
  if (first === undefined) throw new Error('there is a first');
  await fake.waitForReply(first);
  expect(events).toMatchObject([{ kind: 'photo', further: [expect.anything(), expect.anything()] }]);
});

test("/read under somebody's photo reads that photo, for whoever asked", async () => {
  const { fake, events } = await setScene(simple);
  const [olena, taras] = [fake.user('Olena'), fake.user('Taras')];
  const group = fake.group();
  const theirs = fake.sendPhoto(group, olena, photo);
  fake.sendText(group, taras, '/read', { replyTo: theirs });
  const answer = await fake.waitForReply(theirs);
  expect(answer.text).toBe(question.text);
  expect(events).toMatchObject([{ kind: 'photo', person: { id: String(taras.id) } }]);

  fake.sendText(group, taras, '/read@inkloop_bot 7', { replyTo: theirs });
  fake.sendText(group, taras, '@inkloop_bot', { replyTo: theirs });
  await fake.until('three answers', () => fake.said(group).length === 3);
  expect(events.map((event) => event.kind === 'photo' && event.author)).toEqual(Array(3).fill(String(olena.id)));
  // Behind /read stands a label or nothing.
  expect(events.map((event) => event.kind === 'photo' && event.meantAsLabel)).toEqual([undefined, true, undefined]);
  expect(events.map((event) => event.kind === 'photo' && event.caption)).toEqual([undefined, '7', undefined]);
});

test('/read under a photo quoted from another chat reads it, and answers the one who asked', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group();
  const elsewhere = fake.sendPhoto(fake.group(), fake.user(), photo);
  const asked = {
    message_id: 70,
    date: 0,
    chat: group,
    from: olena,
    external_reply: { origin: { type: 'hidden_user', sender_user_name: 'x', date: 0 }, photo: elsewhere.photo },
    text: '/read',
    entities: [{ type: 'bot_command', offset: 0, length: 5 }],
  };
  fake.sendUpdate({ message: asked });
  await fake.waitForMessage(group);
  expect(events).toMatchObject([{ kind: 'photo', person: { id: String(olena.id) }, address: { reply: 70 } }]);
  // Who wrote it Telegram does not tell, or does.
  expect(events[0]).toMatchObject({ author: '' });
  const origin = { type: 'user', sender_user: { id: 4711, is_bot: false, first_name: 'x' }, date: 0 };
  fake.sendUpdate({ message: { ...asked, message_id: 71, external_reply: { ...asked.external_reply, origin } } });
  await fake.until('the other', () => events.length === 2);
  expect(events[1]).toMatchObject({ kind: 'photo', author: '4711' });
});

test('/read under no photo is answered with what it is for', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group();
  expect((await fake.waitForReply(fake.sendText(group, olena, '/read'))).text).toMatch(/photo that this replies to/);
  expect(events).toEqual([]);
});

test('commands: ours with or without our name, never those of another bot', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group({ hearsAll: true });
  fake.sendText(group, olena, '/help@other_bot');
  fake.sendText(group, olena, '/weather');
  fake.sendText(group, olena, 'see /help');
  await fake.waitForReply(fake.sendText(group, olena, '/HELP@Inkloop_bot  me please '));
  await fake.waitForReply(fake.sendText(group, olena, '/help'));
  await fake.waitForReply(fake.sendText(group, olena, '/weather@inkloop_bot'));
  expect(events.map((event) => event.kind === 'command' && [event.name, event.rest])).toEqual([
    ['help', 'me please'],
    ['help', ''],
    ['weather', ''],
  ]);
});

test('a word in reply to an answer says which prediction it is about', async () => {
  const { fake } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group();
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  const word = fake.sendText(group, olena, 'ж', { replyTo: answer });
  expect((await fake.waitForReply(word)).text).toBe(`text ж about ${prediction}`);
});

test('a word to the bot alone is about nothing; its bare name asks for help', async () => {
  const { fake } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group();
  const word = fake.sendText(group, olena, 'hello @inkloop_bot');
  expect((await fake.waitForReply(word)).text).toBe('text hello about nothing');
  expect((await fake.waitForReply(fake.sendText(group, olena, '@inkloop_bot'))).text).toBe('command help');
});

test('in a topic the answer stays in the topic, and only there is a thread kept', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const forum = fake.group({ forum: true });
  const topic = fake.topic(forum);
  const sent = fake.sendPhoto(forum, olena, photo, { caption: '@inkloop_bot', topic });
  expect((await fake.waitForReply(sent)).message_thread_id).toBe(topic);
  expect(events[0]?.address).toEqual({ chat: forum.id, thread: topic, reply: sent.message_id });

  const group = fake.group();
  // A reply in a plain group carries a thread's id that nothing can be sent to.
  fake.sendUpdate({
    message: {
      message_id: 77,
      date: 0,
      chat: group,
      from: olena,
      message_thread_id: 12,
      text: '/help',
      entities: [{ type: 'bot_command', offset: 0, length: 5 }],
    },
  });
  await fake.waitForMessage(group);
  expect(events[1]?.address).toEqual({ chat: group.id, reply: 77 });
});

test('a message in a topic that the bot opened is not therefore spoken to the bot', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const forum = fake.group({ forum: true, hearsAll: true });
  const topic = fake.topic(forum);
  const opening = {
    message_id: topic,
    date: 0,
    chat: forum,
    from: fake.state.me,
    forum_topic_created: { name: 'ink' },
  };
  fake.sendText(forum, olena, 'among ourselves', { topic, replyTo: opening });
  await fake.waitForReply(fake.sendText(forum, olena, '/help', { topic, replyTo: opening }));
  expect(events).toHaveLength(1);
});

test('who is admin is asked of Telegram when it matters, and remembered', async () => {
  const asked: boolean[] = [];
  const { fake } = await setScene(async (event) => {
    asked.push(await event.chat.isChatAdmin(), await event.chat.isChatAdmin());
    return simple(event);
  });
  const [teacher, pupil] = [fake.user('Teacher'), fake.user('Pupil')];
  const group = fake.group({ admins: [teacher] });
  await fake.waitForReply(fake.sendText(group, teacher, '/help'));
  await fake.waitForReply(fake.sendText(group, pupil, '/help'));
  expect(asked).toEqual([true, true, false, false]);
  expect(fake.callsOf('getChatMember')).toHaveLength(2);
});

test('an admin who hides behind the group speaks as the group', async () => {
  const admins: boolean[] = [];
  const { fake, events } = await setScene(async (event) => {
    admins.push(await event.chat.isChatAdmin());
    return simple(event);
  });
  const group = fake.group();
  fake.sendUpdate({
    message: {
      message_id: 5,
      date: 0,
      chat: group,
      from: { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
      sender_chat: group,
      text: '/help',
      entities: [{ type: 'bot_command', offset: 0, length: 5 }],
    },
  });
  await fake.waitForMessage(group);
  expect(events[0]?.person.id).toBe(String(group.id));
  expect(admins).toEqual([true]);
});

test("edited messages, channels' posts, their copies in groups, and other bots are passed over", async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const group = fake.group();
  const channel = { id: -100777, type: 'channel', title: 'News' };
  const command = { text: '/help', entities: [{ type: 'bot_command', offset: 0, length: 5 }], date: 0, message_id: 9 };
  fake.sendUpdate({ edited_message: { ...command, chat: group, from: olena } });
  fake.sendUpdate({ channel_post: { ...command, chat: channel, sender_chat: channel } });
  fake.sendUpdate({
    message: {
      ...command,
      chat: group,
      from: { id: 777000, is_bot: false, first_name: 'Telegram' },
      sender_chat: channel,
      is_automatic_forward: true,
    },
  });
  fake.sendUpdate({ message: { ...command, chat: group, from: { id: 5, is_bot: true, first_name: 'Other' } } });
  fake.sendUpdate({
    message: { message_id: 10, date: 0, chat: group, from: olena, new_chat_members: [fake.state.me] },
  });
  await fake.waitForReply(fake.sendText(group, olena, '/help'));
  expect(events).toHaveLength(1);
  expect(fake.callsOf('getUpdates')[0]?.payload['allowed_updates']).toEqual(['message', 'callback_query']);
});

test('in private, what is no photo and no word is an empty word, answered with a hint', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, 'ї');
  await fake.waitForMessage(chat);
  const contents = ['voice', 'video', 'video_note', 'audio', 'sticker', 'contact', 'location', 'poll', 'dice'];
  for (const [index, content] of contents.entries()) {
    fake.sendUpdate({ message: { message_id: 50 + index, date: 0, chat, from: olena, [content]: { file_id: 'x' } } });
  }
  // A GIF comes as a document too; it is not fetched.
  const gif = { animation: { file_id: 'g' }, document: { file_id: 'g', mime_type: 'video/mp4' } };
  fake.sendUpdate({ message: { message_id: 90, date: 0, chat, from: olena, ...gif } });
  await fake.until('all answers', () => fake.said(chat).length === contents.length + 2);
  expect(events.map((event) => event.kind === 'text' && event.text)).toEqual(['ї', ...contents.map(() => ''), '']);
  expect(fake.callsOf('getFile')).toEqual([]);
  // In a group the same things are none of its business, even as a reply to it.
  const group = fake.group();
  const ours = await fake.waitForReply(fake.sendText(group, olena, '/help'));
  const sticker = { sticker: { file_id: 's' }, reply_to_message: ours };
  fake.sendUpdate({ message: { message_id: 91, date: 0, chat: group, from: olena, ...sticker } });
  await fake.waitForReply(fake.sendText(group, olena, '/help'));
  expect(events).toHaveLength(contents.length + 4);
});
