// All of SQLite: one file, several processes of one host. Opens, migrates and hands out one object a subject.
import type { Alphabets } from './alphabets.ts';
import type { Champions } from './champions.ts';
import type { Chats } from './chats.ts';
import type { Contributors } from './contributors.ts';
import type { Meta } from './meta.ts';
import type { Outbox } from './outbox.ts';
import type { Predictions } from './predictions.ts';
import type { Runs } from './runs.ts';
import type { Samples } from './samples.ts';
import type { Snapshots } from './snapshots.ts';
import type { Splitter } from './splitter.ts';
import type { Stats } from './stats.ts';
import type { Verdicts } from './verdicts.ts';
import type { Versions } from './versions.ts';

export interface Store {
  readonly contributors: Contributors;
  readonly chats: Chats;
  readonly predictions: Predictions;
  readonly verdicts: Verdicts;
  readonly samples: Samples;
  readonly snapshots: Snapshots;
  readonly versions: Versions;
  readonly champions: Champions;
  readonly runs: Runs;
  readonly outbox: Outbox;
  readonly alphabets: Alphabets;
  readonly stats: Stats;
  readonly meta: Meta;
  /** Runs `work` in one write transaction: all of it or none. Calls may nest; `work` must not be async. */
  atomically<T>(work: () => T): T;
  /** A consistent copy into a new file, while others go on writing. */
  backup(file: string): Promise<void>;
  /** Is the file whole? The findings in words, none when all is well. */
  check(): readonly string[];
  close(): void;
}

export interface StoreOptions {
  /** `splitter` of src/dataset/split.ts. */
  readonly splitter: Splitter;
  /** How long to wait for another process's write, ms. Default 5000. */
  readonly busyTimeout?: number;
}

/**
 * Opens (or creates, with its folder) the store at `path` and migrates it.
 * Throws OperationalError when the folder cannot be written, the disk is full, the file is no database, a migration was
 * edited or the database is newer than this code.
 */
export function openStore(path: string, options: StoreOptions): Store {
  throw new Error(`not yet: ${path} ${String(options.busyTimeout)}`);
}
