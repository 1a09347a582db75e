// Attachments as photos: fetched one after the other, each answered on its own.
import type { Attachment, Message } from 'discord.js';
import type { HandleEvent } from '../../src/recognition/chat.ts';
import type { Say } from '../../src/words/words.ts';
import type { Delivery } from './deliver.ts';
import { PHOTO_LIMIT, type Download } from './download.ts';
import type { Said } from './said.ts';
import type { Surface } from './surface.ts';

export type ReadPhotos = (
  attachments: readonly Attachment[],
  more: { readonly caption?: string | undefined; readonly alphabet?: string | undefined },
  said: Said,
  surface: Surface,
  say: Say,
) => Promise<void>;

export function makeReadPhotos(deps: {
  readonly handle: HandleEvent;
  readonly download: Download;
  readonly delivery: Delivery;
}): ReadPhotos {
  return async (attachments, { caption = '', alphabet = '' }, said, surface, say) => {
    for (const attachment of attachments) {
      const refusal = refusalOf(attachment);
      const got = refusal === undefined ? await deps.download(attachment.url) : undefined;
      if (got?.outcome === 'bytes') {
        const replies = await deps.handle({
          ...said,
          kind: 'photo',
          bytes: got.bytes,
          ...(caption === '' ? {} : { caption }),
          ...(alphabet === '' ? {} : { alphabet }),
        });
        await deps.delivery.replies(replies, surface, say, attachments.length === 1);
        continue;
      }
      const why = got?.outcome === 'too-large' ? 'unreadable-file-too-large' : (refusal ?? 'photo-not-fetched');
      await deps.delivery.tell(surface, say(why));
    }
  };
}

/** What Discord already tells of an attachment that need not be fetched at all. What it calls a picture is still looked at. */
function refusalOf({ size, contentType }: Attachment): string | undefined {
  if (contentType !== null && !/^(image\/|application\/octet-stream)/.test(contentType))
    return 'unreadable-not-an-image';
  return size > PHOTO_LIMIT ? 'unreadable-file-too-large' : undefined;
}

/** A message's attachments, those of a forwarded message too. */
export function attachmentsOf(message: Message): readonly Attachment[] {
  return [message, ...message.messageSnapshots.values()].flatMap(({ attachments }) => [...attachments.values()]);
}
