// The backbones that were added: networks of pictures among the blobs, by their hash. What a card says is somebody else's affair.
import type { Sql } from './sql.ts';

interface StoredBackbone {
  readonly hash: string;
  /** JSON. */
  readonly card: string;
  readonly addedAt: number;
}

export interface Backbones {
  /** In the order in which they were added. */
  list(): readonly StoredBackbone[];
  /** What is there already stays as it is. */
  add(backbone: StoredBackbone): void;
  remove(hash: string): void;
}

export function makeBackbones(sql: Sql): Backbones {
  const list = sql.prepare<object, { hash: string; card: string; added_at: number }>(
    'SELECT hash, card, added_at FROM backbones ORDER BY added_at, hash',
  );
  const add = sql.prepare<StoredBackbone>(
    'INSERT INTO backbones (hash, card, added_at) VALUES (:hash, :card, :addedAt) ON CONFLICT (hash) DO NOTHING',
  );
  const remove = sql.prepare<{ hash: string }>('DELETE FROM backbones WHERE hash = :hash');
  return {
    list: () => list.all({}).map(({ hash, card, added_at }) => ({ hash, card, addedAt: added_at })),
    add: (backbone) => void add.run(backbone),
    remove: (hash) => void remove.run({ hash }),
  };
}
