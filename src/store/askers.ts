// Who wants to hear how a run ends, and where; gone when they were told, and with whoever is forgotten.
import { replyAddress, type ReplyAddress } from '../records/address.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

export interface Asker {
  readonly platform: string;
  readonly address: ReplyAddress;
  /** The chat it was asked in. */
  readonly chatKey: string;
  readonly language: string;
  readonly contributorId: number;
}

export interface Askers {
  /** The same address again changes nothing. */
  add(run: number, asker: Asker): void;
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
}

export function makeAskers(sql: Sql): Askers {
  const insert = sql.prepare<Omit<Asker, 'address'> & { run: number; address: string }>(`
    INSERT INTO run_askers (run_id, platform, address, chat_key, language, contributor_id)
    VALUES (:run, :platform, :address, :chatKey, :language, :contributorId) ON CONFLICT DO NOTHING`);
  const ofRun = sql.prepare<{ run: number }, AskerRow>('SELECT * FROM run_askers WHERE run_id = :run');
  const remove = sql.prepare<{ run: number }>('DELETE FROM run_askers WHERE run_id = :run');
  return {
    add: (run, asker) => void insert.run({ ...asker, run, address: toJson(asker.address) ?? '{}' }),
    of: (run) =>
      ofRun.all({ run }).map((row) => ({
        platform: row.platform,
        address: fromJson(replyAddress, row.address) ?? {},
        chatKey: row.chat_key,
        language: row.language,
        contributorId: row.contributor_id,
      })),
    told: (run) => void remove.run({ run }),
  };
}
