// `models`, `promote`, `rollback`: the registry of versions and which of them answers.
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { promoteVersion, rollback, type Moved } from '../training/rollback.ts';
import { alphabetNamed, print, percent, type Context } from './context.ts';

export function addModels(program: Command, context: Context): void {
  program
    .command('models')
    .description('versions with their lineage, newest first')
    .option('--alphabet <id>', 'only of this alphabet')
    .option('--json', 'all of it as JSON')
    .action((options: { alphabet?: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const id = options.alphabet === undefined ? undefined : alphabetNamed(app, options.alphabet).id;
        const versions = app.store.versions
          .list(id)
          .map((version) => ({ ...version, champion: app.store.champions.current(version.alphabet) === version.id }));
        print(options.json, versions, () =>
          versions.length === 0
            ? 'no models yet'
            : versions.map(
                (each) =>
                  `${each.champion ? '▶' : ' '} ${each.id}  ${each.origin}  ${accuracyOf(each.metrics)}  parent ${each.parent ?? '–'}  ${each.artifact.slice(0, 12)}`,
              ),
        );
      }),
    );

  program
    .command('promote')
    .description('makes a version answer, whatever the gate said of it')
    .argument('<version>', 'like digits-3')
    .option('--json', 'what happened as JSON')
    .action((version: string, options: { json?: boolean }) =>
      context.withApp(async (app) =>
        told(context, await promoteVersion(app.tools, version, 'command line'), options.json),
      ),
    );

  program
    .command('rollback')
    .description('makes the version before the champion answer again')
    .requiredOption('--alphabet <id>', 'which alphabet')
    .option('--json', 'what happened as JSON')
    .action((options: { alphabet: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const alphabet = alphabetNamed(app, options.alphabet);
        told(context, await rollback(app.tools, alphabet.id, 'command line'), options.json);
      }),
    );
}

function told(context: Context, moved: Moved, json: boolean | undefined): void {
  if (moved.outcome === 'unknown-version')
    throw new UsageError(`There is no version ${moved.version}. "models" lists them.`);
  if (moved.outcome !== 'moved') context.failed();
  print(json, moved, () => {
    switch (moved.outcome) {
      case 'moved':
        return `${moved.to} answers now (before: ${moved.from ?? 'nobody'})`;
      case 'nothing-before':
        return 'there is no version before this one; nothing was changed';
      case 'already':
        return `${moved.champion} answers already; nothing was changed`;
      case 'unusable':
        return `${moved.version} cannot be used, nothing was changed: ${moved.because}`;
      case 'overtaken':
        return 'another version took over meanwhile; nothing was changed';
    }
  });
}

function accuracyOf(metrics: unknown): string {
  const accuracy =
    typeof metrics === 'object' && metrics !== null && 'accuracy' in metrics ? metrics.accuracy : undefined;
  return typeof accuracy === 'number' ? percent(accuracy) : '–';
}
