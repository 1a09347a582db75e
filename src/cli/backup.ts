// `backup`: a consistent copy of the database, while everything goes on.
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { print, type Context } from './context.ts';

export function addBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .description('a consistent copy of the database; keep secret.key and the blobs folder beside it')
    .argument('<file>', 'the copy; must not exist')
    .option('--json', 'the file as JSON')
    .action((file: string, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        if (existsSync(file)) throw new UsageError(`${file} exists already: name a new file.`);
        await app.store.backup(file);
        print(options.json, { file }, () => `saved as ${file}`);
      }),
    );
}
