// A message of ours as what Discord is sent: plain text, files, components; in a frame of its own where it has pictures side by side.
import { AttachmentBuilder, type APIContainerComponent, type APIMediaGalleryItem, type MessageFlags } from 'discord.js';
import { isShown, type Message, type Picture } from '../../src/chat/event.ts';
import { componentsOf, type Row } from './components.ts';
import { cut } from '../shared/text.ts';
import { framed, GALLERY_TEXT, type Layout, picturesApart } from './gallery.ts';
import { MESSAGE_LIMIT, partsOf, plain } from './text.ts';
import { imageType } from '../shared/image.ts';

const FILES = 10;

export interface Body {
  readonly content: string;
  readonly components: Row[];
  /** undefined on an edit: the files that are there stay. */
  readonly files?: AttachmentBuilder[];
  /** [] on an edit: the files that are there go. */
  readonly attachments?: [];
  /** Absent: the older layout, which most of what we say has. */
  readonly layout?: Layout;
}

/** What discord.js's send, reply, followUp, editReply and edit all take. */
type Payload =
  | Omit<Body, 'layout'>
  | (Pick<Body, 'files' | 'attachments'> & {
      readonly flags: MessageFlags.IsComponentsV2;
      readonly components: [APIContainerComponent];
    });

/** `kept`: the pictures that stand there, where the message is an edit that leaves them. */
export function payloadOf({ layout, ...body }: Body, kept: readonly APIMediaGalleryItem[] = []): Payload {
  const { content, components, files, attachments } = body;
  if (layout === undefined) return body;
  const pictures = files?.map(({ name, description }) => ({
    media: { url: `attachment://${name ?? ''}` },
    ...(description !== null && { description }),
  }));
  return {
    ...framed(content, components, pictures ?? kept),
    ...(files && { files }),
    ...(attachments && { attachments }),
  };
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

/** The body of an album's answer, with its pictures side by side; undefined for any other message. */
export async function albumBody(message: Message): Promise<Body | undefined> {
  const content = plain(message.text);
  if (content.length > GALLERY_TEXT) return undefined;
  const pictures = await picturesApart(message);
  if (pictures === undefined) return undefined;
  const components = componentsOf(message.keyboard ?? []);
  return { content, components, files: pictures.map(fileOf), layout: 'gallery' };
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

/** The same for a message with pictures side by side, which stays one whatever it says. */
export async function albumEditBody(message: Message): Promise<Body> {
  const pictures = (await picturesApart(message)) ?? message.pictures?.filter(isShown);
  return {
    content: cut(plain(message.text), GALLERY_TEXT),
    components: componentsOf(message.keyboard ?? []),
    ...(pictures === undefined ? {} : { files: pictures.map(fileOf), attachments: [] }),
    layout: 'gallery',
  };
}

/** The words and buttons alone. Files that are there stay. */
export const wordsOf = ({ content, components, layout }: Body): Body => ({
  content,
  components,
  ...(layout && { layout }),
});

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
    ...shown.map(fileOf),
    ...files.map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name })),
  ].slice(0, FILES);
}

function fileOf({ png, alt, role }: Picture, index: number): AttachmentBuilder {
  const bytes = png();
  return new AttachmentBuilder(Buffer.from(bytes), {
    name: `${role}-${index + 1}.${imageType(bytes).extension}`,
    description: cut(alt, 1024),
  });
}
