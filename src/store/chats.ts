// What a chat has chosen: alphabet, language, who may answer, and whether it wants to hear of a swap.

export type WhoMayAnswer = 'asker' | 'anyone' | 'admins';

export interface ChatSettings {
  readonly platform: string;
  readonly chatKey: string;
  readonly alphabet: string | null;
  readonly language: string | null;
  readonly whoMayAnswer: WhoMayAnswer;
  /** Where announcements go; null: this chat did not ask for any. */
  readonly announceTo: unknown;
}

export interface Chats {
  /** The chat's settings; the defaults (null, null, 'asker', null) where nothing was ever set. */
  get(platform: string, chatKey: string): ChatSettings;
  /** Changes the settings named, keeps the others. */
  set(
    platform: string,
    chatKey: string,
    change: Partial<Pick<ChatSettings, 'alphabet' | 'language' | 'whoMayAnswer' | 'announceTo'>>,
  ): ChatSettings;
  /** Every chat that asked to be told of swaps (of this alphabet or with none chosen). */
  announcing(alphabet: string): readonly ChatSettings[];
  forget(platform: string, chatKey: string): void;
}
