// `export`: samples and models out of the store, in formats that anybody reads.
import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { OperationalError } from '../errors.ts';
import { exported, fileOf, LABELS, labelsLine, TABLE, TABLE_HEAD, tableLine } from '../dataset/export.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { glyphImage } from '../report/glyph.ts';
import { alphabetNamed, type Context, counted, print } from './context.ts';

export function addExport(program: Command, context: Context): void {
  program
    .command('export')
    .description(
      'samples as pictures with a table and as IDX, models as ONNX with their figures, an own alphabet as a file',
    )
    .requiredOption('--alphabet <id>', 'which alphabet')
    .requiredOption('--out <dir>', 'the folder to write to; made where it is missing')
    .option('--json', 'counts as JSON')
    .action((options: { alphabet: string; out: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const alphabet = alphabetNamed(app, options.alphabet);
        const own = app.store.alphabets.get(alphabet.id);
        const [samples, models] = await exportAll(app, alphabet, own?.spec, options.out);
        print(options.json, { alphabet: alphabet.id, out: options.out, samples, models }, () => [
          `${counted(samples, 'sample')} and ${counted(models, 'model')} are in ${options.out}`,
          ...(own === undefined
            ? []
            : [`"alphabet new --file ${specFile(options.out)}" makes the alphabet itself elsewhere`]),
        ]);
      }),
    );
}

/** What `alphabet new --file` reads. */
const specFile = (out: string): string => join(out, 'alphabet.json');

/** How many samples and models were written; `own` is what makes an own alphabet anew. What the disk refuses is told in a sentence. */
async function exportAll(
  app: App,
  alphabet: Alphabet,
  own: unknown,
  out: string,
): Promise<[samples: number, models: number]> {
  try {
    const [samples, models] = [await exportSamples(app, alphabet, out), await exportModels(app, alphabet, out)];
    if (own !== undefined) await writeFile(specFile(out), `${JSON.stringify(own, null, 2)}\n`);
    return [samples, models];
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new OperationalError(`${out} cannot be written: ${cause.message}. Name another folder, or free some space.`, {
      cause,
    });
  }
}

/** labels.tsv with glyphs/*.png, which `import` reads again, and idx/ for tools that want IDX. */
async function exportSamples(app: App, alphabet: Alphabet, out: string): Promise<number> {
  await mkdir(join(out, 'glyphs'), { recursive: true });
  await mkdir(join(out, 'idx'), { recursive: true });
  const files: FileHandle[] = [];
  const made = async (name: string): Promise<FileHandle> => {
    const file = await open(join(out, name), 'w');
    files.push(file);
    return file;
  };
  try {
    const [table, tsv] = [await made(TABLE), await made(LABELS)];
    const [labels, images] = [await made('idx/labels.txt'), await made('idx/images.idx3-ubyte')];
    await table.appendFile(`${TABLE_HEAD}\n`);
    await images.appendFile(idxHead(0));
    let [count, bare] = [0, 0];
    for (const sample of exported(app.store.samples, alphabet)) {
      await writeFile(join(out, fileOf(sample)), glyphImage(sample.glyph));
      await table.appendFile(`${tableLine(sample, alphabet)}\n`);
      await tsv.appendFile(`${labelsLine(sample, alphabet)}\n`);
      count += 1;
      // IDX holds grey pixels of one size, and pictures are neither.
      if (kindOfGlyph(sample.glyph).image(sample.glyph) !== null) continue;
      await labels.appendFile(`${labelById(alphabet, sample.labelId ?? -1)?.text ?? ''}\n`);
      await images.appendFile(sample.glyph);
      bare += 1;
    }
    // Only now: people may have taught something meanwhile.
    await images.write(idxHead(bare), 0, undefined, 0);
    return count;
  } finally {
    for (const file of files) await file.close();
  }
}

/** Magic, count, height, width: four big-endian numbers. */
function idxHead(count: number): Buffer {
  const head = Buffer.alloc(16);
  [0x00000803, count, GLYPH_SIZE, GLYPH_SIZE].forEach((value, index) => head.writeUInt32BE(value, index * 4));
  return head;
}

async function exportModels(app: App, alphabet: Alphabet, out: string): Promise<number> {
  const versions = app.store.versions.list(alphabet.id);
  await mkdir(join(out, 'models'), { recursive: true });
  const champion = app.store.champions.current(alphabet.id);
  for (const version of versions) {
    const card = { ...version, champion: version.id === champion };
    await writeFile(join(out, 'models', `${version.id}.onnx`), await app.blobs.get(version.artifact));
    await writeFile(join(out, 'models', `${version.id}.json`), `${JSON.stringify(card, null, 2)}\n`);
  }
  return versions.length;
}
