// A set of photographed pages: its table is parsed line by line, and what is wrong is named by its line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPages } from '../../src/dataset/pages.ts';
import { UsageError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkloop-pages-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function pagesOf(...lines: readonly string[]): Promise<unknown[]> {
  writeFileSync(join(folder, 'pages.jsonl'), lines.join('\n'));
  const pages: unknown[] = [];
  for await (const page of readPages(folder)) pages.push(page);
  return pages;
}

test('a page has its bytes, and its characters in the order of the table', async () => {
  writeFileSync(join(folder, 'a.png'), 'bytes');
  const glyphs = [
    { box: [1, 2, 30.5, 40], label: ' й ' },
    { box: [-3, 2, 30, 40], label: 'b' },
  ];
  const [page, ...more] = await pagesOf(`\uFEFF${JSON.stringify({ file: 'a.png', glyphs })}`, '', '');
  expect(more).toEqual([]);
  expect(page).toEqual({
    file: 'a.png',
    picture: Buffer.from('bytes'),
    glyphs: [
      { box: { x: 1, y: 2, width: 30.5, height: 40 }, label: 'й' },
      { box: { x: -3, y: 2, width: 30, height: 40 }, label: 'b' },
    ],
  });
});

const good = JSON.stringify({ file: 'a.png', glyphs: [] });

test.each([
  ['nothing', '', 'names no page'],
  ['no JSON', `${good}\n{`, 'line 2 is not JSON'],
  ['no box', '{"file":"a.png","glyphs":[{"label":"a"}]}', 'line 1: glyphs.0.box'],
  ['a box without a size', '{"file":"a.png","glyphs":[{"box":[1,1,0,4],"label":"a"}]}', 'line 1: glyphs.0.box.2'],
  ['an empty label', '{"file":"a.png","glyphs":[{"box":[1,1,4,4],"label":" "}]}', 'line 1: glyphs.0.label'],
  ['a file outside', '{"file":"../a.png","glyphs":[]}', 'is no name of a file inside the set'],
  ['a file that is missing', '{"file":"none.png","glyphs":[]}', 'cannot be read'],
])('%s is told by its line', async (_, text, message) => {
  writeFileSync(join(folder, 'a.png'), 'bytes');
  await expect(pagesOf(text)).rejects.toThrow(message);
  await expect(pagesOf(text)).rejects.toBeInstanceOf(UsageError);
});

test('a folder without a table is told what a table looks like', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'inkloop-no-pages-'));
  await expect(readPages(empty).next()).rejects.toThrow('{"file": "page.jpg"');
  rmSync(empty, { recursive: true });
});
