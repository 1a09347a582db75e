// The people of the fake Telegram: they write, send photos, press buttons, block the bot; and what a test waits for.
import { badRequest } from './telegram-wire.ts';
import type { ChatRoom, MediaRefusal, OpenCallback, TelegramState } from './telegram-state.ts';
import type { UpdateQueue } from './telegram-updates.ts';
import type { InlineButton, MessageEntity, TelegramChat, TelegramMessage, Update, User } from './telegram-words.ts';

export interface SendOptions {
  /** Message it replies to. */
  readonly replyTo?: TelegramMessage;
  /** Topic of a forum. */
  readonly topic?: number;
}

export interface PhotoOptions extends SendOptions {
  readonly caption?: string;
  /** Photos with the same album stand together. */
  readonly album?: string;
}

export interface Pressed {
  readonly update: Update;
  /** What the person saw once the bot answered the press; throws when it does not in time. */
  answer(timeoutMs?: number): Promise<{ readonly text: string; readonly alert: boolean }>;
}

export interface People {
  user(name?: string, language?: string): User;
  /** The private chat with a user. It begins to exist for the bot when the user first writes there. */
  private(user: User): TelegramChat;
  /** The bot hears what is said to it, as Telegram's privacy mode has it; `hearsAll`: it is an admin there, and hears everything. */
  group(options?: {
    title?: string;
    forum?: boolean;
    admins?: readonly User[];
    hearsAll?: boolean;
    /** Small and without history yet: such a group may become a supergroup. */
    basic?: boolean;
    /** The bot is no member: only a message that mentions it, or answers what it said, reaches it, and as a guest's. */
    foreign?: boolean;
  }): TelegramChat;
  /** So late that the bot cannot answer any more what it was asked as a guest. */
  forgetGuestQuery(message: TelegramMessage): void;
  /**
   * A basic group becomes a supergroup: nothing can be sent to the old number any more, messages begin anew at 1, and both chats say
   * so. `unheard`: the bot was away too long, and Telegram tells it no more.
   */
  upgrade(chat: TelegramChat, by: User, options?: { unheard?: boolean }): TelegramChat;
  /** A topic's id in a forum. */
  topic(chat: TelegramChat): number;
  /** The bot can no longer write to this chat: blocked, or thrown out; undefined: it can again. */
  forbid(chat: TelegramChat, because: string | undefined): void;
  /** Photos and files of the bot are not taken in this chat; undefined: they are again. */
  refuseMedia(chat: TelegramChat, how: MediaRefusal | undefined): void;
  sendText(chat: TelegramChat, user: User, text: string, options?: SendOptions): TelegramMessage;
  sendPhoto(chat: TelegramChat, user: User, bytes: Uint8Array, options?: PhotoOptions): TelegramMessage;
  /** An image as a file. `size` says another size than the bytes have. */
  sendDocument(
    chat: TelegramChat,
    user: User,
    bytes: Uint8Array,
    options?: PhotoOptions & { name?: string; mime?: string; size?: number },
  ): TelegramMessage;
  /** Any update at all, raw: an edited message, a channel's post. */
  sendUpdate(content: Readonly<Record<string, unknown>>): Update;
  /**
   * Presses a button, found by its text or its callback data. `old`: so late that the bot cannot answer any more;
   * `stale`: the person's screen still shows a button with this callback data, though the message has no such any more.
   */
  press(message: TelegramMessage, button: string, user: User, options?: { old?: boolean; stale?: boolean }): Pressed;
  deleteMessage(message: TelegramMessage): void;
  /** What the bot wrote in a chat, oldest first, as it stands now. */
  said(chat: TelegramChat): readonly TelegramMessage[];
  /** What only this member of a group sees. */
  whispered(chat: TelegramChat, user: User): readonly TelegramMessage[];
  buttons(message: TelegramMessage): readonly InlineButton[];
  /** The bot's reaction at a message. */
  reaction(message: TelegramMessage): string | undefined;
  /** Waits until `check` gives something; throws after `timeoutMs` (10 s), naming `what`. */
  until<T>(what: string, check: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** Waits for a message of the bot in a chat. */
  waitForMessage(
    chat: TelegramChat,
    check?: (message: TelegramMessage) => boolean,
    timeoutMs?: number,
  ): Promise<TelegramMessage>;
  /** Waits for the bot's answer that quotes a message. */
  waitForReply(to: TelegramMessage, timeoutMs?: number): Promise<TelegramMessage>;
}

export function makePeople(state: TelegramState, updates: UpdateQueue): People {
  let nextUser = 1001;
  let nextGroup = -1001000001;
  let nextTopic = 501;
  let nextCallback = 1;
  let nextGuest = 1;
  const waiting = new Set<() => void>();
  state.changed = () => {
    for (const look of waiting) look();
  };

  function roomOf(chat: TelegramChat, foreign = false): ChatRoom {
    let room = state.rooms.get(chat.id);
    if (room === undefined) {
      room = {
        chat,
        ...(foreign && { foreign }),
        reacted: new Map(),
        whispers: new Map(),
        messages: new Map(),
        members: new Map(),
        topics: new Set(),
        nextMessageId: 1,
      };
      state.rooms.set(chat.id, room);
    }
    return room;
  }

  function say(
    chat: TelegramChat,
    user: User,
    content: Partial<TelegramMessage>,
    options: SendOptions,
  ): TelegramMessage {
    const room = roomOf(chat);
    if (!room.members.has(user.id)) room.members.set(user.id, 'member');
    const message = state.addMessage(room, {
      from: user,
      ...(options.topic === undefined ? {} : { message_thread_id: options.topic, is_topic_message: true }),
      ...(options.replyTo === undefined ? {} : { reply_to_message: options.replyTo }),
      ...content,
    });
    if (room.foreign === true) askGuest(room, message);
    else if (reaches(room, message)) updates.push({ message: structuredClone(message) });
    return message;
  }

  /** Once for each mention; the bot sees this message, the one it answers, and nothing else of the chat. */
  function askGuest(room: ChatRoom, message: TelegramMessage): void {
    if (state.guests !== true || state.older === true || !reaches(room, message)) return;
    const guest_query_id = `g${String(nextGuest++).padStart(17, '0')}`;
    state.guestQueries.set(guest_query_id, { asked: message, answered: false, old: false });
    const { inline_message_id: _, ...quoted } = message.reply_to_message ?? {};
    const asked = { ...message, guest_query_id, ...(message.reply_to_message && { reply_to_message: quoted }) };
    updates.push({ guest_message: structuredClone(asked) });
  }

  /** Privacy mode: in a group a bot gets commands, mentions of it and replies to it, nothing else. */
  function reaches(room: ChatRoom, message: TelegramMessage): boolean {
    if (room.chat.type === 'private' || room.hearsAll === true) return true;
    const text = message.text ?? message.caption ?? '';
    const name = state.me.username?.toLowerCase() ?? '';
    return (
      text.startsWith('/') ||
      text.toLowerCase().includes(`@${name}`) ||
      message.reply_to_message?.from?.id === state.me.id
    );
  }

  const captioned = (options: PhotoOptions): Partial<TelegramMessage> => ({
    ...(options.caption === undefined
      ? {}
      : { caption: options.caption, ...entitiesOf(options.caption, 'caption_entities') }),
    ...(options.album === undefined ? {} : { media_group_id: options.album }),
  });

  // Long enough for a crowded machine: whoever passes does not wait for it.
  function until<T>(what: string, check: () => T | undefined | false, timeoutMs = 30_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = check();
        if (found === undefined || found === false) return;
        finish();
        resolve(found);
      };
      const finish = (): void => {
        clearTimeout(timer);
        clearInterval(often);
        waiting.delete(look);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`));
      }, timeoutMs);
      // Not everything a test asks about is the fake's own: look now and then as well.
      const often = setInterval(look, 20);
      waiting.add(look);
      look();
    });
  }

  const said = (chat: TelegramChat): readonly TelegramMessage[] =>
    [...(state.rooms.get(chat.id)?.messages.values() ?? [])].filter((each) => each.from?.id === state.me.id);

  return {
    until,
    said,
    whispered: (chat, user) =>
      [...(state.rooms.get(chat.id)?.whispers.values() ?? [])].filter((each) => each.receiver_user?.id === user.id),
    user(name = 'Olena', language = 'en') {
      return { id: nextUser++, is_bot: false, first_name: name, language_code: language };
    },
    private: (user) => ({ id: user.id, type: 'private', first_name: user.first_name }),
    group({ title = 'Class 3b', forum = false, admins = [], hearsAll = false, basic = false, foreign = false } = {}) {
      const type = basic ? 'group' : 'supergroup';
      const room = roomOf({ id: nextGroup--, type, title, ...(forum ? { is_forum: true } : {}) }, foreign);
      room.hearsAll = hearsAll;
      for (const admin of admins) room.members.set(admin.id, 'administrator');
      return room.chat;
    },
    upgrade(chat, by, { unheard = false } = {}) {
      const old = roomOf(chat);
      if (chat.type !== 'group' || old.movedTo !== undefined) throw badRequest('only a basic group can be upgraded');
      const { title } = chat;
      const { chat: next, members } = roomOf({ id: nextGroup--, type: 'supergroup', ...(title && { title }) });
      for (const [user, status] of old.members) members.set(user, status);
      const tell = (room: TelegramChat, more: Partial<TelegramMessage>): void => {
        const { message_id, date } = state.addMessage(roomOf(room), { from: by, ...more });
        if (!unheard) updates.push({ message: { message_id, date, chat: room, from: by, ...more } });
      };
      tell(chat, { migrate_to_chat_id: next.id });
      tell(next, { migrate_from_chat_id: chat.id });
      old.movedTo = next.id;
      return next;
    },
    topic(chat) {
      const id = nextTopic++;
      roomOf(chat).topics.add(id);
      return id;
    },
    forbid(chat, because) {
      const room = roomOf(chat);
      if (because === undefined) delete room.forbidden;
      else room.forbidden = because;
    },
    refuseMedia(chat, how) {
      const room = roomOf(chat);
      if (how === undefined) delete room.media;
      else room.media = how;
    },
    sendText: (chat, user, text, options = {}) => say(chat, user, { text, ...entitiesOf(text, 'entities') }, options),
    sendPhoto: (chat, user, bytes, options = {}) =>
      say(chat, user, { photo: state.addPhoto(Buffer.from(bytes)), ...captioned(options) }, options),
    sendDocument: (chat, user, bytes, options = {}) =>
      say(chat, user, { document: state.addDocument(Buffer.from(bytes), options), ...captioned(options) }, options),
    sendUpdate: (content) => updates.push(content),
    press(message, button, user, { old = false, stale = false } = {}) {
      const found = message.reply_markup?.inline_keyboard
        .flat()
        .find((each) => each.text === button || each.callback_data === button);
      if (found === undefined && !stale) throw badRequest(`there is no button ${button} to press`);
      const id = `7${String(nextCallback++).padStart(17, '0')}`;
      const callback: OpenCallback = { old };
      state.callbacks.set(id, callback);
      const update = updates.push({
        callback_query: {
          id,
          from: user,
          // Of a chat that it is no member of, the bot is told no more than the name of what it said there.
          ...(message.inline_message_id === undefined
            ? { message: structuredClone(message) }
            : { inline_message_id: message.inline_message_id }),
          chat_instance: '1',
          data: found?.callback_data ?? button,
        },
      });
      return { update, answer: (timeoutMs) => until('an answer to the press', () => callback.answered, timeoutMs) };
    },
    forgetGuestQuery({ chat, message_id }) {
      for (const query of state.guestQueries.values())
        if (query.asked.chat.id === chat.id && query.asked.message_id === message_id) query.old = true;
    },
    deleteMessage(message) {
      if (message.inline_message_id !== undefined) state.guestMessages.delete(message.inline_message_id);
      state.rooms.get(message.chat.id)?.messages.delete(message.message_id);
    },
    reaction: ({ chat, message_id }) => state.rooms.get(chat.id)?.reacted.get(message_id),
    buttons: (message) => message.reply_markup?.inline_keyboard.flat() ?? [],
    waitForMessage: (chat, check = () => true, timeoutMs) =>
      until('a message of the bot', () => said(chat).find(check), timeoutMs),
    waitForReply: (to, timeoutMs) =>
      until(
        `a reply to message ${to.message_id}`,
        () => said(to.chat).find((each) => each.reply_to_message?.message_id === to.message_id),
        timeoutMs,
      ),
  };
}

/** Commands and mentions, as clients mark them. */
function entitiesOf(text: string, key: 'entities' | 'caption_entities'): Partial<TelegramMessage> {
  const found: MessageEntity[] = [];
  for (const match of text.matchAll(/(?<=^|\s)(?:(\/\w{1,64}(?:@\w+)?)|(@\w{4,32}))/g)) {
    found.push({
      type: match[1] === undefined ? 'mention' : 'bot_command',
      offset: match.index,
      length: match[0].length,
    });
  }
  return found.length === 0 ? {} : { [key]: found };
}
