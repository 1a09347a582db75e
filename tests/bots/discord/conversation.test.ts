// A photo goes in, an answer with buttons comes out, a tap changes it: over every door that Discord has.
import { describe, expect, test } from 'vitest';
import { encodeButton } from '../../../src/chat/buttons.ts';
import type { Reply } from '../../../src/chat/event.ts';
import { sayIn } from '../../../src/words/words.ts';
import { choicesOf, flags, rowsOf, textOf } from '../../support/discord-words.ts';
import { A, B, message, photo, png, question, startBot } from './bot.ts';

const say = sayIn('en');
const glyph = { png: () => png, alt: 'a seven', role: 'glyph' } as const;
const manageServer = 1n << 5n;

describe('/read', () => {
  test('is acknowledged, answered with buttons, and a press edits the answer in place', async () => {
    const { discord, events } = await startBot({
      answer: (event) =>
        event.kind === 'press'
          ? [{ kind: 'edit', message: { text: 'Thank you! Saved: 7.' } }]
          : [message({ ...question(), pictures: [glyph] })],
    });
    const user = discord.addUser('uk');
    const run = discord.slash({ user, name: 'read', files: { image1: photo } });
    const answer = await run.answered();
    expect(textOf(answer)).toBe('I read 7. Was I right?');
    expect(choicesOf(answer).map(({ text }) => text)).toEqual(['✓ 7', '1', 'not a character']);
    expect(run.record.acknowledged).toMatchObject({ type: 5 });
    // A slash command does not show its picture to anybody, so the glyph is shown.
    expect(answer.attachments).toMatchObject([{ filename: 'glyph-1.png', description: 'a seven' }]);
    expect(events[0]).toMatchObject({
      kind: 'photo',
      person: { platform: 'discord', id: user.id, language: 'uk' },
      chat: { kind: 'private' },
      address: { user: user.id },
    });
    expect(events[0]).toHaveProperty('bytes', png);

    const press = discord.press({ user, message: answer, text: '✓ 7' });
    const edited = await press.answered();
    expect(edited).toBe(answer);
    expect(textOf(edited)).toBe('Thank you! Saved: 7.');
    expect(edited.components).toEqual([]);
    expect(edited.attachments).toHaveLength(1);
    expect(press.record.acknowledged).toMatchObject({ type: 6 });
    expect(events[1]).toMatchObject({
      kind: 'press',
      payload: encodeButton({ do: 'label', prediction: A, labelId: 7 }),
    });
    expect(discord.state.violations).toEqual([]);
  });

  test('takes several pictures and a label, and answers each picture', async () => {
    let number = 0;
    const { discord, events } = await startBot({ answer: () => [message({ text: `answer ${(number += 1)}` })] });
    const user = discord.addUser();
    const files = { image1: photo, image2: photo, image5: photo };
    const run = discord.slash({ user, name: 'read', files, options: { label: ' ж ' } });
    const answers = await run.messages(3);
    expect(answers.map(textOf)).toEqual(['answer 1', 'answer 2', 'answer 3']);
    expect(events).toMatchObject(Array.from({ length: 3 }, () => ({ kind: 'photo', caption: 'ж' })));
    const keys = events.map((event) => event.kind === 'photo' && event.key);
    expect(keys).toEqual([0, 1, 2].map((index) => `${run.record.id}:${index}`));
    expect(discord.state.violations).toEqual([]);
  });

  test('in a server is answered there, with who is an admin taken from the interaction', async () => {
    const { discord, events } = await startBot();
    const guild = discord.addGuild();
    const thread = discord.addChannel(guild, discord.addChannel(guild));
    const [user, admin] = [discord.addUser(), discord.addUser()];
    discord.grant(guild, admin, manageServer);
    await discord.slash({ user, channel: thread, name: 'read', files: { image1: photo } }).answered();
    await discord.slash({ user: admin, channel: thread, name: 'read', files: { image1: photo } }).answered();
    expect(discord.replies(thread)).toHaveLength(2);
    expect(events[0]).toMatchObject({ chat: { id: thread.id, kind: 'group' }, address: { channel: thread.id } });
    expect(await events[0]?.chat.isChatAdmin()).toBe(false);
    expect(await events[1]?.chat.isChatAdmin()).toBe(true);
  });
});

describe('the message menu', () => {
  test('reads the pictures of somebody’s message for the one who asks, without the glyph: the photo stands there', async () => {
    const { discord, events } = await startBot({ answer: () => [message({ ...question(), pictures: [glyph] })] });
    const channel = discord.addChannel(discord.addGuild());
    const [author, reader] = [discord.addUser(), discord.addUser('ja')];
    const posted = discord.say({ user: author, channel, text: 'look', files: [photo] });
    const run = discord.contextMenu({ user: reader, channel, name: 'Read handwriting', message: posted });
    const answer = await run.answered();
    expect(choicesOf(answer)).toHaveLength(3);
    expect(answer.attachments).toEqual([]);
    expect(events).toMatchObject([{ kind: 'photo', person: { id: reader.id, language: 'ja' } }]);
    // What somebody else wrote beside the picture is nobody's label.
    expect(events[0]).not.toHaveProperty('caption');
  });

  test('says whose message it is, and that its author did not hand it over, unless the owner may learn from messages', async () => {
    for (const learnFromMessages of [false, true]) {
      const { discord, events } = await startBot({ learnFromMessages });
      const channel = discord.addChannel(discord.addGuild());
      const [author, reader] = [discord.addUser(), discord.addUser()];
      const posted = discord.say({ user: author, channel, files: [photo] });
      for (const user of [reader, author])
        await discord.contextMenu({ user, channel, name: 'Read handwriting', message: posted }).answered();
      const [others, own] = events;
      expect(others).toMatchObject({ author: author.id, ...(learnFromMessages ? {} : { handedOver: false }) });
      if (learnFromMessages) expect(others).not.toHaveProperty('handedOver');
      // Who points at their own message hands it over.
      expect(own).toMatchObject({ author: author.id });
      expect(own).not.toHaveProperty('handedOver');
      // Nobody can agree for another bot's picture.
      const bots = { ...posted, author: { ...posted.author, bot: true } };
      await discord.contextMenu({ user: reader, channel, name: 'Read handwriting', message: bots }).answered();
      expect(events[2]).toMatchObject({ author: '' });
    }
  });

  test('on a message without a picture says what to do', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    const posted = discord.say({ user, text: '' });
    const run = discord.contextMenu({ user, name: 'Read handwriting', message: posted });
    expect(textOf(await run.answered())).toBe(say('discord-no-picture'));
    expect(events).toEqual([]);
  });
});

describe('what concerns only who pressed', () => {
  const asks: readonly Reply[] = [
    {
      kind: 'edit',
      alone: true,
      message: { text: 'Teach me?', keyboard: [[{ text: 'Agree', payload: 's:language:en' }]] },
    },
  ];

  test('is whispered in a server, beside the question, which stays; a tap there changes the whisper', async () => {
    const saved: readonly Reply[] = [{ kind: 'edit', message: { text: 'Saved.' } }];
    const { discord, events } = await startBot({
      answer: (event) =>
        event.kind !== 'press' ? [message(question())] : event.payload === 's:language:en' ? saved : asks,
    });
    const user = discord.addUser();
    const channel = discord.addChannel(discord.addGuild());
    const asked = await discord.slash({ user, channel, name: 'read', files: { image1: photo } }).answered();
    const { edits } = asked;
    const whisper = await discord.press({ user, message: asked, text: choicesOf(asked)[0]?.text ?? '' }).notice();
    expect([whisper.content, whisper.onlyFor]).toEqual(['Teach me?', user.id]);
    expect(asked.edits).toBe(edits);
    const after = await discord.press({ user, message: whisper, text: 'Agree' }).answered();
    expect([after.id, after.content]).toEqual([whisper.id, 'Saved.']);
    expect(events.at(-1)).toMatchObject({ on: { channel: channel.id, message: whisper.id } });
    expect(discord.state.violations).toEqual([]);
  });

  test('takes the question’s place in direct messages', async () => {
    const { discord } = await startBot({ answer: (event) => (event.kind === 'press' ? asks : [message(question())]) });
    const user = discord.addUser();
    const asked = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    const after = await discord.press({ user, message: asked, text: choicesOf(asked)[0]?.text ?? '' }).answered();
    expect([after.id, after.content]).toEqual([asked.id, 'Teach me?']);
    expect(choicesOf(after).map(({ text }) => text)).toEqual(['Agree']);
  });
});

describe('messages', () => {
  test('a forwarded photo is read like one’s own; a PDF may be a stack of sheets; a voice message, a text and a video are told off', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    const dm = discord.dmOf(user);
    const sent = discord.say({ user, files: [photo] });
    const forwarded = {
      id: String(BigInt(sent.id) + 1n),
      channel_id: dm.id,
      channel_type: 1,
      author: { id: user.id, username: 'u', discriminator: '0', avatar: null },
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      type: 0,
      content: '',
      attachments: [],
      embeds: [],
      mentions: [],
      mention_roles: [],
      flags: 1 << 14,
      message_reference: { type: 1, channel_id: dm.id, message_id: sent.id },
      message_snapshots: [{ message: { type: 0, content: '7', attachments: sent.attachments, embeds: [], flags: 0 } }],
    };
    discord.gateway.dispatch('MESSAGE_CREATE', forwarded);
    await discord.until(() => events.length === 2, 'both photos');
    expect(events[1]).not.toHaveProperty('caption');
    for (const mime of ['audio/ogg', 'text/plain', 'video/mp4']) {
      const other = discord.say({ user, files: [{ bytes: png, name: 'x', mime }] });
      const answer = await discord.waitForMessage((each) => each.message_reference?.message_id === other.id);
      expect(textOf(answer)).toBe(say('unreadable-not-an-image'));
    }
    discord.say({ user, files: [{ bytes: Buffer.from('%PDF-1.7'), name: 'stack.pdf', mime: 'application/pdf' }] });
    await discord.until(() => events.length === 3, 'the PDF');
    // A sticker alone has neither words nor files.
    const sticker = discord.say({ user, text: '' });
    const hint = await discord.waitForMessage((each) => each.message_reference?.message_id === sticker.id);
    expect(textOf(hint)).toBe(say('discord-no-picture'));
    expect(events).toHaveLength(3);
  });

  test('an edited message, another bot’s, a system’s and a webhook’s are passed over', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    const sent = discord.say({ user, text: 'seen' });
    await discord.until(() => events.length === 1, 'the message');
    const wire = { ...sent, type: 0, channel_type: 1, embeds: [], mention_roles: [], mention_everyone: false };
    const next = (count: number): string => String(BigInt(sent.id) + BigInt(count));
    discord.gateway.dispatch('MESSAGE_UPDATE', { ...wire, content: 'edited' });
    discord.gateway.dispatch('MESSAGE_CREATE', { ...wire, id: next(1), author: { ...sent.author, bot: true } });
    discord.gateway.dispatch('MESSAGE_CREATE', { ...wire, id: next(2), type: 7 });
    discord.gateway.dispatch('MESSAGE_CREATE', {
      ...wire,
      id: next(3),
      webhook_id: '5',
      author: { ...sent.author, bot: true },
    });
    discord.say({ user, text: 'seen too' });
    await discord.until(() => events.length === 2, 'the last');
    expect(events).toMatchObject([{ text: 'seen' }, { text: 'seen too' }]);
  });

  test('a direct message with a picture shows typing and is answered as a reply; its text is the caption', async () => {
    const { discord, events } = await startBot({ answer: () => [message({ ...question(), pictures: [glyph] })] });
    const user = discord.addUser();
    const sent = discord.say({ user, text: '7', files: [photo] });
    const answer = await discord.waitForMessage(() => true, { channel: discord.dmOf(user) });
    expect(answer.message_reference?.message_id).toBe(sent.id);
    expect(answer.attachments).toEqual([]);
    expect(discord.state.typing).toEqual([{ channel: discord.dmOf(user).id }]);
    expect(events).toMatchObject([
      { kind: 'photo', caption: '7', chat: { kind: 'private' }, address: { user: user.id } },
    ]);
  });

  test('what is in doubt is shown as it was cut out, though the photo stands there', async () => {
    const inDoubt = { ...glyph, inDoubt: true } as const;
    const { discord } = await startBot({ answer: () => [message({ ...question(), pictures: [inDoubt] })] });
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    const sent = discord.say({ user, channel, files: [photo], mention: true });
    await discord.until(() => discord.replies(channel).length === 1, 'the answer to the mention');
    await discord.contextMenu({ user, channel, name: 'Read handwriting', message: sent }).answered();
    expect(discord.replies(channel).map(({ attachments }) => attachments.length)).toEqual([1, 1]);
  });

  test('several pictures without a label are one album, answered together', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    const run = discord.slash({ user, name: 'read', files: { image1: photo, image2: photo, image5: photo } });
    await run.answered();
    expect(events).toMatchObject([{ kind: 'photo', further: [expect.anything(), expect.anything()] }]);
    expect(discord.state.violations).toEqual([]);
  });

  test('several glyphs of one photo, or several photos, are told apart by their pictures', async () => {
    const two = [A, B].map((id) => message({ ...question(id), pictures: [glyph] }));
    const { discord } = await startBot({ answer: (event) => (event.kind === 'photo' ? two : []) });
    const user = discord.addUser();
    discord.say({ user, files: [photo, photo] });
    const channel = discord.dmOf(user);
    await discord.until(() => discord.replies(channel).length === 2, 'two answers');
    expect(discord.replies(channel).map(({ attachments }) => attachments.length)).toEqual([1, 1]);
  });

  test('in a server only a mention is heard, in threads too', async () => {
    const { discord, events } = await startBot();
    const guild = discord.addGuild();
    const channel = discord.addChannel(guild);
    const thread = discord.addChannel(guild, channel);
    const user = discord.addUser();
    discord.grant(guild, user, manageServer);
    discord.say({ user, channel, text: 'nothing for a bot', files: [photo] });
    const called = discord.say({ user, channel: thread, text: 'ж', files: [photo], mention: true });
    const answer = await discord.waitForMessage(() => true, { channel: thread });
    expect(answer.message_reference?.message_id).toBe(called.id);
    expect(events).toMatchObject([
      {
        kind: 'photo',
        caption: 'ж',
        chat: { id: thread.id, kind: 'group' },
        address: { channel: thread.id, message: called.id },
      },
    ]);
    expect(await events[0]?.chat.isChatAdmin()).toBe(true);
    expect(discord.replies(channel)).toEqual([]);
  });

  test('a mention that says nothing gets a hint', async () => {
    const { discord, events } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    discord.say({ user: discord.addUser(), channel, mention: true });
    const hint = await discord.waitForMessage(() => true, { channel });
    expect(textOf(hint)).toBe(say('discord-no-picture'));
    expect(events).toEqual([]);
  });

  test('text that replies to an answer is about its prediction, whether it has buttons or selects', async () => {
    const long = Array.from({ length: 40 }, (_, labelId) => ({
      text: `l${labelId}`,
      payload: encodeButton({ do: 'label', prediction: B, labelId }),
    }));
    const { discord, events } = await startBot({
      answer: (event) => {
        if (event.kind === 'text') return [message({ text: `Saved: ${event.text}` })];
        const isSecond = event.kind === 'photo' && event.caption === 'second';
        return [message(isSecond ? { text: 'Which?', keyboard: [long] } : question())];
      },
    });
    const guild = discord.addGuild();
    const channel = discord.addChannel(guild);
    const user = discord.addUser();
    for (const [caption, prediction] of [
      ['first', A],
      ['second', B],
    ] as const) {
      const sent = discord.say({ user, channel, text: caption, files: [photo], mention: true });
      const asked = await discord.waitForMessage((each) => each.message_reference?.message_id === sent.id, { channel });
      discord.say({ user, channel, text: 'ж', to: asked });
      await discord.until(() => events.at(-1)?.kind === 'text', 'the text');
      expect(events.at(-1)).toMatchObject({ kind: 'text', text: 'ж', about: prediction });
    }
    expect(discord.state.violations).toEqual([]);
  });

  test('a reply with the mention switched off cannot be read, and the person is told so', async () => {
    const { discord, events } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    discord.say({ user, channel, files: [photo], mention: true });
    const asked = await discord.waitForMessage(() => true, { channel });
    const unseen = discord.say({ user, channel, text: 'ж', to: asked, ping: false });
    const hint = await discord.waitForMessage((each) => each.message_reference?.message_id === unseen.id);
    expect(textOf(hint)).toBe(say('discord-reply-unseen'));
    expect(events).toHaveLength(1);
  });

  test('text in a direct message is passed on, about nothing when the message it replies to is gone', async () => {
    const { discord, events } = await startBot({ answer: () => [message({ text: 'Send a photo.' })] });
    const user = discord.addUser();
    const old = discord.state.addMessage({ channel: discord.dmOf(user), author: discord.state.me, content: 'old' });
    discord.deleteMessage(old);
    discord.say({ user, text: 'hello', to: old });
    await discord.waitForMessage((each) => textOf(each) === 'Send a photo.');
    expect(events).toMatchObject([{ kind: 'text', text: 'hello' }]);
    expect(events[0]).not.toHaveProperty('about');
  });
});

describe('where somebody brought the bot for themselves alone', () => {
  test.each(['friends', 'a server it is no member of'])(
    'among %s: answered there, spoken to in private later',
    async (where) => {
      const { discord, events } = await startBot({
        answer: (event) =>
          event.kind === 'press' ? [{ kind: 'edit', message: { text: 'Saved.' } }] : [message(question())],
      });
      const channel =
        where === 'friends' ? discord.addFriends() : discord.addChannel(discord.addGuild('Theirs', { foreign: true }));
      const [user, friend] = [discord.addUser('ja'), discord.addUser()];
      const run = discord.slash({
        user,
        channel,
        name: 'read',
        files: { image1: photo, image2: photo },
        options: { label: 'ж' },
      });
      const [answer, second] = await run.messages(2);
      expect(events[0]).toMatchObject({ chat: { id: channel.id, kind: 'group' }, address: { user: user.id } });
      // Friends have no admins: what a chat has set is theirs to change.
      expect(await events[0]?.chat.isChatAdmin()).toBe(where === 'friends');
      // Everybody there sees the buttons: who may is the product's to say, and it is told who pressed.
      for (const each of [answer, second]) {
        await discord.press({ user: friend, message: each!, text: '1' }).answered();
        expect(textOf(each!)).toBe('Saved.');
      }
      expect(events.at(-1)).toMatchObject({ kind: 'press', person: { id: friend.id }, chat: { kind: 'group' } });
      // What concerns only the asker is nobody else's.
      const me = await discord.slash({ user, channel, name: 'me' }).answered();
      expect(me.onlyFor).toBe(user.id);
      expect(discord.state.violations).toEqual([]);
    },
  );
});

describe('presses', () => {
  test('under a message that only the presser sees are edited in place', async () => {
    const { discord } = await startBot({
      answer: (event) => {
        const ask = encodeButton({ do: 'choose', what: 'forget', value: 'x' });
        return event.kind === 'press'
          ? [
              { kind: 'edit', message: { text: 'Forgotten.' } },
              { kind: 'notice', text: 'All of it.' },
            ]
          : [message({ text: 'Delete it all?', keyboard: [[{ text: 'Yes', payload: ask, role: 'danger' }]] })];
      },
    });
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    const asked = await discord.slash({ user, channel, name: 'me' }).answered();
    expect(asked.onlyFor).toBe(user.id);
    const press = discord.press({ user, message: asked, text: 'Yes' });
    expect(textOf(await press.answered())).toBe('Forgotten.');
    expect(textOf(await press.notice())).toBe('All of it.');
    expect(discord.replies(channel).every(({ onlyFor }) => onlyFor === user.id)).toBe(true);
    expect(discord.state.violations).toEqual([]);
  });

  test('a notice is seen by the presser alone, and the message stays as it is', async () => {
    const { discord } = await startBot({
      answer: (event) => (event.kind === 'press' ? [{ kind: 'notice', text: 'Not yours.' }] : [message(question())]),
    });
    const channel = discord.addChannel(discord.addGuild());
    const [asker, stranger] = [discord.addUser(), discord.addUser()];
    const answer = await discord.slash({ user: asker, channel, name: 'read', files: { image1: photo } }).answered();
    const notice = await discord.press({ user: stranger, message: answer, text: '1' }).notice();
    expect(notice.flags & flags.ephemeral).not.toBe(0);
    expect(notice.onlyFor).toBe(stranger.id);
    expect(answer.edits).toBe(0);
  });

  test('work after a restart: nothing is kept but what the button carries', async () => {
    const first = await startBot();
    const { discord } = first;
    const user = discord.addUser();
    const answer = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    await first.platform.stop(1000);
    await discord.until(() => discord.gateway.connected() === 0, 'the bot to be gone');
    const { events } = await startBot({
      discord,
      memory: first.memory,
      answer: () => [{ kind: 'edit', message: { text: 'Saved.' } }],
    });
    await discord.press({ user, message: answer, text: '1' }).answered();
    expect(textOf(answer)).toBe('Saved.');
    expect(events).toMatchObject([
      { kind: 'press', payload: encodeButton({ do: 'label', prediction: A, labelId: 1 }) },
    ]);
  });

  test('an option of a select is a press like a button', async () => {
    const labels = Array.from({ length: 60 }, (_, labelId) => ({
      text: `l${labelId}`,
      payload: encodeButton({ do: 'label', prediction: A, labelId }),
    }));
    const back = { text: '‹ back', payload: encodeButton({ do: 'back', prediction: A }) };
    const { discord, events } = await startBot({
      answer: () => [message({ text: 'Which?', keyboard: [labels, [back]] })],
    });
    const user = discord.addUser();
    const answer = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    expect(rowsOf(answer).map(({ components }) => components[0]?.type)).toEqual([3, 3, 3, 2]);
    discord.press({ user, message: answer, text: 'l59' });
    await discord.until(() => events.length === 2, 'the press');
    expect(events[1]).toMatchObject({ payload: encodeButton({ do: 'label', prediction: A, labelId: 59 }) });
    expect(discord.state.violations).toEqual([]);
  });

  test('a message deleted meanwhile: the answer is told to the presser', async () => {
    const { discord } = await startBot({
      answer: (event) => [event.kind === 'press' ? { kind: 'edit', message: { text: 'Saved.' } } : message(question())],
    });
    const user = discord.addUser();
    const answer = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    const press = discord.press({ user, message: answer, text: '1' });
    discord.deleteMessage(answer);
    expect(textOf(await press.notice())).toBe('Saved.');
  });
});

test('two hundred people at once each get their own answer', async () => {
  const { discord, events } = await startBot({
    // Whether a busy machine acknowledges two hundred in three seconds is a benchmark's question.
    fake: { ackMs: 60_000 },
    times: { download: 60_000 },
    answer: (event) => [
      event.kind === 'press'
        ? { kind: 'edit', message: { text: `saved for ${event.person.id}` } }
        : message({ ...question(), text: `for ${event.person.id}` }),
    ],
  });
  const users = Array.from({ length: 200 }, () => discord.addUser());
  await Promise.all(
    users.map(async (user) => {
      const answer = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered(80_000);
      expect(textOf(answer)).toBe(`for ${user.id}`);
      await discord.press({ user, message: answer, text: '1' }).answered(80_000);
      expect(textOf(answer)).toBe(`saved for ${user.id}`);
    }),
  );
  expect(events).toHaveLength(400);
  expect(discord.state.violations).toEqual([]);
}, 180_000);
