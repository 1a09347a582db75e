// The thin layer over better-sqlite3: typed statements prepared once, and SQLite's own failures told in sentences.
import type Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { z } from 'zod';
import { isOutOfFiles, OperationalError, TOO_MANY_FILES } from '../errors.ts';
import { damagedSentence } from './check.ts';

export type Value = string | number | null | Uint8Array;

/** A prepared statement whose parameters and rows have a shape. Parameters are named (`:name`) or absent. */
interface Statement<Params, Row> {
  get(params: Params): Row | undefined;
  all(params: Params): Row[];
  run(params: Params): { readonly changes: number; readonly lastId: number };
}

export interface Sql {
  /** Prepares a statement; `Params` and `Row` are what the SQL says. */
  prepare<Params extends object, Row = never>(text: string): Statement<Params, Row>;
  /** Runs `work` in one write transaction (a savepoint when already in one). */
  atomically<T>(work: () => T): T;
}

export function sqlOn(db: Database.Database, path: string): Sql {
  return {
    prepare<Params extends object, Row>(text: string): Statement<Params, Row> {
      const statement = db.prepare<[Params], Row>(text);
      return {
        get: (params) => told(path, () => statement.get(params)),
        all: (params) => told(path, () => statement.all(params)),
        run: (params) =>
          told(path, () => {
            const { changes, lastInsertRowid } = statement.run(params);
            return { changes, lastId: Number(lastInsertRowid) };
          }),
      };
    },
    atomically: (work) => told(path, () => db.transaction(work).immediate()),
  };
}

/** Calls `work`; a failure of the disk or the file becomes an OperationalError that says what to do. */
export function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(path, error);
  }
}

const sentences: readonly (readonly [code: RegExp, sentence: (path: string) => string])[] = [
  [/^SQLITE_FULL|ENOSPC/, (path) => `The disk is full: nothing more can be saved in ${path}. Free some space.`],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EROFS|EPERM|ENOENT/,
    (path) => `The store ${path} cannot be written. Check that the folder exists and that this user may write there.`,
  ],
  [/^(EEXIST|ENOTDIR)/, (path) => `The store ${path} cannot be created: a file stands where its folder should be.`],
  [/^SQLITE_(BUSY|LOCKED)/, (path) => `The store ${path} is held by another process. Try again in a moment.`],
  [/^SQLITE_NOTADB/, (path) => `${path} is not a database of Inkloop. Move it away or restore a backup.`],
  [/^SQLITE_CORRUPT/, damagedSentence],
  [/^SQLITE_IOERR/, (path) => `The disk failed while reading or writing ${path}. Check the disk and its free space.`],
];

/** The OperationalError for a failure of SQLite or the file system; anything else (a bug) as it is. */
export function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof OperationalError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isOutOfFiles(error) || (/^SQLITE_(CANTOPEN|IOERR)/.test(code) && noMoreFiles()))
    return new OperationalError(TOO_MANY_FILES, { cause: error });
  const found = sentences.find(([pattern]) => pattern.test(code));
  return found ? new OperationalError(found[1](path), { cause: error }) : error;
}

/** Whether SQLite came upon something that it could not have written. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

/** SQLite does not say why it could not open a file; the next one that is opened does. */
function noMoreFiles(): boolean {
  try {
    closeSync(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return isOutOfFiles(error);
  }
}

/** JSON for a column; undefined and null alike are SQL's null. */
export function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** A record out of a column, by its schema; null where nothing stands, or what another release wrote in words unknown here. */
export function fromJson<T>(schema: z.ZodType<T>, text: string | null): T | null {
  return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
}
