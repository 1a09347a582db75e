// `tidy`: deletes blobs that nothing names any more. The app does it by itself where they are in its own folder; of a bucket
// only its owner knows that nobody else's blobs are in it.
import type { Command } from 'commander';
import { print, type Context } from './context.ts';

export function addTidy(program: Command, context: Context): void {
  program
    .command('tidy')
    .description('deletes what killed and given-up training left behind; for blobs of this installation alone')
    .option('--dry-run', 'only counts it')
    .option('--json', 'the figures as JSON')
    .action((options: { dryRun?: boolean; json?: boolean }) =>
      context.withApp(async (app) => {
        const pretend = options.dryRun === true;
        const tidied = await app.tidy({ pretend });
        const what = `${tidied.blobs} blobs, ${(tidied.bytes / 1e6).toFixed(1)} MB`;
        print(options.json, tidied, () => `${what} ${pretend ? 'would be' : 'were'} deleted`);
      }),
    );
}
