// `snapshot`: frozen lists of samples, made, shown and compared.
import type { Command } from 'commander';
import { diffSnapshots, readSnapshot, type SnapshotReader } from '../dataset/snapshot.ts';
import type { App } from '../app/open.ts';
import { UsageError } from '../errors.ts';
import type { SnapshotRecord } from '../store/snapshots.ts';
import { freeze } from '../runs/prepare.ts';
import { alphabetNamed, type Context, counted, print } from './context.ts';

export function addSnapshot(program: Command, context: Context): void {
  const snapshot = program.command('snapshot').description('frozen, hashed lists of samples');

  snapshot
    .command('create')
    .description('freezes all samples of an alphabet; the same data gives the same id')
    .requiredOption('--alphabet <id>', 'which alphabet')
    .option('--json', 'the snapshot as JSON')
    .action((options: { alphabet: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const record = await freeze(app.tools, alphabetNamed(app, options.alphabet).id);
        app.store.snapshots.keep(record.id);
        print(options.json, record, () => line(record));
      }),
    );

  snapshot
    .command('show')
    .description('one snapshot with its samples, or all there are')
    .argument('[id]', 'its id, or the beginning of it')
    .option('--json', 'with every sample, as JSON')
    .action((id: string | undefined, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        if (id === undefined) {
          const all = app.store.snapshots.list();
          print(options.json, all, () => (all.length === 0 ? 'no snapshots yet' : all.map(line)));
          return;
        }
        const record = named(app, id);
        const samples = [];
        const reader = await open(app, record);
        for await (const sample of reader.samples) {
          const { glyph: _, ...rest } = sample;
          samples.push(rest);
        }
        const contributors = new Set(samples.map((sample) => sample.contributor)).size;
        print(options.json, { ...record, recipe: reader.header.recipe, samples }, () => [
          line(record),
          `${counted(samples.length, 'sample')} of ${counted(contributors, 'contributor')}${record.unrepeatable ? '; somebody was forgotten since: runs from it cannot be repeated' : ''}`,
        ]);
      }),
    );

  snapshot
    .command('diff')
    .description('which samples came and went from one snapshot to another')
    .argument('<a>', 'the first')
    .argument('<b>', 'the second')
    .option('--json', 'sample ids as JSON')
    .action((a: string, b: string, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const [before, after] = [named(app, a), named(app, b)];
        if (before.alphabet !== after.alphabet)
          throw new UsageError(
            `One snapshot is of ${before.alphabet}, the other of ${after.alphabet}: they have no samples in common.`,
          );
        const diff = await diffSnapshots(await open(app, before), await open(app, after));
        print(options.json, diff, () => [
          `${counted(diff.added.length, 'sample')} came, ${diff.removed.length} went`,
          diff.sameRecipe ? 'the same corpus recipe' : 'another corpus recipe',
        ]);
      }),
    );
}

const line = (record: SnapshotRecord): string =>
  `${record.id.slice(0, 12)}  ${record.alphabet}  ${record.train} train, ${record.test} test${record.unrepeatable ? '  unrepeatable' : ''}`;

function named(app: App, id: string): SnapshotRecord {
  const found = app.store.snapshots.list().filter((each) => each.id.startsWith(id));
  const [only] = found;
  if (only === undefined) throw new UsageError(`There is no snapshot ${id}. "snapshot show" lists them.`);
  if (found.length > 1) throw new UsageError(`${found.length} snapshots begin with ${id}: write more of it.`);
  return only;
}

async function open(app: App, record: SnapshotRecord): Promise<SnapshotReader> {
  if (record.blob === null) {
    const because = record.unrepeatable ? 'somebody was forgotten' : 'no run that saw them made a version';
    throw new UsageError(`The samples of ${record.id.slice(0, 12)} were deleted because ${because}.`);
  }
  return readSnapshot(app.blobs.stream(record.blob));
}
