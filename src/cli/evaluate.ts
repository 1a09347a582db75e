// `evaluate`: how well a model reads a labelled set, through the same glyph code as a photo.
import { Option, type Command } from 'commander';
import { hasBoth, labelsOf, onlys, type Only } from '../alphabet/only.ts';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { readLabelledSet } from '../dataset/labelled.ts';
import { UsageError } from '../errors.ts';
import { theOne } from '../glyph/glyph.ts';
import { openerOf } from '../glyph/opener.ts';
import type { Classifier } from '../model/classifier.ts';
import { measureSet, type LabelledGlyph } from '../model/evaluate.ts';
import { narrowedClassifier } from '../model/narrowed.ts';
import { alphabetNamed, type Context, counted, percent, print } from './context.ts';
import { evaluatePages, pageLines } from './evaluate-pages.ts';

const CONFUSIONS_SHOWN = 10;

interface Options {
  readonly alphabet: string;
  readonly data: string;
  readonly model?: string;
  readonly caseless?: boolean;
  readonly pages?: boolean;
  readonly only?: Only;
  readonly json?: boolean;
}

export function addEvaluate(program: Command, context: Context): void {
  program
    .command('evaluate')
    .description('accuracy, calibration and confusions of a model on a labelled set')
    .requiredOption('--alphabet <id>', 'the alphabet of the model')
    .requiredOption(
      '--data <dir>',
      'IDX with labels.txt, a labels.tsv, or one folder a label; with --pages pages.jsonl',
    )
    .option('--model <version>', 'a version (default: the one that answers)')
    .option('--caseless', 'the set’s labels tell no case: score identities only')
    .option('--pages', 'photographs of several characters: how many are found, in which order, and read')
    .addOption(new Option('--only <which>', 'read letters alone, or digits alone').choices(onlys))
    .option('--json', 'the figures as JSON')
    .action((options: Options) =>
      context.withApp(async (app) => {
        if (options.pages === true) {
          if (options.caseless === true)
            throw new UsageError('--caseless is of sets of single characters, not of --pages.');
          const figures = await withClassifier(
            app,
            options,
            async ({ alphabet, classifier, labels, modelVersion }) => ({
              alphabet: alphabet.id,
              modelVersion,
              ...(await evaluatePages(options.data, { alphabet, classifier, labels })),
            }),
          );
          print(options.json, figures, () => pageLines(figures));
          return;
        }
        const figures = await evaluateSet(app, options);
        print(options.json, figures, () => lines(figures));
      }),
    );
}

/** What people read: case only where the alphabet has any, twins only where it declares some. */
function lines(figures: Awaited<ReturnType<typeof evaluateSet>>): string[] {
  const { modelVersion, samples, unreadable, outOfAlphabet, alphabet, caseAccuracy } = figures;
  if (samples === 0)
    return [
      `nothing to score: none of the ${outOfAlphabet} pictures shows a character of ${alphabet}. "alphabet show ${alphabet}" lists them.`,
    ];
  return [
    `${modelVersion} on ${counted(samples, 'picture')} (${unreadable} unreadable, counted as wrong; ${outOfAlphabet} of other alphabets left out)`,
    `accuracy ${percent(figures.accuracy)}, confusable labels taken as one ${percent(figures.confusableAccuracy)}`,
    `identity ${percent(figures.identityAccuracy)}${caseAccuracy === null ? '' : `, and of these the case ${percent(caseAccuracy)}`}`,
    `macro F1 ${percent(figures.macroF1)}, calibration error ${percent(figures.ece)}`,
    ...figures.confusions
      .slice(0, CONFUSIONS_SHOWN)
      .map(({ label, read, count }) => `  ${label} read as ${read ?? 'nothing'}: ${count}`),
  ];
}

async function evaluateSet(app: App, options: Options) {
  return withClassifier(app, options, async ({ labels, ...model }) => {
    const glyphs: LabelledGlyph[] = [];
    for await (const { picture, label } of readLabelledSet(options.data)) {
      glyphs.push({ label, pixels: theOne(await openerOf(model.alphabet).readOfSet(picture))?.pixels ?? null });
    }
    const classifier = narrowedClassifier(model.classifier, labels);
    return measureSet(glyphs, { ...model, classifier, caseless: options.caseless });
  });
}

async function withClassifier<T>(
  app: App,
  options: Options,
  use: (model: {
    readonly alphabet: Alphabet;
    readonly modelVersion: string;
    readonly classifier: Classifier;
    /** Those that are read; null: all. */
    readonly labels: ReadonlySet<number> | null;
  }) => Promise<T>,
): Promise<T> {
  const alphabet = alphabetNamed(app, options.alphabet);
  const { only = null } = options;
  if (only !== null && !hasBoth(alphabet))
    throw new UsageError(`${alphabet.id} does not have both letters and digits: leave --only out.`);
  const id = options.model ?? app.store.champions.current(alphabet.id);
  if (id === undefined) throw new UsageError(`No model of ${alphabet.id} answers yet: there is nothing to evaluate.`);
  const version = app.store.versions.get(id);
  if (version?.alphabet !== alphabet.id) {
    throw new UsageError(`There is no version ${id} of ${alphabet.id}. "models --alphabet ${alphabet.id}" lists them.`);
  }
  const classifier = await app.openClassifier(alphabet, version.artifact);
  try {
    return await use({ alphabet, modelVersion: id, classifier, labels: labelsOf(alphabet, only) });
  } finally {
    await classifier.close();
  }
}
