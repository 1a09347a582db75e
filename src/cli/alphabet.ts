// `alphabet`: what can be read.
import type { Command } from 'commander';
import { print, type Context } from './context.ts';

export function addAlphabet(program: Command, context: Context): void {
  const alphabet = program.command('alphabet').description('alphabets, shipped and one’s own');
  alphabet
    .command('list')
    .description('every alphabet with its labels and the model that answers')
    .option('--json', 'all of it as JSON')
    .action((options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const all = app.alphabets.list().map((each) => ({
          id: each.id,
          title: each.title,
          labels: each.labels.map((label) => label.text),
          champion: app.store.champions.current(each.id) ?? null,
        }));
        print(options.json, all, () =>
          all.map(
            (each) => `${each.id}  ${each.title}  ${each.labels.length} labels  ${each.champion ?? 'no model yet'}`,
          ),
        );
      }),
    );
}
