// The methods of the fake Bot API, as strict as the real one about lengths, buttons and what may be edited,
// and stricter about names: a parameter it does not know is refused.
import { isDeepStrictEqual } from 'node:util';
import type { ChatRoom, TelegramState } from './telegram-state.ts';
import { reactionEmoji } from './telegram-words.ts';
import { richOf, showsPhoto } from './telegram-rich.ts';
import { ApiRefusal, attached, badRequest, type Fields, readFields, type Spec, type Upload } from './telegram-wire.ts';
import type { BotCommand, InlineKeyboard, TelegramChat, TelegramMessage } from './telegram-words.ts';
import { tokenBytes } from './token.ts';

const where = { chat_id: 'id!', message_thread_id: 'integer' } as const;
const sending = {
  ...where,
  disable_notification: 'boolean',
  reply_parameters: 'object',
} as const;
const apart = { ephemeral_message_parameters: 'object' } as const;
const theirs = { chat_id: 'id!', receiver_user_id: 'integer!', ephemeral_message_id: 'integer!' } as const;
const pointing = { chat_id: 'id!', message_id: 'integer!' } as const;

/** getUpdates, setWebhook and deleteWebhook live with the queue, in telegram.ts. */
export const specs = {
  getMe: {},
  getUpdates: { offset: 'integer', limit: 'integer', timeout: 'integer', allowed_updates: 'array' },
  setWebhook: {
    url: 'string!',
    secret_token: 'string',
    allowed_updates: 'array',
    max_connections: 'integer',
    drop_pending_updates: 'boolean',
  },
  deleteWebhook: { drop_pending_updates: 'boolean' },
  sendMessage: { ...sending, ...apart, text: 'string!', link_preview_options: 'object', reply_markup: 'object' },
  sendPhoto: { ...sending, ...apart, photo: 'file!', caption: 'string', reply_markup: 'object' },
  sendDocument: { ...sending, ...apart, document: 'file!', caption: 'string', reply_markup: 'object' },
  sendMediaGroup: { ...sending, media: 'array!' },
  sendRichMessage: { ...sending, ...apart, rich_message: 'object!', reply_markup: 'object' },
  editMessageText: {
    chat_id: 'id',
    message_id: 'integer',
    inline_message_id: 'string',
    text: 'string!',
    link_preview_options: 'object',
    reply_markup: 'object',
  },
  editMessageCaption: { ...pointing, caption: 'string', reply_markup: 'object' },
  editMessageReplyMarkup: { ...pointing, reply_markup: 'object' },
  editMessageMedia: { ...pointing, media: 'object!', reply_markup: 'object' },
  editEphemeralMessageText: { ...theirs, text: 'string!', link_preview_options: 'object', reply_markup: 'object' },
  deleteMessage: pointing,
  answerCallbackQuery: { callback_query_id: 'string!', text: 'string', show_alert: 'boolean' },
  answerGuestQuery: { guest_query_id: 'string!', result: 'object!' },
  setMessageReaction: { ...pointing, reaction: 'array', is_big: 'boolean' },
  getFile: { file_id: 'string!' },
  setMyCommands: { commands: 'array!', scope: 'object', language_code: 'string' },
  deleteMyCommands: { scope: 'object', language_code: 'string' },
  setMyDescription: { description: 'string', language_code: 'string' },
  setMyShortDescription: { short_description: 'string', language_code: 'string' },
  getUserProfilePhotos: { user_id: 'integer!', offset: 'integer', limit: 'integer' },
  setMyProfilePhoto: { photo: 'object!' },
  setChatMenuButton: { chat_id: 'integer', menu_button: 'object' },
  getChatMember: { chat_id: 'id!', user_id: 'integer!' },
  sendChatAction: { ...where, action: 'string!' },
} as const satisfies Readonly<Record<string, Spec>>;

export type Method = keyof typeof specs;

export const isMethod = (name: string): name is Method => Object.hasOwn(specs, name);

export function parameters(
  method: Method,
  fields: Fields,
  uploads: ReadonlyMap<string, Upload>,
  multipart: boolean,
): Fields {
  return readFields(specs[method], fields, uploads, multipart);
}

type Handled = Exclude<Method, 'getUpdates' | 'setWebhook' | 'deleteWebhook'>;

const uploading: ReadonlySet<string> = new Set([
  'sendPhoto',
  'sendDocument',
  'sendMediaGroup',
  'sendRichMessage',
  'editMessageMedia',
]);

/** Whether a call with an upload is left without an answer; throws ApiRefusal where it is refused. */
export function neverAnswers(state: TelegramState, method: Method, given: Fields): boolean {
  // Words in columns are no upload.
  if (!uploading.has(method) || (method === 'sendRichMessage' && !showsPhoto(given))) return false;
  const kind = method === 'sendDocument' ? 'documents' : 'photos';
  const { media } = state.room(given['chat_id']);
  if (media === undefined) return false;
  switch (media) {
    case 'not-found':
      throw new ApiRefusal(404, 'Not Found');
    case 'no-rights':
      throw badRequest(`not enough rights to send ${kind} to the chat`);
    case 'forbidden':
      throw new ApiRefusal(403, `Forbidden: not enough rights to send ${kind} to the chat`);
    case 'too-large':
      throw new ApiRefusal(413, 'Request Entity Too Large');
    case 'never-answers':
      return true;
  }
}

/** Does a call and gives its `result`; throws ApiRefusal. */
export function perform(
  state: TelegramState,
  method: Handled,
  given: Fields,
  uploads: ReadonlyMap<string, Upload>,
): unknown {
  switch (method) {
    case 'getMe':
      return {
        ...state.me,
        can_join_groups: true,
        can_read_all_group_messages: false,
        supports_inline_queries: false,
        ...(state.older === true ? {} : { supports_guest_queries: state.guests === true }),
      };
    case 'sendMessage':
      return send(state, given, { text: textOf(given['text'], 4096, 'message') });
    case 'sendPhoto':
      return send(state, given, { ...photoOf(state, given['photo']), ...captionOf(given['caption']) });
    case 'sendDocument':
      return send(state, given, { ...documentOf(state, given['document']), ...captionOf(given['caption']) });
    case 'sendRichMessage':
      if (state.older === true) throw new ApiRefusal(404, 'Not Found: method not found');
      return send(state, given, {
        rich_message: richOf(
          given['rich_message'] as Fields,
          (media) => photoOf(state, attached(media, uploads)).photo ?? [],
        ),
      });
    case 'sendMediaGroup': {
      const media = given['media'] as Fields[];
      if (media.length < 2 || media.length > 10) throw badRequest('media must include 2-10 items');
      const group = tokenBytes(8).readBigUInt64BE().toString();
      return media.map((item) => send(state, given, { ...mediaOf(state, item, uploads), media_group_id: group }));
    }
    case 'editMessageText': {
      const text = textOf(given['text'], 4096, 'message');
      const message = edited(state, given);
      if (message.text === undefined && message.rich_message === undefined)
        throw badRequest('there is no text in the message to edit');
      delete message.rich_message;
      const changed = change(state, message, given, { text });
      return message.inline_message_id === undefined ? changed : true;
    }
    case 'answerGuestQuery':
      return answerGuest(state, given);
    case 'editMessageCaption': {
      const message = edited(state, given);
      if (message.photo === undefined && message.document === undefined) {
        throw badRequest('there is no caption in the message to edit');
      }
      return change(state, message, given, { caption: captionOf(given['caption']).caption ?? '' });
    }
    case 'editMessageReplyMarkup':
      return change(state, edited(state, given), given, {});
    case 'editEphemeralMessageText': {
      const message = whispered(state, given);
      change(state, message, given, { text: textOf(given['text'], 4096, 'message') });
      return true;
    }
    case 'deleteMessage': {
      const message = edited(state, given);
      state.room(given['chat_id']).messages.delete(message.message_id);
      state.changed();
      return true;
    }
    case 'editMessageMedia': {
      const message = edited(state, given);
      const media = mediaOf(state, given['media'] as Fields, uploads);
      delete message.text;
      delete message.caption;
      return change(state, message, given, media);
    }
    case 'answerCallbackQuery':
      return answer(state, given);
    case 'setMessageReaction':
      return react(state, given);
    case 'getFile': {
      const id = String(given['file_id']);
      const file = state.files.get(id);
      if (file === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable');
      if (file.size > 20 * 1024 * 1024) throw badRequest('file is too big');
      state.links.set(file.name, file);
      return { file_id: id, file_unique_id: id.slice(0, 8), file_size: file.size, file_path: file.name };
    }
    case 'setMyCommands':
      return setCommands(state, given);
    case 'deleteMyCommands':
      state.commands.delete(commandsKey(state, given));
      state.changed();
      return true;
    case 'setMyDescription':
      return describeBot(state, given, 'description', 512);
    case 'setMyShortDescription':
      return describeBot(state, given, 'short_description', 120);
    case 'getUserProfilePhotos': {
      if (given['user_id'] !== state.me.id) throw badRequest('user not found');
      const photos = state.pictures.slice(0, Number(given['limit'] ?? 100)).map((each) => state.addPhoto(each));
      return { total_count: state.pictures.length, photos };
    }
    case 'setMyProfilePhoto': {
      if (state.older === true) throw new ApiRefusal(404, 'Not Found: method not found');
      const { type, photo } = given['photo'] as Fields;
      if (type !== 'static' || typeof photo !== 'string') throw badRequest("can't parse InputProfilePhoto");
      const { bytes } = attached(photo, uploads);
      if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw badRequest('IMAGE_PROCESS_FAILED');
      state.pictures.push(bytes);
      state.changed();
      return true;
    }
    case 'setChatMenuButton':
      return setMenuButton(state, given);
    case 'getChatMember': {
      const room = state.room(given['chat_id']);
      const status = room.members.get(Number(given['user_id']));
      return { status: status ?? 'left', user: { id: given['user_id'], is_bot: false, first_name: 'Somebody' } };
    }
    case 'sendChatAction': {
      const room = state.room(given['chat_id']);
      if (given['action'] !== 'typing' && given['action'] !== 'upload_photo')
        throw badRequest('wrong parameter action');
      state.actions.push({ chat: room.chat.id, action: given['action'] });
      return true;
    }
  }
}

function textOf(text: unknown, most: number, what: 'message' | 'message caption'): string {
  const value = String(text);
  if (what === 'message' && value.trim() === '') throw badRequest('message text is empty');
  if (value.length > most) throw badRequest(`${what} is too long`);
  return value;
}

function captionOf(caption: unknown): { caption?: string } {
  return caption === undefined || caption === '' ? {} : { caption: textOf(caption, 1024, 'message caption') };
}

function photoOf(state: TelegramState, photo: unknown): Pick<TelegramMessage, 'photo'> {
  const { bytes } = upload(photo);
  if (bytes.length > 10 * 1024 * 1024) throw badRequest('PHOTO_SAVE_FILE_INVALID');
  const isPicture = bytes.subarray(0, 4).toString('latin1') === '\x89PNG' || bytes[0] === 0xff;
  if (!isPicture) throw badRequest('IMAGE_PROCESS_FAILED');
  return { photo: state.addPhoto(bytes) };
}

function documentOf(state: TelegramState, document: unknown): Pick<TelegramMessage, 'document'> {
  const { name, bytes } = upload(document);
  if (bytes.length > 50 * 1024 * 1024) throw new ApiRefusal(413, 'Request Entity Too Large');
  return { document: state.addDocument(bytes, { name }) };
}

function upload(value: unknown): Upload {
  if (typeof value === 'object' && value !== null && 'bytes' in value) return value as Upload;
  throw badRequest('wrong file identifier/HTTP URL specified');
}

function mediaOf(state: TelegramState, item: Fields, uploads: ReadonlyMap<string, Upload>): Partial<TelegramMessage> {
  const file = typeof item['media'] === 'string' ? attached(item['media'], uploads) : undefined;
  const caption = captionOf(item['caption']);
  if (item['type'] === 'photo') return { ...photoOf(state, file), ...caption };
  if (item['type'] === 'document') return { ...documentOf(state, file), ...caption };
  throw badRequest('unknown media type');
}

function send(state: TelegramState, given: Fields, content: Partial<TelegramMessage>): TelegramMessage {
  const room = state.room(given['chat_id']);
  const thread = given['message_thread_id'] as number | undefined;
  if (thread !== undefined && !room.topics.has(thread)) throw badRequest('message thread not found');
  const replied = repliedTo(room, given['reply_parameters'] as Fields | undefined);
  const receiver = receiverOf(state, room, given);
  const message = (receiver === undefined ? state.addMessage : state.addWhisper)(room, {
    from: state.me,
    ...receiver,
    ...content,
    ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...(replied === undefined ? {} : { reply_to_message: replied }),
    ...keyboardOf(given['reply_markup'], room.chat),
  });
  state.changed();
  return wire(message);
}

/** An older server knows nothing of it, and says it for all to hear. */
function receiverOf(
  state: TelegramState,
  room: ChatRoom,
  given: Fields,
): Pick<TelegramMessage, 'receiver_user'> | undefined {
  const asked = given['ephemeral_message_parameters'] as Fields | undefined;
  if (asked === undefined || state.older === true) return undefined;
  if (room.chat.type === 'private') throw badRequest('ephemeral messages can be sent only to groups');
  const id = Number(asked['receiver_user_id']);
  if (!room.members.has(id)) throw badRequest('receiver not found');
  const query = asked['callback_query_id'];
  if (query !== undefined && !state.callbacks.has(textValue(query))) throw badRequest('QUERY_ID_INVALID');
  return { receiver_user: { id, is_bot: false, first_name: 'Somebody' } };
}

function whispered(state: TelegramState, given: Fields): TelegramMessage {
  if (state.older === true) throw new ApiRefusal(404, 'Not Found');
  const message = state.room(given['chat_id']).whispers.get(Number(given['ephemeral_message_id']));
  if (message?.receiver_user?.id !== given['receiver_user_id']) throw badRequest('message to edit not found');
  return message as TelegramMessage;
}

function repliedTo(room: ChatRoom, reply: Fields | undefined): TelegramMessage | undefined {
  if (reply === undefined) return undefined;
  const message = room.messages.get(Number(reply['message_id']));
  if (message === undefined && reply['allow_sending_without_reply'] !== true) {
    throw badRequest('message to be replied not found');
  }
  return message;
}

function edited(state: TelegramState, given: Fields): TelegramMessage {
  const inline = given['inline_message_id'];
  if (inline !== undefined) {
    const message = state.guestMessages.get(textValue(inline));
    if (message === undefined) throw badRequest('MESSAGE_ID_INVALID');
    return message;
  }
  if (given['chat_id'] === undefined || given['message_id'] === undefined)
    throw badRequest('message identifier is not specified');
  const message = state.room(given['chat_id']).messages.get(Number(given['message_id']));
  if (message === undefined) throw badRequest('message to edit not found');
  if (message.from?.id !== state.me.id) throw badRequest("message can't be edited");
  return message;
}

function change(
  state: TelegramState,
  message: TelegramMessage,
  given: Fields,
  content: Partial<TelegramMessage>,
): TelegramMessage {
  const keyboard = keyboardOf(given['reply_markup'], message.chat).reply_markup;
  const same =
    isDeepStrictEqual(keyboard, message.reply_markup) &&
    Object.entries(content).every(([key, value]) => (message[key as keyof TelegramMessage] ?? '') === value);
  if (same) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  Object.assign(message, content, { edit_date: Math.floor(Date.now() / 1000) });
  if (keyboard === undefined) delete message.reply_markup;
  else message.reply_markup = keyboard;
  state.changed();
  return wire(message);
}

/** A reply quotes one message deep, as the real server does. */
function wire(message: TelegramMessage): TelegramMessage {
  if (message.reply_to_message === undefined) return { ...message };
  const { reply_to_message: _, ...quoted } = message.reply_to_message;
  return { ...message, reply_to_message: quoted };
}

function keyboardOf(markup: unknown, chat: TelegramChat): { reply_markup?: InlineKeyboard } {
  if (markup === undefined) return {};
  const rows = (markup as Partial<InlineKeyboard>).inline_keyboard;
  if (!Array.isArray(rows)) throw badRequest('object expected as reply markup');
  const buttons = rows.flat() as Fields[];
  if (buttons.length === 0) return {};
  if (buttons.length > 100) throw badRequest('reply markup is too long');
  for (const button of buttons) {
    const { text, callback_data: data, style } = button;
    if (typeof text !== 'string' || text.trim() === '')
      throw badRequest('text buttons are unallowed in the inline keyboard');
    const { web_app: app } = button;
    if (app !== undefined && chat.type !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
    if (app !== undefined && data === undefined) {
      checkWebApp(app);
      continue;
    }
    const length = typeof data === 'string' && app === undefined ? Buffer.byteLength(data) : 0;
    if (length < 1 || length > 64) throw badRequest('BUTTON_DATA_INVALID');
    if (style !== undefined && !['primary', 'success', 'danger'].includes(style as string)) {
      throw badRequest('invalid button style specified');
    }
  }
  return { reply_markup: { inline_keyboard: rows.filter((row: readonly unknown[]) => row.length > 0) } };
}

function answer(state: TelegramState, given: Fields): true {
  const callback = state.callbacks.get(String(given['callback_query_id']));
  const text = (given['text'] as string | undefined) ?? '';
  // The real server forgives a second answer; a bot that gives one has lost count.
  if (callback === undefined || callback.old || callback.answered !== undefined) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
  callback.answered = { text, alert: given['show_alert'] === true };
  state.changed();
  return true;
}

/** One answer to one question, in time; no upload in it, since a result names what Telegram has already. */
function answerGuest(state: TelegramState, given: Fields): { inline_message_id: string } {
  if (state.older === true) throw new ApiRefusal(404, 'Not Found: method not found');
  const query = state.guestQueries.get(textValue(given['guest_query_id']));
  if (query === undefined || query.old || query.answered) throw badRequest('QUERY_ID_INVALID');
  const result = given['result'] as Fields;
  const { id, title, type, reply_markup: markup, input_message_content: content, ...others } = result;
  if (type !== 'article') throw badRequest("can't parse inline query result: this fake knows articles alone");
  const length = Buffer.byteLength(textValue(id));
  if (length < 1 || length > 64) throw badRequest('RESULT_ID_INVALID');
  if (textValue(title) === '') throw badRequest('can\'t parse inline query result: Can\'t find field "title"');
  if (Object.keys(others).length > 0) throw badRequest(`unknown field "${Object.keys(others).join()}" in the result`);
  const { message_text: words, link_preview_options: _, ...more } = (content ?? {}) as Fields;
  if (typeof words !== 'string') throw badRequest('can\'t parse InputMessageContent: Can\'t find field "message_text"');
  if (Object.keys(more).length > 0) throw badRequest(`unknown field "${Object.keys(more).join()}" in the content`);
  const { asked } = query;
  const room = state.rooms.get(asked.chat.id);
  if (room === undefined) throw badRequest('QUERY_ID_INVALID');
  const inline_message_id = `BAAA${tokenBytes(12).toString('base64url')}`;
  const message = state.addMessage(room, {
    from: state.me,
    ...(asked.from && { guest_bot_caller_user: asked.from }),
    reply_to_message: asked,
    text: textOf(words, 4096, 'message'),
    ...keyboardOf(markup, room.chat),
    inline_message_id,
  });
  query.answered = true;
  state.guestMessages.set(inline_message_id, message);
  state.changed();
  return { inline_message_id };
}

function checkWebApp(app: unknown): void {
  const { url } = app as Fields;
  if (typeof url !== 'string' || !/^https:\/\/[^/]+/.test(url))
    throw badRequest(`inline keyboard button Web App URL '${textValue(url)}' is invalid: Only HTTPS links are allowed`);
}

function setMenuButton(state: TelegramState, given: Fields): true {
  if (state.older === true) throw new ApiRefusal(404, 'Not Found');
  const button = (given['menu_button'] ?? { type: 'default' }) as Fields;
  if (!['default', 'commands', 'web_app'].includes(textValue(button['type'])))
    throw badRequest("can't parse MenuButton");
  if (button['type'] === 'web_app') {
    if (textValue(button['text']) === '') throw badRequest('menu button text must be non-empty');
    checkWebApp(button['web_app']);
  }
  state.menuButton = button;
  state.changed();
  return true;
}

function react(state: TelegramState, given: Fields): true {
  if (state.older === true) throw new ApiRefusal(404, 'Not Found');
  const room = state.room(given['chat_id']);
  const message = room.messages.get(Number(given['message_id']));
  if (message === undefined) throw badRequest('message to react not found');
  const wanted = (given['reaction'] ?? []) as Fields[];
  if (wanted.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  const [reaction] = wanted;
  if (reaction === undefined) {
    room.reacted.delete(message.message_id);
  } else {
    // Paid ones are for people, and a custom one only where an admin allowed it.
    if (reaction['type'] !== 'emoji' || !reactionEmoji.has(textValue(reaction['emoji'])))
      throw badRequest('REACTION_INVALID');
    if (room.reactions === 'forbidden') throw badRequest('REACTION_INVALID');
    room.reacted.set(message.message_id, textValue(reaction['emoji']));
  }
  state.changed();
  return true;
}

function setCommands(state: TelegramState, given: Fields): true {
  const commands = given['commands'] as BotCommand[];
  if (commands.length > 100) throw badRequest('too many commands specified');
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  state.commands.set(commandsKey(state, given), commands);
  state.changed();
  return true;
}

function describeBot(
  state: TelegramState,
  given: Fields,
  what: 'description' | 'short_description',
  most: number,
): true {
  if (state.older === true) throw new ApiRefusal(404, 'Not Found');
  const text = textValue(given[what]);
  if (text.length > most) throw badRequest(`${what} is too long`);
  const language = textValue(given['language_code']);
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  state.profile.set(`${what}:${language}`, text);
  state.changed();
  return true;
}

const textValue = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whose menu a call is about. */
function commandsKey(state: TelegramState, given: Fields): string {
  const scope = (given['scope'] as Fields | undefined) ?? { type: 'default' };
  if (scope['type'] === 'chat') state.room(Number(scope['chat_id']));
  else if (!['default', 'all_private_chats', 'all_group_chats'].includes(String(scope['type']))) {
    throw badRequest("can't parse BotCommandScope");
  }
  const parts = [scope['type'], scope['chat_id'], given['language_code']];
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(':');
}
