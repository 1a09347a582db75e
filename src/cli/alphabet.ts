// `alphabet`: what can be read, and alphabets of one's own.
import type { Command } from 'commander';
import { labelById, NO_BACKBONE, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { addLabelVerbs } from './alphabet-labels.ts';
import { addMaking } from './alphabet-making.ts';
import { plainAlphabet } from './alphabet-plain.ts';
import { alphabetNamed, type Context, counted, print } from './context.ts';

interface Json {
  readonly json?: boolean;
}

export function addAlphabet(program: Command, context: Context): void {
  const alphabet = program.command('alphabet').description('alphabets, shipped and one’s own');
  alphabet
    .command('list')
    .description('every alphabet with its labels and the model that answers')
    .option('--json', 'all of it as JSON')
    .action((options: Json) =>
      context.withApp(async (app) => {
        const all = listed(app);
        print(options.json, all, () =>
          all.map(
            (each) =>
              `${each.id}  ${each.title}  ${counted(each.labels.length, 'label')}  ${each.champion ?? 'no model yet'}${each.archived ? '  archived' : ''}`,
          ),
        );
      }),
    );

  alphabet
    .command('show')
    .description('one alphabet: its rows, cases and twins, and what its model does not read yet')
    .argument('<id>', 'which one')
    .option('--json', 'all of it as JSON')
    .action((id: string, options: Json) =>
      context.withApp(async (app) => {
        const shown = await show(app, alphabetNamed(app, id));
        print(options.json, shown, () => shownLines(shown));
      }),
    );

  addMaking(alphabet, context);
  addLabelVerbs(alphabet, context);

  for (const [verb, archived, says] of [
    ['archive', true, 'is out of the menus; what it learnt is kept, and "alphabet restore" brings it back'],
    ['restore', false, 'can be chosen again'],
  ] as const) {
    alphabet
      .command(verb)
      .description(archived ? 'takes an alphabet of your own out of the menus' : 'puts it back')
      .argument('<id>', 'which one')
      .option('--json', 'as JSON')
      .action((id: string, options: Json) =>
        context.withApp(async (app) => {
          app.own.setArchived(id, archived);
          print(options.json, { id, archived }, () => `${id} ${says}`);
        }),
      );
  }

  alphabet
    .command('remove')
    .description('removes an alphabet of your own that has no samples')
    .argument('<id>', 'which one')
    .option('--json', 'as JSON')
    .action((id: string, options: Json) =>
      context.withApp(async (app) => {
        app.own.remove(id);
        print(options.json, { id, removed: true }, () => `${id} is gone`);
      }),
    );
}

function listed(app: App) {
  const archived = app.store.alphabets.list().filter((each) => each.archived);
  const all = [...app.alphabets.list(), ...archived.flatMap(({ id }) => app.alphabets.get(id) ?? [])];
  return all.map((each) => ({
    id: each.id,
    title: each.title,
    labels: each.labels.map((label) => label.text),
    own: app.store.alphabets.get(each.id) !== undefined,
    archived: archived.some(({ id }) => id === each.id),
    champion: app.store.champions.current(each.id) ?? null,
  }));
}

async function show(app: App, alphabet: Alphabet) {
  const textOf = (id: number): string => labelById(alphabet, id)?.text ?? '';
  const champion = app.store.champions.current(alphabet.id);
  const artifact = champion === undefined ? undefined : app.store.versions.get(champion)?.artifact;
  const known = artifact === undefined ? new Set<number>() : await labelsOf(app, alphabet, artifact);
  const samples = new Map(
    app.store.stats.ofAlphabet(alphabet.id).labels.map((each) => [each.labelId, each.train + each.test]),
  );
  const cases = alphabet.labels.filter((label) => label.case === 'upper').map(({ text, identity }) => [text, identity]);
  return {
    ...plainAlphabet(alphabet),
    rows: alphabet.rows.map((row) => row.map(textOf)),
    cases,
    confusable: alphabet.confusable.map((group) => group.map(textOf)),
    archived: app.store.alphabets.get(alphabet.id)?.archived ?? false,
    seesWith: await sightOf(app, alphabet),
    champion: champion ?? null,
    /** Labels that the champion does not know yet, with their samples. */
    unread: alphabet.labels
      .filter(({ id }) => !known.has(id))
      .map(({ id, text }) => ({ label: text, samples: samples.get(id) ?? 0 })),
  };
}

/** What the next model of an alphabet of pictures sees with; null for ink, which is seen as it is. */
async function sightOf(app: App, { backbone }: Alphabet) {
  if (backbone === null) return null;
  if (backbone === NO_BACKBONE) return { name: NO_BACKBONE, hash: null, licence: null, here: true };
  const added = (await app.backbones.list()).find(({ hash }) => hash === backbone);
  const { name, licence } = added?.card ?? { name: null, licence: null };
  return { name, hash: backbone, licence, here: added?.here ?? false };
}

function sightLines({ seesWith, id }: Awaited<ReturnType<typeof show>>): readonly string[] {
  if (seesWith === null) return [];
  const { name, hash, licence, here } = seesWith;
  if (hash === null)
    return [`sees with: no backbone; a small network learns to see ("alphabet see-with ${id} NAME" changes it)`];
  const known = `sees with: ${name ?? 'a backbone that is not known here'} (${hash.slice(0, 8)}${licence === null ? '' : `, ${licence}`})`;
  return [here ? known : `${known}, whose file is gone: add it again ("backbone add")`];
}

async function labelsOf(app: App, alphabet: Alphabet, artifact: string): Promise<ReadonlySet<number>> {
  const classifier = await app.openClassifier(alphabet, artifact);
  await classifier.close();
  return new Set(classifier.metadata.outputs.flatMap((output) => (output === null ? [] : [output.id])));
}

function shownLines(shown: Awaited<ReturnType<typeof show>>): string[] {
  const { id, title, direction, rows, cases, confusable, notes, champion, unread, archived } = shown;
  return [
    `${id}  ${title}  ${direction === 'rtl' ? 'right to left' : 'left to right'}${archived ? '  archived' : ''}`,
    ...rows.map((row) => `  ${row.join(' ')}`),
    ...(cases.length === 0 ? [] : [`cases: ${cases.map((pair) => pair.join('')).join(' ')}`]),
    ...(confusable.length === 0 ? [] : [`differ in size only: ${confusable.map((group) => group.join('')).join(' ')}`]),
    ...notes.map((note) => `note: ${note}`),
    ...sightLines(shown),
    `model: ${champion ?? 'none yet'}`,
    ...(champion === null || unread.length === 0
      ? []
      : [`not read yet: ${unread.map(({ label, samples }) => `${label} (${counted(samples, 'sample')})`).join(', ')}`]),
  ];
}
