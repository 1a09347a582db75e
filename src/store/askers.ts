// Who wants to hear how a run ends, and where; gone when they were told, and with whoever is forgotten.
import { replyAddress, type ReplyAddress } from '../records/address.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

export interface Asker {
  readonly platform: string;
  readonly address: ReplyAddress;
  /** The chat it was asked in. */
  readonly chatKey: string;
  /** What they are spoken to in: now, where that is known, else when they asked. */
  readonly language: string;
  readonly contributorId: number;
  /** The message that shows how the run goes, in the platform's words; null: none does. */
  readonly message: ReplyAddress | null;
}

export interface Askers {
  /** The same address again changes nothing. */
  add(run: number, asker: Omit<Asker, 'message'>): void;
  /** Which message shows how the run goes; `before` is the one that did. Unknown: they were told, or are not there any more. */
  setMessage(
    run: number,
    asker: Pick<Asker, 'platform' | 'address'>,
    message: ReplyAddress,
  ): { readonly known: boolean; readonly before: ReplyAddress | null };
  of(run: number): readonly Asker[];
  /** They were told. */
  told(run: number): void;
}

interface AskerRow {
  readonly platform: string;
  readonly address: string;
  readonly chat_key: string;
  readonly language: string;
  readonly contributor_id: number;
  readonly message: string | null;
}

export function makeAskers(sql: Sql): Askers {
  const insert = sql.prepare<Omit<Asker, 'address' | 'message'> & { run: number; address: string }>(`
    INSERT INTO run_askers (run_id, platform, address, chat_key, language, contributor_id)
    VALUES (:run, :platform, :address, :chatKey, :language, :contributorId) ON CONFLICT DO NOTHING`);
  const ofRun = sql.prepare<{ run: number }, AskerRow>(`
    SELECT a.platform, a.address, a.chat_key, a.contributor_id, a.message,
           coalesce(c.language, c.client_language, a.language) AS language
      FROM run_askers a LEFT JOIN contributors c ON c.id = a.contributor_id WHERE a.run_id = :run`);
  const one = sql.prepare<{ run: number; platform: string; address: string }, AskerRow>(
    'SELECT * FROM run_askers WHERE run_id = :run AND platform = :platform AND address = :address',
  );
  const setMessage = sql.prepare<{ run: number; platform: string; address: string; message: string | null }>(
    'UPDATE run_askers SET message = :message WHERE run_id = :run AND platform = :platform AND address = :address',
  );
  const remove = sql.prepare<{ run: number }>('DELETE FROM run_askers WHERE run_id = :run');
  return {
    add: (run, asker) => void insert.run({ ...asker, run, address: toJson(asker.address) ?? '{}' }),
    setMessage: (run, { platform, address }, message) =>
      sql.atomically(() => {
        const of = { run, platform, address: toJson(address) ?? '{}' };
        const before = one.get(of);
        setMessage.run({ ...of, message: toJson(message) });
        return { known: before !== undefined, before: fromJson(replyAddress, before?.message ?? null) };
      }),
    of: (run) =>
      ofRun.all({ run }).map((row) => ({
        platform: row.platform,
        address: fromJson(replyAddress, row.address) ?? {},
        chatKey: row.chat_key,
        language: row.language,
        contributorId: row.contributor_id,
        message: fromJson(replyAddress, row.message),
      })),
    told: (run) => void remove.run({ run }),
  };
}
