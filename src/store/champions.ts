// Which version answers: one row an alphabet, changed by compare-and-swap only, with its history.
import type { Sql } from './sql.ts';

export interface Promotion {
  readonly alphabet: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

export interface StoredChampions {
  /** The champion's version id; microseconds, asked before every prediction. */
  current(alphabet: string): string | undefined;
  /** Moves the pointer if it still stands at `expected` (null: none yet); false when somebody else moved it. */
  promote(change: {
    readonly alphabet: string;
    readonly expected: string | null;
    readonly version: string;
    readonly reason: string;
    readonly by: string;
    readonly at: number;
  }): boolean;
  /** Newest first. */
  history(alphabet: string, limit?: number): readonly Promotion[];
}

export function makeStoredChampions(sql: Sql): StoredChampions {
  const current = sql.prepare<{ alphabet: string }, { version_id: string }>(
    'SELECT version_id FROM champions WHERE alphabet = :alphabet',
  );
  const first = sql.prepare<{ alphabet: string; version: string }>(
    'INSERT INTO champions (alphabet, version_id) VALUES (:alphabet, :version) ON CONFLICT (alphabet) DO NOTHING',
  );
  const move = sql.prepare<{ alphabet: string; version: string; expected: string }>(
    'UPDATE champions SET version_id = :version WHERE alphabet = :alphabet AND version_id = :expected',
  );
  const note = sql.prepare<{
    alphabet: string;
    expected: string | null;
    version: string;
    reason: string;
    by: string;
    at: number;
  }>(`
    INSERT INTO promotions (alphabet, from_version, to_version, reason, by, at)
    VALUES (:alphabet, :expected, :version, :reason, :by, :at)`);
  const history = sql.prepare<{ alphabet: string; limit: number }, Promotion>(`
    SELECT alphabet, from_version AS "from", to_version AS "to", reason, by, at FROM promotions
     WHERE alphabet = :alphabet ORDER BY id DESC LIMIT :limit`);
  return {
    current: (alphabet) => current.get({ alphabet })?.version_id,
    promote: (change) =>
      sql.atomically(() => {
        const { alphabet, expected, version } = change;
        const { changes } =
          expected === null ? first.run({ alphabet, version }) : move.run({ alphabet, version, expected });
        if (changes !== 1) return false;
        note.run(change);
        return true;
      }),
    history: (alphabet, limit = 100) => history.all({ alphabet, limit }),
  };
}
