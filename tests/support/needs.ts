// Programs that some tests need and a machine may lack: then they are skipped, loudly; on CI nothing may be skipped.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { makeMemoryLimit } from './memory-limit.ts';

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
  return skipped(`${name} is not installed, so the tests that need it cannot run (Debian: apt-get install ${name})`);
}

/** For `describe.skipIf(needsSmallDisk())`: true, said aloud, where this user may not mount a small tmpfs. Throws with CI=true. */
export function needsSmallDisk(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'inkloop-test', folder]);
  if (status === 0) spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
  if (status === 0) return false;
  return skipped('a small tmpfs cannot be mounted here (are you root?), so the tests of a full disk cannot run');
}

/** For tests in a network of their own: true, said aloud, where this user may not make one. Throws with CI=true. */
export function needsNamespace(): boolean {
  const { status } = spawnSync('unshare', ['-n', '-m', 'ip', 'link', 'set', 'lo', 'up']);
  if (status === 0) return false;
  return skipped(
    'a network namespace cannot be made here (are you root, and is iproute2 installed?), so its tests cannot run',
  );
}

/** For `describe.skipIf(needsMemoryLimit())`: true, said aloud, where this user may not bound memory. Throws with CI=true. */
export function needsMemoryLimit(): boolean {
  const limit = makeMemoryLimit(512 * 1024 * 1024);
  void limit?.remove();
  if (limit !== undefined) return false;
  return skipped('no control group with a memory limit can be made here (are you root?), so its tests cannot run');
}

/** For tests of what an optional npm package brings: true, said aloud, where it is not installed. Throws with CI=true. */
export function needsPackage(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
    return false;
  } catch {
    return skipped(`the package ${name} is not installed, so the tests that need it cannot run ("npm ci" installs it)`);
  }
}

function skipped(sentence: string): true {
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
