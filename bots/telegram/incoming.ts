// What a Telegram message asks of us, decided purely: a photo to read, a command, a word, or nothing at all.
// In groups the bot is silent unless spoken to: by its name, a reply to it, a command, or /read under a photo.
import type { Message, MessageEntity, MessageOrigin, UserFromGetMe } from 'grammy/types';
import { pressedPrediction } from '../../src/chat/buttons.ts';

export interface PictureFile {
  readonly id: string;
  /** Bytes, where Telegram tells. */
  readonly size: number | undefined;
}

export type Incoming =
  /** `quote` is the message with the picture, which the answer replies to; a caption that stands behind /read is a label's place. */
  | {
      readonly kind: 'photo';
      readonly file: PictureFile;
      /** The other pictures of its album. */
      readonly further?: readonly PictureFile[];
      readonly quote: number;
      readonly caption: string | undefined;
      readonly meantAsLabel: boolean;
      /** Who sent the picture that another message quotes. */
      readonly author?: number | 'unknown';
    }
  | { readonly kind: 'command'; readonly name: string; readonly rest: string }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly about: string | undefined;
      /** The photo that it replies to, as its key was. */
      readonly repliesTo?: string;
    }
  | { readonly kind: 'nothing' };

interface Circumstances {
  readonly me: UserFromGetMe;
  /** Whether a command without our name is one of ours; others in a group are meant for other bots. */
  readonly isOurCommand: (name: string) => boolean;
  /** Whether another photo of this album was meant for us: the caption stands under one only. */
  readonly isOurAlbum: (album: string) => boolean;
}

/** Our own command: it stands under somebody's photo and becomes that photo, so the product knows nothing of it. */
export const READ = 'read';

const nothing: Incoming = { kind: 'nothing' };

export function hear(message: Message, { me, isOurCommand, isOurAlbum }: Circumstances): Incoming {
  if (message.from === undefined || message.is_automatic_forward === true) return nothing;
  // Other bots are never answered; an admin or a channel that hides behind one speaks as a sender chat.
  if (message.from.is_bot && message.sender_chat === undefined) return nothing;

  const isPrivate = message.chat.type === 'private';
  const whole = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const command = commandOf(whole, entities);
  if (command?.to !== undefined && command.to !== me.username.toLowerCase()) return nothing;
  const { mentioned, text } = withoutMention(whole, entities, me);
  const quoted = message.reply_to_message;
  // Every message in a topic seems to reply to the message that opened it.
  const repliesToUs = quoted?.from?.id === me.id && quoted.forum_topic_created === undefined;
  const called = command !== undefined && (command.to !== undefined || isOurCommand(command.name));
  const ours = message.media_group_id !== undefined && isOurAlbum(message.media_group_id);
  if (!(isPrivate || mentioned || repliesToUs || called || ours)) return nothing;

  const asksToRead = command?.name === READ;
  const said = asksToRead ? command.rest : text;
  const toRead = (file: PictureFile, quote: number): Extract<Incoming, { kind: 'photo' }> => ({
    kind: 'photo',
    file,
    quote,
    caption: said === '' ? undefined : said,
    meantAsLabel: asksToRead && said !== '',
  });
  const picture = pictureOf(message);
  if (picture !== undefined) {
    return toRead(picture, message.message_id);
  }
  // A photo of another chat can be quoted too; the answer then stands under the question.
  const elsewhere = message.external_reply;
  const quotedPicture = repliesToUs ? undefined : pictureOf(quoted ?? elsewhere);
  if (quotedPicture !== undefined && (asksToRead || (mentioned && command === undefined))) {
    const quote = (quoted ?? message).message_id;
    return {
      ...toRead(quotedPicture, quote),
      author: authorOf(quoted) ?? authorElsewhere(elsewhere?.origin) ?? 'unknown',
    };
  }
  if (command !== undefined) return { kind: 'command', name: command.name, rest: command.rest };
  const photo = repliesToUs || quoted === undefined || pictureOf(quoted) === undefined ? undefined : quoted;
  if (text !== '') {
    return {
      kind: 'text',
      text,
      about: repliesToUs ? aboutWhat(quoted) : undefined,
      ...(photo === undefined ? {} : { repliesTo: keyOf(photo) }),
    };
  }
  if (mentioned) return { kind: 'command', name: 'help', rest: '' };
  // A voice message or a sticker: an empty word, which is answered with what we do understand.
  return isPrivate && isOtherContent(message) ? { kind: 'text', text: '', about: undefined } : nothing;
}

/** What a message is known by: told again, it is the same. */
export const keyOf = ({ chat, message_id }: Pick<Message, 'chat' | 'message_id'>): string => `${chat.id}:${message_id}`;

function commandOf(
  text: string,
  entities: readonly MessageEntity[],
): { name: string; to: string | undefined; rest: string } | undefined {
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (entity === undefined) return undefined;
  const [name = '', to] = text.slice(1, entity.length).toLowerCase().split('@');
  return { name, to, rest: text.slice(entity.length).trim() };
}

function withoutMention(
  text: string,
  entities: readonly MessageEntity[],
  me: UserFromGetMe,
): { mentioned: boolean; text: string } {
  const ours = entities.filter(
    (entity) =>
      (entity.type === 'mention' &&
        text.slice(entity.offset + 1, entity.offset + entity.length).toLowerCase() === me.username.toLowerCase()) ||
      (entity.type === 'text_mention' && entity.user.id === me.id),
  );
  let rest = text;
  // From the end, so that the offsets before stay true.
  for (const { offset, length } of ours.toReversed()) rest = rest.slice(0, offset) + rest.slice(offset + length);
  return { mentioned: ours.length > 0, text: rest.trim() };
}

/** A channel or a hidden admin is who they appear as; another bot's pictures have no author who could agree. */
function authorOf(quoted: Message | undefined): number | undefined {
  return (quoted?.sender_chat ?? (quoted?.from?.is_bot === true ? undefined : quoted?.from))?.id;
}

/** Who wrote it in another chat, as far as Telegram tells. */
function authorElsewhere(origin: MessageOrigin | undefined): number | undefined {
  switch (origin?.type) {
    case 'user':
      return origin.sender_user.is_bot ? undefined : origin.sender_user.id;
    case 'chat':
      return origin.sender_chat.id;
    case 'channel':
      return origin.chat.id;
    case 'hidden_user':
    case undefined:
      return undefined;
  }
}

/** The largest size of a photo, or a file; what the file really is, its bytes will say. */
function pictureOf(message: Pick<Message, 'photo' | 'document' | 'animation'> | undefined): PictureFile | undefined {
  const photo = message?.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (photo !== undefined) return { id: photo.file_id, size: photo.file_size };
  // A GIF arrives as an animation that is a document too.
  if (message?.document === undefined || message.animation !== undefined) return undefined;
  return { id: message.document.file_id, size: message.document.file_size };
}

function aboutWhat(quoted: Message | undefined): string | undefined {
  for (const button of quoted?.reply_markup?.inline_keyboard.flat() ?? []) {
    const prediction = 'callback_data' in button ? pressedPrediction(button.callback_data) : undefined;
    if (prediction !== undefined) return prediction;
  }
  return undefined;
}

function isOtherContent(message: Message): boolean {
  const { sticker, voice, video, video_note, audio, animation, contact, location, poll, story, dice, paid_media } =
    message;
  const contents = [
    sticker,
    voice,
    video,
    video_note,
    audio,
    animation,
    contact,
    location,
    poll,
    story,
    dice,
    paid_media,
  ];
  return contents.some((content) => content !== undefined);
}
