// Who was made an operator in a chat, as `platform:id`. Those named in ADMINS stand in the configuration.
import type { Sql } from './sql.ts';

export interface Operators {
  list(): readonly string[];
  /** False when they are one already. */
  add(who: string): boolean;
  /** False when they were none. */
  remove(who: string): boolean;
}

export function makeOperators(sql: Sql): Operators {
  const all = sql.prepare<object, { who: string }>('SELECT who FROM operators ORDER BY who');
  const insert = sql.prepare<{ who: string }>('INSERT INTO operators (who) VALUES (:who) ON CONFLICT DO NOTHING');
  const remove = sql.prepare<{ who: string }>('DELETE FROM operators WHERE who = :who');
  return {
    list: () => all.all({}).map(({ who }) => who),
    add: (who) => insert.run({ who }).changes === 1,
    remove: (who) => remove.run({ who }).changes === 1,
  };
}
