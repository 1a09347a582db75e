// Where replies go: a slash command's answer, the message whose button was pressed, or a channel. One interface, a way each.
import {
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalMessageModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Body } from './body.ts';
import { isTokenOver, isUnknownMessage } from './failures.ts';
import { isBetweenUs } from './said.ts';

export interface Sent {
  /** What it is known by later: its channel's id and its own. */
  readonly handle: ReplyAddress;
  edit(body: Body): Promise<void>;
}

/** What a message is known by later. */
export const handleOf = ({ channelId, id }: { channelId: string; id: string }): ReplyAddress => ({
  channel: channelId,
  message: id,
});

export interface Surface {
  /** Says something new. */
  send(body: Body): Promise<Sent>;
  /** Replaces the message that was pressed; says it anew where none was. */
  edit(body: Body): Promise<void>;
  /** Instead of replacing it: to this person only, beside what was pressed among others. */
  whisper?(body: Body): Promise<void>;
  /** Says something new to this person only. */
  sendAlone?(body: Body): Promise<Sent>;
  /** The same surface, saying its messages as replies to what stands there; where that can be. */
  under?(to: ReplyAddress | undefined): Surface;
  /** To this person only, where that can be. */
  notice(text: string): Promise<void>;
  /** Called last: nothing may be left that says "thinking…". */
  finish(): Promise<void>;
  /** Whether people see the photo next to the reply, so that the cut-out glyph need not be shown. */
  readonly showsPhoto: boolean;
  /** Whether the message that `edit` replaces has pictures. */
  readonly hasPictures: boolean;
}

type Command = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;
type Press = ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction;

export function commandSurface(interaction: Command, tokenMs: number): Surface {
  // @original says "thinking…" until it is filled; what follows are messages of their own.
  let original: 'thinking' | 'said' | 'removed' = 'thinking';
  return {
    showsPhoto: interaction.isMessageContextMenuCommand(),
    hasPictures: false,
    async send(body) {
      const message = original === 'thinking' ? await interaction.editReply(body) : await interaction.followUp(body);
      if (original === 'thinking') original = 'said';
      return sentBy(interaction, message.id, tokenMs);
    },
    async edit(body) {
      await this.send(body);
    },
    async notice(text) {
      // The first message after a deferral would fill it, for all to see.
      await this.finish();
      await interaction.followUp({ content: text, flags: MessageFlags.Ephemeral });
    },
    async finish() {
      if (original !== 'thinking') return;
      original = 'removed';
      await interaction.deleteReply();
    },
  };
}

export function pressSurface(interaction: Press, tokenMs: number): Surface {
  const isAmongOthers = !isBetweenUs(interaction) && !interaction.message.flags.has(MessageFlags.Ephemeral);
  const whisper = async ({ content, components }: Body): Promise<void> =>
    void (await interaction.followUp({ content, components, flags: MessageFlags.Ephemeral }));
  return {
    ...(isAmongOthers && { whisper }),
    showsPhoto: false,
    hasPictures: interaction.message.attachments.size > 0,
    send: async (body) => sentBy(interaction, (await interaction.followUp(body)).id, tokenMs),
    ...(isAmongOthers && {
      sendAlone: async (body: Body) =>
        sentBy(interaction, (await interaction.followUp({ ...body, flags: MessageFlags.Ephemeral })).id, tokenMs),
    }),
    async edit(body) {
      try {
        await interaction.editReply(body);
      } catch (error) {
        // The message was deleted meanwhile: the answer stands, and the person is told.
        if (!isUnknownMessage(error)) throw error;
        await this.notice(body.content);
      }
    },
    notice: async (text) => void (await interaction.followUp({ content: text, flags: MessageFlags.Ephemeral })),
    finish: async () => {},
  };
}

/** The same, saying what is new to this person only, where that can be. */
export const whispering = (surface: Surface): Surface =>
  surface.sendAlone === undefined ? surface : { ...surface, send: surface.sendAlone };

export function messageSurface(message: Message, to = message.id): Surface {
  const { channel } = message;
  return {
    under: (about) => messageSurface(message, typeof about?.['message'] === 'string' ? about['message'] : message.id),
    showsPhoto: true,
    hasPictures: false,
    async send(body) {
      const reply = { messageReference: to, failIfNotExists: false };
      const sent = channel.isSendable() ? await channel.send({ ...body, reply }) : await message.reply(body);
      return {
        handle: handleOf(sent),
        edit: async (next) => void (await sent.edit(next)),
      };
    },
    async edit(body) {
      await this.send(body);
    },
    notice: async (text) => void (await message.reply({ content: text, failIfNotExists: false })),
    finish: async () => {},
  };
}

/** A message that came of an interaction: edited by the token while it lives, afterwards as any message of ours. */
function sentBy(interaction: Command | Press, id: string, tokenMs: number): Sent {
  const { client, channelId, createdTimestamp } = interaction;
  return {
    handle: { channel: channelId, message: id },
    async edit(body) {
      if (Date.now() - createdTimestamp < tokenMs) {
        try {
          await interaction.editReply({ ...body, message: id });
          return;
        } catch (error) {
          if (!isTokenOver(error)) throw error;
        }
      }
      if (channelId !== null) await editIn(client, channelId, id, body);
    },
  };
}

/** Edits a message of ours as the bot itself. */
export async function editIn(client: Client, channelId: string, id: string, body: Body): Promise<void> {
  const channel = await client.channels.fetch(channelId);
  if (channel?.isTextBased() === true) await channel.messages.edit(id, body);
}
