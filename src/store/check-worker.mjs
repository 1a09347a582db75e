// The thread behind findingsAside: one connection that only reads, one answer. SQLite's errors lose their shape between threads.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

function answer() {
  try {
    const db = new Database(workerData.path, { readonly: true, fileMustExist: true });
    try {
      return { rows: db.prepare(workerData.question).pluck().all() };
    } finally {
      db.close();
    }
  } catch ({ code, message }) {
    return { code, message };
  }
}

parentPort.postMessage(answer(), []);
