// `sheet`: practice sheets as a PDF to print, and what is read of photos of filled ones. Nothing is saved.
import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { messageOf, OperationalError, UsageError } from '../errors.ts';
import type { Reading } from '../glyph/glyph.ts';
import { readPhoto } from '../glyph/read.ts';
import { isPdf } from '../glyph/sniff.ts';
import { unstack } from '../glyph/stack.ts';
import { sheetsPdf } from '../report/sheet-pdf.ts';
import { labelsAsked } from '../sheet/choose.ts';
import { papers, planSheets, type Paper } from '../sheet/layout.ts';
import { sheetPages } from '../words/sheet-text.ts';
import { languages, sayIn, type Language } from '../words/words.ts';
import { alphabetNamed, bytesOf, counted, print, type Context } from './context.ts';

interface Options {
  readonly alphabet?: string;
  readonly out?: string;
  readonly labels?: string;
  readonly paper: Paper;
  readonly language: Language;
  readonly json?: boolean;
}

export function addSheet(program: Command, context: Context): void {
  const sheet = program
    .command('sheet')
    .description('practice sheets to print and fill in, as a PDF')
    .option('--alphabet <id>', 'which alphabet')
    .option('--out <file>', 'the PDF to write')
    .option('--labels <labels>', 'some characters, or one for its row (default: all)')
    .addOption(new Option('--paper <size>', 'which paper').choices(Object.keys(papers)).default('A4'))
    .addOption(new Option('--language <code>', 'of what is printed on it').choices(languages).default('en'))
    .option('--json', 'what was written, as JSON')
    .action((options: Options) => context.withApp((app) => write(app, options)));
  sheet
    .command('read')
    .description('what is read of photos of filled sheets, a line (or a JSON object) a photo')
    .argument('<photo...>', 'image files, or PDFs as scanner apps make them')
    .option('--json', 'a JSON object a photo')
    .action((files: readonly string[], _: unknown, command: Command) =>
      context.withApp(async (app) => {
        const { json } = command.optsWithGlobals<{ json?: boolean }>();
        let sheets = 0;
        for (const file of files) sheets += await readFileOf(app, file, json);
        if (sheets === 0) throw new OperationalError('No practice sheet was found.');
      }),
    );
}

async function write(app: App, { alphabet: id, out, labels, paper, language, json }: Options): Promise<void> {
  if (id === undefined || out === undefined)
    throw new UsageError('Say which alphabet, and where to: --alphabet ID --out FILE.pdf');
  const alphabet = alphabetNamed(app, id);
  const asked = labels === undefined ? undefined : labelsAsked(alphabet, labels);
  if (asked?.outcome === 'unknown') throw new UsageError(`${asked.text} is not a label of the alphabet ${id}.`);
  const sheets = planSheets(alphabet, asked?.ids ?? alphabet.labels.map((label) => label.id), paper);
  const pdf = await sheetsPdf({ alphabet, pages: sheetPages(alphabet, sheets, sayIn(language)) });
  try {
    await writeFile(out, pdf);
  } catch (cause) {
    throw new OperationalError(`${out} cannot be written: ${messageOf(cause)}`, { cause });
  }
  const cells = sheets.reduce((sum, each) => sum + each.labels.length, 0);
  print(
    json,
    { alphabet: id, out, pages: sheets.length, cells },
    () => `${counted(sheets.length, 'page')} with ${counted(cells, 'cell')}: ${out}`,
  );
}

/** A photo, or a PDF page by page. Gives the number of sheets. */
async function readFileOf(app: App, file: string, json: boolean | undefined): Promise<number> {
  const bytes = await bytesOf(file);
  if (!isPdf(bytes)) return readOne(app, { file, name: file }, await readPhoto(bytes), json);
  let number = 0;
  let sheets = 0;
  const stack = await unstack(bytes, async (page) => {
    number += 1;
    const of = { file, pdfPage: number, name: `${file} ${number}` };
    sheets += await readOne(app, of, page === null ? { outcome: 'pdf-no-sheets' } : await readPhoto(page), json);
  });
  return stack.outcome === 'pages' ? sheets : sheets + (await readOne(app, { file, name: file }, stack, json));
}

async function readOne(
  app: App,
  { name, ...of }: { readonly file: string; readonly pdfPage?: number; readonly name: string },
  reading: Reading,
  json: boolean | undefined,
): Promise<0 | 1> {
  if (reading.outcome !== 'sheet') {
    const outcome = reading.outcome === 'glyphs' ? 'no-sheet' : reading.outcome;
    const because =
      reading.outcome === 'glyphs' || (reading.outcome === 'pdf-no-sheets' && of.pdfPage !== undefined)
        ? 'no practice sheet'
        : sayIn('en')(`unreadable-${reading.outcome}`);
    print(json, { ...of, sheet: null, outcome, cells: [] }, () => `${name}: ${because}`);
    return 0;
  }
  const alphabet = alphabetNamed(app, reading.alphabet);
  const { page, pages } = reading;
  const cells = await cellsOf(app, alphabet, reading);
  print(json, { ...of, sheet: { alphabet: alphabet.id, page, pages }, outcome: 'sheet', cells }, () => [
    `${name}: ${alphabet.title}, page ${page} of ${pages}`,
    ...cells.map(
      ({ label, read, state }) => `  ${label} ${state}${read === null || read === label ? '' : `, looks like ${read}`}`,
    ),
  ]);
  return 1;
}

async function cellsOf(app: App, alphabet: Alphabet, { cells }: Extract<Reading, { outcome: 'sheet' }>) {
  const reader = await app.champions.reader(alphabet.id);
  const glyphs = cells.flatMap((cell) => (cell.state === 'filled' ? [cell.pixels] : []));
  const answers = [...((await reader?.classify(glyphs)) ?? [])];
  const textOf = (id: number | undefined): string | null =>
    id === undefined ? null : (labelById(alphabet, id)?.text ?? null);
  return cells.map(({ labelId, state }) => ({
    // One that the alphabet has no more, or not yet, has no text.
    label: textOf(labelId),
    read: state === 'filled' ? textOf(answers.shift()?.candidates[0]?.labelId) : null,
    state,
  }));
}
