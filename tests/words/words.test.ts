// Every language says everything: the same messages, the same values; the code can ask for no other.
import { readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { isMessage, languageFor, languages, sayIn } from '../../src/words/words.ts';

type Messages = Map<string, Set<string>>;

/** Message ids of a file with the names of the values they take. */
function messagesOf(language: string): Messages {
  const text = readFileSync(new URL(`../../src/words/${language}.ftl`, import.meta.url), 'utf8');
  const found: Messages = new Map();
  for (const entry of new FluentResource(text).body) {
    const names = [...JSON.stringify(entry).matchAll(/"type":"var","name":"(\w+)"/g)].map((match) => match[1] ?? '');
    expect(found.has(entry.id), `${language}.ftl has ${entry.id} twice`).toBe(false);
    found.set(entry.id, new Set(names));
  }
  // The parser passes over what it cannot read: every line that begins a message must have become one.
  for (const [, id = ''] of text.matchAll(/^([a-z][\w-]*) =/gm)) expect([...found.keys()]).toContain(id);
  return found;
}

const english = messagesOf('en');

describe.each(languages)('%s', (language) => {
  test('has the messages that English has, with the same values', () => {
    const mine = messagesOf(language);
    expect([...mine.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [id, values] of english) expect([...(mine.get(id) ?? [])].sort(), id).toEqual([...values].sort());
  });

  test('can say each of them', () => {
    const say = sayIn(language);
    for (const [id, values] of english) {
      if (!isMessage(id)) throw new Error(id);
      expect(say(id, Object.fromEntries([...values].map((name) => [name, 1]))), id).not.toBe('');
    }
  });
});

test('the ids that compile are those of the files', async () => {
  const ids = [...english.keys()].sort().map((id) => `  | '${id}'`);
  const file = `// The ids of all messages, so that asking for one that is not there does not compile. Made from en.ftl: a test compares, and
// \`npx vitest run tests/words -u\` writes it anew.

export type MessageId =
${ids.join('\n')};
`;
  await expect(file).toMatchFileSnapshot('../../src/words/messages.ts');
});

test('every message the page asks for is there', () => {
  const page = readFileSync(new URL('../../bots/web/page/index.html', import.meta.url), 'utf8');
  const asked = [...page.matchAll(/\{\{([\w-]+)\}\}/g)].map((match) => match[1] ?? '');
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((id) => !english.has(id) && !['language', 'base', 'words'].includes(id))).toEqual([]);
});

test('an alphabet’s title begins small inside a sentence, where it is a word of the language', () => {
  const say = sayIn('uk');
  expect(say('alphabet-chosen', { alphabet: 'Українська абетка' })).toBe('Відтепер я читаю тут: українська абетка.');
  expect(say('alphabet-chosen', { alphabet: 'ABC abc 0–9' })).toBe('Відтепер я читаю тут: ABC abc 0–9.');
  expect(say('alphabet-chosen', { alphabet: 'АБВ' })).toBe('Відтепер я читаю тут: АБВ.');
  expect(say('sheet-title', { alphabet: 'Українська абетка' })).toMatch(/^Українська абетка/);
});

/** What is said twice in other words, in one language or another, is two things to who reads it. */
test.each([
  ['uk', /(?<![\p{L}’])знак(?:у|а|и|ів|ом|ами|ам|ах)?(?![\p{L}’])/iu],
  ['ja', /標本|持ち主|回答|お答え/u],
  ['en', /\bloss\b.*\bepoch|\bheld-out\b|\bbase set\b|\bown hand\b/u],
] as const)('%s has one word for one thing', (language, other) => {
  const text = readFileSync(new URL(`../../src/words/${language}.ftl`, import.meta.url), 'utf8');
  expect(text.split('\n').filter((line) => !line.startsWith('#') && other.test(line))).toEqual([]);
});

test('a client’s wish is met as near as we can', () => {
  expect(languageFor('uk-UA')).toBe('uk');
  expect(languageFor('ja')).toBe('ja');
  expect(languageFor(null, undefined, 'pt-BR')).toBe('en');
  expect(languageFor(null, 'ja', 'uk')).toBe('ja');
});

test('what is written from the right leaves the sentence round it as it is', () => {
  for (const language of languages) {
    const say = sayIn(language);
    // Unseen, strong from the left: without it the percentage would stand before the letter.
    expect(say('answer-sure', { label: 'א', percent: 90 }), language).toContain('\u200eא\u200e');
    expect(say('announce-rolled-back', { alphabet: 'عربي', version: 'x-1' }), language).toContain('\u200eعربي\u200e');
    expect(say('answer-sure', { label: 'α', percent: 90 }), language).not.toContain('\u200e');
  }
});
