// `import`: a labelled set becomes confirmed samples. Running it again adds nothing twice.
import type { Command } from 'commander';
import { SingleBar } from 'cli-progress';
import { labelByText } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { readLabelledSet } from '../dataset/labelled.ts';
import { UsageError } from '../errors.ts';
import { theOne } from '../glyph/glyph.ts';
import { openerOf } from '../glyph/opener.ts';
import type { NewSample } from '../store/samples.ts';
import { alphabetNamed, counted, print, type Context } from './context.ts';
import { importedHash } from './imported.ts';

const BATCH = 500;

interface ImportOptions {
  readonly alphabet: string;
  readonly data: string;
  readonly contributor: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Counts {
  added: number;
  present: number;
  unreadable: number;
  outOfAlphabet: number;
  passedOver: number;
  /** Each that came to nothing: where it stands in the set, and why. */
  readonly notAdded: { readonly source: string; readonly because: string }[];
}

/** Named one by one on a terminal; the rest is in --json. */
const MOST_NAMED = 20;

export function addImport(program: Command, context: Context): void {
  program
    .command('import')
    .description('a labelled set becomes confirmed samples')
    .requiredOption('--alphabet <id>', 'the alphabet of the labels')
    .requiredOption('--data <dir>', 'IDX with labels.txt, a labels.tsv or .csv, or one folder a label')
    .option('--contributor <name>', 'whose handwriting it is, where the set does not say', 'import')
    .option('--dry-run', 'only count what would be added')
    .option('--json', 'counts as JSON')
    .action((options: ImportOptions) =>
      context.withApp(async (app) => {
        const counts = await importSet(app, options);
        // A set of which nothing is there afterwards was not imported.
        if (counts.added + counts.present === 0) context.failed();
        print(options.json, { alphabet: options.alphabet, dryRun: options.dryRun === true, ...counts }, () =>
          importLines(counts, options.dryRun === true),
        );
      }),
    );
}

export function importLines({ notAdded, ...counts }: Counts, dryRun: boolean): readonly string[] {
  const more = notAdded.length - MOST_NAMED;
  return [
    ...notAdded.slice(0, MOST_NAMED).map(({ source, because }) => `${source}: ${because}`),
    ...(more > 0 ? [`… and ${more} more; --json names them all`] : []),
    `${dryRun ? 'would add' : 'added'} ${counted(counts.added, 'sample')}`,
    `${counts.present} were there already, ${counts.unreadable} unreadable, ${counts.outOfAlphabet} of other alphabets, ${counts.passedOver} passed over`,
  ];
}

export async function importSet(app: App, options: ImportOptions): Promise<Counts> {
  const alphabet = alphabetNamed(app, options.alphabet);
  const counts: Counts = { added: 0, present: 0, unreadable: 0, outOfAlphabet: 0, passedOver: 0, notAdded: [] };
  const not = (source: string, because: string): void => void counts.notAdded.push({ source, because });
  const contributors = new Map<string, number>();
  const contributorOf = (name: string): number => {
    const known = contributors.get(name);
    if (known !== undefined) return known;
    const keyHash = importedHash(app.key, name);
    const { id } = app.store.contributors.getOrCreate({ keyHash, platform: 'import', at: Date.now() });
    contributors.set(name, id);
    return id;
  };
  let batch: NewSample[] = [];
  const save = (): void => {
    if (app.kindIsFull(alphabet.kind))
      throw new UsageError(
        `Photos take the ${app.config.picturesMegabytes} MB that they may, and ${counts.added} were added: set PICTURES_MB higher and import again, nothing is added twice.`,
      );
    const { added, present } = app.store.samples.import(batch);
    counts.added += added;
    counts.present += present;
    batch = [];
  };
  const bar = progressBar(options.json);
  const passOver = (source: string, why: string): void => {
    counts.passedOver += 1;
    not(source, why);
  };
  for await (const { picture, label: text, writer, source } of readLabelledSet(options.data, passOver)) {
    bar?.increment();
    const label = labelByText(alphabet, text);
    if (label === undefined) {
      counts.outOfAlphabet += 1;
      not(source, `its label ${text} is not among ${alphabet.title}`);
      continue;
    }
    const reading = await openerOf(alphabet).readOfSet(picture);
    const glyph = theOne(reading);
    if (glyph === undefined) {
      counts.unreadable += 1;
      not(source, reading.outcome === 'glyphs' ? 'shows several characters' : reading.outcome.replaceAll('-', ' '));
      continue;
    }
    if (options.dryRun === true) {
      counts.added += 1;
      continue;
    }
    batch.push({
      alphabet: alphabet.id,
      labelId: label.id,
      glyph: glyph.pixels,
      contributorId: contributorOf(writer === null ? options.contributor : `${options.contributor}/${writer}`),
      source: 'import',
      at: Date.now(),
    });
    if (batch.length >= BATCH) save();
  }
  if (batch.length > 0) save();
  bar?.stop();
  return counts;
}

/** On a terminal; a set's size is not known before it was read, so it only counts. */
function progressBar(json: boolean | undefined): SingleBar | null {
  if (json === true || !process.stderr.isTTY) return null;
  const bar = new SingleBar({ format: 'reading: {value} pictures', stream: process.stderr, clearOnComplete: true });
  bar.start(0, 0);
  return bar;
}
