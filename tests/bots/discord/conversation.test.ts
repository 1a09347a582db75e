// A photo goes in, an answer with buttons comes out, a tap changes it: over every door that Discord has.
import { describe, expect, test } from 'vitest';
import { encodeButton } from '../../../src/recognition/buttons.ts';
import { choicesOf, textOf } from '../../support/discord-words.ts';
import { A, message, photo, png, question, startBot } from './bot.ts';

describe('a slash command with a picture', () => {
  test('is acknowledged, answered with buttons, and a press edits the answer in place', async () => {
    const { discord, events } = await startBot({
      answer: (event) =>
        event.kind === 'press'
          ? [{ kind: 'edit', message: { text: 'Thank you! Saved: 7.' } }]
          : [message({ ...question(), pictures: [{ png, alt: 'a seven', role: 'glyph' }] })],
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
});
