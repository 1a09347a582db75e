// What identifies the installation, such as its name in a shared queue. Nothing else: data has columns and tables.
import type { Sql } from './sql.ts';

export interface Meta {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  /** Sets it unless it is there; returns what is there now. */
  setOnce(key: string, value: string): string;
}

export function makeMeta(sql: Sql): Meta {
  const get = sql.prepare<{ key: string }, { value: string }>('SELECT value FROM meta WHERE key = :key');
  const put = sql.prepare<{ key: string; value: string }>(
    'INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const putOnce = sql.prepare<{ key: string; value: string }>(
    'INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING',
  );
  return {
    get: (key) => get.get({ key })?.value,
    set: (key, value) => void put.run({ key, value }),
    setOnce(key, value) {
      putOnce.run({ key, value });
      return get.get({ key })?.value ?? value;
    },
  };
}
