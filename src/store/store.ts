// All of SQLite: one file, several processes of one host. Opens, migrates and hands out one object a subject.
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { messageOf, OperationalError } from '../errors.ts';
import { closeToOthers, makeFolder, ownersFile } from '../folder.ts';
import { makeActs, type Acts } from './acts.ts';
import { makeAlphabets, type Alphabets } from './alphabets.ts';
import { makeAskers, type Askers } from './askers.ts';
import { makeBackbones, type Backbones } from './backbones.ts';
import { makeBlobNames } from './blob-names.ts';
import { makeStoredChampions, type StoredChampions } from './champions.ts';
import { makeChats, type Chats } from './chats.ts';
import { damagedSentence, findings, findingsAside } from './check.ts';
import { makeConsents, type Consents } from './consents.ts';
import { makeContributors, type Contributors } from './contributors.ts';
import { makeDuels, type Duels } from './duels.ts';
import { makeForgetRows } from './forget.ts';
import { makeHands, type Hands } from './hands.ts';
import { makePictureBytes } from './picture-bytes.ts';
import { makeForgetting, type Forgetting } from './forgetting.ts';
import { makeSampleInserter } from './insert-sample.ts';
import { makeMeta, type Meta } from './meta.ts';
import { copiesOf, migrate, readMigrations } from './migrate.ts';
import { makeModeration, type Moderation } from './moderation.ts';
import { makeOperators, type Operators } from './operators.ts';
import { makeOutbox, type Outbox } from './outbox.ts';
import { makePlatformNotes, type PlatformNotes } from './platform-notes.ts';
import { makePredictions, type Predictions } from './predictions.ts';
import { makeQuestionAge, type QuestionAge } from './question-age.ts';
import { makeStoredRuns, type StoredRuns } from './runs.ts';
import { makeSamples, type Samples } from './samples.ts';
import { makeSnapshots, type Snapshots } from './snapshots.ts';
import type { Splitter } from './splitter.ts';
import { explained, isDamage, sqlOn, told } from './sql.ts';
import { makeStats, type Stats } from './stats.ts';
import { makeTrimUnanswered, type TrimUnanswered } from './trim-unanswered.ts';
import { makeVerdicts, type Verdicts } from './verdicts.ts';
import { makeVersions, type Versions } from './versions.ts';

export interface Store {
  readonly contributors: Contributors;
  readonly consents: Consents;
  readonly chats: Chats;
  readonly predictions: Predictions;
  readonly trimUnanswered: TrimUnanswered;
  readonly verdicts: Verdicts;
  readonly samples: Samples;
  readonly hands: Hands;
  /** What photos of picture alphabets take, in bytes. */
  pictureBytes(): number;
  readonly snapshots: Snapshots;
  readonly versions: Versions;
  readonly champions: StoredChampions;
  readonly runs: StoredRuns;
  readonly duels: Duels;
  readonly askers: Askers;
  readonly operators: Operators;
  readonly forgetting: Forgetting;
  readonly questionAge: QuestionAge;
  readonly outbox: Outbox;
  readonly alphabets: Alphabets;
  readonly backbones: Backbones;
  readonly stats: Stats;
  readonly meta: Meta;
  /** What one platform remembers of itself. */
  platformNotes(platform: string): PlatformNotes;
  /** What operators did. */
  readonly acts: Acts;
  /** What operators may do about a contributor. */
  readonly moderation: Moderation;
  /** Hashes of every blob that versions, snapshots, banks and runs still name. */
  blobNames(): ReadonlySet<string>;
  /** Runs `work` in one write transaction: all of it or none. Calls may nest; `work` must not be async. */
  atomically<T>(work: () => T): T;
  /** A consistent copy into a new file, while others go on writing. */
  backup(file: string): Promise<void>;
  /** Is the file whole? The findings in words, none when all is well. */
  check(): readonly string[];
  /** The same in a thread, while this one goes on answering: a sentence that says what is wrong and what to do, or null. */
  checkAside(): Promise<string | null>;
  close(): void;
}

interface StoreOptions {
  /** `splitter` of src/dataset/split.ts. */
  readonly splitter: Splitter;
  /** How long to wait for another process's write, ms. Default 5000. */
  readonly busyTimeout?: number;
  /** Looks at the whole file before anything is done with it, and refuses a damaged one. Default false. */
  readonly checked?: boolean;
  /** Another folder of migrations; for tests. */
  readonly migrations?: string;
}

/**
 * Opens (or creates, with its folder) the store at `path` and migrates it.
 * Throws OperationalError when the folder cannot be written, the disk is full, the file is not a database, a migration was
 * edited or the database is newer than this code.
 */
export function openStore(path: string, options: StoreOptions): Store {
  return told(path, () => {
    makeFolder(dirname(path));
    // SQLite gives what it makes beside the file the same rights.
    for (const each of [path, `${path}-wal`, `${path}-shm`]) closeToOthers(each);
    ownersFile(path);
    const db = new Database(path, { timeout: options.busyTimeout ?? 5000 });
    try {
      if (options.checked === true) refuseDamaged(db, path);
      configure(db);
      migrate(db, readMigrations(options.migrations ?? MIGRATIONS), path);
      return storeOn(db, path, options.splitter);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function refuseDamaged(db: Database.Database, path: string): void {
  const found = findings(db);
  if (found.length > 0) throw new OperationalError(damagedSentence(path, found));
}

/** One file beside the code, wherever the process was started. */
const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

function configure(db: Database.Database): void {
  switchToWal(db);
  // A verdict that was acknowledged survives a power cut: each commit is on the disk (0.1 ms here).
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is forgotten is overwritten, not merely unlinked.
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -32000');
  db.pragma('journal_size_limit = 67108864');
}

/** Of two processes that open a new file at once, one finds it locked for an instant, and SQLite does not wait for this. */
function switchToWal(db: Database.Database): void {
  for (let attempt = 1; ; attempt++) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function storeOn(db: Database.Database, path: string, splitter: Splitter): Store {
  const sql = sqlOn(db, path);
  const insertSample = makeSampleInserter(sql, splitter);
  const acts = makeActs(sql);
  const forget = makeForgetRows(sql, () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    // Whoever is forgotten stands in the copy from before an update, too.
    for (const copy of copiesOf(path)) rmSync(copy, { force: true });
  });
  return {
    contributors: makeContributors(sql, forget),
    consents: makeConsents(sql),
    chats: makeChats(sql),
    predictions: makePredictions(sql),
    trimUnanswered: makeTrimUnanswered(sql),
    verdicts: makeVerdicts(sql, insertSample),
    samples: makeSamples(sql, insertSample),
    hands: makeHands(sql),
    pictureBytes: makePictureBytes(sql),
    snapshots: makeSnapshots(sql),
    versions: makeVersions(sql),
    champions: makeStoredChampions(sql),
    runs: makeStoredRuns(sql),
    duels: makeDuels(sql),
    askers: makeAskers(sql),
    operators: makeOperators(sql),
    forgetting: makeForgetting(sql),
    questionAge: makeQuestionAge(sql),
    outbox: makeOutbox(sql),
    alphabets: makeAlphabets(sql),
    backbones: makeBackbones(sql),
    stats: makeStats(sql),
    meta: makeMeta(sql),
    platformNotes: makePlatformNotes(sql),
    acts,
    moderation: makeModeration(sql, acts),
    blobNames: makeBlobNames(sql),
    atomically: (work) => sql.atomically(work),
    async backup(file) {
      // Written beside and renamed, so that a copy cut short never stands where a whole one stood.
      const part = `${file}.part`;
      try {
        makeFolder(dirname(file));
        ownersFile(part);
        await db.backup(part);
        renameSync(part, file);
      } catch (error) {
        throw explained(file, error);
      }
    },
    check: () => told(path, () => findings(db)),
    async checkAside() {
      const found = await findingsAside(path).catch((error: unknown) => {
        if (isDamage(error)) return [messageOf(error)];
        throw explained(path, error);
      });
      return found.length === 0 ? null : damagedSentence(path, found);
    },
    close: () => void db.close(),
  };
}
