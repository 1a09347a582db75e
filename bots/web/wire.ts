// What the page is told: replies and messages as JSON. The page renders exactly this and knows nothing else.
import type { Keyboard, Message, Picture } from '../../src/chat/event.ts';
import type { Spoken } from '../../src/chat/signs.ts';
import type { Held } from './held.ts';
import { imageType } from '../shared/image.ts';

interface WireMessage {
  readonly text: string;
  readonly pictures?: readonly (Pick<Picture, 'alt' | 'role' | 'touch'> & {
    readonly src: string;
    /** A photo, or drawn around photos: it looks as it does. */
    readonly photo?: true;
  })[];
  readonly files?: readonly { readonly src: string; readonly name: string }[];
  readonly keyboard?: Keyboard;
}

export type WireReply =
  /** `live`: more versions of this message follow as events. */
  | { readonly kind: 'message'; readonly id: string; readonly live: boolean; readonly message: WireMessage }
  | { readonly kind: 'edit'; readonly message: WireMessage }
  | { readonly kind: 'notice'; readonly text: string };

/** What /chat/events carries: a whole message, new or replacing the one with this id; `update` only where the id is known. */
export interface WireEvent {
  readonly kind: 'message' | 'update';
  readonly id: string;
  readonly live: boolean;
  readonly message: WireMessage;
}

export function wireMessage(message: Message, held: Held): WireMessage {
  const { text, pictures, files, keyboard } = message;
  return {
    text,
    ...(pictures && {
      pictures: pictures.map(({ png, alt, role, photos, touch }) => {
        const bytes = png();
        const type = imageType(bytes).mime;
        const src = held.hold({ bytes, type, name: null });
        return {
          src,
          alt,
          role,
          ...(touch && { touch }),
          ...((photos === true || type !== 'image/png') && { photo: true }),
        };
      }),
    }),
    ...(files && {
      files: files.map(({ name, bytes }) => ({
        src: held.hold({ bytes, type: 'application/octet-stream', name }),
        name,
      })),
    }),
    ...(keyboard && { keyboard }),
  };
}

export function wireReply(reply: Exclude<Spoken, { kind: 'revise' }>, id: string, held: Held): WireReply {
  switch (reply.kind) {
    case 'message':
      return {
        kind: 'message',
        id,
        live: reply.message.live === true,
        message: wireMessage(reply.message, held),
      };
    case 'edit':
      return { kind: 'edit', message: wireMessage(reply.message, held) };
    case 'notice':
      return { kind: 'notice', text: reply.text };
  }
}
