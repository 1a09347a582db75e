// Carries the outbox to the platforms: claimed, sent, marked; tried again when a platform is away, given up when a chat is gone.
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Outbox, OutboxMessage } from '../store/outbox.ts';
import type { ChatPlatform, Message } from './event.ts';
import type { Spoken } from './compose.ts';
import type { RunMessages } from './run-messages.ts';
import { platformOf } from './whose.ts';

/** A claimed message that was not marked within this time may be sent by another process. */
const LEASE_MS = 60_000;
const MOST_AT_ONCE = 20;
const MOST_ATTEMPTS = 12;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 3_600_000;
/** How somebody's own run ended is tried again until it was said. */
const UNTIL_SAID = 'decision';
const NOT_UNDERSTOOD = 'what was to be said was written down by another release';

export interface Postman {
  /** Sends what is due. Calls do not overlap. */
  deliver(): Promise<void>;
}

export function makePostman(deps: {
  readonly outbox: Outbox;
  readonly platforms: () => readonly Pick<
    ChatPlatform,
    'name' | 'send' | 'revise' | 'health' | 'privately' | 'holds'
  >[];
  /** A row in words; null when there is nothing to say any more. */
  readonly compose: (payload: Spoken) => Promise<Message | null>;
  readonly runMessages: Pick<RunMessages, 'settled'>;
  /** Rows that are no message but something to do. */
  readonly tasks: { readonly name: string; readonly run: (run: number) => Promise<void> };
  readonly log: Log;
  readonly now: () => number;
}): Postman {
  const { outbox, log, now } = deps;
  let delivering: Promise<void> | null = null;

  async function carry(message: OutboxMessage, send: () => Promise<'sent' | 'gone'>): Promise<void> {
    try {
      if ((await send()) === 'gone') outbox.giveUp(message.id, 'the chat is gone', now());
      else outbox.sent(message.id, now());
    } catch (error) {
      const because = messageOf(error);
      log.warn({ err: error, kind: message.kind, attempts: message.attempts }, 'an announcement could not be sent yet');
      if (message.attempts >= MOST_ATTEMPTS && message.payload?.kind !== UNTIL_SAID)
        outbox.giveUp(message.id, because, now());
      else
        outbox.retry(message.id, because, now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** message.attempts));
    }
  }

  const unseen = (error: unknown): void =>
    log.debug({ because: messageOf(error) }, 'a page was not told how its run ended');

  async function deliverOnce(): Promise<void> {
    const claim = (platform: string): readonly OutboxMessage[] =>
      outbox.claim({ platform, at: now(), leaseUntil: now() + LEASE_MS, limit: MOST_AT_ONCE });
    for (const message of claim(deps.tasks.name)) {
      await carry(message, async () => {
        if (message.payload?.kind !== 'find-taught') throw new Error(NOT_UNDERSTOOD);
        await deps.tasks.run(message.payload.run);
        return 'sent';
      });
    }
    for (const platform of deps.platforms()) {
      // What a platform that is down cannot take stays where it is, unclaimed, for another process or a later day.
      if (platform.health().state !== 'up') continue;
      for (const message of claim(platform.name)) {
        await carry(message, async () => {
          const { payload, person } = message;
          if (payload === null || payload.kind === 'find-taught') throw new Error(NOT_UNDERSTOOD);
          const said = await deps.compose(payload);
          if (said === null) return 'sent';
          if (payload.kind === 'decision' && payload.message !== undefined) {
            // Lest an edit that is on its way overtakes it.
            await deps.runMessages.settled(platform.name, payload.message);
            const there = platformOf(deps.platforms(), platform.name, payload.message) ?? platform;
            // Whoever asked on the page inside a messenger may have closed it: they hear it in their chat as well.
            if (there.name !== platform.name) await there.revise(payload.message, said).catch(unseen);
            else if ((await platform.revise(payload.message, said)) === 'edited') return 'sent';
          }
          const address = person === null ? message.address : (platform.privately?.(person) ?? null);
          return address === null ? 'gone' : platform.send(address, said, `announce-${message.id}`);
        });
      }
    }
  }

  return {
    deliver() {
      delivering ??= deliverOnce().finally(() => {
        delivering = null;
      });
      return delivering;
    },
  };
}
