// `alphabet new --kind picture`: an alphabet of things that people photograph, out of a folder of photos: labels, samples and the first
// model in one go.
import type { AlphabetSpec } from '../alphabet/alphabet.ts';
import { specFromLabels } from '../alphabet/own.ts';
import type { App } from '../app/open.ts';
import { readLabelledSet } from '../dataset/labelled.ts';
import { UsageError } from '../errors.ts';
import { plainAlphabet } from './alphabet-plain.ts';
import { counted, print, type Context } from './context.ts';
import { importLines, importSet } from './import.ts';
import { retrained, runJson } from './runs.ts';
import { runText } from '../words/run-text.ts';
import { sayIn } from '../words/words.ts';

interface PictureOptions {
  readonly id?: string;
  readonly title?: string;
  readonly labels?: string;
  readonly labelsFrom?: string;
  readonly backbone?: string;
  readonly json?: boolean;
}

export async function newPictures(app: App, context: Context, options: PictureOptions): Promise<void> {
  const { id, title, labelsFrom, json } = options;
  if (options.backbone === 'none')
    throw new UsageError(
      'A picture alphabet needs a backbone to see with: "backbone add" adds one, and --backbone names it.',
    );
  const labels =
    labelsFrom === undefined ? (options.labels ?? '').split(/[\s|]+/u).filter(Boolean) : await labelsIn(labelsFrom);
  // What is wrong with a wish is said before anything is made.
  specFromLabels(labels, { id, title });
  const backbone = await backboneOf(app, options.backbone);
  const spec: AlphabetSpec = { ...specFromLabels(labels, { id, title }), kind: 'picture', backbone: backbone.hash };
  const { alphabet } = await app.own.create(spec, 'none');
  const made = { ...plainAlphabet(alphabet), backbone: backbone.hash };
  const say = (line: string): void => {
    if (json !== true) console.log(line);
  };
  say(`${alphabet.id}: ${counted(alphabet.labels.length, 'label')}; every platform knows it now`);
  say(`its pictures are seen with ${backbone.card.name} (${backbone.hash.slice(0, 8)}, ${backbone.card.licence})`);
  if (labelsFrom === undefined) {
    print(json, { ...made, samples: null, run: null }, () => [
      `Send photos and say what they show; after five or so of each label, "retrain --alphabet ${alphabet.id}" makes the first model.`,
    ]);
    return;
  }
  const counts = await importSet(app, {
    alphabet: alphabet.id,
    data: labelsFrom,
    contributor: 'import',
    json: json === true,
  });
  for (const line of importLines(counts, false)) say(line);
  const run = await retrained(app, alphabet.id, { wait: true, json });
  if (run.state !== 'promoted') context.failed();
  print(json, { ...made, samples: counts, run: runJson(run) }, () => runText(run, alphabet, sayIn('en')));
}

/** The set's own labels, in their order. */
async function labelsIn(folder: string): Promise<readonly string[]> {
  const labels = new Set<string>();
  for await (const { label } of readLabelledSet(folder, () => undefined)) labels.add(label);
  return [...labels];
}

/** The one that is named; else the only one there is. */
async function backboneOf(app: App, name: string | undefined) {
  if (name !== undefined) return app.backbones.named(name);
  const [only, another] = (await app.backbones.list()).filter(({ here }) => here);
  if (only !== undefined && another === undefined) return only;
  throw new UsageError(
    only === undefined
      ? 'A picture alphabet needs a backbone to see with: --backbone hand for signs of a hand, or "backbone add" for another.'
      : 'There are several backbones: say with --backbone which to see with; "backbone list" shows them.',
  );
}
