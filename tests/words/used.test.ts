// No sentence stands there that nobody says: translators would translate it, and readers of the files would look for who does.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

const sources = ['src', 'bots']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.(ts|js|html)$/.test(file) && file !== 'src/words/messages.ts')
  .map(read)
  .join('\n');

test('every message is said somewhere', () => {
  const written = new Set([...sources.matchAll(/['"]([a-z][\w-]*)['"]|\{\{([\w-]+)\}\}/g)].map(([, a, b]) => a ?? b));
  /** What an id begins or ends with whose other half is only known when it runs, and is written somewhere by itself. */
  const halves = [...sources.matchAll(/say\(\s*`(?:([a-z][a-z-]*-)\$\{[^`]*\}|\$\{[^`]*\}(-[a-z-]+))`/g)].map(
    ([, begins = '', ends = '']) => ({ begins, ends }),
  );
  const isSaid = (id: string): boolean =>
    written.has(id) ||
    // Said in a kind's own words where there are such (sayOf of words.ts).
    (id.endsWith('-of-picture') && isSaid(id.slice(0, -'-of-picture'.length))) ||
    halves.some(
      ({ begins, ends }) =>
        id.startsWith(begins) && id.endsWith(ends) && written.has(id.slice(begins.length, id.length - ends.length)),
    );
  const ids = new FluentResource(read('src/words/en.ftl')).body.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(200);
  expect(ids.filter((id) => !isSaid(id))).toEqual([]);
});
