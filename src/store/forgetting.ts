// Whose glyphs are still being taken out of the blobs, by their hash: so that a crash or a lost storage is made good.
import type { Sql } from './sql.ts';

export interface Forgetting {
  list(): readonly string[];
  begin(keyHash: string): void;
  end(keyHash: string): void;
}

export function makeForgetting(sql: Sql): Forgetting {
  const all = sql.prepare<object, { key_hash: string }>('SELECT key_hash FROM forgetting ORDER BY key_hash');
  const insert = sql.prepare<{ keyHash: string }>(
    'INSERT INTO forgetting (key_hash) VALUES (:keyHash) ON CONFLICT DO NOTHING',
  );
  const remove = sql.prepare<{ keyHash: string }>('DELETE FROM forgetting WHERE key_hash = :keyHash');
  return {
    list: () => all.all({}).map((row) => row.key_hash),
    begin: (keyHash) => void insert.run({ keyHash }),
    end: (keyHash) => void remove.run({ keyHash }),
  };
}
