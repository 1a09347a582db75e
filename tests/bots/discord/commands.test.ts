// The commands: registered once and in every language, run with their argument, seen by whom they concern.
import { expect, test } from 'vitest';
import { encodeButton } from '../../../src/chat/buttons.ts';
import { languages, sayIn, type MessageId } from '../../../src/words/words.ts';
import { flags, textOf } from '../../support/discord-words.ts';
import { A, message, photo, startBot } from './bot.ts';

test('every command is registered globally, in every language, operators’ ones hidden from members', async () => {
  const { discord } = await startBot();
  const named = (name: string) => discord.state.commands.find((each) => each.name === name);
  expect(discord.state.commands.map(({ name }) => name)).toEqual([
    'read',
    'label',
    'Read handwriting',
    'help',
    'me',
    'alphabet',
    'stats',
  ]);
  const elsewhere = (message: MessageId) =>
    Object.fromEntries(languages.filter((each) => each !== 'en').map((each) => [each, sayIn(each)(message)]));
  expect(named('help')?.description_localizations).toEqual(elsewhere('command-help'));
  expect(named('Read handwriting')?.name_localizations).toEqual(elsewhere('discord-read-menu'));
  expect(named('stats')?.default_member_permissions).toBe('0');
  expect(named('help')?.default_member_permissions).toBe(null);
  expect(named('read')?.options[0]).toMatchObject({ type: 11, required: true, file_types: ['image'] });
  // In a server, or in somebody's own account, wherever they write.
  for (const each of discord.state.commands) {
    expect(each.integration_types).toEqual([0, 1]);
    expect(each.contexts).toEqual([0, 1, 2]);
  }
  expect(discord.calls.filter(({ route }) => route === 'commands').map(({ path }) => path)).toEqual([
    `/api/v10/applications/${discord.state.me.id}/commands`,
  ]);
});

test('they are registered again only when they changed', async () => {
  const first = await startBot();
  await first.platform.stop(1000);
  const { discord, memory } = first;
  const second = await startBot({ discord, memory });
  // The second has had every occasion to register: it has answered something.
  const user = discord.addUser();
  await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
  expect(discord.state.registrations).toBe(1);
  await second.platform.stop(1000);
  memory.set('registered-commands', 'of another release');
  await startBot({ discord, memory });
  await discord.until(() => discord.state.registrations === 2, 'a second registration');
});

test('a registration that fails is tried again, and the bot works meanwhile', async () => {
  const first = await startBot({ wait: false, fake: {} });
  await first.discord.ready();
  await first.platform.stop(1000);
  const { discord } = first;
  discord.faults.add('commands', { kind: 'error', status: 400, code: 50035 }, 2);
  await startBot({ discord });
  await discord.until(() => discord.state.registrations === 2, 'the registration');
});

test('a command carries what was written behind it', async () => {
  const { discord, events } = await startBot({
    answer: () => [message({ text: 'From now on I read ukrainian here.' })],
  });
  const user = discord.addUser();
  const run = discord.slash({ user, name: 'alphabet', options: { alphabet: 'ukrainian' } });
  expect(textOf(await run.answered())).toBe('From now on I read ukrainian here.');
  await discord.slash({ user, name: 'alphabet' }).answered();
  expect(events).toMatchObject([
    { kind: 'command', name: 'alphabet', rest: 'ukrainian' },
    { kind: 'command', name: 'alphabet', rest: '' },
  ]);
});

test('/read takes another alphabet, offered while one types, and offers that alphabet’s labels', async () => {
  const typed: unknown[] = [];
  const { discord, events } = await startBot({
    suggest: {
      labels: (text, person, chat, alphabet) => {
        typed.push([text, person.language, chat.kind, alphabet]);
        return [{ name: 'ж', value: 'ж' }];
      },
      alphabets: (text) =>
        Array.from({ length: 60 }, (_, index) => ({ name: `${text} ${index}`, value: `own-${index}` })),
    },
  });
  const user = discord.addUser('uk');
  expect(await discord.autocomplete({ user, name: 'read', option: 'alphabet', typed: 'o' })).toHaveLength(25);
  expect(await discord.autocomplete({ user, name: 'alphabet', option: 'alphabet', typed: '' })).toHaveLength(25);
  const labels = { user, name: 'read', option: 'label', typed: 'ж' };
  await discord.autocomplete({ ...labels, options: { alphabet: 'ukrainian' } });
  await discord.autocomplete(labels);
  expect(typed).toEqual([
    ['ж', 'uk', 'private', 'ukrainian'],
    ['ж', 'uk', 'private', undefined],
  ]);
  const options = { alphabet: 'own-3', label: 'ж' };
  await discord.slash({ user, name: 'read', files: { image1: photo, image2: photo }, options }).messages(2);
  await discord.slash({ user, name: 'read', files: { image1: photo } }).answered();
  expect(events).toMatchObject([
    { kind: 'photo', alphabet: 'own-3', caption: 'ж', meantAsLabel: true },
    { kind: 'photo', alphabet: 'own-3', caption: 'ж', meantAsLabel: true },
    { kind: 'photo' },
  ]);
  expect(events[2]).not.toHaveProperty('alphabet');
  expect(events[2]).not.toHaveProperty('meantAsLabel');
  expect(discord.state.violations).toEqual([]);
});

test('in a server, what concerns only the asker is shown only to the asker', async () => {
  const { discord } = await startBot({ answer: () => [message({ text: 'You taught me nothing.' })] });
  const channel = discord.addChannel(discord.addGuild());
  const user = discord.addUser();
  const me = await discord.slash({ user, channel, name: 'me' }).answered();
  expect(me.flags & flags.ephemeral).not.toBe(0);
  const corrected = await discord.slash({ user, channel, name: 'label', options: { label: '7' } }).answered();
  expect(corrected.flags & flags.ephemeral).not.toBe(0);
  const stats = await discord.slash({ user, channel, name: 'stats' }).answered();
  expect(stats.flags & flags.ephemeral).toBe(0);
});

test('a command that has nothing to say leaves no “thinking…” behind; a notice goes to the asker alone', async () => {
  const { discord } = await startBot({
    answer: (event) =>
      event.kind === 'command' && event.name === 'stats' ? [{ kind: 'notice', text: 'Not for you.' }] : [],
  });
  const channel = discord.addChannel(discord.addGuild());
  const user = discord.addUser();
  const silent = discord.slash({ user, channel, name: 'alphabet' });
  await discord.until(() => silent.record.messages[0] !== undefined && channel.messages.size === 0, 'nothing left');
  const run = discord.slash({ user, channel, name: 'stats' });
  expect(textOf(await run.notice())).toBe('Not for you.');
  expect([...channel.messages.values()].map(({ onlyFor }) => onlyFor)).toEqual([user.id]);
});

test('/label offers labels while one types, and says the one that was chosen', async () => {
  const payload = encodeButton({ do: 'label', prediction: A, labelId: 3 });
  const { discord, events } = await startBot({
    answer: (event) => (event.kind === 'text' && event.text === '?' ? [] : [message({ text: 'Saved.' })]),
    suggest: {
      labels: (typed) => [
        { name: `${typed} – a letter`, value: payload },
        { name: 'far too long', value: 'x'.repeat(101) },
        ...Array.from({ length: 40 }, (_, index) => ({ name: `label ${index}`, value: String(index) })),
      ],
    },
  });
  const user = discord.addUser();
  const offered = await discord.autocomplete({ user, name: 'label', option: 'label', typed: 'ж' });
  expect(offered).toHaveLength(25);
  expect(offered[0]).toEqual({ name: 'ж – a letter', value: payload });
  await discord.slash({ user, name: 'label', options: { label: payload } }).answered();
  await discord.slash({ user, name: 'label', options: { label: 'ї' } }).answered();
  expect(events).toMatchObject([
    { kind: 'press', payload },
    { kind: 'text', text: 'ї', meantAsLabel: true },
  ]);
  // Nothing to be about: said, not left hanging.
  const lost = await discord.slash({ user, name: 'label', options: { label: '?' } }).answered();
  expect(textOf(lost)).toBe(sayIn('en')('discord-label-nothing'));
  expect(discord.state.violations).toEqual([]);
});

test('the fake refuses a command that is not registered', async () => {
  const { discord } = await startBot();
  expect(() => discord.slash({ user: discord.addUser(), name: 'nothing' })).toThrow('not registered');
});
