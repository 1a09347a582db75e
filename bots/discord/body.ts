// A message of ours as what Discord is sent: plain text, files, components.
import { AttachmentBuilder } from 'discord.js';
import { isShown, type Message } from '../../src/chat/event.ts';
import { componentsOf, type Row } from './components.ts';
import { cut } from '../shared/text.ts';
import { MESSAGE_LIMIT, partsOf, plain } from './text.ts';
import { imageType } from '../shared/image.ts';

const FILES = 10;

/** What discord.js's send, reply, followUp, editReply and edit all take. */
export interface Body {
  readonly content: string;
  readonly components: Row[];
  /** undefined on an edit: the files that are there stay. */
  readonly files?: AttachmentBuilder[];
  /** [] on an edit: the files that are there go. */
  readonly attachments?: [];
}

/** The bodies of a new message: one, or several where the text is longer than one may be; files and buttons stand in the last. */
export function newBodies(message: Message, withGlyphs: boolean): readonly Body[] {
  const parts = partsOf(message.text);
  return parts.map((content, index) =>
    index < parts.length - 1
      ? { content, components: [] }
      : { content, components: componentsOf(message.keyboard ?? []), files: filesOf(message, withGlyphs) },
  );
}

/** The body that replaces a message in place. A text that is too long is cut. Pictures that are not mentioned stay. */
export function editBody(message: Message, withGlyphs: boolean): Body {
  const replaces =
    message.pictures?.some((each) => withGlyphs || isShown(each)) === true || message.files !== undefined;
  return {
    content: cut(plain(message.text), MESSAGE_LIMIT),
    components: componentsOf(message.keyboard ?? []),
    ...(replaces ? { files: filesOf(message, withGlyphs), attachments: [] } : {}),
  };
}

/** The words and buttons alone. Files that are there stay. */
export const wordsOf = ({ content, components }: Body): Body => ({ content, components });

/** Says a body; its words alone where Discord does not take its files, for whatever reason: what is said never hangs on what is shown. */
export async function withOrWithoutFiles<T>(
  body: Body,
  send: (body: Body) => Promise<T>,
  words: (error: unknown) => Body = () => wordsOf(body),
): Promise<T> {
  try {
    return await send(body);
  } catch (error) {
    if (body.files === undefined || body.files.length === 0) throw error;
    return send(words(error));
  }
}

function filesOf({ pictures = [], files = [] }: Message, withGlyphs: boolean): AttachmentBuilder[] {
  const shown = pictures.filter((each) => withGlyphs || isShown(each));
  return [
    ...shown.map(({ png, alt, role }, index) => {
      const bytes = png();
      return new AttachmentBuilder(Buffer.from(bytes), {
        name: `${role}-${index + 1}.${imageType(bytes).extension}`,
        description: cut(alt, 1024),
      });
    }),
    ...files.map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name })),
  ].slice(0, FILES);
}
