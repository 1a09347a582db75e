// Says what the product replied, in order, on whatever surface it belongs to.
import type { Log } from '../../src/log.ts';
import type { Message, Reply } from '../../src/chat/event.ts';
import { plainly } from '../../src/chat/signs.ts';
import type { Say } from '../../src/words/words.ts';
import { messageOf } from '../../src/errors.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import { albumBody, albumEditBody, editBody, newBodies, withOrWithoutFiles, wordsOf, type Body } from './body.ts';
import { forLog, isTooLarge } from './failures.ts';
import type { Layout } from './gallery.ts';
import type { Sent, Surface } from './surface.ts';
import { partsOf } from './text.ts';

export interface Delivery {
  /** Does the work; if it throws, the person is told that something went wrong, and it is thrown on for the log. */
  orSorry(surface: Surface, say: Say, work: () => Promise<void>): Promise<void>;
  /** Says a plain sentence. */
  tell(surface: Surface, text: string): Promise<void>;
  /** `onePhoto`: the replies are about one photo that stands beside them. */
  replies(replies: readonly Reply[], surface: Surface, say: Say, onePhoto?: boolean): Promise<void>;
  /** Says anew what stands, in the layout that it has. */
  revise(sent: Pick<Sent, 'edit'>, message: Message, layout: Layout | undefined): Promise<void>;
}

export function makeDelivery(deps: {
  /** What was said last, by its id: an interaction's token edits what a bot's own may not. */
  readonly sent: Map<string, Sent>;
  readonly revise: (said: ReplyAddress, message: Message) => Promise<unknown>;
  readonly log: Log;
}): Delivery {
  const unshown = (error: unknown): void =>
    deps.log.warn(forLog(error), 'Discord did not take a picture or a file: the words are said without');

  const revising = (edit: (body: Body) => Promise<void>, body: Body): Promise<void> =>
    withOrWithoutFiles(body, edit, (error) => {
      unshown(error);
      return wordsOf(body);
    });

  async function send(surface: Surface, message: Message, withGlyphs: boolean, say: Say): Promise<Sent | undefined> {
    const album = await albumBody(message);
    if (album !== undefined) {
      try {
        return await surface.send(album);
      } catch (error) {
        unshown(error);
      }
    }
    let last: Sent | undefined;
    for (const body of newBodies(message, withGlyphs)) {
      last = await withOrWithoutFiles(
        body,
        (each) => surface.send(each),
        (error) => {
          unshown(error);
          if (message.files === undefined) return wordsOf(body);
          // What was said still counts; that a file is missing has to be said.
          const [content] = partsOf(
            `${message.text}\n${say(isTooLarge(error) ? 'discord-file-too-large' : 'file-not-sent')}`,
          );
          return { content, components: body.components };
        },
      );
    }
    return last;
  }

  return {
    async orSorry(surface, say, work) {
      try {
        await work();
      } catch (error) {
        await surface.notice(say('error-unexpected')).catch(() => {});
        throw error;
      }
    },

    async tell(surface, text) {
      for (const content of partsOf(text)) await surface.send({ content, components: [] });
    },

    revise: async (sent, message, layout) =>
      revising(
        (body) => sent.edit(body),
        layout === undefined ? editBody(message, true) : await albumEditBody(message),
      ),

    async replies(said, surface, say, onePhoto = false) {
      const replies = plainly(said);
      const messages = replies.filter(({ kind }) => kind === 'message').length;
      // Several answers to one photo need their glyph, or nobody knows which is which.
      const withGlyphs = !(onePhoto && surface.showsPhoto && messages === 1);
      for (const reply of replies) {
        switch (reply.kind) {
          case 'message': {
            const sent = await send(surface.under?.(reply.to) ?? surface, reply.message, withGlyphs, say);
            if (sent === undefined) break;
            deps.sent.set(String(sent.handle['message']), sent);
            reply.said?.(sent.handle);
            break;
          }
          case 'edit':
            if (reply.alone === true && surface.whisper !== undefined)
              await surface.whisper(editBody(reply.message, false));
            else {
              const body =
                surface.layout === undefined
                  ? editBody(reply.message, surface.hasPictures)
                  : await albumEditBody(reply.message);
              await revising((each) => surface.edit(each), body);
            }
            break;
          case 'revise':
            // Beside what was said; a message that is gone is nobody's loss.
            await deps.revise(reply.said, reply.message).catch((error: unknown) => {
              deps.log.warn({ because: messageOf(error) }, 'a Discord message could not be said anew');
            });
            break;
          case 'notice':
            await surface.notice(partsOf(reply.text)[0]);
            break;
        }
      }
    },
  };
}
