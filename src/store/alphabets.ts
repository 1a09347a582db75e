// The owner's own alphabets, as the data they were written down as. Labels may be appended; ids never change.
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import type { AlphabetSpec } from '../alphabet/alphabet.ts';
import { alphabetSpec, specOf } from '../alphabet/registry.ts';
import { type Sql, toJson } from './sql.ts';

interface StoredAlphabet {
  readonly id: string;
  readonly spec: AlphabetSpec;
  /** Hash of the glyphs its fonts gave, whole in the blobs; null: it has none. */
  readonly bank: string | null;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Alphabets {
  get(id: string): StoredAlphabet | undefined;
  list(): readonly StoredAlphabet[];
  /** Adds or replaces; the alphabet room has checked that labels were only appended. */
  save(spec: AlphabetSpec, at: number): void;
  setBank(id: string, bank: string): void;
  setArchived(id: string, archived: boolean, at: number): boolean;
  /**
   * Only without samples and runs; otherwise it can be archived. Its champion and its open questions go with it: another
   * alphabet of the same id may mean other characters by the same label ids. Versions stay, as history.
   */
  remove(id: string): { readonly outcome: 'removed' | 'has-samples' | 'has-run' | 'unknown' };
}

interface AlphabetRow {
  readonly id: string;
  readonly spec: string;
  readonly bank: string | null;
  readonly archived: number;
  readonly created_at: number;
  readonly updated_at: number;
}

const toAlphabet = (row: AlphabetRow, spec: AlphabetSpec): StoredAlphabet => ({
  id: row.id,
  spec,
  bank: row.bank,
  archived: row.archived === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Reads specs; of each alphabet the last one is remembered, since every photo asks. Throws OperationalError where one is damaged. */
function makeSpecIn(): (row: AlphabetRow) => AlphabetSpec {
  const known = new Map<string, { readonly text: string; readonly spec: AlphabetSpec }>();
  return ({ id, spec: text }) => {
    const before = known.get(id);
    if (before?.text === text) return before.spec;
    const read = alphabetSpec.safeParse(JSON.parse(text));
    if (!read.success)
      throw new OperationalError(`the alphabet ${id} in the database is damaged: ${z.prettifyError(read.error)}`);
    const spec = specOf(read.data);
    known.set(id, { text, spec });
    return spec;
  };
}

export function makeAlphabets(sql: Sql): Alphabets {
  const specIn = makeSpecIn();
  const read = (row: AlphabetRow): StoredAlphabet => toAlphabet(row, specIn(row));
  const byId = sql.prepare<{ id: string }, AlphabetRow>('SELECT * FROM alphabets WHERE id = :id');
  const list = sql.prepare<object, AlphabetRow>('SELECT * FROM alphabets ORDER BY created_at, id');
  const put = sql.prepare<{ id: string; spec: string; at: number }>(`
    INSERT INTO alphabets (id, spec, created_at, updated_at) VALUES (:id, :spec, :at, :at)
    ON CONFLICT (id) DO UPDATE SET spec = excluded.spec, updated_at = excluded.updated_at`);
  const setBank = sql.prepare<{ id: string; bank: string }>('UPDATE alphabets SET bank = :bank WHERE id = :id');
  const setArchived = sql.prepare<{ id: string; archived: number; at: number }>(
    'UPDATE alphabets SET archived = :archived, updated_at = :at WHERE id = :id',
  );
  const remove = [
    'DELETE FROM champions WHERE alphabet = :id',
    'DELETE FROM promotions WHERE alphabet = :id',
    // Of samples that were withdrawn again.
    'DELETE FROM verdicts WHERE alphabet = :id',
    `DELETE FROM reply_addresses WHERE photo_id IN (SELECT photo_id FROM predictions WHERE alphabet = :id)`,
    'DELETE FROM predictions WHERE alphabet = :id',
    // Last: what its pictures took is known by it.
    'DELETE FROM alphabets WHERE id = :id',
  ].map((text) => sql.prepare<{ id: string }>(text));
  const anyRun = sql.prepare<{ id: string }, { found: number }>(
    `SELECT 1 AS found FROM runs WHERE alphabet = :id AND state IN ('queued', 'running') LIMIT 1`,
  );
  const anySample = sql.prepare<{ id: string }, { found: number }>(
    'SELECT 1 AS found FROM samples WHERE alphabet = :id AND withdrawn_at IS NULL LIMIT 1',
  );
  return {
    get(id) {
      const row = byId.get({ id });
      return row && read(row);
    },
    list: () => list.all({}).map(read),
    save: (spec, at) => void put.run({ id: spec.id, spec: toJson(spec) ?? 'null', at }),
    setBank: (id, bank) => void setBank.run({ id, bank }),
    setArchived: (id, archived, at) => setArchived.run({ id, archived: Number(archived), at }).changes === 1,
    remove: (id) =>
      sql.atomically(() => {
        if (!byId.get({ id })) return { outcome: 'unknown' };
        if (anySample.get({ id })) return { outcome: 'has-samples' };
        if (anyRun.get({ id })) return { outcome: 'has-run' };
        for (const statement of remove) statement.run({ id });
        return { outcome: 'removed' };
      }),
  };
}
