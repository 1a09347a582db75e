// A reader process seen from outside: forked, handed one photo at a time, killed. It keeps nobody's process alive by itself.
import { fork } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { KindId } from '../alphabet/alphabet.ts';
import type { Glyph, Reading } from './glyph.ts';
import type { Page, Unstacked } from './stack.ts';

/** What a reader is told: a photo, and what to look for in it; a photo to show what was seen in it; a PDF to take apart. */
export type ReaderOrder =
  | { readonly bytes: Uint8Array; readonly kind: KindId | 'stack' }
  | { readonly bytes: Uint8Array; readonly kind: 'glance'; readonly glyph: Pick<Glyph, 'pixels' | 'box'> | null };

/** What a reader tells. */
export type ReaderSays =
  | { readonly kind: 'ready' }
  /** With `last` it ends now and takes no other photo. */
  | { readonly kind: 'read'; readonly reading: Reading; readonly last: boolean }
  | { readonly kind: 'glanced'; readonly picture: Uint8Array | null }
  /** Of a stack a page, and then how it ended; after that the process ends. */
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'unstacked'; readonly how: Unstacked };

export interface ReaderHandle {
  read(order: ReaderOrder): void;
  kill(): void;
  /** Whether it ever came up. */
  wasReady(): boolean;
}

interface ReaderEvents {
  /** With `last`, the process ends now. */
  read(reading: Reading, last: boolean): void;
  glanced(picture: Uint8Array | null): void;
  page(page: Page): void;
  /** The process ends now. */
  unstacked(how: Unstacked): void;
  /** Told once, whatever it ended from. */
  gone(why: string): void;
}

export function startReader(entry: string | undefined, on: ReaderEvents): ReaderHandle {
  const child = fork(entry ?? fileURLToPath(new URL('reader-process.cjs', import.meta.url)), [], {
    // A small young generation: 15 MB less, and no slower where most of the work is on large arrays.
    execArgv: ['--max-semi-space-size=2', '--expose-gc'],
    env: {
      // It needs no tokens.
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      // Nothing is written outside DATA_DIR.
      TSX_DISABLE_CACHE: process.env['TSX_DISABLE_CACHE'] ?? '1',
      // What is freed goes back to the system.
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '1000000',
      MALLOC_TRIM_THRESHOLD_: '1000000',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let ready = false;
  let ended = false;
  let lastWords = '';
  const gone = (why: string): void => {
    if (ended) return;
    ended = true;
    on.gone(lastWords === '' ? why : `${why}: ${lastWords.trim()}`);
  };
  const keepAlive = (needed: boolean): void => {
    if (needed) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.on('message', (message) => {
    // Both ends are of this version.
    const said = message as ReaderSays;
    switch (said.kind) {
      case 'ready':
        ready = true;
        return;
      case 'page':
        return on.page(said.page);
      case 'read':
        keepAlive(false);
        return on.read(said.reading, said.last);
      case 'glanced':
        keepAlive(false);
        return on.glanced(said.picture);
      case 'unstacked':
        keepAlive(false);
        return on.unstacked(said.how);
    }
  });
  child.on('error', (error) => gone(error.message));
  child.on('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
  keepAlive(false);
  return {
    read(order) {
      keepAlive(true);
      // A process that is gone already is heard of by `exit`.
      child.send(order, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
    wasReady: () => ready,
  };
}
