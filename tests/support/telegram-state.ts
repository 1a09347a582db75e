// What the fake Bot API remembers: users, chats with their messages, files, open callback queries, command menus.
import { badRequest, ApiRefusal } from './telegram-wire.ts';
import type { BotCommand, DocumentFile, PhotoSize, TelegramChat, TelegramMessage, User } from './telegram-words.ts';
import { tokenBytes } from './token.ts';

export interface ChatRoom {
  readonly chat: TelegramChat;
  readonly messages: Map<number, TelegramMessage>;
  /** What one member alone sees, by ids of its own. */
  readonly whispers: Map<number, TelegramMessage>;
  readonly members: Map<number, string>;
  readonly topics: Set<number>;
  /** The bot is no member: only who mentions it reaches it. */
  readonly foreign?: boolean;
  /** Why the bot may not speak here any more. */
  forbidden?: string;
  /** The supergroup that this group became. */
  movedTo?: number;
  /** What becomes of uploads here, text is taken all the same: as a server or an admin of the chat has it. */
  media?: MediaRefusal;
  /** Whether a bot gets every message of this group, as an admin of it does. */
  hearsAll?: boolean;
  /** Whether people and bots may react here; they may unless an admin said no. */
  reactions?: 'forbidden';
  /** What the bot reacted with, by message. */
  readonly reacted: Map<number, string>;
  nextMessageId: number;
}

export type MediaRefusal = 'not-found' | 'no-rights' | 'forbidden' | 'too-large' | 'never-answers';

export interface OpenCallback {
  answered?: { readonly text: string; readonly alert: boolean };
  /** Longer ago than the real server remembers. */
  old: boolean;
}

export interface OpenGuestQuery {
  readonly asked: TelegramMessage;
  answered: boolean;
  /** Longer ago than the real server remembers. */
  old: boolean;
}

export interface StoredFile {
  readonly bytes: Buffer;
  readonly size: number;
  readonly name: string;
}

export interface TelegramState {
  readonly me: User;
  readonly rooms: Map<number, ChatRoom>;
  readonly files: Map<string, StoredFile>;
  /** What getFile gave out, by path: only then does a link work. */
  readonly links: Map<string, StoredFile>;
  readonly callbacks: Map<string, OpenCallback>;
  readonly guestQueries: Map<string, OpenGuestQuery>;
  /** What the bot said as a guest, by the names it knows it by. */
  readonly guestMessages: Map<string, TelegramMessage>;
  /** Its owner switched guest mode on at @BotFather. */
  guests?: boolean;
  readonly commands: Map<string, readonly BotCommand[]>;
  /** What is shown of the bot, by `description:LANGUAGE` and `short_description:LANGUAGE`. */
  readonly profile: Map<string, string>;
  /** The bot's own pictures, the newest last. */
  readonly pictures: Buffer[];
  /** What stands beside the text field of private chats. */
  menuButton?: Readonly<Record<string, unknown>>;
  /** A server of before descriptions, reactions and menu buttons. */
  older?: boolean;
  readonly actions: { readonly chat: number; readonly action: string }[];
  /** Called after everything that a test may wait for. */
  changed: () => void;
  /** The chat, or the refusal that the real server gives. */
  room(id: unknown): ChatRoom;
  addMessage(room: ChatRoom, content: Omit<TelegramMessage, 'message_id' | 'date' | 'chat'>): TelegramMessage;
  addWhisper: TelegramState['addMessage'];
  addPhoto(bytes: Buffer): readonly PhotoSize[];
  addDocument(bytes: Buffer, about: { name?: string; mime?: string; size?: number }): DocumentFile;
}

export function makeState(me: User): TelegramState {
  const rooms = new Map<number, ChatRoom>();
  const files = new Map<string, StoredFile>();
  let fileNumber = 0;

  function addFile(bytes: Buffer, name: string, size = bytes.length): string {
    fileNumber += 1;
    const id = `AgAC${fileNumber.toString(36)}_${tokenBytes(12).toString('base64url')}`;
    files.set(id, { bytes, size, name });
    return id;
  }

  const state: TelegramState = {
    me,
    rooms,
    files,
    links: new Map(),
    callbacks: new Map(),
    guestQueries: new Map(),
    guestMessages: new Map(),
    commands: new Map(),
    profile: new Map(),
    pictures: [],
    actions: [],
    changed: () => {},
    room(id) {
      const room = typeof id === 'number' ? rooms.get(id) : undefined;
      if (room === undefined) throw badRequest('chat not found');
      if (room.foreign === true) throw new ApiRefusal(403, 'Forbidden: bot is not a member of the supergroup chat');
      if (room.movedTo !== undefined) {
        const gone = 'Bad Request: group chat was upgraded to a supergroup chat';
        throw new ApiRefusal(400, gone, { migrate_to_chat_id: room.movedTo });
      }
      if (room.forbidden !== undefined) throw new ApiRefusal(403, `Forbidden: ${room.forbidden}`);
      return room;
    },
    addMessage(room, content) {
      const message: TelegramMessage = {
        message_id: room.nextMessageId++,
        date: Math.floor(Date.now() / 1000),
        chat: room.chat,
        ...content,
      };
      room.messages.set(message.message_id, message);
      return message;
    },
    addWhisper(room, content) {
      const id = room.whispers.size + 1;
      const date = Math.floor(Date.now() / 1000);
      // Beside the others it has no number at all.
      const message: TelegramMessage = { message_id: 0, ephemeral_message_id: id, date, chat: room.chat, ...content };
      room.whispers.set(id, message);
      return message;
    },
    addPhoto(bytes) {
      const size = (part: Buffer, side: number): PhotoSize => {
        const file_id = addFile(part, `photos/file_${fileNumber}.jpg`);
        return {
          file_id,
          file_unique_id: `u${fileNumber}`,
          width: side,
          height: side,
          file_size: part.length,
        };
      };
      // The small sizes are no pictures at all here: whoever takes the wrong one is found out.
      return [size(Buffer.from('small'), 90), size(Buffer.from('medium'), 320), size(bytes, 1280)];
    },
    addDocument(bytes, { name, mime, size }) {
      const file_id = addFile(bytes, `documents/file_${fileNumber}`, size);
      return {
        file_id,
        file_unique_id: `u${fileNumber}`,
        ...(name === undefined ? {} : { file_name: name }),
        ...(mime === undefined ? {} : { mime_type: mime }),
        file_size: size ?? bytes.length,
      };
    },
  };
  return state;
}
