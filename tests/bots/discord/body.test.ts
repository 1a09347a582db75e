// What we say in Discord's terms: text that is only text, keyboards that fit, files that stay or go.
import { array, assert, integer, property, string } from '../../support/properties.ts';
import { describe, expect, test } from 'vitest';
import { newBodies, editBody } from '../../../bots/discord/body.ts';
import { componentsOf } from '../../../bots/discord/components.ts';
import { mayFetch } from '../../../bots/discord/download.ts';
import { MESSAGE_LIMIT, partsOf, plain } from '../../../bots/discord/text.ts';
import type { Button } from '../../../src/chat/event.ts';
import { checkMessage } from '../../support/discord-checks.ts';
import { png } from './bot.ts';

const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
const buttons = (count: number, from = 0): Button[] =>
  Array.from({ length: count }, (_, index) => ({
    text: `b${from + index}`,
    payload: `l:AAAAAAAAAAAA:${from + index}`,
  }));
const sent = (components: unknown) => checkMessage({ content: 'x', components, allowed_mentions: { parse: [] } });

describe('text', () => {
  test('that looks like markup is shown as it is', () => {
    for (const label of ['*', '_', '<', '~~', '`', '||', '# ', '> ', '- ', '1. ', '[a](b)', '<@123>', '\\']) {
      expect(unescaped(plain(`${label}x`))).toBe(`${label}x`);
    }
    expect(plain('I read * or _')).toBe('I read \\* or \\_');
    expect(plain('a\n# b')).toBe('a\n\\# b');
    expect(plain('1. one')).toBe('1\\. one');
  });

  test('leaves addresses as they are', () => {
    expect(plain('see https://example.org/a_b_c now_')).toBe('see https://example.org/a_b_c now\\_');
  });

  test('that is long is cut into parts that fit, at lines, and nothing but space is lost', () => {
    const word = string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
    assert(
      property(array(word, { maxLength: 60 }), (words) => {
        const text = words.join(' ').replaceAll(/https?:/g, '');
        const parts = partsOf(text);
        expect(parts.every((part) => part.length <= MESSAGE_LIMIT && !/\p{Surrogate}/u.test(part))).toBe(true);
        const letters = (all: string): string => all.replaceAll(/\s/g, '');
        expect(letters(parts.map(unescaped).join(''))).toBe(letters(unescaped(plain(text))));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a keyboard', () => {
  test('of few is rows of buttons; a wide row is folded', () => {
    const rows = componentsOf([buttons(3), buttons(7, 3)]);
    expect(rows.map(({ components }) => components.length)).toEqual([3, 5, 2]);
    expect(rows[0]?.components[0]).toMatchObject({ custom_id: 'l:AAAAAAAAAAAA:0', label: 'b0' });
  });

  test('of many becomes selects, with the row of ways out still buttons', () => {
    const rows = componentsOf([...[0, 10, 20, 30].map((from) => buttons(10, from)), buttons(2, 40)]);
    expect(rows).toHaveLength(3);
    expect(rows[0]?.components[0]).toMatchObject({ placeholder: 'b0 … b24' });
    expect(rows[1]?.components[0]).toMatchObject({ placeholder: 'b25 … b39' });
    expect(rows[2]?.components).toHaveLength(2);
  });

  test('that is a list to choose from becomes a select with all of it', () => {
    const alphabets = Array.from({ length: 6 }, (_, index) => [{ text: `a${index}`, payload: `s:alphabet:a${index}` }]);
    expect(componentsOf(alphabets)).toMatchObject([{ components: [{ placeholder: 'a0 … a5' }] }]);
    expect(componentsOf(alphabets.slice(1))).toHaveLength(5);
  });

  test('of any size up to 100 choices and a last row is one that Discord takes, with every payload once', () => {
    const payloads = (rows: ReturnType<typeof componentsOf>): string[] =>
      rows.flatMap(({ components }) =>
        components.flatMap((each) =>
          'options' in each ? each.options.map(({ value }) => value) : 'custom_id' in each ? [each.custom_id] : [],
        ),
      );
    assert(
      property(array(integer({ min: 0, max: 20 }), { maxLength: 5 }), integer({ min: 1, max: 5 }), (widths, last) => {
        let next = 0;
        const keyboard = [...widths, last].map((width) => buttons(width, (next += width) - width));
        const rows = componentsOf(keyboard);
        sent(rows);
        expect(payloads(rows)).toEqual(keyboard.flat().map(({ payload }) => payload));
      }),
    );
  });

  test('shows a payload that stands there twice once, and cuts what is too long', () => {
    const [twice] = buttons(1);
    const rows = componentsOf([[twice!, { text: 'x'.repeat(200), payload: 'u:AAAAAAAAAAAA' }, twice!]]);
    sent(rows);
    expect(rows[0]?.components).toHaveLength(2);
  });

  test('of more than a message can hold is a mistake of ours', () => {
    expect(() => componentsOf([buttons(200)])).toThrow(RangeError);
  });
});

describe('pictures and files', () => {
  const glyph = { png: () => png, alt: 'a seven', role: 'glyph' } as const;
  const chart = { png: () => png, alt: 'accuracy', role: 'chart' } as const;

  test('a chart is always shown, a glyph where it is wanted', () => {
    const names = (withGlyphs: boolean) =>
      newBodies({ text: 'x', pictures: [glyph, chart] }, withGlyphs)
        .at(-1)
        ?.files?.map(({ name }) => name);
    expect(names(true)).toEqual(['glyph-1.png', 'chart-2.png']);
    expect(names(false)).toEqual(['chart-1.png']);
  });

  test('on an edit they stay when nothing is said of them, and go when they are replaced', () => {
    expect(editBody({ text: 'x' }, true)).not.toHaveProperty('attachments');
    expect(editBody({ text: 'x', pictures: [glyph] }, false)).not.toHaveProperty('attachments');
    expect(editBody({ text: 'x', pictures: [chart] }, false)).toMatchObject({ attachments: [], files: [{}] });
  });

  test('files and buttons stand in the last part of a long text', () => {
    const bodies = newBodies({ text: 'word '.repeat(1000), pictures: [chart], keyboard: [buttons(1)] }, true);
    expect(bodies).toHaveLength(3);
    expect(bodies.map(({ files = [], components }) => [files.length, components.length])).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });
});

test('only listed hosts are asked for a picture, over https unless a stand-in is named with its port', () => {
  const hosts = ['cdn.discordapp.com', '127.0.0.1:8123'];
  const real = 'https://discord.com/api';
  expect(mayFetch('https://cdn.discordapp.com/a.png', hosts, real)).toBe(true);
  for (const url of [
    'http://cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com.example.org/a.png',
    'https://cdn.discordapp.com@example.org/a.png',
    'https://user@cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com:8443/a.png',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://127.0.0.1:8123/a.png',
    'nonsense',
  ]) {
    expect(mayFetch(url, hosts, real), url).toBe(false);
  }
  expect(mayFetch('http://127.0.0.1:8123/a.png', hosts, 'http://127.0.0.1:8123/api')).toBe(true);
  expect(mayFetch('http://127.0.0.1:9000/a.png', hosts, 'http://127.0.0.1:8123/api')).toBe(false);
});
