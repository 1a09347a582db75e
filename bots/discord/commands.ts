// The commands as Discord lists them: built as data from the product's own list, registered globally when they changed.
import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
  ApplicationIntegrationType as Installed,
  InteractionContextType as Context,
  Locale,
  type APIApplicationCommandOption,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { CommandInfo } from '../../src/chat/event.ts';
import { languages, sayIn, type Language, type MessageId } from '../../src/words/words.ts';
import { cut } from '../shared/text.ts';

export const READ = 'read';
export const LABEL = 'label';
/** The options of /read and /label; in the other commands, an option that offers suggestions offers alphabets. */
export const IMAGES = ['image1', 'image2', 'image3', 'image4', 'image5'] as const;
export const LABEL_OPTION = 'label';
export const ALPHABET_OPTION = 'alphabet';

/** The name of the message menu's entry; how it is shown in other languages is up to localisation. */
const readMenuName = (): string => sayIn('en')('discord-read-menu');

/** Discord's locales in which we speak otherwise than in the base language. */
const others = languages
  .filter((language) => language !== 'en')
  .flatMap((language) =>
    Object.values(Locale)
      .filter((locale) => `${locale}-`.startsWith(`${language}-`))
      .map((locale) => [language, locale] as const),
  );

/** In servers, alone with the bot, and, for who has it in their own account, anywhere they write. */
const everywhere = {
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
  integration_types: [Installed.GuildInstall, Installed.UserInstall],
};

/** All of them, in Discord's JSON. */
export function commandsJson(
  commands: (language: Language) => readonly CommandInfo[],
): RESTPutAPIApplicationCommandsJSONBody {
  const [image1, ...images] = IMAGES;
  return [
    {
      type: CommandType.ChatInput,
      name: READ,
      ...described('discord-read'),
      ...everywhere,
      options: [
        { ...imageOption(image1), required: true },
        ...images.map(imageOption),
        { ...labelOption('discord-read-label'), required: false },
        {
          type: OptionType.String,
          name: ALPHABET_OPTION,
          ...described('command-argument-alphabet-description'),
          // Not choices: alphabets of the owner's own come and go while we run.
          autocomplete: true,
          required: false,
        },
      ],
    },
    {
      type: CommandType.ChatInput,
      name: LABEL,
      ...described('discord-label'),
      ...everywhere,
      options: [{ ...labelOption('discord-label-label'), required: true }],
    },
    {
      type: CommandType.Message,
      name: readMenuName(),
      name_localizations: localised((language) => sayIn(language)('discord-read-menu')),
      ...everywhere,
    },
    ...commands('en')
      .filter(({ name }) => name !== READ && name !== LABEL)
      .map((command) => ({
        type: CommandType.ChatInput as const,
        name: command.name,
        description: cut(command.description, 100),
        description_localizations: localised((language) => inLanguage(language, command.name)?.description),
        // Only tidies the menu: who may is checked where the command is handled.
        ...(command.operatorsOnly ? { default_member_permissions: '0' } : {}),
        ...everywhere,
        options: argumentsOf(command),
      })),
  ];

  function inLanguage(language: Language, name: string): CommandInfo | undefined {
    return commands(language).find((each) => each.name === name);
  }

  function argumentsOf({ name, argument }: CommandInfo): APIApplicationCommandOption[] {
    if (argument === undefined) return [];
    return [
      {
        type: OptionType.String,
        name: argument.name,
        description: cut(argument.description, 100),
        description_localizations: localised((language) => inLanguage(language, name)?.argument?.description),
        required: false,
        ...(argument.offers === 'alphabets' ? { autocomplete: true } : {}),
      },
    ];
  }
}

function imageOption(name: string): APIApplicationCommandOption & { type: OptionType.Attachment } {
  return {
    type: OptionType.Attachment,
    name,
    ...described('discord-read-image'),
    file_types: ['image'],
    required: false,
  };
}

function labelOption(words: MessageId): APIApplicationCommandOption & { type: OptionType.String; autocomplete: true } {
  return { type: OptionType.String, name: LABEL_OPTION, ...described(words), autocomplete: true };
}

function described(words: MessageId): {
  readonly description: string;
  readonly description_localizations: Partial<Record<Locale, string>>;
} {
  return {
    description: cut(sayIn('en')(words), 100),
    description_localizations: localised((language) => sayIn(language)(words)),
  };
}

function localised(say: (language: Language) => string | undefined): Partial<Record<Locale, string>> {
  const found: Partial<Record<Locale, string>> = {};
  for (const [language, locale] of others) {
    const text = say(language);
    if (text !== undefined) found[locale] = cut(text, 100);
  }
  return found;
}

/** Stands for a list of commands of one application, so that the same list is not sent twice. */
export function fingerprint(applicationId: string, json: RESTPutAPIApplicationCommandsJSONBody): string {
  return createHash('sha256')
    .update(JSON.stringify([applicationId, json]))
    .digest('hex');
}
