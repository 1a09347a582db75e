// The suite's own rules: a test is fast or slow and never neither, chance has a seed, and no file is left out.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { slow } from './slow.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(`${root}tests`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: `tests/${file}`, text: readFileSync(`${root}tests/${file}`, 'utf8') }));
const files = sources
  .map(({ file }) => file)
  .filter((file) => file.endsWith('.test.ts'))
  .sort();

/** The files that a script of package.json runs, as vitest itself lists them. */
function filesOf(script: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const [program, verb, ...options] = scripts[script]?.split(' ') ?? [];
  expect([program, verb], script).toEqual(['vitest', 'run']);
  const vitest = createRequire(import.meta.url)
    .resolve('vitest/package.json')
    .replace('package.json', 'vitest.mjs');
  const args = [vitest, 'list', '--filesOnly', '--json', ...options];
  const listed = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as {
    file: string;
  }[];
  return listed.map(({ file }) => file.slice(root.length)).sort();
}

test('every file of tests is fast or slow, and the scripts run each once', () => {
  expect(filesOf('test:slow')).toEqual([...slow].sort());
  expect([...filesOf('test:fast'), ...slow].sort()).toEqual(files);
  expect(filesOf('test')).toEqual(files);
});

test('whoever tests is called a test', () => {
  const testing = sources.filter(({ text }) => /import \{[^}]*\b(?:test|it)\b[^}]*\} from 'vitest'/u.test(text));
  expect(testing.map(({ file }) => file).sort()).toEqual(files);
});

test('what tests of several rooms need stands in tests/support', () => {
  const roomOf = (file: string): string => file.split('/').slice(0, -1)[1] ?? '';
  const wrong = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/from '(\.[^']+)'/gu)]
      .map((match) => normalize(join(dirname(file), match[1] ?? '')))
      .filter((target) => target.startsWith('tests/') && !['', 'support', roomOf(file)].includes(roomOf(target)))
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('chance has a seed', () => {
  const seeding = ['tests/support/properties.ts', 'tests/suite.test.ts'];
  const chance = /Math\.random|randomBytes|randomUUID|randomInt|getRandomValues|from 'fast-check'/u;
  const unseeded = sources.filter(({ file, text }) => !seeding.includes(file) && chance.test(text));
  expect(unseeded.map(({ file }) => file)).toEqual([]);
});

test('no test asks to be tried again, and none is left out for good', () => {
  const again = /\bretry: *[1-9]\b|\b(?:test|it|describe)\.(?:only|skip|todo|fails)\b/u;
  const config = { file: 'vitest.config.ts', text: readFileSync(`${root}vitest.config.ts`, 'utf8') };
  const own = (file: string): boolean => file !== 'tests/suite.test.ts';
  expect(
    [config, ...sources].filter(({ file, text }) => own(file) && again.test(text)).map(({ file }) => file),
  ).toEqual([]);
});
