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
import { payloadOf, type Body } from './body.ts';
import { isTokenOver, isUnknownMessage } from './failures.ts';
import { type Layout, layoutOf, shownIn } from './gallery.ts';
import { isBetweenUs } from './said.ts';

export interface Sent {
  /** What it is known by later: its channel's id and its own, and its layout where that is not the usual one. */
  readonly handle: ReplyAddress;
  edit(body: Body): Promise<void>;
}

/** What a message is known by later. */
export const handleOf = (message: Pick<Message, 'channelId' | 'id' | 'flags'>): ReplyAddress => ({
  channel: message.channelId,
  message: message.id,
  ...layoutOf(message),
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
  /** How the message is laid out that `edit` replaces. */
  readonly layout?: Layout;
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
      const payload = payloadOf(body);
      const message =
        original === 'thinking' ? await interaction.editReply(payload) : await interaction.followUp(payload);
      if (original === 'thinking') original = 'said';
      return sentBy(interaction, message, tokenMs);
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
  const shown = shownIn(interaction.message);
  const whisper = async ({ content, components }: Body): Promise<void> =>
    void (await interaction.followUp({ content, components, flags: MessageFlags.Ephemeral }));
  return {
    ...(isAmongOthers && { whisper }),
    showsPhoto: false,
    hasPictures: interaction.message.attachments.size > 0 || shown.length > 0,
    ...layoutOf(interaction.message),
    send: async (body) => sentBy(interaction, await interaction.followUp(payloadOf(body)), tokenMs),
    ...(isAmongOthers && {
      sendAlone: async (body: Body) => sentBy(interaction, await interaction.followUp(alone(body)), tokenMs),
    }),
    async edit(body) {
      try {
        await interaction.editReply(payloadOf(body, shown));
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
      const payload = payloadOf(body);
      const sent = channel.isSendable() ? await channel.send({ ...payload, reply }) : await message.reply(payload);
      return {
        handle: handleOf(sent),
        edit: async (next) => void (await sent.edit(payloadOf(next, keeps(next) ? shownIn(await sent.fetch()) : []))),
      };
    },
    async edit(body) {
      await this.send(body);
    },
    notice: async (text) => void (await message.reply({ content: text, failIfNotExists: false })),
    finish: async () => {},
  };
}

function alone(body: Body) {
  const payload = payloadOf(body);
  const more = 'flags' in payload ? [payload.flags] : [];
  return { ...payload, flags: [...more, MessageFlags.Ephemeral] as const };
}

/** A message that came of an interaction: edited by the token while it lives, afterwards as any message of ours. */
function sentBy(interaction: Command | Press, message: Message, tokenMs: number): Sent {
  const { client, channelId, createdTimestamp } = interaction;
  const { id } = message;
  return {
    handle: { channel: channelId, message: id, ...layoutOf(message) },
    async edit(body) {
      if (Date.now() - createdTimestamp < tokenMs) {
        try {
          const kept = keeps(body) ? shownIn(await interaction.fetchReply(id)) : [];
          await interaction.editReply({ ...payloadOf(body, kept), message: id });
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
  if (channel?.isTextBased() !== true) return;
  const kept = keeps(body) ? shownIn(await channel.messages.fetch(id)) : [];
  await channel.messages.edit(id, payloadOf(body, kept));
}

/** What it shows has to be named again, or it shows it no more. */
const keeps = ({ layout, files }: Body): boolean => layout !== undefined && files === undefined;
