// The thread behind findingsAside: one connection that only reads, one answer.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData.path, { readonly: true, fileMustExist: true });
parentPort.postMessage(db.prepare(workerData.question).pluck().all(), []);
db.close();
