// What operators did, by whom and when. Rows are only ever added: triggers refuse everything else.
import type { Sql } from './sql.ts';

const deeds = [
  'block',
  'unblock',
  'withdraw',
  'admin-add',
  'admin-remove',
  'retrain',
  'cancel',
  'promote',
  'rollback',
  'alphabet-new',
  'alphabet-grow',
  'alphabet-relabel',
  'alphabet-see',
  'alphabet-train',
  'alphabet-archive',
  'alphabet-restore',
  'alphabet-remove',
] as const;
export type Deed = (typeof deeds)[number];

interface Act {
  readonly id: number;
  readonly at: number;
  /** A platform and the first half of a keyed hash, or `command line`. */
  readonly who: string;
  readonly what: Deed;
  /** A contributor's key (c12), an operator (telegram:123), a version, a run or an alphabet. */
  readonly subject: string;
}

export interface Acts {
  /** Call inside the transaction that does it. Returns the act's id. */
  add(act: Omit<Act, 'id'>): number;
  /** Newest first. */
  list(page: { readonly skip: number; readonly limit: number }): readonly Act[];
}

export function makeActs(sql: Sql): Acts {
  const insert = sql.prepare<Omit<Act, 'id'>>(
    'INSERT INTO acts (at, who, what, subject) VALUES (:at, :who, :what, :subject)',
  );
  const list = sql.prepare<{ skip: number; limit: number }, Act>(
    'SELECT id, at, who, what, subject FROM acts ORDER BY id DESC LIMIT :limit OFFSET :skip',
  );
  return { add: (act) => insert.run(act).lastId, list: (page) => list.all(page) };
}
