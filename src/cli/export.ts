// `export`: samples and models out of the store, in formats that anybody reads.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById } from '../alphabet/alphabet.ts';
import type { App } from '../app.ts';
import { exported, fileOf, LABELS, labelsLine, TABLE, TABLE_HEAD, tableLine } from '../dataset/export.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { glyphPng } from '../report/glyph.ts';
import { alphabetNamed, print, type Context } from './context.ts';

export function addExport(program: Command, context: Context): void {
  program
    .command('export')
    .description('samples as pictures with a table and as IDX, models as ONNX with their figures')
    .requiredOption('--alphabet <id>', 'which alphabet')
    .requiredOption('--out <dir>', 'the folder to write to; made where it is missing')
    .option('--json', 'counts as JSON')
    .action((options: { alphabet: string; out: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const alphabet = alphabetNamed(app, options.alphabet);
        const samples = await exportSamples(app, alphabet, options.out);
        const models = await exportModels(app, alphabet, options.out);
        print(
          options.json,
          { alphabet: alphabet.id, out: options.out, samples, models },
          () => `${samples} samples and ${models} models are in ${options.out}`,
        );
      }),
    );
}

/** labels.tsv with glyphs/*.png, which `import` reads again, and idx/ for tools that want IDX. */
async function exportSamples(app: App, alphabet: Alphabet, out: string): Promise<number> {
  await mkdir(join(out, 'glyphs'), { recursive: true });
  await mkdir(join(out, 'idx'), { recursive: true });
  const count = [...countOnly(app, alphabet)].length;
  const table = createWriteStream(join(out, TABLE));
  table.write(`${TABLE_HEAD}\n`);
  const tsv = createWriteStream(join(out, LABELS));
  const labels = createWriteStream(join(out, 'idx', 'labels.txt'));
  const images = createWriteStream(join(out, 'idx', 'images.idx3-ubyte'));
  images.write(idxHead(count));
  for (const sample of exported(app.store.samples, alphabet)) {
    await writeFile(join(out, fileOf(sample)), glyphPng(sample.glyph));
    table.write(`${tableLine(sample, alphabet)}\n`);
    tsv.write(`${labelsLine(sample, alphabet)}\n`);
    labels.write(`${labelById(alphabet, sample.labelId ?? -1)?.text ?? ''}\n`);
    images.write(sample.glyph);
  }
  await Promise.all([table, tsv, labels, images].map((stream) => new Promise<void>((done) => stream.end(done))));
  return count;
}

function* countOnly(app: App, alphabet: Alphabet): Generator<number> {
  for (const sample of exported(app.store.samples, alphabet)) yield sample.id;
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
