// Reads a labelled set: pictures with the character that each shows, from one of three layouts of a folder. Import, evaluation,
// simulation and the seed recipe all read their data here. What is wrong with a set is said with the place where it is wrong.
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { messageOf, UsageError } from '../errors.ts';
import type { Raster } from '../glyph/glyph.ts';
import { readIdxImages } from './idx.ts';
import { findText, textLines } from './lines.ts';

export interface LabelledPicture {
  /** Grey pixels, or the bytes of an image file: `readPicture` of glyph/read takes either. */
  readonly picture: Raster | Uint8Array;
  /** What it shows, in NFC. Not yet checked against any alphabet. */
  readonly label: string;
  readonly writer: string | null;
  /** Where in the set it stands, for messages: `images.idx3-ubyte #12`, `labels.tsv line 4`, `ж/12.png`. */
  readonly source: string;
}

/**
 * The pictures of a set in its own order, read as they are asked for. `folder` holds images.idx3-ubyte + labels.txt [+ writers.txt],
 * each also as .gz; or labels.tsv with lines of file, tab, label [, tab, writer]; or one folder of image files a label.
 * Throws UsageError for anything else, before the first picture where it can.
 */
export async function* readLabelledSet(folder: string): AsyncGenerator<LabelledPicture, void, undefined> {
  const names = await namesIn(folder);
  if (names.some((name) => name.startsWith('images.idx3-ubyte'))) yield* fromIdx(folder);
  else if (names.includes('labels.tsv')) yield* fromTable(folder);
  else yield* fromFolders(folder);
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

async function* fromTable(folder: string): AsyncGenerator<LabelledPicture, void, undefined> {
  const root = await realpath(folder);
  const lines = textLines(await readFile(path.join(folder, 'labels.tsv')), `${folder}/labels.tsv`);
  const rows = lines.map((line, index) => ({ columns: line.split('\t'), source: `labels.tsv line ${index + 1}` }));
  if (rows[0]?.columns[0] === 'file' && rows[0].columns[1] === 'label') rows.shift();
  const full = rows.filter(({ columns }) => columns.some((column) => column !== ''));
  if (full.length === 0)
    throw new UsageError(`${folder}/labels.tsv names no picture: it needs lines of file, tab, label.`);
  for (const { columns, source } of full) {
    const [file = '', label, writer] = columns;
    const text = cleanLabel(label, `${folder}: ${source}`);
    const picture = await readInside(root, file, `${folder}: ${source}`);
    yield { picture, label: text, writer: writer === undefined || writer === '' ? null : writer, source };
  }
}

async function* fromFolders(folder: string): AsyncGenerator<LabelledPicture, void, undefined> {
  const root = await realpath(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const labels = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  let found = 0;
  for (const label of labels.sort()) {
    const files = await readdir(path.join(folder, label), { withFileTypes: true });
    const pictures = files
      .filter((file) => !file.isDirectory() && PICTURE_NAME.test(file.name))
      .map((file) => file.name);
    for (const name of pictures.sort()) {
      const source = `${label}/${name}`;
      found++;
      yield { picture: await readInside(root, source, folder), label: label.normalize('NFC'), writer: null, source };
    }
  }
  if (found > 0) return;
  throw new UsageError(
    `${folder} is no labelled set: it needs images.idx3-ubyte(.gz) with labels.txt(.gz), or labels.tsv (file, tab, label), ` +
      `or one folder of pictures for each label.`,
  );
}

/** Notes and thumbnails that lie beside pictures are passed over; hidden files too. */
const PICTURE_NAME = /^[^.].*\.(?:png|jpe?g|webp|gif|tiff?|avif)$/iu;

function cleanLabel(label: string | undefined, place: string): string {
  const text = (label ?? '').normalize('NFC').trim();
  if (text === '') throw new UsageError(`${place} has no label.`);
  return text;
}

/** The bytes of a file inside the set. A name (or link) that leads out of the set is refused: a set may come from a stranger. */
async function readInside(root: string, name: string, place: string): Promise<Uint8Array> {
  if (name === '' || name.includes('\0') || path.isAbsolute(name) || name.split(/[/\\]/u).includes('..')) {
    throw new UsageError(`${place}: "${name}" is no name of a file inside the set.`);
  }
  try {
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(root + path.sep)) throw new UsageError(`${place}: "${name}" leads out of the set.`);
    if (!(await stat(file)).isFile()) throw new UsageError(`${place}: "${name}" is not a file.`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${place}: "${name}" cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
