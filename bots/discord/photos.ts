// Attachments as photos: fetched one after the other, and read together as one album.
import type { Attachment, Message } from 'discord.js';
import type { ChatEvent, HandleEvent } from '../../src/chat/event.ts';
import { makeFairLine } from '../../src/fairness/fair-line.ts';
import type { MessageId, Say } from '../../src/words/words.ts';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import type { Delivery } from './deliver.ts';
import type { FetchAttachment } from './download.ts';
import type { Said } from './said.ts';
import type { Surface } from './surface.ts';

/** At work at once: reading is CPU work, and each may be 20 MB of memory. Beside them so many may wait. */
const AT_ONCE = 16;
const WAITING = 240;
const OF_A_PERSON = 40;

type PhotoWords = Pick<
  Extract<ChatEvent, { kind: 'photo' }>,
  'caption' | 'meantAsLabel' | 'alphabet' | 'author' | 'handedOver'
>;

export type ReadPhotos = (
  attachments: readonly Attachment[],
  more: {
    /** The message or interaction they came with. */
    readonly key: string;
    readonly caption?: string | undefined;
    /** Said in a label's place: a caption that is meant as one. */
    readonly label?: string | undefined;
    readonly alphabet?: string | undefined;
    /** Who sent them, where somebody else asks. */
    readonly author?: string | undefined;
    /** false: they did not hand them over. */
    readonly handedOver?: false | undefined;
  },
  said: Said,
  surface: Surface,
  say: Say,
) => Promise<void>;

export function makeReadPhotos(deps: {
  readonly handle: HandleEvent;
  readonly fetchAttachment: FetchAttachment;
  readonly delivery: Delivery;
}): ReadPhotos {
  const line = makeFairLine({ atOnce: AT_ONCE, ofOne: OF_A_PERSON, waiting: WAITING });

  /** The product's replies to photos that came together, and the ids of the sentences why some of them were not got. */
  async function read(urls: readonly string[], said: Said, more: PhotoWords & { key: string }) {
    const fetched: Uint8Array[] = [];
    const refused: MessageId[] = [];
    for (const url of urls) {
      const bytes = await deps.fetchAttachment(url);
      if (typeof bytes === 'string') refused.push(bytes);
      else fetched.push(bytes);
    }
    const [bytes, ...further] = fetched;
    const together = further.length === 0 ? {} : { further };
    const replies =
      bytes === undefined ? [] : await deps.handle({ ...said, kind: 'photo', bytes, ...together, ...more });
    return { replies, refused };
  }

  return async (
    attachments,
    { key, label = '', caption = label, alphabet = '', author, handedOver },
    said,
    surface,
    say,
  ) => {
    const more: PhotoWords = {
      ...(caption === '' ? {} : { caption }),
      ...(label === '' ? {} : { meantAsLabel: true }),
      ...(alphabet === '' ? {} : { alphabet }),
      ...(author === undefined ? {} : { author }),
      ...(handedOver === undefined ? {} : { handedOver }),
    };
    const asked: string[] = [];
    for (const attachment of attachments) {
      const refusal = refusalOf(attachment);
      if (refusal === undefined) asked.push(attachment.url);
      else await deps.delivery.tell(surface, say(refusal));
    }
    // A label is each one's: then they are not a line that is read together.
    const groups = label === '' ? [asked] : asked.map((url) => [url]);
    for (const [index, urls] of groups.entries()) {
      if (urls.length === 0) return;
      const turn = await line.run({ share: [said.person.id] }, () =>
        read(urls, said, { ...more, key: keyOf(key, index) }),
      );
      if (turn.outcome === 'left') return;
      if (turn.outcome === 'busy') return deps.delivery.tell(surface, say('busy', { seconds: turn.retryAfterSeconds }));
      const { replies, refused } = turn.value;
      for (const why of refused) await deps.delivery.tell(surface, say(why));
      await deps.delivery.replies(replies, surface, say, attachments.length === 1);
    }
  };
}

/** What an attachment is known by: told again, it is the same. */
export const keyOf = (message: string, index: number): string => `${message}:${index}`;

/** What Discord already tells of an attachment that need not be fetched at all. What it calls a picture or a PDF is still looked at. */
function refusalOf({ size, contentType }: Attachment): MessageId | undefined {
  if (contentType !== null && !/^(image\/|application\/(octet-stream|pdf))/.test(contentType))
    return 'unreadable-not-an-image';
  return size > MAX_BYTES ? 'unreadable-file-too-large' : undefined;
}

/** A message's attachments, those of a forwarded message too. */
export function attachmentsOf(message: Message): readonly Attachment[] {
  return [message, ...message.messageSnapshots.values()].flatMap(({ attachments }) => [...attachments.values()]);
}
