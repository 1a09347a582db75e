// A message of ours in Discord's newer layout: words, pictures side by side and buttons in one frame. Discord lets no message change its
// layout, so whatever replaces such a message is laid out like it; and what it names of its pictures is what it shows.
import {
  ComponentType,
  MessageFlags,
  type APIContainerComponent,
  type APIMediaGalleryItem,
  type Message as DiscordMessage,
} from 'discord.js';
import { isShown, type Message, type Picture } from '../../src/chat/event.ts';
import type { Row } from './components.ts';

/** Discord's: characters of all texts together, and pictures. Five rows of five buttons are far from its 40 components. */
export const GALLERY_TEXT = 4000;
export const GALLERY_PICTURES = 10;

/** As it is kept in what a message is known by. */
export type Layout = 'gallery';

type Laid = Pick<DiscordMessage, 'flags'>;

export const layoutOf = ({ flags }: Laid): { readonly layout?: Layout } =>
  flags.has(MessageFlags.IsComponentsV2) ? { layout: 'gallery' } : {};

/** The pictures of an album side by side; undefined where there are none. */
export async function picturesApart({ pictures = [], files }: Message): Promise<readonly Picture[] | undefined> {
  const [only, ...others] = pictures.filter(isShown);
  if (only?.apart === undefined || others.length > 0 || files !== undefined) return undefined;
  return (await only.apart()).slice(0, GALLERY_PICTURES);
}

/** What discord.js takes for such a message. */
export function framed(
  content: string,
  rows: readonly Row[],
  pictures: readonly APIMediaGalleryItem[],
): { readonly flags: MessageFlags.IsComponentsV2; readonly components: [APIContainerComponent] } {
  const components: APIContainerComponent['components'] = [...rows];
  if (pictures.length > 0) components.unshift({ type: ComponentType.MediaGallery, items: [...pictures] });
  if (content.trim() !== '') components.unshift({ type: ComponentType.TextDisplay, content });
  return { flags: MessageFlags.IsComponentsV2, components: [{ type: ComponentType.Container, components }] };
}

/** The pictures that such a message shows, to be named again. */
export function shownIn({ components }: Pick<DiscordMessage, 'components'>): readonly APIMediaGalleryItem[] {
  return components.flatMap((top) =>
    (top.type === ComponentType.Container ? top.components : [top]).flatMap((each) =>
      each.type !== ComponentType.MediaGallery
        ? []
        : each.items.map(({ media, description }) => ({ media: { url: media.url }, description })),
    ),
  );
}
