// `alphabet new --kind picture`: an alphabet of things that people photograph, out of a folder of photos: labels, samples and the first
// model in one go.
import { NO_BACKBONE, type AlphabetSpec } from '../alphabet/alphabet.ts';
import { specFromLabels } from '../alphabet/own.ts';
import type { App } from '../app/open.ts';
import { readLabelledSet } from '../dataset/labelled.ts';
import { UsageError } from '../errors.ts';
import type { AddedBackbone } from '../runs/backbones.ts';
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
  readonly mirror?: boolean;
  readonly json?: boolean;
}

export async function newPictures(app: App, context: Context, options: PictureOptions): Promise<void> {
  const { id, title, labelsFrom, json } = options;
  const labels =
    labelsFrom === undefined ? (options.labels ?? '').split(/[\s|]+/u).filter(Boolean) : await labelsIn(labelsFrom);
  // What is wrong with a wish is said before anything is made.
  specFromLabels(labels, { id, title });
  const backbone = await backboneOf(app, options.backbone);
  const spec: AlphabetSpec = {
    ...specFromLabels(labels, { id, title }),
    kind: 'picture',
    ...(backbone !== null && { backbone: backbone.hash }),
    ...(options.mirror === true && { mirror: true }),
  };
  const { alphabet } = await app.own.create(spec, 'none');
  const made = { ...plainAlphabet(alphabet), backbone: backbone?.hash ?? null };
  const say = (line: string): void => {
    if (json !== true) console.log(line);
  };
  say(`${alphabet.id}: ${counted(alphabet.labels.length, 'label')}; every platform knows it now`);
  say(sightLine(alphabet.id, backbone));
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

/** The one that is named, which may be none; else the only one there is, or none. */
async function backboneOf(app: App, name: string | undefined): Promise<AddedBackbone | null> {
  if (name !== undefined) return name === NO_BACKBONE ? null : app.backbones.named(name);
  const [only = null, another] = (await app.backbones.list()).filter(({ here }) => here);
  if (another === undefined) return only;
  throw new UsageError(
    'There are several backbones: say with --backbone which to see with, or none; "backbone list" shows them.',
  );
}

/** `alphabet see-with`: the next retrain begins with it, and what answers goes on until that is proven better. */
export async function seeWith(app: App, id: string, name: string, json: boolean | undefined): Promise<void> {
  const backbone = await backboneOf(app, name);
  const alphabet = await app.own.seeWith(id, backbone?.hash ?? null);
  print(json, { ...plainAlphabet(alphabet), backbone: backbone?.hash ?? null }, () => [
    sightLine(id, backbone),
    `What answers now goes on as it is. "retrain --alphabet ${id}" teaches a model that sees so; it takes over once it is proven better.`,
  ]);
}

const sightLine = (id: string, backbone: AddedBackbone | null): string =>
  backbone === null
    ? `its pictures are seen with no backbone: a small network learns to see from them alone. One of hands (--backbone hand) or of photographs ("backbone add FILE") reads more from fewer pictures; "alphabet see-with ${id} NAME" changes it, also later`
    : `its pictures are seen with ${backbone.card.name} (${backbone.hash.slice(0, 8)}, ${backbone.card.licence})`;
