// Is the file whole? Asked of a connection at the start, and of a thread with a connection of its own while people are answered.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** More than five findings say nothing new. */
const QUESTION = 'PRAGMA quick_check(5)';

/** What is wrong with the file, in SQLite's words; nothing when all is well. Reads all of it: some seconds for a million samples. */
export function findings(db: Database.Database): readonly string[] {
  return wrongOf(db.prepare<[], string>(QUESTION).pluck().all());
}

/** The same beside everything else. Throws SQLite's own error when the file cannot even be read that far. */
export async function findingsAside(path: string): Promise<readonly string[]> {
  const worker = new Worker(new URL('check-worker.mjs', import.meta.url), { workerData: { path, question: QUESTION } });
  const [answer] = (await once(worker, 'message')) as [
    { readonly rows: readonly string[] } | { readonly code?: string; readonly message: string },
  ];
  if ('rows' in answer) return wrongOf(answer.rows);
  throw Object.assign(new Error(answer.message), { code: answer.code });
}

const wrongOf = (rows: readonly string[]): readonly string[] =>
  rows.filter((row) => row !== 'ok').map((row) => row.replace(/^\*\*\* in database main \*\*\*\n/, ''));

/** What to do about a damaged file. */
export function damagedSentence(path: string, found: readonly string[] = []): string {
  const what = found.length === 0 ? '' : ` (${found.join('; ').replaceAll('\n', '; ')})`;
  return `The store ${path} is damaged${what}. Stop every process that uses it, keep a copy, and restore the last backup: put it in the place of ${path} and delete ${path}-wal and ${path}-shm. Without a backup, sqlite3 ${path} ".recover" | sqlite3 recovered.db saves what can still be read. Then look at the disk: files do not break by themselves.`;
}
