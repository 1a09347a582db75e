// How much of the database photos are, samples and open questions together: a counter that triggers move, so that asking costs nothing.
import type { Sql } from './sql.ts';

export function makePictureBytes(sql: Sql): () => number {
  const ask = sql.prepare<object, { bytes: number }>('SELECT bytes FROM picture_bytes');
  return () => ask.get({})?.bytes ?? 0;
}
