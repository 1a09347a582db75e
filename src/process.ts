// What every main does alike: the environment with its .env file, and failures that end a process with a sentence.
import { loadEnvFile } from 'node:process';
import { ConfigError } from './config.ts';
import { OperationalError, UsageError } from './errors.ts';

/** Malformed configuration, after sysexits.h. */
export const EXIT_CONFIG = 78;

/** Reads `.env` of the working folder, where there is one; what the environment says already wins. */
export function readEnvFile(): void {
  try {
    loadEnvFile('.env');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Ends the process with the sentence of an expected failure; anything else is a bug and is thrown on. */
export function endWith(error: unknown): never {
  if (error instanceof ConfigError) {
    console.error(error.message);
    process.exit(EXIT_CONFIG);
  }
  if (error instanceof OperationalError || error instanceof UsageError) {
    console.error(error.message);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
  throw error;
}
