// What every verb is given: an app around one piece of work, and one way to print for people and for machines.
import { readFile } from 'node:fs/promises';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import type { ReadingApp } from '../app/reading.ts';
import type { Bot } from '../../bots/kind.ts';
import { botKinds } from '../../bots/list.ts';
import { parseConfig, secretsOf, type Config } from '../config.ts';
import { messageOf, OperationalError, UsageError } from '../errors.ts';
import { makeLog, type Log } from '../log.ts';

export interface Context {
  readonly config: () => Config<Bot>;
  /** Opens the app, works, closes it; also when the work fails. */
  withApp<T>(work: (app: App) => Promise<T>): Promise<T>;
  /** The same with what reading alone needs: there sooner. */
  withReading<T>(work: (app: ReadingApp) => Promise<T>): Promise<T>;
  /** The work went through, but its outcome is a failure: exit code 1. */
  failed(): void;
  exitCode(): number;
}

export function makeContext(env: NodeJS.ProcessEnv): Context {
  let code = 0;
  const config = (): Config<Bot> => parseConfig(env, botKinds);
  async function opened<A extends { close(): Promise<void> }, T>(
    open: (config: Config<Bot>, options: { readonly log: Log }) => Promise<A>,
    work: (app: A) => Promise<T>,
  ): Promise<T> {
    const parsed = config();
    const app = await open(parsed, { log: quietLog(parsed, env) });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }
  return {
    config,
    // Loaded only now: a verb that does not work with the app does not wait for it.
    withApp: async (work) => opened((await import('../app/open.ts')).openApp, work),
    withReading: async (work) => opened((await import('../app/reading.ts')).openReading, work),
    failed() {
      code = 1;
    },
    exitCode: () => code,
  };
}

/** On the command line only what went wrong is worth a line, unless more was asked for. */
function quietLog(config: Config, env: NodeJS.ProcessEnv): Log {
  return makeLog((env['LOG_LEVEL'] ?? '') === '' ? 'error' : config.logLevel, secretsOf(config));
}

/** One JSON document, or lines for people. */
export function print(json: boolean | undefined, data: unknown, lines: () => string | readonly string[]): void {
  if (json === true) {
    console.log(JSON.stringify(data));
    return;
  }
  const text = lines();
  console.log(typeof text === 'string' ? text : text.join('\n'));
}

/** The alphabet with this id; throws UsageError that names those there are. */
export function alphabetNamed(app: Pick<App, 'alphabets'>, id: string): Alphabet {
  const found = app.alphabets.get(id);
  if (found !== undefined) return found;
  const known = app.alphabets.list().map((each) => each.id);
  throw new UsageError(`There is no alphabet ${id}. There are: ${known.join(', ')}.`);
}

/** `1 model`, `2 models`; `other` where an s does not do. */
export function counted(count: number, one: string, other = `${one}s`): string {
  return `${count} ${count === 1 ? one : other}`;
}

/** `98.35 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A file's bytes; throws OperationalError that names it. */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new OperationalError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
