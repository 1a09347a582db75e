// Discord's own objects, as far as the fake keeps them. Message objects are live: an edit changes them in place.

export interface DiscordUser {
  readonly id: string;
  readonly username: string;
  readonly discriminator: '0';
  readonly avatar: null;
  readonly global_name: string;
  readonly bot: boolean;
  /** What the client says; not part of what the server tells about a user in messages. */
  readonly locale: string;
}

export interface DiscordChannel {
  readonly id: string;
  /** 0 a server's text channel, 1 a direct message, 3 friends among themselves, 11 a thread. */
  readonly type: 0 | 1 | 3 | 11;
  readonly name?: string;
  readonly guild?: DiscordGuild;
  readonly parent?: DiscordChannel;
  /** The person on the other side of a direct message. */
  readonly user?: DiscordUser;
  readonly messages: Map<string, DiscordMessage>;
  /** Which of these the bot may not do here. */
  readonly denied: Set<'view' | 'send' | 'attach'>;
  /** What becomes of files here; words are taken all the same. */
  files?: 'not-found' | 'too-large';
}

export interface DiscordGuild {
  readonly id: string;
  readonly name: string;
  readonly channels: DiscordChannel[];
  /** The bot is no member: people who installed it for themselves call it there. */
  readonly foreign?: boolean;
  /** Permission bits of a member, beyond what everybody has. */
  readonly permissions: Map<string, bigint>;
}

export interface DiscordAttachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type?: string;
  readonly description?: string;
}

export interface DiscordOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
}

/** A button (type 2) or a select of strings (type 3). */
export type DiscordComponent =
  | {
      readonly type: 2;
      readonly style: number;
      readonly label?: string;
      readonly custom_id: string;
      readonly disabled?: boolean;
    }
  | {
      readonly type: 3;
      readonly custom_id: string;
      readonly placeholder?: string;
      readonly options: readonly DiscordOption[];
    };

export interface DiscordRow {
  readonly type: 1;
  readonly components: readonly DiscordComponent[];
}

/** Of the newer layout: words, pictures, and a frame around them and the rows. */
export interface DiscordText {
  readonly type: 10;
  readonly content: string;
}

export interface DiscordGallery {
  readonly type: 12;
  readonly items: readonly { readonly media: { readonly url: string }; readonly description?: string | null }[];
}

export interface DiscordFrame {
  readonly type: 17;
  readonly components: readonly (DiscordRow | DiscordText | DiscordGallery)[];
}

export type DiscordTop = DiscordRow | DiscordText | DiscordGallery | DiscordFrame;

export interface DiscordMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: DiscordUser;
  readonly timestamp: string;
  readonly message_reference?: { readonly message_id: string; readonly channel_id: string };
  /** Whom an ephemeral message is for; undefined: everybody. */
  readonly onlyFor?: string;
  content: string;
  components: readonly DiscordTop[];
  attachments: readonly DiscordAttachment[];
  flags: number;
  edited_timestamp: string | null;
  /** How often it was edited. */
  edits: number;
  mentions: readonly DiscordUser[];
}

export interface DiscordCommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
}

export interface DiscordCommand {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly options: readonly DiscordCommandOption[];
  readonly default_member_permissions: string | null;
  /** Where it may be used, and whether a server or a person has it installed. */
  readonly contexts: readonly number[] | null;
  readonly integration_types: readonly number[];
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
}

export const flags = { ephemeral: 1 << 6, loading: 1 << 7, layout: 1 << 15 } as const;

const laidOut = ({ components }: Pick<DiscordMessage, 'components'>): readonly Exclude<DiscordTop, DiscordFrame>[] =>
  components.flatMap((top) => (top.type === 17 ? top.components : [top]));

export const rowsOf = (message: Pick<DiscordMessage, 'components'>): readonly DiscordRow[] =>
  laidOut(message).filter((each) => each.type === 1);

/** The pictures that stand side by side. */
export const galleryOf = (message: Pick<DiscordMessage, 'components'>): DiscordGallery['items'] =>
  laidOut(message).flatMap((each) => (each.type === 12 ? each.items : []));

/** The message as people read it: without the backslashes that keep Discord from reading markup into it. */
export function textOf(message: DiscordMessage): string {
  const words = laidOut(message).flatMap((each) => (each.type === 10 ? [each.content] : []));
  return [message.content, ...words]
    .filter((each) => each !== '')
    .join('\n')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

export interface Choice {
  readonly text: string;
  readonly payload: string;
  readonly kind: 'button' | 'option';
}

/** Everything that can be tapped on a message, buttons and options of selects alike, in reading order. */
export function choicesOf(message: DiscordMessage): readonly Choice[] {
  return rowsOf(message).flatMap((row) =>
    row.components.flatMap((component): Choice[] =>
      component.type === 2
        ? [{ text: component.label ?? '', payload: component.custom_id, kind: 'button' }]
        : component.options.map(({ label, value }) => ({ text: label, payload: value, kind: 'option' })),
    ),
  );
}
