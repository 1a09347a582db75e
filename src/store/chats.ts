// What a chat has chosen: alphabet, language, who may answer, and whether it wants to hear of a swap.
import type { Only } from '../alphabet/only.ts';
import { replyAddress, type ReplyAddress } from '../records/address.ts';
import { fromJson, type Sql, toJson } from './sql.ts';

type WhoMayAnswer = 'asker' | 'anyone' | 'admins';

export interface ChatSettings {
  readonly platform: string;
  readonly chatKey: string;
  readonly alphabet: string | null;
  /** What announcements are made in: the language of whoever turned them on. */
  readonly language: string | null;
  readonly whoMayAnswer: WhoMayAnswer;
  /** Letters alone or digits alone are read; null: both. */
  readonly only: Only | null;
  /** Where announcements go; null: this chat did not ask for any. */
  readonly announceTo: ReplyAddress | null;
  /** Whose private chat it is, by the platform's own id; null: a group's, or nobody said. */
  readonly person: string | null;
}

export interface Chats {
  /** The chat's settings; the defaults (nobody chose, 'asker', no announcements) where nothing was ever set. */
  get(platform: string, chatKey: string): ChatSettings;
  /** Changes the settings named, keeps the others. */
  set(
    platform: string,
    chatKey: string,
    change: Partial<Pick<ChatSettings, 'alphabet' | 'language' | 'whoMayAnswer' | 'only' | 'announceTo' | 'person'>>,
  ): ChatSettings;
  /** Every chat that asked to be told of swaps (of this alphabet or with none chosen). */
  announcing(alphabet: string): readonly ChatSettings[];
  /** With what it was told, or was still to be. */
  forget(platform: string, chatKey: string): void;
  /** The private chats of somebody who is forgotten. */
  forgetPerson(platform: string, personId: string): void;
}

interface ChatRow {
  readonly platform: string;
  readonly chat_key: string;
  readonly alphabet: string | null;
  readonly language: string | null;
  readonly who_may_answer: WhoMayAnswer;
  readonly only_labels: Only | null;
  readonly announce_to: string | null;
  readonly person: string | null;
}

const toChat = (row: ChatRow): ChatSettings => ({
  platform: row.platform,
  chatKey: row.chat_key,
  alphabet: row.alphabet,
  language: row.language,
  whoMayAnswer: row.who_may_answer,
  only: row.only_labels,
  announceTo: fromJson(replyAddress, row.announce_to),
  person: row.person,
});

export function makeChats(sql: Sql): Chats {
  const select = sql.prepare<{ platform: string; chatKey: string }, ChatRow>(
    'SELECT * FROM chats WHERE platform = :platform AND chat_key = :chatKey',
  );
  const put = sql.prepare<Omit<ChatSettings, 'announceTo'> & { announceTo: string | null }>(`
    INSERT INTO chats (platform, chat_key, alphabet, language, who_may_answer, only_labels, announce_to, person)
    VALUES (:platform, :chatKey, :alphabet, :language, :whoMayAnswer, :only, :announceTo, :person)
    ON CONFLICT (platform, chat_key) DO UPDATE SET alphabet = excluded.alphabet, language = excluded.language,
      who_may_answer = excluded.who_may_answer, only_labels = excluded.only_labels, announce_to = excluded.announce_to, person = excluded.person`);
  const announcing = sql.prepare<{ alphabet: string }, ChatRow>(
    'SELECT * FROM chats WHERE announce_to IS NOT NULL AND (alphabet IS NULL OR alphabet = :alphabet)',
  );
  const remove = sql.prepare<{ platform: string; id: string }, { chat_key: string }>(
    'DELETE FROM chats WHERE platform = :platform AND chat_key = :id RETURNING chat_key',
  );
  const removePerson = sql.prepare<{ platform: string; id: string }, { chat_key: string }>(`
    DELETE FROM chats WHERE platform = :platform AND (chat_key = :id OR person = :id)
    RETURNING chat_key`);
  // What keeps an announcement from being made twice names, last of all, the chat that it is for.
  const removeTold = sql.prepare<{ platform: string; end: string }>(
    'DELETE FROM outbox WHERE platform = :platform AND substr(dedupe_key, -length(:end)) = :end',
  );
  const forget = (statement: typeof remove, platform: string, id: string): void =>
    sql.atomically(() => {
      for (const { chat_key } of statement.all({ platform, id }))
        removeTold.run({ platform, end: `:${platform}:${chat_key}` });
    });
  const get = (platform: string, chatKey: string): ChatSettings => {
    const row = select.get({ platform, chatKey });
    if (row) return toChat(row);
    return {
      platform,
      chatKey,
      alphabet: null,
      language: null,
      whoMayAnswer: 'asker',
      only: null,
      announceTo: null,
      person: null,
    };
  };
  return {
    get,
    set: (platform, chatKey, change) =>
      sql.atomically(() => {
        const chat = { ...get(platform, chatKey), ...change };
        put.run({ ...chat, announceTo: toJson(chat.announceTo) });
        return chat;
      }),
    announcing: (alphabet) => announcing.all({ alphabet }).map(toChat),
    forget: (platform, chatKey) => forget(remove, platform, chatKey),
    forgetPerson: (platform, id) => forget(removePerson, platform, id),
  };
}
