// The Bot API's own objects, as far as the fake keeps them. Message objects are live: an edit changes them in place.

export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface TelegramChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly first_name?: string;
  readonly is_forum?: boolean;
}

export interface InlineButton {
  readonly text: string;
  /** None where it opens a page. */
  readonly callback_data?: string;
  readonly web_app?: { readonly url: string };
  readonly style?: string;
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[];
}

export interface MessageEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

export interface PhotoSize {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly width: number;
  readonly height: number;
  readonly file_size: number;
}

export interface DocumentFile {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_name?: string;
  readonly mime_type?: string;
  readonly file_size?: number;
}

export interface TelegramMessage {
  readonly message_id: number;
  readonly date: number;
  readonly chat: TelegramChat;
  readonly from?: User;
  readonly sender_chat?: TelegramChat;
  readonly message_thread_id?: number;
  readonly is_topic_message?: boolean;
  readonly media_group_id?: string;
  /** It is for this member alone, and is called so. */
  readonly receiver_user?: User;
  readonly ephemeral_message_id?: number;
  readonly is_automatic_forward?: boolean;
  /** Asked of a bot that is no member of the chat. */
  readonly guest_query_id?: string;
  /** Said by such a bot: who asked. It is known to the bot by another name, which only the fake keeps here. */
  readonly guest_bot_caller_user?: User;
  readonly inline_message_id?: string;
  readonly forum_topic_created?: { readonly name: string };
  readonly migrate_to_chat_id?: number;
  readonly migrate_from_chat_id?: number;
  reply_to_message?: TelegramMessage;
  text?: string;
  entities?: readonly MessageEntity[];
  caption?: string;
  caption_entities?: readonly MessageEntity[];
  photo?: readonly PhotoSize[];
  /** Blocks, as they were sent; a photo among them as its sizes. */
  rich_message?: { readonly blocks: readonly Readonly<Record<string, unknown>>[] };
  document?: DocumentFile;
  reply_markup?: InlineKeyboard;
  edit_date?: number;
}

export interface CallbackQuery {
  readonly id: string;
  readonly from: User;
  readonly message?: TelegramMessage;
  readonly chat_instance: string;
  readonly data: string;
}

export type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>;

export interface BotCommand {
  readonly command: string;
  readonly description: string;
}

/** What a bot may react with. */
export const reactionEmoji: ReadonlySet<string> = new Set(
  '👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'.split(
    ' ',
  ),
);
