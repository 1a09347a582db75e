// What the fake Discord remembers: people, servers, channels with their messages, files, interactions, registered commands.
import type { DiscordModal } from './discord-checks.ts';
import { flags } from './discord-words.ts';
import type {
  DiscordAttachment,
  DiscordChannel,
  DiscordCommand,
  DiscordGuild,
  DiscordMessage,
  DiscordUser,
} from './discord-words.ts';

/** A slash command, a tap or a request for suggestions, and what became of it. */
export interface DiscordInteraction {
  readonly id: string;
  readonly token: string;
  readonly kind: 'command' | 'press' | 'modal' | 'autocomplete';
  readonly user: DiscordUser;
  readonly channel: DiscordChannel;
  readonly createdAt: number;
  /** The message whose button was pressed. */
  readonly message?: DiscordMessage;
  /** The kind of the first answer (4 reply, 5 defer, 6 defer an update, 7 update, 8 choices, 9 a window) and after how many milliseconds. */
  acknowledged?: { readonly type: number; readonly afterMs: number };
  /** What @original is: the reply, or the pressed message. */
  original?: DiscordMessage | undefined;
  choices?: readonly { readonly name: string; readonly value: string }[];
  /** The window that was the answer. */
  modal?: DiscordModal;
  /** Every message that came of it, in order. */
  readonly messages: DiscordMessage[];
}

export interface NewMessage {
  readonly channel: DiscordChannel;
  readonly author: DiscordUser;
  readonly content?: string;
  readonly components?: DiscordMessage['components'];
  readonly attachments?: readonly DiscordAttachment[];
  readonly flags?: number;
  readonly replyTo?: string;
  readonly onlyFor?: string;
  readonly mentions?: readonly DiscordUser[];
}

export interface DiscordState {
  readonly me: DiscordUser;
  readonly users: Map<string, DiscordUser>;
  readonly guilds: Map<string, DiscordGuild>;
  readonly channels: Map<string, DiscordChannel>;
  readonly interactions: Map<string, DiscordInteraction>;
  readonly files: Map<string, Buffer>;
  commands: readonly DiscordCommand[];
  /** How often the commands were overwritten. */
  registrations: number;
  readonly typing: { readonly channel: string }[];
  /** What a real server would not have forgiven, in words. */
  readonly violations: string[];
  /** Called after everything that a test may wait for. */
  changed: () => void;
  nextId(): string;
  addUser(locale: string, bot?: boolean): DiscordUser;
  addMessage(message: NewMessage): DiscordMessage;
  addFile(
    bytes: Buffer,
    about: { name: string; mime?: string; size?: number; description?: string },
  ): DiscordAttachment;
  dmOf(user: DiscordUser): DiscordChannel;
}

const EPOCH = 1_420_070_400_000;

export function makeDiscordState(fileRoot: () => string): DiscordState {
  let counter = 0;
  const nextId = (): string => {
    counter += 1;
    return ((BigInt(Date.now() - EPOCH) << 22n) + BigInt(counter)).toString();
  };
  const users = new Map<string, DiscordUser>();
  function addUser(locale: string, bot = false): DiscordUser {
    const id = nextId();
    const name = bot ? 'inkloop' : `user${users.size}`;
    const user: DiscordUser = {
      id,
      username: name,
      discriminator: '0',
      avatar: null,
      global_name: name,
      bot,
      locale,
    };
    users.set(id, user);
    return user;
  }
  const channels = new Map<string, DiscordChannel>();
  const files = new Map<string, Buffer>();

  const state: DiscordState = {
    me: addUser('en-US', true),
    users,
    guilds: new Map(),
    channels,
    interactions: new Map(),
    files,
    commands: [],
    registrations: 0,
    typing: [],
    violations: [],
    changed: () => {},
    nextId,
    addUser,
    addMessage(message) {
      const made: DiscordMessage = {
        id: nextId(),
        channel_id: message.channel.id,
        author: message.author,
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        edits: 0,
        content: message.content ?? '',
        components: message.components ?? [],
        attachments: message.attachments ?? [],
        flags: (message.flags ?? 0) & (flags.ephemeral | flags.loading | flags.layout),
        mentions: message.mentions ?? [],
        ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
        ...(message.replyTo === undefined
          ? {}
          : { message_reference: { message_id: message.replyTo, channel_id: message.channel.id } }),
      };
      message.channel.messages.set(made.id, made);
      return made;
    },
    addFile(bytes, { name, mime, size, description }) {
      const id = nextId();
      const path = `/attachments/${id}/${name}`;
      files.set(path, bytes);
      const url = `${fileRoot()}${path}?ex=6700&is=6600&hm=secretsignature`;
      return {
        id,
        filename: name,
        size: size ?? bytes.length,
        url,
        proxy_url: url,
        ...(mime === undefined ? {} : { content_type: mime }),
        ...(description === undefined ? {} : { description }),
      };
    },
    dmOf(user) {
      const existing = [...channels.values()].find((each) => each.type === 1 && each.user?.id === user.id);
      if (existing !== undefined) return existing;
      const channel: DiscordChannel = { id: nextId(), type: 1, user, messages: new Map(), denied: new Set() };
      channels.set(channel.id, channel);
      return channel;
    },
  };
  return state;
}

/** View, send, attach, read history, use commands, send in threads. */
const EVERYBODY = [10n, 11n, 15n, 16n, 31n, 38n].reduce((all, bit) => all | (1n << bit), 0n);

/** A user without what only the client knows. */
export function wireUser({ id, username, discriminator, avatar, global_name, bot }: DiscordUser): object {
  return { id, username, discriminator, avatar, global_name, bot };
}

/** A member as it stands in messages and interactions; permissions are computed by the server for the latter. */
export function wireMember(guild: DiscordGuild, user: DiscordUser): object {
  return {
    user: wireUser(user),
    nick: null,
    avatar: null,
    roles: guild.permissions.has(user.id) ? [roleOf(guild, user.id)] : [],
    joined_at: '2025-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: 0,
    permissions: String(EVERYBODY | (guild.permissions.get(user.id) ?? 0n)),
  };
}

const roleOf = (guild: DiscordGuild, user: string): string => String(BigInt(guild.id) + BigInt(user));

export function wireChannel(channel: DiscordChannel): object {
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    last_message_id: null,
    ...(channel.name === undefined ? {} : { name: channel.name, position: 0, permission_overwrites: [], nsfw: false }),
    ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
    ...(channel.user === undefined ? {} : { recipients: [wireUser(channel.user)] }),
    ...(channel.parent === undefined
      ? {}
      : {
          parent_id: channel.parent.id,
          owner_id: '1',
          message_count: 0,
          member_count: 1,
          thread_metadata: {
            archived: false,
            auto_archive_duration: 1440,
            archive_timestamp: '2025-01-01T00:00:00.000Z',
            locked: false,
          },
        }),
  };
}

export function wireGuild(
  guild: DiscordGuild,
  me: DiscordUser,
): Readonly<Record<string, unknown>> & { readonly roles: readonly object[] } {
  const role = (id: string, permissions: bigint): object => ({
    id,
    name: id === guild.id ? '@everyone' : id,
    color: 0,
    hoist: false,
    position: id === guild.id ? 0 : 1,
    permissions: String(permissions),
    managed: false,
    mentionable: false,
    flags: 0,
  });
  return {
    id: guild.id,
    name: guild.name,
    owner_id: '1',
    unavailable: false,
    roles: [
      role(guild.id, EVERYBODY),
      ...[...guild.permissions].map(([user, permissions]) => role(roleOf(guild, user), permissions)),
    ],
    channels: guild.channels.filter(({ type }) => type === 0).map(wireChannel),
    threads: guild.channels.filter(({ type }) => type === 11).map(wireChannel),
    members: [wireMember(guild, me)],
    member_count: 2,
    emojis: [],
    stickers: [],
    features: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    preferred_locale: 'en-US',
    premium_tier: 0,
    joined_at: '2025-01-01T00:00:00.000Z',
    large: false,
  };
}

/** A picture that was named by its file has an address of its own. */
function wireComponents(message: DiscordMessage): unknown {
  const address = (url: string): string =>
    message.attachments.find(({ filename }) => url === `attachment://${filename}`)?.url ?? url;
  return JSON.parse(JSON.stringify(message.components), (key, value: unknown) =>
    key === 'url' && typeof value === 'string' ? address(value) : value,
  );
}

/** A message as sent over the wire; `hideContent` is what a bot without the message content intent gets to see. */
export function wireMessage(message: DiscordMessage, hideContent = false): Record<string, unknown> {
  const { author, mentions, onlyFor: _, edits: __, ...rest } = message;
  return {
    ...rest,
    // What is shown side by side stands there, and nowhere else.
    ...((message.flags & flags.layout) !== 0 && { attachments: [], components: wireComponents(message) }),
    type: message.message_reference === undefined ? 0 : 19,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mention_roles: [],
    embeds: [],
    author: wireUser(author),
    mentions: mentions.map(wireUser),
    ...(hideContent ? { content: '', attachments: [], components: [] } : {}),
  };
}
