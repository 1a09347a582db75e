// Messages: direct ones, mentions in a server, and replies to the bot. In a server nothing else is even looked at.
import { ComponentType, MessageType, type Message } from 'discord.js';
import type { HandleEvent } from '../../src/chat/event.ts';
import { pressedPrediction } from '../../src/chat/buttons.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { Say } from '../../src/words/words.ts';
import type { Delivery } from './deliver.ts';
import { isForbidden } from './failures.ts';
import { attachmentsOf, keyOf, type ReadPhotos } from './photos.ts';
import { saidIn } from './said.ts';
import { messageSurface, type Surface } from './surface.ts';

export function makeMessages(deps: {
  readonly handle: HandleEvent;
  readonly sayTo: SayTo;
  readonly delivery: Delivery;
  readonly readPhotos: ReadPhotos;
}): (message: Message) => Promise<void> {
  const { handle, delivery, readPhotos } = deps;

  async function answer(message: Message, surface: Surface, say: Say): Promise<void> {
    const said = saidIn(message);
    const text = withoutMention(message);
    const attachments = attachmentsOf(message);
    // Seen at once, long before the answer; nothing hangs on whether it works.
    if (message.channel.isSendable()) void message.channel.sendTyping().catch(() => {});
    if (attachments.length > 0) return readPhotos(attachments, { key: message.id, caption: text }, said, surface, say);
    if (text === '') return delivery.tell(surface, say('discord-no-picture'));
    const replies = await handle({ ...said, kind: 'text', text, ...(await referredTo(message)) });
    if (replies.length === 0) return delivery.tell(surface, say('discord-no-picture'));
    return delivery.replies(replies, surface, say);
  }

  return async (message) => {
    if (message.author.bot || (message.type !== MessageType.Default && message.type !== MessageType.Reply)) return;
    const how = addressed(message);
    if (how === 'no') return;
    const say = deps.sayTo(saidIn(message).person);
    const surface = messageSurface(message);
    try {
      await delivery.orSorry(surface, say, async () => {
        if (how === 'unseen') await delivery.tell(surface, say('discord-reply-unseen'));
        else await answer(message, surface, say);
      });
    } catch (error) {
      if (!isForbidden(error)) throw error;
      // We were asked where we may not speak: the person hears it where we may.
      await message.author.send({ content: say('discord-may-not-write') });
    }
  };
}

/** Whether a message is for us. 'unseen': a reply to us with the mention switched off, whose text Discord keeps from us. */
function addressed(message: Message): 'yes' | 'no' | 'unseen' {
  const me = message.client.user.id;
  if (message.guildId === null || message.mentions.users.has(me)) return 'yes';
  const repliesToUs = message.mentions.repliedUser?.id === me;
  if (!repliesToUs) return 'no';
  return message.content === '' && message.attachments.size === 0 ? 'unseen' : 'yes';
}

function withoutMention(message: Message): string {
  return message.content.replaceAll(new RegExp(`<@!?${message.client.user.id}>`, 'g'), ' ').trim();
}

/** The prediction that the message replied to asks about, by any of its buttons; or the photo that it is. */
async function referredTo(message: Message): Promise<{ readonly about?: string; readonly repliesTo?: string }> {
  if (message.reference?.messageId === undefined) return {};
  // A deleted or hidden message tells nothing; the text is then a text like any other.
  const referred = await message.fetchReference().catch(() => undefined);
  if (referred === undefined) return {};
  // Of several pictures nobody can know which.
  if (referred.author.id !== message.client.user.id)
    return attachmentsOf(referred).length === 1 ? { repliesTo: keyOf(referred.id, 0) } : {};
  const about = payloadsOf(referred)
    .map(pressedPrediction)
    .find((prediction) => prediction !== undefined);
  return about === undefined ? {} : { about };
}

function payloadsOf(message: Message): readonly string[] {
  const tops = message.components.flatMap((top) => (top.type === ComponentType.Container ? top.components : [top]));
  return tops.flatMap((row) =>
    row.type !== ComponentType.ActionRow
      ? []
      : row.components.flatMap((component) =>
          component.type === ComponentType.StringSelect
            ? component.options.map(({ value }) => value)
            : component.customId === null
              ? []
              : [component.customId],
        ),
  );
}
