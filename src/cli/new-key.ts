// `new-key`: after secret.key was lost, and only then. Opens the store alone, since the app refuses to start without the key.
import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { splitter } from '../dataset/split.ts';
import { replaceKey } from '../recognition/key.ts';
import { openStore } from '../store/store.ts';
import { print, type Context } from './context.ts';

export function addNewKey(program: Command, context: Context): void {
  program
    .command('new-key')
    .description('after secret.key was lost for good: makes another one, and everybody becomes a new person')
    .option('--json', 'the file as JSON')
    .action((options: { json?: boolean }) => {
      const dataDir = resolve(context.config().dataDir);
      const store = openStore(join(dataDir, 'inkloop.db'), { splitter });
      try {
        replaceKey(store, dataDir);
      } finally {
        store.close();
      }
      const file = join(dataDir, 'secret.key');
      print(options.json, { file }, () => `made ${file}; keep it with your backups`);
    });
}
