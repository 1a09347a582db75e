// Slash commands, the message menu, buttons, selects and suggestions: acknowledged first of all, then passed on.
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalMessageModalSubmitInteraction,
  MessageContextMenuCommandInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { MessageFlags } from 'discord.js';
import type { ChatEvent } from '../../src/chat/event.ts';
import { decodeButton } from '../../src/chat/buttons.ts';
import type { Say } from '../../src/words/words.ts';
import { ALPHABET_OPTION, IMAGES, LABEL, LABEL_OPTION, READ } from './commands.ts';
import { cut } from '../shared/text.ts';
import type { DiscordDeps } from './deps.ts';
import type { Delivery } from './deliver.ts';
import { isAlreadyAcknowledged, NetworkBroke } from './failures.ts';
import { attachmentsOf, type ReadPhotos } from './photos.ts';
import { otherOf, otherWindow, writtenIn } from './other.ts';
import { isBetweenUs, saidBy } from './said.ts';
import { commandSurface, handleOf, pressSurface, whispering, type Surface } from './surface.ts';

/** What may be offered, and how long a name or a value may be. */
const SUGGESTIONS = 25;
const LENGTH = 100;

type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalMessageModalSubmitInteraction;

export function makeInteractions(
  deps: Pick<DiscordDeps, 'handle' | 'commands' | 'sayTo' | 'suggest'> & {
    readonly delivery: Delivery;
    readonly readPhotos: ReadPhotos;
    readonly tokenMs: number;
    /** Whether another's message, pointed at, may teach. */
    readonly learnFromMessages: boolean;
  },
): (interaction: Interaction) => Promise<void> {
  const { handle, delivery, readPhotos } = deps;
  /** Nobody else in a server sees the answer. /label is a word about one's own photo. */
  const isPersonal = (name: string): boolean =>
    name === LABEL || deps.commands('en').some((each) => each.name === name && each.personal === true);

  async function press(interaction: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
    const payload = interaction.isButton() ? interaction.customId : (interaction.values[0] ?? '');
    const said = saidBy(interaction, interaction.message.id);
    const other = otherOf(payload);
    if (other !== undefined && deps.suggest.inWriting(other)) {
      await acknowledge(interaction, () => interaction.showModal(otherWindow(payload, deps.sayTo(said.person))));
      return;
    }
    await acknowledge(interaction, () => interaction.deferUpdate());
    const say = deps.sayTo(said.person);
    const surface = pressSurface(interaction, deps.tokenMs);
    await delivery.orSorry(surface, say, async () => {
      await delivery.replies(
        await handle({ ...said, kind: 'press', payload, on: handleOf(interaction.message) }),
        surface,
        say,
      );
    });
  }

  /** The window of "other…": what was written is a typed answer; nothing written leads to the list. */
  async function written(interaction: ModalMessageModalSubmitInteraction): Promise<void> {
    await acknowledge(interaction, () => interaction.deferUpdate());
    const said = saidBy(interaction, interaction.message.id);
    const say = deps.sayTo(said.person);
    const surface = pressSurface(interaction, deps.tokenMs);
    await delivery.orSorry(surface, say, async () => {
      const window = writtenIn(interaction);
      if (window === undefined) return delivery.tell(surface, say('unknown-button'));
      const { text, payload, prediction } = window;
      if (text === '') {
        const event = { ...said, kind: 'press', payload, on: handleOf(interaction.message) } as const;
        return delivery.replies(await handle(event), surface, say);
      }
      const event = { ...said, kind: 'text', text, about: prediction, meantAsLabel: true } as const;
      await delivery.replies(await handle(event), whispering(surface), say);
    });
  }

  async function slash(interaction: ChatInputCommandInteraction): Promise<void> {
    const { commandName } = interaction;
    const hidden = !isBetweenUs(interaction) && isPersonal(commandName);
    await acknowledge(interaction, () => interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {}));
    const say = deps.sayTo(saidBy(interaction).person);
    const surface = commandSurface(interaction, deps.tokenMs);
    await delivery.orSorry(surface, say, async () => {
      await run(interaction, surface, say);
      await surface.finish();
    });
  }

  async function run(interaction: ChatInputCommandInteraction, surface: Surface, say: Say): Promise<void> {
    const { commandName, options } = interaction;
    const said = saidBy(interaction);
    if (commandName === READ) {
      const attachments = IMAGES.map((name) => options.getAttachment(name)).filter((each) => each !== null);
      const label = options.getString(LABEL_OPTION)?.trim();
      const alphabet = options.getString(ALPHABET_OPTION)?.trim();
      return readPhotos(attachments, { key: interaction.id, label, alphabet }, said, surface, say);
    }
    const isLabel = commandName === LABEL;
    const event = isLabel ? labelEvent(options.getString(LABEL_OPTION, true)) : commandEvent(interaction, say);
    const replies = await handle({ ...said, ...event });
    if (replies.length === 0 && isLabel) return delivery.tell(surface, say('discord-label-nothing'));
    return delivery.replies(replies, surface, say);
  }

  async function menu(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    await acknowledge(interaction, () => interaction.deferReply());
    const said = saidBy(interaction, interaction.targetId);
    const say = deps.sayTo(said.person);
    const surface = commandSurface(interaction, deps.tokenMs);
    const attachments = attachmentsOf(interaction.targetMessage);
    await delivery.orSorry(surface, say, async () => {
      if (attachments.length === 0) await delivery.tell(surface, say('discord-no-picture'));
      else await readPhotos(attachments, { key: interaction.id, ...whoseMessage(interaction) }, said, surface, say);
      await surface.finish();
    });
  }

  /** Whoever points at their own message hands it over; another's is message content, which Discord gives nobody to learn from. */
  function whoseMessage({ user, targetMessage: { author } }: MessageContextMenuCommandInteraction) {
    if (author.id === user.id) return { author: author.id };
    // A bot cannot agree for its pictures.
    return { author: author.bot ? '' : author.id, ...(deps.learnFromMessages ? {} : { handedOver: false as const }) };
  }

  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { person, chat } = saidBy(interaction);
    const { name: option, value: typed } = interaction.options.getFocused(true);
    const alphabet =
      interaction.commandName === READ ? (interaction.options.getString(ALPHABET_OPTION) ?? undefined) : undefined;
    const found =
      option === LABEL_OPTION ? deps.suggest.labels(typed, person, chat, alphabet) : deps.suggest.alphabets(typed);
    const choices = found.filter(({ value }) => value.length <= LENGTH).slice(0, SUGGESTIONS);
    await interaction.respond(choices.map(({ name, value }) => ({ name: cut(name, LENGTH), value })));
  }

  return async (interaction) => {
    if (interaction.isAutocomplete()) await suggest(interaction);
    else if (interaction.isButton() || interaction.isStringSelectMenu()) await press(interaction);
    else if (interaction.isModalSubmit() && interaction.isFromMessage()) await written(interaction);
    else if (interaction.isChatInputCommand()) await slash(interaction);
    else if (interaction.isMessageContextMenuCommand()) await menu(interaction);
  };
}

/** A suggestion that was chosen carries the payload of a button; what was typed freely is text. */
function labelEvent(
  value: string,
): Pick<ChatEvent & { kind: 'press' }, 'kind' | 'payload'> | { kind: 'text'; text: string; meantAsLabel: true } {
  return decodeButton(value) === undefined
    ? { kind: 'text', text: value, meantAsLabel: true }
    : { kind: 'press', payload: value };
}

function commandEvent(
  interaction: ChatInputCommandInteraction,
  say: Say,
): Pick<Extract<ChatEvent, { kind: 'command' }>, 'kind' | 'name' | 'rest' | 'also'> {
  const [first] = interaction.options.data;
  return {
    kind: 'command',
    name: interaction.commandName,
    rest: typeof first?.value === 'string' ? first.value : '',
    also: [
      { name: READ, description: say('discord-read') },
      { name: LABEL, description: say('discord-label') },
    ],
  };
}

/**
 * Acknowledges, once more if the connection broke on the way: then "already acknowledged" means that the first try arrived.
 * Without such a break it means that another process answers, and is thrown.
 */
async function acknowledge(interaction: Answerable, defer: () => Promise<unknown>): Promise<void> {
  try {
    await defer();
  } catch (error) {
    if (!(error instanceof NetworkBroke)) throw error;
    try {
      await defer();
    } catch (again) {
      if (!isAlreadyAcknowledged(again)) throw again;
      interaction.deferred = true;
    }
  }
}
