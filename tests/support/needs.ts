// Programs that some tests need and a machine may lack: then they are skipped, loudly; on CI nothing may be skipped.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where each can be found besides PATH. */
const usual = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  'redis-server': ['/usr/bin/redis-server'],
} as const;

export type NeededProgram = keyof typeof usual;

/** The program's path, or undefined where it is not installed. */
export function findProgram(name: NeededProgram): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((each) => each !== '');
  return [...folders.map((folder) => join(folder, name)), ...usual[name]].find(isExecutable);
}

/** For `describe.skipIf(needs('chromium'))`: true, said aloud, where the program is missing. Throws instead with CI=true. */
export function needs(name: NeededProgram): boolean {
  if (findProgram(name) !== undefined) return false;
  const sentence = `${name} is not installed, so the tests that need it cannot run (Debian: apt-get install ${name})`;
  if (process.env['CI'] === 'true') throw new Error(sentence);
  process.stderr.write(`\n  ⚠ SKIPPED: ${sentence}\n\n`);
  return true;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
