// What a real server and a real network do on a bad day: survived, said where somebody must know, and never done twice.
import { describe, expect, test } from 'vitest';
import { encodeButton } from '../../../src/chat/buttons.ts';
import type { Message } from '../../../src/chat/event.ts';
import type { ReplyAddress } from '../../../src/records/address.ts';
import { sayIn } from '../../../src/words/words.ts';
import { textOf, type DiscordChannel } from '../../support/discord-words.ts';
import { startFakeDiscord } from '../../support/discord.ts';
import { message, photo, png, question, startBot, startServer } from './bot.ts';

const say = sayIn('en');
const edit = (text: string) => ({ kind: 'edit', message: { text } }) as const;

describe('connecting', () => {
  test('a wrong token is a state with a remedy, without the token', async () => {
    const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gwrong.abcdefghijklmnopqrstuvwxyz0123';
    const { discord, platform, lines } = await startBot({ token, wait: false });
    const health = platform.health();
    expect(health).toMatchObject({ state: 'down' });
    const because = health.state === 'down' ? health.because : '';
    expect(because).toContain('DISCORD_BOT_TOKEN');
    expect(because).toContain('https://discord.com/developers/applications');
    // Whoever started us says it: once is enough.
    expect(lines.filter((line) => line.includes('DISCORD_BOT_TOKEN'))).toEqual([]);
    expect(lines.join()).not.toContain(token);
    // Nothing is tried again: only the owner can help.
    expect(discord.calls).toHaveLength(1);
    await expect(platform.send({ user: '1' }, { text: 'hello' })).rejects.toThrow('not connected');
  });

  test('a token that is revoked later ends in the same state', async () => {
    const { discord, platform } = await startBot();
    discord.gateway.drop(4004);
    await discord.until(() => platform.health().state === 'down', 'the state');
    expect(platform.health()).toMatchObject({ because: expect.stringContaining('DISCORD_BOT_TOKEN') });
  });

  test('refused intents say where to look', async () => {
    const { discord, platform } = await startBot();
    discord.gateway.drop(4014);
    await discord.until(() => platform.health().state === 'down', 'the state');
    expect(platform.health()).toMatchObject({ because: expect.stringContaining('Privileged Gateway Intents') });
  });

  test('no network at start: starting does not wait, and it connects when the network is there', async () => {
    const reserved = await startFakeDiscord();
    const port = Number(new URL(reserved.apiUrl).port);
    await reserved.close();
    const { platform, events } = await startBot({ discord: reserved, wait: false });
    expect(platform.health()).toMatchObject({ state: 'down', because: expect.stringContaining('network') });
    const back = await startServer({ port, token: reserved.token });
    await back.until(() => platform.health().state === 'up', 'the connection');
    await back.ready();
    await back.slash({ user: back.addUser(), name: 'read', files: { image1: photo } }).answered();
    expect(events).toHaveLength(1);
  });

  test.each(['hang', 'error'] as const)(
    'a gateway address that does not come (%s) is asked for again',
    async (kind) => {
      const discord = await startServer();
      discord.faults.add('gateway', kind === 'hang' ? { kind: 'drop', when: 'before' } : { kind, status: 503 }, 5);
      const { platform } = await startBot({ discord });
      expect(platform.health()).toEqual({ state: 'up' });
    },
  );
});

describe('the gateway', () => {
  test('is resumed after a drop: what happened meanwhile is answered, once', async () => {
    const { discord, platform, events } = await startBot();
    const user = discord.addUser();
    discord.gateway.drop();
    discord.say({ user, text: 'said meanwhile' });
    const channel = discord.dmOf(user);
    await discord.waitForMessage(() => true, { channel });
    await discord.until(() => platform.health().state === 'up', 'the connection');
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
    expect(events).toHaveLength(1);
  });

  test('is reconnected when Discord asks, and begins anew when the session is forgotten', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    discord.gateway.askToReconnect();
    await discord.until(() => discord.gateway.counts.resumed === 1, 'the resume');
    discord.gateway.drop();
    discord.gateway.forget();
    await discord.until(() => discord.gateway.counts.identified === 2, 'a new session', 30_000);
    await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    expect(events).toHaveLength(1);
  });

  test('an event that is told twice is handled once', async () => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    const sent = discord.say({ user, text: 'once' });
    const wire = { ...sent, type: 0, channel_type: 1, embeds: [], mention_roles: [], mention_everyone: false };
    discord.gateway.dispatch('MESSAGE_CREATE', wire);
    discord.say({ user, text: 'then another' });
    await discord.until(() => events.length >= 2, 'both');
    expect(events).toMatchObject([{ text: 'once' }, { text: 'then another' }]);
  });

  test('a server that is gone for a while is waited for, without ending the process', async () => {
    const first = await startBot();
    const { discord, platform } = first;
    const port = Number(new URL(discord.apiUrl).port);
    await discord.close();
    await discord.until(() => platform.health().state === 'down', 'the loss');
    // Long enough for several tries in vain.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const back = await startServer({ port, token: discord.token });
    await back.until(() => platform.health().state === 'up', 'the connection', 30_000);
    expect(back.gateway.counts.identified).toBe(1);
  });
});

describe('calls that fail', () => {
  test.each(['callback', 'original'] as const)('%s: 429, 500 and broken connections are tried again', async (route) => {
    const { discord, events } = await startBot();
    const user = discord.addUser();
    for (const fault of [
      { kind: 'error', status: 429, retryAfter: 0.2 },
      { kind: 'error', status: 500 },
      { kind: 'drop', when: 'before' },
      { kind: 'drop', when: 'after' },
    ] as const) {
      discord.faults.add(route, fault);
      const answer = await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
      expect(textOf(answer)).toBe('I read 7. Was I right?');
    }
    expect(events).toHaveLength(4);
    expect(discord.replies(discord.dmOf(user))).toHaveLength(4);
  });

  test('a message whose sending broke off is sent again, and stands there once', async () => {
    const { discord } = await startBot();
    const user = discord.addUser();
    discord.faults.add('message', { kind: 'drop', when: 'after' });
    discord.say({ user, text: '7', files: [photo] });
    await discord.until(() => discord.calls.filter(({ route }) => route === 'message').length === 2, 'the second try');
    await discord.until(() => discord.calls.at(-1)?.status === 200, 'its answer');
    expect(discord.replies(discord.dmOf(user))).toHaveLength(1);
  });

  test('an interaction that Discord has forgotten is counted and left alone', async () => {
    const { discord, events, lines } = await startBot();
    const user = discord.addUser();
    discord.faults.add('callback', { kind: 'error', status: 404, code: 10062 });
    discord.slash({ user, name: 'read', files: { image1: photo } });
    await discord.until(() => lines.some((line) => line.includes('"lost":1')), 'the count');
    await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
    expect(events).toHaveLength(1);
  });

  test('what Discord goes on refusing is logged without the interaction’s token', async () => {
    const { discord, lines } = await startBot();
    discord.faults.add('original', { kind: 'error', status: 500 }, 20);
    const { record } = discord.slash({ user: discord.addUser(), name: 'read', files: { image1: photo } });
    await discord.until(() => lines.some((line) => line.includes('could not be answered')), 'the log');
    expect(lines.join()).not.toContain(record.token);
  });

  test('an interaction that another process answers is left to it', async () => {
    const first = await startBot();
    const { discord } = first;
    const user = discord.addUser();
    discord.faults.add('callback', { kind: 'error', status: 400, code: 40060 });
    discord.slash({ user, name: 'read', files: { image1: photo } });
    await discord.until(() => first.lines.some((line) => line.includes('"lost":1')), 'the count');
    expect(first.events).toEqual([]);
  });

  test('a channel where the bot may not write: the person hears it in a direct message', async () => {
    const { discord } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    channel.denied.add('send');
    discord.say({ user, channel, files: [photo], mention: true });
    const told = await discord.waitForMessage(() => true, { channel: discord.dmOf(user) });
    expect(textOf(told)).toBe(say('discord-may-not-write'));
  });

  test('what cannot be said at all is logged, and the next is answered', async () => {
    const { discord, lines } = await startBot();
    const user = discord.addUser();
    discord.dmOf(user).denied.add('send');
    discord.say({ user, text: 'hello' });
    await discord.until(() => lines.some((line) => line.includes('could not be answered')), 'the log');
    expect(lines.join()).toContain('50007');
    expect(lines.join()).not.toContain('I read 7');
    discord.dmOf(user).denied.clear();
    discord.say({ user, text: 'hello' });
    await discord.waitForMessage(() => true, { channel: discord.dmOf(user) });
  });
});

describe('pictures that do not come', () => {
  const attempt = async (
    prepare: (discord: Awaited<ReturnType<typeof startServer>>) => void,
    file: { bytes: Uint8Array; size?: number; mime?: string } = photo,
  ) => {
    const bot = await startBot({ times: { download: 2000 } });
    prepare(bot.discord);
    const user = bot.discord.addUser();
    const answer = await bot.discord.slash({ user, name: 'read', files: { image1: file } }).answered();
    return { text: textOf(answer), ...bot };
  };

  test('a server that fails for a moment is asked again', async () => {
    const { events } = await attempt((discord) => {
      discord.faults.add('file', { kind: 'error', status: 503 });
      discord.faults.add('file', { kind: 'drop', when: 'before' });
    });
    expect(events).toMatchObject([{ kind: 'photo', bytes: png }]);
  });

  test.each([
    ['is forbidden', { kind: 'error', status: 403 }],
    ['leads elsewhere', { kind: 'redirect', to: 'http://127.0.0.1:1/secret' }],
    ['never comes', { kind: 'hang' }],
  ] as const)('one that %s is asked for anew', async (_, fault) => {
    const { text, events, lines } = await attempt((discord) => discord.faults.add('file', fault, 3));
    expect(text).toBe(say('photo-not-fetched'));
    expect(events).toEqual([]);
    expect(lines.join()).not.toContain('secretsignature');
  });

  test('one that has no end is cut off at 20 MB', async () => {
    const { text } = await attempt((discord) => discord.faults.add('file', { kind: 'endless' }));
    expect(text).toBe(say('unreadable-file-too-large'));
  });

  test('one that is said to be too large, or no picture, is not fetched at all', async () => {
    const large = await attempt(() => {}, { bytes: png, size: 21 * 1024 * 1024 });
    expect(large.text).toBe(say('unreadable-file-too-large'));
    const video = await attempt(() => {}, { bytes: png, mime: 'video/mp4' });
    expect(video.text).toBe(say('unreadable-not-an-image'));
  });
});

test('more photos than can wait: everybody is acknowledged, who is too many is told so, the others are read', async () => {
  let read = (): void => {};
  const nothingIsRead = new Promise<void>((resolve) => (read = resolve));
  const { discord } = await startBot({
    fake: { ackMs: 60_000 },
    answer: async () => {
      await nothingIsRead;
      return [message(question())];
    },
  });
  const asked = Array.from({ length: 300 }, () =>
    discord.slash({ user: discord.addUser(), name: 'read', files: { image1: photo } }),
  );
  await discord.until(() => asked.every(({ record }) => record.acknowledged !== undefined), 'acknowledgements', 30_000);
  const isBusy = ({ record }: (typeof asked)[number]): boolean =>
    record.original !== undefined && textOf(record.original).startsWith('Busy, one moment');
  await discord.until(() => asked.filter(isBusy).length === 44, 'the excuses');
  read();
  const texts = await Promise.all(asked.map(async (each) => textOf(await each.answered(30_000))));
  expect(texts.filter((text) => text === 'I read 7. Was I right?')).toHaveLength(256);
  expect(discord.state.violations).toEqual([]);
});

describe('a message of ours is said anew', () => {
  const asked = async (more: Parameters<typeof startBot>[0] = {}) => {
    const handles: ReplyAddress[] = [];
    const bot = await startBot({
      answer: () => [{ kind: 'message', message: { text: 'queued' }, said: (handle) => void handles.push(handle) }],
      ...more,
    });
    const channel = bot.discord.addChannel(bot.discord.addGuild());
    const run = bot.discord.slash({ user: bot.discord.addUser(), channel, name: 'stats' });
    const answer = await run.answered();
    await bot.discord.until(() => handles.length === 1, 'what it is called');
    return { ...bot, channel, answer, handle: JSON.parse(JSON.stringify(handles[0])) as ReplyAddress };
  };

  test('by the interaction’s token, when that is over by the bot itself, and by whoever comes next', async () => {
    const { discord, platform, answer, handle } = await asked({ fake: { tokenMs: 2500 } });
    expect(await platform.revise(handle, { text: 'step 1' })).toBe('edited');
    expect(textOf(answer)).toBe('step 1');
    await new Promise((resolve) => setTimeout(resolve, 2600));
    expect(await platform.revise(handle, { text: 'step 2' })).toBe('edited');
    expect(discord.calls.some(({ route, status }) => route === 'edit' && status === 200)).toBe(true);
    await platform.stop(1000);
    const { platform: next } = await startBot({ discord });
    expect(
      await next.revise(handle, { text: 'step 3', pictures: [{ png: () => png, alt: 'Proof', role: 'chart' }] }),
    ).toBe('edited');
    expect(textOf(answer)).toBe('step 3');
    expect(answer.attachments).toHaveLength(1);
  });

  test('until it is deleted, or the channel is not there for us; what fails now may work later', async () => {
    const { discord, platform, answer, channel, handle } = await asked();
    discord.faults.add('original', { kind: 'error', status: 500 }, 4);
    await expect(platform.revise(handle, { text: 'step 1' })).rejects.toThrow('Discord did not take an edit');
    expect(await platform.revise(handle, { text: 'step 1' })).toBe('edited');
    discord.deleteMessage(answer);
    expect(await platform.revise(handle, { text: 'step 2' })).toBe('lost');
    channel.denied.add('view');
    expect(await platform.revise({ channel: channel.id, message: '7' }, { text: 'step 2' })).toBe('lost');
    expect(await platform.revise({ chat: 7 }, { text: 'step 2' })).toBe('lost');
  });
});

describe('stopping', () => {
  test('finishes what is in hand, then takes nothing more', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { discord, platform, events } = await startBot({
      answer: async (event) => {
        await held;
        return [event.kind === 'press' ? edit('Saved.') : message(question())];
      },
    });
    const user = discord.addUser();
    const run = discord.slash({ user, name: 'read', files: { image1: photo } });
    await discord.until(() => events.length === 1, 'the photo');
    const stopped = platform.stop(60_000);
    discord.say({ user, text: 'too late' });
    release();
    await run.answered();
    await stopped;
    expect(events).toHaveLength(1);
  });

  test('is bounded', async () => {
    const { discord, platform, events } = await startBot({ answer: () => new Promise(() => {}) });
    discord.say({ user: discord.addUser(), text: 'never answered' });
    await discord.until(() => events.length === 1, 'the message');
    await platform.stop(50);
    expect(discord.gateway.connected()).toBe(0);
  });
});

describe('saying something unasked', () => {
  test('to a person, and to a channel as a reply to what it is about', async () => {
    const { discord, platform } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    const about = discord.say({ user, channel, text: 'my photo' });
    const taught: Message = {
      text: 'You taught me this.',
      pictures: [{ png: () => png, alt: 'a seven', role: 'glyph' }],
      keyboard: [[{ text: 'stop', payload: encodeButton({ do: 'choose', what: 'silence', value: 'on' }) }]],
    };
    expect(await platform.send({ user: user.id }, taught)).toBe('sent');
    expect(await platform.send({ channel: channel.id, message: about.id }, taught)).toBe('sent');
    expect(discord.replies(discord.dmOf(user))[0]).toMatchObject({ attachments: [{ description: 'a seven' }] });
    expect(discord.replies(channel)[0]).toMatchObject({ message_reference: { message_id: about.id } });
    // The message it was about may be gone.
    discord.deleteMessage(about);
    expect(await platform.send({ channel: channel.id, message: about.id }, taught)).toBe('sent');
  });

  test('is said once, though the first try got no answer and the second came much later', async () => {
    const { discord, platform } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    discord.faults.add('message', { kind: 'drop', when: 'after' });
    discord.faults.add('message', { kind: 'error', status: 500 }, 4);
    const swap: Message = { text: `A better model answers. ${'Why? '.repeat(500)}` };
    await expect(platform.send({ channel: channel.id }, swap, 'announce-7')).rejects.toThrow();
    expect(await platform.send({ channel: channel.id }, swap, 'announce-7')).toBe('sent');
    expect(discord.replies(channel)).toHaveLength(2);
    expect(await platform.send({ channel: channel.id }, swap, 'announce-8')).toBe('sent');
    expect(discord.replies(channel)).toHaveLength(4);
    expect(discord.state.violations).toEqual([]);
  });

  test('is told when nobody is there any more, and throws when it may work later', async () => {
    const { discord, platform } = await startBot();
    const channel = discord.addChannel(discord.addGuild());
    const blocked = discord.addUser();
    discord.dmOf(blocked).denied.add('send');
    expect(await platform.send({ user: blocked.id }, { text: 'hello' })).toBe('gone');
    expect(await platform.send({ user: '123456789012345678' }, { text: 'hello' })).toBe('gone');
    expect(await platform.send({ channel: '123456789012345678' }, { text: 'hello' })).toBe('gone');
    expect(await platform.send({}, { text: 'hello' })).toBe('gone');
    channel.denied.add('view');
    expect(await platform.send({ channel: channel.id }, { text: 'hello' })).toBe('gone');
    channel.denied.clear();
    discord.faults.add('message', { kind: 'error', status: 500 }, 4);
    await expect(platform.send({ channel: channel.id }, { text: 'hello' })).rejects.toThrow();
    expect(await platform.send({ channel: channel.id }, { text: 'hello' })).toBe('sent');
  });
});

describe.each(['not-allowed', 'not-found', 'too-large'] as const)(
  'a reply is not lost because its picture is: %s',
  (how) => {
    const chart = { png: () => png, alt: 'Proof', role: 'chart' } as const;
    const refuse = (channel: DiscordChannel): void => {
      if (how === 'not-allowed') channel.denied.add('attach');
      else channel.files = how;
    };

    test('said, edited and told unasked', async () => {
      const { discord, platform } = await startBot({
        answer: (event) =>
          event.kind === 'press'
            ? [{ kind: 'edit', message: { text: 'All of it', pictures: [chart] } }]
            : [{ kind: 'message', message: { ...question(), pictures: [chart] } }],
      });
      const channel = discord.addChannel(discord.addGuild());
      refuse(channel);
      const user = discord.addUser();
      const run = discord.slash({ user, channel, name: 'stats' });
      const answer = await run.answered();
      expect(textOf(answer)).toBe(question().text);
      discord.press({ user, message: answer, text: '1' });
      await discord.until(() => textOf(answer) === 'All of it', 'the edit');
      expect(await platform.send({ channel: channel.id }, { text: 'The old model stays.', pictures: [chart] })).toBe(
        'sent',
      );
      expect(discord.replies(channel).map(textOf)).toContain('The old model stays.');
      const promoted = { text: 'promoted', pictures: [chart] };
      expect(await platform.revise({ channel: channel.id, message: answer.id }, promoted)).toBe('edited');
      expect(textOf(answer)).toBe('promoted');
    });
  },
);

test('a file that is too large for Discord leaves the words', async () => {
  const { discord } = await startBot({
    answer: () => [
      message({ text: 'Here it is.', files: [{ name: 'samples.zip', bytes: Buffer.alloc(11 * 1024 * 1024) }] }),
    ],
  });
  const answer = await discord.slash({ user: discord.addUser(), name: 'stats' }).answered();
  expect(textOf(answer)).toBe(`Here it is.\n${say('discord-file-too-large')}`);
});

test('a product that throws does not end the process, and nobody is left with “thinking…”', async () => {
  const { discord } = await startBot({
    answer: () => {
      throw new Error('a bug');
    },
  });
  const user = discord.addUser();
  const run = discord.slash({ user, name: 'read', files: { image1: photo } });
  expect(textOf(await run.notice())).toBe(say('error-unexpected'));
  expect(run.record.original).toBe(undefined);
  discord.say({ user, text: 'hello' });
  await discord.waitForMessage((each) => each.onlyFor === undefined && textOf(each) === say('error-unexpected'));
});
