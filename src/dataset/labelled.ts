// Reads a labelled set: pictures with the character that each shows, from one of three layouts of a folder. Import, evaluation,
// simulation and the seed recipe all read their data here. What is wrong with a set is said with the place where it is wrong.
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

import { messageOf, UsageError } from '../errors.ts';
import type { Raster } from '../glyph/glyph.ts';
import { sniffFormat } from '../glyph/sniff.ts';
import { readIdxImages } from './idx.ts';
import { headInside, readInside } from './inside.ts';
import { findText, textLines } from './lines.ts';
import { columnsOf, partedBy } from './table.ts';

export interface LabelledPicture {
  /** Grey pixels, or the bytes of an image file: `readPicture` of glyph/read takes either. */
  readonly picture: Raster | Uint8Array;
  /** What it shows, in NFC. Not yet checked against any alphabet. */
  readonly label: string;
  readonly writer: string | null;
  /** Where in the set it stands, for messages: `images.idx3-ubyte #12`, `labels.tsv line 4`, `ж/12.png`. */
  readonly source: string;
}

/** Hears what of a set is no picture that could be read, and why: where it stands, and half a sentence. */
type PassOver = (source: string, why: string) => void;

/** A table of labels, by the names that programs give it. */
const TABLES = ['labels.tsv', 'labels.csv'];

/**
 * The pictures of a set in its own order, read as they are asked for. `folder` holds images.idx3-ubyte + labels.txt [+ writers.txt],
 * each also as .gz; or labels.tsv (or .csv) with lines of file, label [, writer]; or one folder of image files a label.
 * Throws UsageError for anything else, before the first picture where it can; with `passOver`, what of a set cannot be used is told
 * there and the rest goes on.
 */
export async function* readLabelledSet(
  folder: string,
  passOver?: PassOver,
): AsyncGenerator<LabelledPicture, void, undefined> {
  const names = await namesIn(folder);
  const table = TABLES.find((name) => names.includes(name));
  if (names.some((name) => name.startsWith('images.idx3-ubyte'))) yield* fromIdx(folder);
  else if (table !== undefined) yield* fromTable(folder, table, passOver);
  else yield* fromFolders(folder, passOver);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new UsageError(`The data set ${folder} cannot be opened: ${messageOf(error)}. Name a folder that exists.`, {
      cause: error,
    });
  }
}

async function* fromIdx(folder: string): AsyncGenerator<LabelledPicture, void, undefined> {
  const rasters = await readIdxImages(folder);
  const labels = await findText(folder, 'labels.txt');
  if (labels === null)
    throw new UsageError(`${folder} has pictures but no labels.txt (or labels.txt.gz): one label a line.`);
  const writers = await findText(folder, 'writers.txt');
  for (const [name, lines] of [
    ['labels.txt', labels],
    ['writers.txt', writers],
  ] as const) {
    if (lines === null || lines.length === rasters.length) continue;
    throw new UsageError(
      `${folder}: ${name} has ${lines.length} lines for ${rasters.length} pictures; it needs one for each.`,
    );
  }
  for (const [index, picture] of rasters.entries()) {
    const label = cleanLabel(labels[index], `${folder}: labels.txt line ${index + 1}`);
    yield { picture, label, writer: writers?.[index] ?? null, source: `images.idx3-ubyte #${index + 1}` };
  }
}

async function* fromTable(
  folder: string,
  table: string,
  passOver: PassOver | undefined,
): AsyncGenerator<LabelledPicture, void, undefined> {
  const root = await realpath(folder);
  const lines = textLines(await readFile(path.join(folder, table)), `${folder}/${table}`);
  const mark = partedBy(lines.find((line) => line.trim() !== '') ?? '');
  const rows = lines.map((line, index) => ({ columns: columnsOf(line, mark), source: `${table} line ${index + 1}` }));
  if (rows[0]?.columns[0] === 'file' && rows[0].columns[1] === 'label') rows.shift();
  const full = rows.filter(({ columns }) => columns.some((column) => column !== ''));
  if (full.length === 0)
    throw new UsageError(`${folder}/${table} names no picture: it needs lines of file, tab, label.`);
  for (const { columns, source } of full) {
    const [file = '', label, writer] = columns;
    const text = cleanLabel(label, `${folder}: ${source}`);
    let picture: Uint8Array;
    try {
      picture = await readInside(root, file, `${folder}: ${source}`);
    } catch (error) {
      if (passOver === undefined) throw error;
      passOver(source, messageOf(error));
      continue;
    }
    yield { picture, label: text, writer: writer === undefined || writer === '' ? null : writer, source };
  }
}

async function* fromFolders(
  folder: string,
  passOver: PassOver | undefined,
): AsyncGenerator<LabelledPicture, void, undefined> {
  const root = await realpath(folder);
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const labels = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  let found = 0;
  const over: PassOver = (source, why) => {
    passOver?.(source, why);
    if (passOver !== undefined) found++;
  };
  for (const label of labels.sort()) {
    const files = await readdir(path.join(folder, label), { withFileTypes: true });
    for (const file of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (file.name.startsWith('.')) continue;
      const source = `${label}/${file.name}`;
      const why = file.isDirectory() ? 'is a folder in a label’s folder' : await noPicture(root, source, folder);
      if (why !== null) {
        over(source, why);
        continue;
      }
      found++;
      yield { picture: await readInside(root, source, folder), label: label.normalize('NFC'), writer: null, source };
    }
  }
  const loose = entries.filter((entry) => !entry.isDirectory() && PICTURE_NAME.test(entry.name));
  for (const { name } of loose) over(name, 'stands in no label’s folder');
  if (found > 0) return;
  throw new UsageError(
    `${folder} is no labelled set: it needs images.idx3-ubyte(.gz) with labels.txt(.gz), or labels.tsv (file, tab, label), ` +
      `or one folder of pictures for each label.`,
  );
}

/** Whoever calls a file so means a picture: whether it is one, its reader says. */
const PICTURE_NAME = /\.(?:png|jpe?g|webp|gif|tiff?|avif)$/iu;
const PICTURES: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'animated'];

/** Why a file in a label's folder is no picture to read, by what it holds and not by its name; null: it is one. */
async function noPicture(root: string, name: string, place: string): Promise<string | null> {
  if (PICTURE_NAME.test(name)) return null;
  const format = sniffFormat(await headInside(root, name, place));
  if (PICTURES.includes(format)) return null;
  return format === 'unsupported' ? 'is of a kind that is not read: save it as JPEG or PNG' : 'is no picture';
}

function cleanLabel(label: string | undefined, place: string): string {
  const text = (label ?? '').normalize('NFC').trim();
  if (text === '') throw new UsageError(`${place} has no label.`);
  return text;
}
