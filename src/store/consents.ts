// Who agreed to teach: to which text, and when. Gone with the contributor, so that who is forgotten is asked anew.
import type { Sql } from './sql.ts';

/** What somebody agreed to: the number of the text that they were shown, and when. */
interface Agreement {
  readonly text: number;
  readonly at: number;
}

export interface Consents {
  /** Null: never asked, not agreed, or not known at all. */
  of(contributorId: number): Agreement | null;
  /** Operators and imports, whose samples need no agreement. */
  needsNone(contributorId: number): boolean;
  /** The same text again changes nothing: the first time stands. False: there is no such contributor (any more). */
  agree(contributorId: number, agreement: Agreement): boolean;
}

export function makeConsents(sql: Sql): Consents {
  const select = sql.prepare<{ id: number }, { text: number | null; at: number | null }>(
    'SELECT agreed_to AS text, agreed_at AS at FROM contributors WHERE id = :id',
  );
  const update = sql.prepare<{ id: number } & Agreement>(
    'UPDATE contributors SET agreed_to = :text, agreed_at = :at WHERE id = :id AND agreed_to IS NOT :text',
  );
  const trusted = sql.prepare<{ id: number }, { id: number }>(
    "SELECT id FROM contributors WHERE id = :id AND (operator = 1 OR platform = 'import')",
  );
  const of: Consents['of'] = (id) => {
    const row = select.get({ id });
    return row === undefined || row.text === null || row.at === null ? null : { text: row.text, at: row.at };
  };
  return {
    of,
    needsNone: (id) => trusted.get({ id }) !== undefined,
    agree(id, agreement) {
      update.run({ id, ...agreement });
      return of(id) !== null;
    },
  };
}
