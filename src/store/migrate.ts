// Brings a database to the newest migration: numbered files, forward only, applied once, never edited afterwards.
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { OperationalError } from '../errors.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations in a folder (`0001_name.sql` …), in order. Throws when a number is missing or stands there twice. */
export function readMigrations(folder: string): readonly Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => {
      // Line ends may change on the way through Git; that is not an edit.
      const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
      return { number: Number.parseInt(name, 10), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1) {
      throw new OperationalError(
        `The migrations in ${folder} are not whole: ${migration.name} stands where number ${String(index + 1)} should be. Install Inkloop again.`,
      );
    }
  });
  return migrations;
}

/**
 * Applies what is missing in one write transaction, so that of two processes starting together one waits for the other
 * and finds the work done. A database that holds data is copied first, beside itself (`copiesOf`).
 * Throws OperationalError when a migration was edited or the database is newer.
 */
export function migrate(db: Database.Database, migrations: readonly Migration[], path: string): void {
  const before = appliedTo(db).length;
  if (before > 0 && before < migrations.length) copyAside(db, path, before);
  const apply = db.transaction(() => {
    db.exec(
      'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT',
    );
    const applied = appliedTo(db);
    if (applied.length > migrations.length) {
      throw new OperationalError(
        `The store ${path} was made by a newer Inkloop (migration ${String(applied.length)}; this one knows ${String(migrations.length)}). Update Inkloop, or restore an older backup.`,
      );
    }
    for (const [index, { name, checksum }] of applied.entries()) {
      if (migrations[index]?.checksum !== checksum) {
        throw new OperationalError(
          `Migration ${name} was edited after the store ${path} had applied it. Put the original file back and add a new migration instead.`,
        );
      }
    }
    const note = db.prepare('INSERT INTO migrations (number, name, checksum) VALUES (?, ?, ?)');
    for (const { number, name, sql, checksum } of migrations.slice(applied.length)) {
      db.exec(sql);
      note.run(number, name, checksum);
    }
  });
  apply.immediate();
}

function appliedTo(db: Database.Database): readonly Omit<Migration, 'sql'>[] {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").get();
  if (known === undefined) return [];
  return db.prepare<[], Omit<Migration, 'sql'>>('SELECT number, name, checksum FROM migrations ORDER BY number').all();
}

const copyName = (path: string): string => `${basename(path)}.before-`;

/** The copies that earlier migrations of this database left beside it. */
export function copiesOf(path: string): readonly string[] {
  return readdirSync(dirname(path))
    .filter((file) => file.startsWith(copyName(path)))
    .map((file) => join(dirname(path), file));
}

/** Longer than any copy takes: who began to write it is gone. */
const LEFT_BEHIND_MS = 3_600_000;

/** Whether another process may be writing this copy at the moment, or SQLite's journal of it. */
function isBeingWritten(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return /\.part(?:-\w+)?$/u.test(file) && Date.now() - written < LEFT_BEHIND_MS;
}

/** A whole copy as it was before the update, for whoever has to go back to the release before. Only the newest is kept. */
function copyAside(db: Database.Database, path: string, number: number): void {
  const older = copiesOf(path).filter((file) => !isBeingWritten(file));
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const copy = join(dirname(path), `${copyName(path)}${String(number + 1).padStart(4, '0')}-${time}-${process.pid}`);
  const part = `${copy}.part`;
  try {
    db.prepare('VACUUM INTO ?').run(part);
    // Another process migrated meanwhile: its copy is the old state, ours may not be.
    if (appliedTo(db).length !== number) return rmSync(part);
    chmodSync(part, 0o600);
    renameSync(part, copy);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  for (const file of older) rmSync(file, { force: true });
}
