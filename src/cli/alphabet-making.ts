// `alphabet new`, `train`, `add-labels`: an alphabet of one's own, without code.
import { readFileSync, statSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { Option, type Command } from 'commander';
import { parseDocument } from 'yaml';
import type { Alphabet, AlphabetSpec } from '../alphabet/alphabet.ts';
import { notesOn, specFromFile, specFromText, type Wishes } from '../alphabet/own.ts';
import type { App } from '../app/open.ts';
import { messageOf, UsageError } from '../errors.ts';
import { USUAL_EPOCHS, type FirstModelProgress } from '../learning/first-model.ts';
import type { Trained } from '../runs/own-alphabets.ts';
import type { FontsReport, FontsWish } from '../runs/own-fonts.ts';
import { newPictures, seeWith } from './alphabet-pictures.ts';
import { plainAlphabet } from './alphabet-plain.ts';
import { percent, print, type Context } from './context.ts';

/** Samples after which a label that no font has is usually read. */
const A_START = 5;

interface Fonts {
  /** False: --no-fonts. */
  readonly fonts?: string | false;
}
interface Training {
  readonly epochs: string;
  readonly seed: string;
}
interface Json {
  readonly json?: boolean;
}

/** Adds the verbs that make and grow one. */
export function addMaking(alphabet: Command, context: Context): void {
  const fonts = new Option('--fonts <dir>', 'a folder of .ttf and .otf files; else those of the recipe, if installed');
  const training = (command: Command): Command =>
    command
      .addOption(fonts)
      .option('--no-fonts', 'begin without any, and learn from the first samples')
      .option('--epochs <n>', 'how long to train, 8,000 glyphs each', String(USUAL_EPOCHS))
      .option('--seed <n>', 'another chance', '1');

  training(
    alphabet
      .command('new')
      .description('makes an alphabet of your own known to all platforms, and trains its first model from fonts')
      .option('--id <id>', 'small letters, digits and hyphens, like greek')
      .option('--labels <text>', 'αβγ…, or words with spaces between them; | begins a new row')
      .option('--file <file>', 'YAML or JSON with id, title, rows, names, cases, confusable, direction')
      .option('--title <text>', 'what people see')
      .option('--rtl', 'written from right to left; Hebrew and Arabic letters are known to be')
      .addOption(
        new Option('--kind <kind>', 'characters in ink, or things that are photographed')
          .choices(['ink', 'picture'])
          .default('ink'),
      )
      .option(
        '--labels-from <dir>',
        'with --kind picture: photos, one folder a label; they become samples, and the first model',
      )
      .option(
        '--backbone <name>',
        'with --kind picture: what pictures are seen with; hand, one of "backbone list", or none: a small network of their own',
      )
      .option('--mirror', 'with --kind picture: things look the same in a mirror (flowers do, signs of a hand do not)'),
  )
    .option('--json', 'what was made, as JSON')
    .action((options: Fonts & Training & Json & NewOptions) =>
      context.withApp(async (app) => {
        if (options.kind === 'picture') return newPictures(app, context, options);
        const training = trainingOf(options);
        const made = await app.own.create(specOf(options), wishOf(options));
        const known = describe(made.alphabet);
        if (options.json !== true)
          console.log([...known, ...fontLines(`${made.alphabet.id} learns`, made.fonts)].join('\n'));
        const trained = await train(app, made.alphabet.id, 'none', training, options);
        print(options.json, { ...plainAlphabet(made.alphabet), fonts: made.fonts, ...trained }, () =>
          trainedLines(made.alphabet.id, trained),
        );
      }),
    );

  training(
    alphabet
      .command('train')
      .description('trains the first model (again) from fonts, until one has learnt from people')
      .argument('<id>', 'which one'),
  )
    .option('--json', 'what was made, as JSON')
    .action((id: string, options: Fonts & Training & Json) =>
      context.withApp(async (app) => {
        const trained = await train(app, id, wishOf(options), trainingOf(options), options);
        if (trained === null) context.failed();
        print(options.json, { id, ...trained }, () => trainedLines(id, trained));
      }),
    );

  alphabet
    .command('see-with')
    .description('changes what the pictures of an alphabet of yours are seen with, from the next retrain on')
    .argument('<id>', 'which alphabet')
    .argument('<backbone>', 'hand, one of "backbone list", or none')
    .option('--json', 'what it is now, as JSON')
    .action((id: string, backbone: string, options: Json) =>
      context.withApp((app) => seeWith(app, id, backbone, options.json)),
    );

  alphabet
    .command('add-labels')
    .description('appends labels to an alphabet of your own; the next retrain learns them and forgets nothing')
    .argument('<id>', 'which one')
    .requiredOption('--labels <text>', 'as for "new"')
    .addOption(fonts)
    .option('--no-fonts', 'learn them from samples alone')
    .option('--json', 'what it is now, as JSON')
    .action((id: string, options: Fonts & Json & { labels: string }) =>
      context.withApp(async (app) => {
        const grown = await app.own.addLabels(id, options.labels, wishOf(options));
        const added = grown.added.map(({ text }) => text);
        print(options.json, { ...plainAlphabet(grown.alphabet), added, fonts: grown.fonts }, () => [
          `${id} has ${grown.alphabet.labels.length} labels now; new: ${added.join(' ')}`,
          ...notesOn(grown.alphabet).map((note) => `note: ${note}`),
          ...fontLines('the new labels are learnt', grown.fonts),
          `The next retrain learns them: give samples of each, then "retrain --alphabet ${id}".`,
        ]);
      }),
    );
}

interface NewOptions {
  readonly id?: string;
  readonly labels?: string;
  readonly file?: string;
  readonly title?: string;
  readonly rtl?: boolean;
  readonly kind?: string;
  readonly labelsFrom?: string;
  readonly backbone?: string;
  readonly mirror?: boolean;
}

function specOf({ id, labels, file, title, rtl }: NewOptions): AlphabetSpec {
  const wishes: Wishes = { id, title, direction: rtl === true ? 'rtl' : undefined };
  if (labels !== undefined && file === undefined) return specFromText(labels, wishes);
  if (file !== undefined && labels === undefined) return specFromFile(parsedFile(file), file, wishes);
  throw new UsageError('An alphabet needs either --labels or --file.');
}

/** Far more than the names of all labels need; parsing megabytes of anything else would take minutes. */
const LARGEST_FILE = 1_000_000;

/** YAML, and so JSON, too. Every scalar stays the text that it is: a label may be 0, no, or null. */
function parsedFile(file: string): unknown {
  try {
    const document = parseDocument(textOf(file), { schema: 'failsafe' });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error).split('\n')[0] ?? ''}`, { cause: error });
  }
}

function textOf(file: string): string {
  const { size } = statSync(file);
  if (size > LARGEST_FILE) throw new RangeError(`it has ${size} bytes, which describe no alphabet (1 MB at most)`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw error instanceof TypeError
      ? new RangeError('it is no UTF-8 text: save it as UTF-8', { cause: error })
      : error;
  }
}

const wishOf = ({ fonts }: Fonts): FontsWish =>
  fonts === false ? 'none' : typeof fonts === 'string' ? { folder: fonts } : 'recipe';

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000)
    throw new UsageError(`${name} takes a whole number from 1 to 1000, not ${text}.`);
  return value;
}

/** What is wrong with a wish is said before an alphabet is made. */
const trainingOf = ({ epochs, seed }: Training): { readonly epochs: number; readonly seed: number } => ({
  epochs: whole(epochs, '--epochs'),
  seed: whole(seed, '--seed'),
});

async function train(
  app: App,
  id: string,
  fonts: FontsWish,
  training: ReturnType<typeof trainingOf>,
  options: Json,
): Promise<Trained | null> {
  const progress = options.json === true ? null : showProgress();
  try {
    return await app.own.train(id, fonts, {
      ...training,
      ...(progress === null ? {} : { onProgress: (now) => progress.show(now) }),
    });
  } finally {
    progress?.stop();
  }
}

/** A bar on a terminal, else a line an epoch. */
function showProgress(): { show(now: FirstModelProgress): void; stop(): void } {
  const values = ({ stage, loss, secondsLeft }: FirstModelProgress) => ({
    stage,
    loss: loss?.toFixed(3) ?? '–',
    left: secondsLeft === null ? '–' : `${Math.ceil(secondsLeft)} s`,
  });
  if (!process.stderr.isTTY) {
    let told = '';
    return {
      show(now) {
        const key = `${now.stage} ${now.epoch}`;
        if (key === told) return;
        told = key;
        const { stage, loss, left } = values(now);
        process.stderr.write(`${stage}: epoch ${now.epoch}/${now.epochs}, loss ${loss}, ${left} left\n`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: '{stage} [{bar}] epoch {value}/{total}, loss {loss}, {left} left',
    stream: process.stderr,
    clearOnComplete: true,
  });
  let started = false;
  return {
    show(now) {
      if (!started) bar.start(now.epochs, 0, values(now));
      started = true;
      bar.update(now.epoch, values(now));
    },
    stop: () => bar.stop(),
  };
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function describe(alphabet: Alphabet): string[] {
  const { id, labels, rows, direction } = alphabet;
  const way = direction === 'rtl' ? 'right to left' : 'left to right';
  return [
    `${id}: ${labels.length} labels in ${counted(rows.length, 'row')}, ${way}; every platform knows it now`,
    ...notesOn(alphabet).map((note) => `note: ${note}`),
  ];
}

function fontLines(learning: string, fonts: FontsReport | null): string[] {
  if (fonts === null) return [`no fonts: ${learning} from people's samples alone`];
  const { used, unused, noFonts, skipped, unsupported } = fonts;
  return [
    `fonts: ${counted(used, 'font')} with its characters, ${unused} without any; skipped: ${counted(skipped, 'character')} that a font lacks`,
    ...(noFonts.length === 0 ? [] : [`no fonts, and left out: ${noFonts.join(', ')}`]),
    ...unsupported.map((text) => `unsupported: no font has ${text}; add ${A_START} samples`),
  ];
}

function trainedLines(id: string, trained: Trained | null): string[] {
  if (trained === null) {
    return [
      `${id} has no model yet. Send photos, or draw on the page, and say what they show; after ${A_START} or so of each label,`,
      `"retrain --alphabet ${id}" makes the first one. Or give it fonts: "alphabet train ${id} --fonts DIR".`,
    ];
  }
  const { version, answers, accuracy, seconds } = trained;
  const figure =
    accuracy === null
      ? ', not measured: all its fonts taught; more families of them would leave some to test'
      : `, ${percent(accuracy.right / accuracy.of)} of ${accuracy.of} glyphs in fonts it never saw`;
  return [
    answers
      ? `${version} answers now (${Math.round(seconds)} s${figure})`
      : `${version} was made, but another model took over meanwhile; "promote ${version}" makes it answer`,
  ];
}
