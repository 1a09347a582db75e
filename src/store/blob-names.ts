// Which blobs the database still has a use for: everything else in the blob store may go.
import type { Sql } from './sql.ts';

export function makeBlobNames(sql: Sql): () => ReadonlySet<string> {
  // A run that made a version is named whole: from its snapshot, its parent and its bank it can be repeated, and its
  // evaluation is what the proof card is drawn from. Of any other that is over, nothing will be asked again.
  const named = sql.prepare<object, { hash: string }>(`
    WITH wanted AS (SELECT * FROM runs WHERE version_id IS NOT NULL OR finished_at IS NULL)
    SELECT artifact AS hash FROM versions
    UNION SELECT blob FROM snapshots WHERE blob IS NOT NULL
    UNION SELECT bank FROM alphabets WHERE bank IS NOT NULL
    UNION SELECT hash FROM backbones
    UNION SELECT job ->> '$.bank' FROM wanted WHERE job ->> '$.bank' IS NOT NULL
    UNION SELECT job ->> '$.champion' FROM wanted WHERE job ->> '$.champion' IS NOT NULL
    UNION SELECT result ->> '$.artifact' FROM wanted WHERE result IS NOT NULL
    UNION SELECT result ->> '$.evaluation' FROM wanted WHERE result IS NOT NULL`);
  return () => new Set(named.all({}).map(({ hash }) => hash));
}
