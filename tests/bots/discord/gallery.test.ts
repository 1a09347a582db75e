// An album's answer is one message with its pictures side by side and one "all ✓"; it stays laid out like that whatever is pressed, also after
// a restart, and messages of before stay as they are. The fake refuses what mixes the two layouts.
import { describe, expect, test } from 'vitest';
import { encodeButton } from '../../../src/chat/buttons.ts';
import type { ChatEvent, Message, Picture, Reply } from '../../../src/chat/event.ts';
import type { ReplyAddress } from '../../../src/records/address.ts';
import { choicesOf, flags, galleryOf, textOf, type DiscordMessage } from '../../support/discord-words.ts';
import { A, B, message, photo, png, startBot, type BotOptions } from './bot.ts';

const one = (alt: string): Picture => ({ png: () => png, alt, role: 'chart' });
const all = encodeButton({ do: 'all', prediction: A });
const glyphButton = encodeButton({ do: 'glyph', prediction: B });

const album = (text = 'I read 2 characters:\n3 4', pictures = 2): Message => ({
  text,
  pictures: [
    {
      ...one('both'),
      apart: () => {
        const [first = one(''), second = one(''), ...others] = Array.from({ length: pictures }, (_, at) =>
          one(`picture ${at + 1}`),
        );
        return Promise.resolve([first, second, ...others]);
      },
    },
  ],
  keyboard: [
    [
      { text: '1 3', payload: encodeButton({ do: 'glyph', prediction: A }) },
      { text: '2 4', payload: glyphButton },
    ],
    [{ text: '✓ all right (2)', payload: all, role: 'primary' }],
  ],
});
const asked: Message = { text: 'Teach me?', keyboard: [[{ text: 'Agree and save', payload: all }]] };
const glyph: Message = {
  text: '2: I read 4',
  pictures: [{ png: () => png, alt: 'the cut-out', role: 'glyph', inDoubt: true }],
  keyboard: album().keyboard ?? [],
};

const isFramed = (each: DiscordMessage): boolean => (each.flags & flags.layout) !== 0;
const alts = (each: DiscordMessage): readonly unknown[] => galleryOf(each).map(({ description }) => description);

/** Everything that is pressed is answered by these, in turn. */
async function answered(presses: readonly Reply[][], more: BotOptions = {}) {
  const [...left] = presses;
  const answer = (event: ChatEvent): readonly Reply[] =>
    event.kind === 'photo' ? [message(album())] : (left.shift() ?? []);
  const bot = await startBot({ answer, ...more });
  const user = bot.discord.addUser();
  const sent = await bot.discord.slash({ user, name: 'read', files: { image1: photo, image2: photo } }).answered();
  return { ...bot, user, sent };
}

describe('an album', () => {
  test('is answered in one message, with its pictures side by side and one button for all', async () => {
    const { discord, sent } = await answered([]);
    expect([isFramed(sent), sent.content]).toEqual([true, '']);
    expect(textOf(sent)).toBe('I read 2 characters:\n3 4');
    expect(alts(sent)).toEqual(['picture 1', 'picture 2']);
    expect(choicesOf(sent).map(({ text }) => text)).toEqual(['1 3', '2 4', '✓ all right (2)']);
    expect(discord.state.violations).toEqual([]);
  });

  test('in a channel likewise, as a reply', async () => {
    const { discord } = await startBot({ answer: () => [message(album())] });
    const channel = discord.addChannel(discord.addGuild());
    const user = discord.addUser();
    const said = discord.say({ user, channel, files: [photo, photo], mention: true });
    await discord.until(() => discord.replies(channel).length === 1, 'the answer');
    const [sent] = discord.replies(channel);
    if (sent === undefined) throw new Error('nothing was said');
    expect([isFramed(sent), sent.message_reference?.message_id]).toEqual([true, said.id]);
    expect(alts(sent)).toHaveLength(2);
  });

  test('stays one message: another picture, words alone with the pictures that stand there, and the album again', async () => {
    const edits = [glyph, { ...asked }, album('All 2 are saved')].map((each) => [
      { kind: 'edit', message: each } as const,
    ]);
    const { discord, user, sent, events } = await answered(edits);
    discord.press({ user, message: sent, payload: glyphButton });
    await discord.until(() => textOf(sent) === '2: I read 4', 'one');
    expect([isFramed(sent), sent.content, alts(sent)]).toEqual([true, '', ['the cut-out']]);
    discord.press({ user, message: sent, payload: all });
    await discord.until(() => textOf(sent) === 'Teach me?', 'the question');
    // Nothing was said of pictures: they stay.
    expect(alts(sent)).toEqual(['the cut-out']);
    discord.press({ user, message: sent, text: 'Agree and save' });
    await discord.until(() => textOf(sent) === 'All 2 are saved', 'the end');
    expect(alts(sent)).toEqual(['picture 1', 'picture 2']);
    expect(events.at(-1)).toMatchObject({ kind: 'press', payload: all, on: { message: sent.id, layout: 'gallery' } });
    expect(discord.state.violations).toEqual([]);
  });

  test('is known by the same words wherever it is pressed, and is revised by them after a restart', async () => {
    let handle: ReplyAddress | undefined;
    const answer = (event: ChatEvent): readonly Reply[] =>
      event.kind === 'photo' ? [{ kind: 'message', message: album(), said: (known) => void (handle = known) }] : [];
    const { discord, platform, events } = await startBot({ answer });
    const user = discord.addUser();
    const channel = discord.addChannel(discord.addGuild());
    discord.say({ user, channel, files: [photo, photo], mention: true });
    await discord.until(() => handle !== undefined, 'its name');
    const [sent] = discord.replies(channel);
    if (sent === undefined || handle === undefined) throw new Error('nothing was said');
    discord.press({ user, message: sent, payload: all });
    await discord.until(() => events.length === 2, 'the press');
    expect(events[1]).toMatchObject({ on: handle });
    await platform.stop(1000);
    const next = await startBot({ answer, discord });
    expect(await next.platform.revise(handle, { text: 'Taken back' })).toBe('edited');
    expect([textOf(sent), alts(sent)]).toEqual(['Taken back', ['picture 1', 'picture 2']]);
    expect(await next.platform.revise(handle, album('Again'))).toBe('edited');
    expect([textOf(sent), alts(sent)]).toEqual(['Again', ['picture 1', 'picture 2']]);
    discord.press({ user, message: sent, payload: all });
    await discord.until(() => next.events.length === 1, 'the press');
    expect(next.events[0]).toMatchObject({ on: handle });
    expect(discord.state.violations).toEqual([]);
  });

  test('a message of before, in the older layout, is pressed and revised as it stands', async () => {
    const { discord, platform } = await startBot({
      answer: (event) =>
        event.kind === 'photo'
          ? [message({ ...album(), pictures: [one('both')] })]
          : [{ kind: 'edit', message: album('Saved') }],
    });
    const user = discord.addUser();
    const channel = discord.addChannel(discord.addGuild());
    discord.say({ user, channel, files: [photo, photo], mention: true });
    await discord.until(() => discord.replies(channel).length === 1, 'the answer');
    const [sent] = discord.replies(channel);
    if (sent === undefined) throw new Error('nothing was said');
    expect(isFramed(sent)).toBe(false);
    discord.press({ user, message: sent, payload: all });
    await discord.until(() => sent.content === 'Saved', 'the edit');
    expect([isFramed(sent), sent.attachments.map(({ description }) => description)]).toEqual([false, ['both']]);
    await platform.revise({ channel: channel.id, message: sent.id }, album('Anew'));
    expect([isFramed(sent), sent.content]).toEqual([false, 'Anew']);
    expect(discord.state.violations).toEqual([]);
  });

  test('a word typed as a reply to it finds what it asks about', async () => {
    const { discord, events } = await startBot({ answer: () => [message(album())] });
    const user = discord.addUser();
    discord.say({ user, files: [photo, photo] });
    const dm = discord.dmOf(user);
    await discord.until(() => discord.replies(dm).length === 1, 'the answer');
    discord.say({ user, text: '34', ...(discord.replies(dm)[0] && { to: discord.replies(dm)[0] }) });
    await discord.until(() => events.length === 2, 'the word');
    expect(events[1]).toMatchObject({ kind: 'text', text: '34', about: `${A}+` });
  });

  test('that is too long to be one frame, or whose pictures are not taken, is told as ever', async () => {
    const long = 'I read much.\n'.repeat(400);
    const { discord } = await startBot({ answer: () => [message(album(long))] });
    const user = discord.addUser();
    discord.say({ user, files: [photo, photo] });
    const dm = discord.dmOf(user);
    await discord.until(() => discord.replies(dm).some((each) => choicesOf(each).length > 0), 'the answer');
    expect(discord.replies(dm).some(isFramed)).toBe(false);

    const { discord: other } = await startBot({ answer: () => [message(album())] });
    const there = other.addChannel(other.addGuild());
    there.files = 'too-large';
    other.say({ user: other.addUser(), channel: there, files: [photo, photo], mention: true });
    await other.until(() => other.replies(there).length === 1, 'the words');
    const [words] = other.replies(there);
    expect([words?.content, words && isFramed(words), words?.attachments]).toEqual([
      'I read 2 characters:\n3 4',
      false,
      [],
    ]);
  });

  test('of ten pictures and ninety characters is still one message', async () => {
    const many = Array.from({ length: 90 }, (_, at) => ({
      text: `${at + 1} 7`,
      payload: encodeButton({ do: 'glyph', prediction: `G${String(at).padStart(11, '0')}` }),
    }));
    const whole = { ...album('I read 90 characters', 10), keyboard: [many, [{ text: '✓ all', payload: all }]] };
    const { discord } = await startBot({ answer: () => [message(whole)] });
    const user = discord.addUser();
    discord.say({ user, files: Array.from({ length: 10 }, () => photo) });
    const dm = discord.dmOf(user);
    await discord.until(() => discord.replies(dm).length === 1, 'the answer');
    const [sent] = discord.replies(dm);
    expect([sent && isFramed(sent), sent && galleryOf(sent).length, sent && choicesOf(sent).length]).toEqual([
      true,
      10,
      91,
    ]);
  });
});
