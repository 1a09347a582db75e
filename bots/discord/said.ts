// Who says something, where, and where to answer later, in the product's words.
import { InteractionContextType, PermissionFlagsBits, type Interaction, type Message } from 'discord.js';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';

export interface Said {
  readonly person: Person;
  readonly chat: Chat;
  readonly address: ReplyAddress;
}

/** Whether nobody else is there. Whoever installed us for themselves calls us in others' conversations too. */
export function isBetweenUs({ guildId, context }: Interaction): boolean {
  return guildId === null && context !== InteractionContextType.PrivateChannel;
}

export function saidBy(interaction: Interaction, messageId?: string): Said {
  const { user, channelId, guildId, guild, memberPermissions } = interaction;
  // A group of friends has no admins: there everybody may what an admin may.
  const isAdmin = guildId === null || memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
  const isPrivate = isBetweenUs(interaction);
  const channel = channelId ?? user.id;
  return {
    person: { platform: 'discord', id: user.id, language: interaction.locale },
    chat: { id: channel, kind: isPrivate ? 'private' : 'group', isChatAdmin: () => Promise.resolve(isAdmin) },
    // In a server that only the person brought us to, there is no channel to speak in unasked.
    address: guild === null ? { user: user.id } : addressOf(channel, messageId),
  };
}

export function saidIn(message: Message): Said {
  const { author, channelId, guildId, member } = message;
  const isPrivate = guildId === null;
  return {
    person: { platform: 'discord', id: author.id },
    chat: {
      id: channelId,
      kind: isPrivate ? 'private' : 'group',
      isChatAdmin: () => Promise.resolve(member?.permissions.has(PermissionFlagsBits.ManageGuild) === true),
    },
    address: isPrivate ? { user: author.id, message: message.id } : addressOf(channelId, message.id),
  };
}

function addressOf(channel: string, message: string | undefined): ReplyAddress {
  return message === undefined ? { channel } : { channel, message };
}
