// The fonts of a folder: which files are fonts at all, and what each is called.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { readFontFile, type FontFile } from './font-file.ts';

export interface Font extends FontFile {
  readonly path: string;
  /** The file's name without its ending: what a bank calls its source. */
  readonly name: string;
}

export interface FoundFonts {
  readonly fonts: readonly Font[];
  /** Files that are called fonts and are none, or of a kind that cannot be drawn. */
  readonly noFonts: readonly string[];
}

const DRAWN = /\.(?:ttf|otf|ttc)$/iu;
const CALLED = /\.(?:ttf|otf|ttc|otc|woff2?|eot|pfb)$/iu;

/**
 * All fonts in the folder and below it, in the order of their paths; copies only once. With `only`, those whose path fits.
 * Throws UsageError when the folder cannot be read, or holds no font.
 */
export async function findFonts(folder: string, only?: (path: string) => boolean): Promise<FoundFonts> {
  const names = await namesIn(folder);
  const files = names.filter((name) => CALLED.test(name) && (only?.(name) ?? true)).sort();
  const fonts: Font[] = [];
  const noFonts: string[] = [];
  const seen = new Set<string>();
  for (const name of files) {
    const file = path.join(folder, name);
    const bytes = await readFile(file).catch(() => null);
    // A link that leads nowhere, or a file that is somebody else's.
    if (bytes === null) {
      noFonts.push(name);
      continue;
    }
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (seen.has(hash)) continue;
    seen.add(hash);
    const font = DRAWN.test(name) ? readFontFile(bytes) : null;
    if (font === null) noFonts.push(name);
    else {
      const called = path.basename(name).replace(CALLED, '');
      fonts.push({ ...font, family: font.family === '' ? called : font.family, path: file, name: called });
    }
  }
  if (fonts.length > 0) return { fonts, noFonts };
  const why = noFonts.length === 0 ? '' : ` (${noFonts.join(', ')}: not readable as one)`;
  throw new UsageError(`${folder} holds no font${why}. It takes .ttf and .otf files.`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    throw new UsageError(`The folder of fonts ${folder} cannot be opened: ${messageOf(error)}.`, { cause: error });
  }
}
