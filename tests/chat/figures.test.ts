// /stats, /models and /contributors say their figures as text, and the same in columns for a platform that shows such, in each language. With the real models.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../src/chat/event.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { languages } from '../../src/words/words.ts';
import { newDataDir, removeDataDir } from '../support/product.ts';
import { openWorld, type World } from '../support/world.ts';

const chat: Chat = { id: '7', kind: 'private', isChatAdmin: () => Promise.resolve(true) };
const folder = newDataDir();
let world: World;

const say = async (name: string, language: string): Promise<Message> => {
  const person: Person = { platform: 'telegram', id: '7', operator: true, language };
  const [reply] = await world.app.handle({ kind: 'command', name, rest: '', person, chat, address: { chat: 7 } });
  if (reply?.kind !== 'message') throw new Error('nothing was said');
  return reply.message;
};

beforeAll(async () => {
  world = await openWorld(folder);
  const [bytes] = await world.app.examples.pictures('digits');
  const said = { person: { platform: 'telegram', id: '7', operator: true }, chat, address: { chat: 7 } } as const;
  const [asked] = await world.app.handle({ kind: 'photo', bytes: bytes ?? new Uint8Array(), key: '7:1', ...said });
  const payload = (asked?.kind === 'message' ? asked.message.keyboard?.flat()[0]?.payload : undefined) ?? '';
  await world.app.handle({ kind: 'press', payload, ...said });
});
afterAll(async () => {
  await world.app.close();
  removeDataDir(folder);
});

test.each(languages)('what /stats says in %s stands in columns as well', async (language) => {
  const { text, table } = await say('stats', language);
  const [, champion] = table?.rows.find((row) => row[1]?.startsWith('digits-')) ?? [];
  expect(text).toContain(champion ?? 'nobody');
  // Each figure of the text is one of the table's.
  const cells = table?.rows.map((row) => row[1]).join(' ') ?? '';
  const numbers = text.slice(text.indexOf('0–9') + 3).match(/\d+/g) ?? [];
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers.filter((each) => !cells.includes(each))).toEqual([]);
  expect(table?.rows.every((row) => row.length === 2 && row.every((each) => each !== ''))).toBe(true);
});

test.each(languages)(
  'what /models says in %s stands in columns as well, with how people found them',
  async (language) => {
    const { text, table } = await say('models', language);
    const [first] = table?.rows ?? [];
    expect(table?.head).toHaveLength(4);
    expect(first?.[0]).toMatch(/^▶ digits-/);
    expect(text).toContain(first?.[1] ?? 'nothing');
    expect(first?.[2]).toBe('1 / 1');
    expect(first?.every((each) => each !== '')).toBe(true);
  },
);

test.each(languages)(
  'what /contributors says in %s stands in columns as well, with what can be done',
  async (language) => {
    const { text, table } = await say('contributors', language);
    expect(table?.head).toHaveLength(4);
    const [row] = table?.rows ?? [];
    expect(row?.slice(1)).toEqual(['1', '1 / 1', expect.stringMatching(/^\d \/ 1$/)]);
    expect(row?.[0]).toMatch(/^c\d+, telegram, \S+$/u);
    expect(text).toContain(row?.[0]?.split(',')[0] ?? 'nobody');
    expect(table?.beneath).toContain('/block c12');
  },
);

test('one is one, in English, too', async () => {
  const { text } = await say('contributors', 'en');
  expect(text).toContain('): 1 sample, 1 of them');
  expect(text).toContain('1 of 1 answer.');
});
