// What is said anew on another platform than the one that was spoken to: who opened the page inside a messenger is the same person in
// both, and a message of theirs says what stands, wherever they changed it.
import { messageOf } from '../src/errors.ts';
import type { ChatPlatform, HandleEvent, Message, Reply } from '../src/chat/event.ts';
import { platformOf } from '../src/chat/whose.ts';
import type { Log } from '../src/log.ts';
import type { ReplyAddress } from '../src/records/address.ts';

/** Beside what was said: a message that is gone is nobody's loss. */
export function makeReviseOn(platforms: () => readonly ChatPlatform[], log: Log) {
  return (name: string, said: ReplyAddress, message: Message): void => {
    platformOf(platforms(), name, said)
      ?.revise(said, message)
      .catch((error: unknown) => {
        log.warn({ because: messageOf(error), platform: name }, 'a message elsewhere could not be said anew');
      });
  };
}

/** A platform's events, whose replies about the page's messages go there; the rest is the platform's own. */
export const withPage =
  (
    handle: HandleEvent,
    page: () => Pick<ChatPlatform, 'holds'> | undefined,
    reviseOn: ReturnType<typeof makeReviseOn>,
  ): HandleEvent =>
  async (event) => {
    const replies = await handle(event);
    const isThere = (reply: Reply): reply is Extract<Reply, { kind: 'revise' }> =>
      reply.kind === 'revise' && page()?.holds?.(reply.said) === true;
    for (const { said, message } of replies.filter(isThere)) reviseOn(event.person.platform, said, message);
    return replies.filter((reply) => !isThere(reply));
  };
