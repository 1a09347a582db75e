// A set of photographed pages: a folder with `pages.jsonl`, a line a page: its file, and where which character stands on it, in the order
// in which it is read.
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, UsageError } from '../errors.ts';
import type { Box } from '../glyph/glyph.ts';
import { readInside } from './inside.ts';

interface LabelledPage {
  readonly file: string;
  /** The image file's bytes. */
  readonly picture: Uint8Array;
  /** In reading order; boxes in pixels of the upright picture. */
  readonly glyphs: readonly { readonly box: Box; readonly label: string }[];
}

const TABLE = 'pages.jsonl';

const side = z.number().positive();
const pageLine = z.object({
  file: z.string(),
  glyphs: z.array(z.object({ box: z.tuple([z.number(), z.number(), side, side]), label: z.string().trim().min(1) })),
});

/** Throws UsageError that names the line where the table, or a file that it names, is no good. */
export async function* readPages(folder: string): AsyncGenerator<LabelledPage, void, undefined> {
  const lines = await linesOf(folder);
  const root = await realpath(folder);
  for (const { text, place } of lines) {
    const { file, glyphs } = parsed(text, place);
    const picture = await readInside(root, file, place);
    yield {
      file,
      picture,
      glyphs: glyphs.map(({ box: [x, y, width, height], label }) => ({
        box: { x, y, width, height },
        label: label.normalize('NFC'),
      })),
    };
  }
}

async function linesOf(folder: string): Promise<readonly { readonly text: string; readonly place: string }[]> {
  const table = path.join(folder, TABLE);
  const all = await readFile(table, 'utf8').catch((cause: unknown) => {
    throw new UsageError(
      `${table} cannot be read: ${messageOf(cause)}. A set of pages has one, with a line a page: ` +
        `{"file": "page.jpg", "glyphs": [{"box": [x, y, width, height], "label": "7"}]}`,
      { cause },
    );
  });
  const lines = all
    .replace(/^\uFEFF/u, '')
    .split('\n')
    .map((text, at) => ({ text, place: `${table} line ${at + 1}` }))
    .filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) throw new UsageError(`${table} names no page.`);
  return lines;
}

function parsed(text: string, place: string): z.infer<typeof pageLine> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${place} is not JSON: ${messageOf(cause)}`, { cause });
  }
  const line = pageLine.safeParse(value);
  if (line.success) return line.data;
  const [first] = line.error.issues;
  throw new UsageError(`${place}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'not a page'}`);
}
