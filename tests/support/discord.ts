// A fake Discord for tests: REST, gateway and file host on one loopback port, strict where the real ones are, with verbs that play people.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DiscordRefusal, type DiscordModal } from './discord-checks.ts';
import { makeDiscordFaults, type DiscordFaults, type DiscordRoute } from './discord-faults.ts';
import { makeDiscordGateway, type DiscordGateway } from './discord-gateway.ts';
import { answerOf, readBody, withFault } from './discord-http.ts';
import { makeDiscordRest, routeOf, type Call } from './discord-rest.ts';
import {
  makeDiscordState,
  wireChannel,
  wireGuild,
  wireMember,
  wireMessage,
  wireUser,
  type DiscordInteraction,
  type DiscordState,
} from './discord-state.ts';
import { choicesOf, flags, rowsOf, textOf } from './discord-words.ts';
import type {
  DiscordAttachment,
  DiscordChannel,
  DiscordCommand,
  DiscordGuild,
  DiscordMessage,
  DiscordUser,
} from './discord-words.ts';
import { tokenBytes } from './token.ts';

export interface FileToSend {
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly mime?: string;
  /** What the server says the size is, where that is a lie. */
  readonly size?: number;
}

interface Where {
  readonly user: DiscordUser;
  /** A channel or thread of a server; the direct messages with the bot when left out. */
  readonly channel?: DiscordChannel;
}

/** An interaction as the person sees it. */
export interface Interaction {
  readonly record: DiscordInteraction;
  /** Waits for the first answer: the reply to a command (no longer "thinking…"), the pressed message after its edit. */
  answered(timeoutMs?: number): Promise<DiscordMessage>;
  /** Waits for a window that opens instead. */
  window(timeoutMs?: number): Promise<DiscordModal>;
  /** Waits until so many messages came of it. */
  messages(count: number, timeoutMs?: number): Promise<readonly DiscordMessage[]>;
  /** Waits for a message only this person sees. */
  notice(timeoutMs?: number): Promise<DiscordMessage>;
}

export interface FakeDiscord {
  readonly apiUrl: string;
  readonly cdnHost: string;
  readonly token: string;
  readonly state: DiscordState;
  readonly faults: DiscordFaults;
  readonly gateway: DiscordGateway;
  /** Every call of the API, with the status it got (0: none). */
  readonly calls: { readonly route: DiscordRoute; readonly method: string; readonly path: string; status: number }[];
  /** What to put into a process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves when a bot is connected and its commands are registered. */
  ready(timeoutMs?: number): Promise<void>;
  addUser(locale?: string): DiscordUser;
  addGuild(name?: string, more?: { readonly foreign?: boolean }): DiscordGuild;
  /** A conversation of friends, where the bot is only called by who installed it for themselves. */
  addFriends(): DiscordChannel;
  addChannel(guild: DiscordGuild, parent?: DiscordChannel): DiscordChannel;
  /** Gives a member permission bits by a role of its own. */
  grant(guild: DiscordGuild, user: DiscordUser, permissions: bigint): void;
  dmOf(user: DiscordUser): DiscordChannel;
  /** Runs a slash command; strings are options, files go into options of their names. Throws when it is not registered. */
  slash(
    run: Where & {
      readonly name: string;
      readonly options?: Readonly<Record<string, string>>;
      readonly files?: Readonly<Record<string, FileToSend>>;
    },
  ): Interaction;
  contextMenu(run: Where & { readonly name: string; readonly message: DiscordMessage }): Interaction;
  /** What is offered while somebody types in an option. */
  autocomplete(
    run: Where & {
      readonly name: string;
      readonly option: string;
      readonly typed: string;
      /** What was filled in before. */
      readonly options?: Readonly<Record<string, string>>;
    },
  ): Promise<readonly { readonly name: string; readonly value: string }[]>;
  /** Says something; the bot sees what a bot without privileged intents sees. */
  say(
    run: Where & {
      readonly text?: string;
      readonly files?: readonly FileToSend[];
      readonly mention?: boolean;
      /** A message this replies to; `ping` (on unless false) mentions its author. */
      readonly to?: DiscordMessage;
      readonly ping?: boolean;
    },
  ): DiscordMessage;
  /** Taps a button or chooses an option: by its payload, or by what is written on it. Throws when it is not there. */
  press(
    run: { readonly user: DiscordUser; readonly message: DiscordMessage } & (
      { readonly payload: string } | { readonly text: string }
    ),
  ): Interaction;
  /** Sends the window that a press opened, with what was written into its fields (nothing: left empty). */
  submit(pressed: Interaction, written?: Readonly<Record<string, string>>): Interaction;
  deleteMessage(message: DiscordMessage): void;
  /** The bot's messages in a channel, oldest first, without those that still say "thinking…". */
  replies(channel: DiscordChannel): readonly DiscordMessage[];
  waitForMessage(
    wanted: (message: DiscordMessage) => boolean,
    run?: { readonly channel?: DiscordChannel; readonly timeoutMs?: number },
  ): Promise<DiscordMessage>;
  until<T>(find: () => T | undefined | false, what: string, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

const INTENTS = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

export async function startFakeDiscord(
  options: {
    readonly token?: string;
    readonly port?: number;
    readonly heartbeatMs?: number;
    readonly ackMs?: number;
    readonly tokenMs?: number;
    readonly allowPrivileged?: boolean;
  } = {},
): Promise<FakeDiscord> {
  const token = options.token ?? `MTAwMDAwMDAwMDAwMDAwMDAw.Gfake1.${tokenBytes(24).toString('base64url')}`;
  const ackMs = options.ackMs ?? 3000;
  let port = 0;
  const state = makeDiscordState(() => `http://127.0.0.1:${port}`);
  const faults = makeDiscordFaults();
  const calls: FakeDiscord['calls'] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const each of waiting) each();
  };
  state.changed = changed;

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const gatewayUrl = `ws://127.0.0.1:${port}/gateway`;
  const gateway = makeDiscordGateway({
    server,
    token: () => token,
    heartbeatMs: options.heartbeatMs ?? 20_000,
    allowPrivileged: options.allowPrivileged ?? false,
    url: () => gatewayUrl,
    ready: () => ({
      user: wireUser(state.me),
      application: { id: state.me.id, flags: 0 },
      guilds: [...state.guilds.values()].map((guild) => wireGuild(guild, state.me)),
    }),
    changed,
  });
  const rest = makeDiscordRest({
    state,
    token: () => token,
    gatewayUrl: () => gatewayUrl,
    ackMs,
    tokenMs: options.tokenMs ?? 15 * 60_000,
    announce,
  });

  /** Tells the gateway of a message, with only what this bot may see of it. */
  function announce(message: DiscordMessage, channel: DiscordChannel, referenced?: DiscordMessage): void {
    if (message.onlyFor !== undefined || channel.denied.has('view')) return;
    const own = message.author.id === state.me.id;
    const mentioned = message.mentions.some(({ id }) => id === state.me.id);
    const visible = channel.type === 1 || own || mentioned;
    gateway.dispatch(
      'MESSAGE_CREATE',
      {
        ...wireMessage(message, !visible),
        channel_type: channel.type,
        ...(channel.guild === undefined
          ? {}
          : { guild_id: channel.guild.id, member: wireMember(channel.guild, message.author) }),
        ...(referenced === undefined
          ? {}
          : { referenced_message: wireMessage(referenced, referenced.author.id !== state.me.id) }),
      },
      channel.type === 1 ? INTENTS.directMessages : INTENTS.guildMessages,
    );
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    const method = request.method ?? 'GET';
    if (url.pathname.startsWith('/attachments/')) {
      return withFault(faults.take('file'), response, async () => {
        const bytes = state.files.get(decodeURIComponent(url.pathname));
        return bytes === undefined ? { status: 404 } : { status: 200, bytes };
      });
    }
    const call: Call = {
      method,
      parts: url.pathname
        .replace(/^\/api\/v10\//, '')
        .split('/')
        .map(decodeURIComponent),
      query: url.searchParams,
      authorization: request.headers.authorization,
    };
    const route = routeOf(call);
    const noted = { route, method, path: url.pathname, status: 0 };
    calls.push(noted);
    const fault = faults.take(route);
    await withFault(fault, response, async () => {
      try {
        const answer = await rest(call, () => readBody(request));
        noted.status = answer.status;
        return answer;
      } catch (error) {
        if (!(error instanceof DiscordRefusal)) throw error;
        noted.status = error.status;
        if (error.code === 50035 || error.code === 40060) state.violations.push(`${method} ${route}: ${error.message}`);
        return answerOf(error);
      } finally {
        changed();
      }
    });
    if (fault?.kind === 'error') noted.status = fault.status;
  }

  // Long enough for a crowded machine: whoever passes does not wait for it.
  function until<T>(find: () => T | undefined | false, what: string, timeoutMs = 30_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined || found === false) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`));
      }, timeoutMs);
      // Some of what is waited for changes without telling (a test's own variables).
      const ticking = setInterval(look, 25);
      const done = (): void => {
        clearTimeout(timer);
        clearInterval(ticking);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }

  const isShown = (message: DiscordMessage): boolean => (message.flags & flags.loading) === 0;

  function interact(
    { user, channel = state.dmOf(user) }: Where,
    kind: DiscordInteraction['kind'],
    type: number,
    data: object,
    message?: DiscordMessage,
  ): Interaction {
    const record: DiscordInteraction = {
      id: state.nextId(),
      token: `aW50ZXJhY3Rpb246${tokenBytes(32).toString('base64url')}`,
      kind,
      user,
      channel,
      createdAt: Date.now(),
      messages: [],
      ...(message === undefined ? {} : { message }),
    };
    state.interactions.set(record.id, record);
    const editsBefore = message?.edits ?? 0;
    const guild = channel.guild;
    gateway.dispatch('INTERACTION_CREATE', {
      id: record.id,
      application_id: state.me.id,
      type,
      token: record.token,
      version: 1,
      data,
      channel_id: channel.id,
      channel: { ...wireChannel(channel), permissions: '0' },
      locale: user.locale,
      entitlements: [],
      authorizing_integration_owners:
        guild === undefined || guild.foreign === true ? { '1': user.id } : { '0': guild.id },
      context: guild !== undefined ? 0 : channel.type === 3 ? 2 : 1,
      app_permissions: String((1n << 47n) - 1n),
      attachment_size_limit: 10 * 1024 * 1024,
      ...(message === undefined ? {} : { message: wireMessage(message) }),
      ...(guild === undefined
        ? { user: wireUser(user) }
        : { guild_id: guild.id, guild: { id: guild.id }, guild_locale: 'en-US', member: wireMember(guild, user) }),
    });
    setTimeout(() => {
      if (record.acknowledged !== undefined) return;
      state.violations.push(`${kind} ${JSON.stringify(data)} was not acknowledged in ${ackMs} ms`);
      changed();
    }, ackMs + 50).unref();
    return {
      record,
      answered: (timeoutMs) =>
        until(
          () => {
            const original = record.original;
            if (original === undefined || !isShown(original)) return undefined;
            return original !== message || original.edits > editsBefore ? original : undefined;
          },
          `an answer to ${kind} ${JSON.stringify(data)}`,
          timeoutMs,
        ),
      window: (timeoutMs) => until(() => record.modal, 'a window', timeoutMs),
      messages: (count, timeoutMs) =>
        until(
          () => {
            const shown = record.messages.filter(isShown);
            return shown.length >= count ? shown : undefined;
          },
          `${count} messages`,
          timeoutMs,
        ),
      notice: (timeoutMs) =>
        until(() => record.messages.find((each) => isShown(each) && each.onlyFor === user.id), 'a notice', timeoutMs),
    };
  }

  function registered(name: string, type: number): DiscordCommand {
    const found = state.commands.find((each) => each.name === name && each.type === type);
    if (found === undefined) throw new Error(`the command ${name} is not registered`);
    return found;
  }

  const put = ({ bytes, name = 'photo.png', mime = 'image/png', size }: FileToSend): DiscordAttachment =>
    state.addFile(Buffer.from(bytes), { name, mime, ...(size === undefined ? {} : { size }) });

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    cdnHost: `127.0.0.1:${port}`,
    token,
    state,
    faults,
    gateway,
    calls,
    env: {
      DISCORD_BOT_TOKEN: token,
      DISCORD_API_URL: `http://127.0.0.1:${port}/api`,
      DISCORD_CDN_HOSTS: `127.0.0.1:${port}`,
    },
    ready: async (timeoutMs) => {
      await until(() => gateway.connected() > 0 && state.commands.length > 0, 'a bot', timeoutMs);
    },
    addUser: (locale = 'en-US') => state.addUser(locale),
    addFriends() {
      const denied = new Set(['view', 'send'] as const);
      const channel: DiscordChannel = { id: state.nextId(), type: 3, messages: new Map(), denied };
      state.channels.set(channel.id, channel);
      return channel;
    },
    addGuild(name = 'School', { foreign = false } = {}) {
      const guild: DiscordGuild = { id: state.nextId(), name, channels: [], permissions: new Map(), foreign };
      if (foreign) return guild;
      state.guilds.set(guild.id, guild);
      gateway.dispatch('GUILD_CREATE', wireGuild(guild, state.me), INTENTS.guilds);
      return guild;
    },
    grant(guild, user, permissions) {
      guild.permissions.set(user.id, permissions);
      const role = wireGuild(guild, state.me).roles.at(-1);
      gateway.dispatch('GUILD_ROLE_CREATE', { guild_id: guild.id, role }, INTENTS.guilds);
    },
    addChannel(guild, parent) {
      const channel: DiscordChannel = {
        id: state.nextId(),
        type: parent === undefined ? 0 : 11,
        name: `channel-${guild.channels.length}`,
        guild,
        messages: new Map(),
        denied: new Set(guild.foreign === true ? ['view', 'send'] : []),
        ...(parent === undefined ? {} : { parent }),
      };
      guild.channels.push(channel);
      state.channels.set(channel.id, channel);
      if (guild.foreign === true) return channel;
      if (parent === undefined) gateway.dispatch('CHANNEL_CREATE', wireChannel(channel), INTENTS.guilds);
      else gateway.dispatch('THREAD_CREATE', wireChannel(channel), INTENTS.guilds);
      return channel;
    },
    dmOf: (user) => state.dmOf(user),
    slash({ name, options: texts = {}, files = {}, ...where }) {
      const command = registered(name, 1);
      const resolved: Record<string, object> = {};
      const given = command.options.flatMap((option) => {
        const text = texts[option.name];
        const file = files[option.name];
        if (file !== undefined && option.type === 11) {
          const attachment = put(file);
          resolved[attachment.id] = { ...attachment, ephemeral: true };
          return [{ name: option.name, type: 11, value: attachment.id }];
        }
        if (text !== undefined && option.type === 3) return [{ name: option.name, type: 3, value: text }];
        if (option.required === true) throw new Error(`/${name} needs ${option.name}`);
        return [];
      });
      const wanted = [...Object.keys(texts), ...Object.keys(files)];
      const unknown = wanted.find((each) => !given.some((option) => option.name === each));
      if (unknown !== undefined) throw new Error(`/${name} has no option ${unknown}`);
      return interact(where, 'command', 2, {
        id: command.id,
        name,
        type: 1,
        options: given,
        ...(Object.keys(resolved).length === 0 ? {} : { resolved: { attachments: resolved } }),
      });
    },
    contextMenu({ name, message, ...where }) {
      const command = registered(name, 3);
      return interact(where, 'command', 2, {
        id: command.id,
        name,
        type: 3,
        target_id: message.id,
        // The target comes whole, whatever the intents.
        resolved: { messages: { [message.id]: wireMessage(message) } },
      });
    },
    async autocomplete({ name, option, typed, options: filled = {}, ...where }) {
      const command = registered(name, 1);
      if (command.options.find((each) => each.name === option)?.autocomplete !== true) {
        throw new Error(`/${name} ${option} has no autocomplete`);
      }
      const { record } = interact(where, 'autocomplete', 4, {
        id: command.id,
        name,
        type: 1,
        options: [
          ...Object.entries(filled).map(([key, value]) => ({ name: key, type: 3, value })),
          { name: option, type: 3, value: typed, focused: true },
        ],
      });
      return until(() => record.choices, 'suggestions');
    },
    say({ user, channel = state.dmOf(user), text = '', files: sent = [], mention = false, to, ping = true }) {
      const message = state.addMessage({
        channel,
        author: user,
        content: mention ? `<@${state.me.id}> ${text}`.trim() : text,
        attachments: sent.map(put),
        mentions: [...(mention ? [state.me] : []), ...(to !== undefined && ping && !mention ? [to.author] : [])],
        ...(to === undefined ? {} : { replyTo: to.id }),
      });
      announce(message, channel, to);
      return message;
    },
    press({ user, message, ...what }) {
      const channel = state.channels.get(message.channel_id);
      if (channel === undefined) throw new Error('the message is in no channel');
      if (message.onlyFor !== undefined && message.onlyFor !== user.id) throw new Error('not visible to this person');
      const choice = choicesOf(message).find((each) =>
        'payload' in what ? each.payload === what.payload : each.text === what.text,
      );
      if (choice === undefined) {
        const there = choicesOf(message).map((each) => each.text);
        throw new Error(`no ${JSON.stringify(what)} on the message ${textOf(message)}, but ${there.join(' | ')}`);
      }
      const select = rowsOf(message)
        .flatMap(({ components }) => components)
        .find((each) => each.type === 3 && each.options.some(({ value }) => value === choice.payload));
      const data =
        choice.kind === 'button' || select === undefined
          ? { component_type: 2, custom_id: choice.payload, id: 1 }
          : { component_type: 3, custom_id: select.custom_id, values: [choice.payload], id: 1 };
      return interact({ user, channel }, 'press', 3, data, message);
    },
    submit({ record }, written = {}) {
      const { user, channel, message, modal } = record;
      if (modal === undefined) throw new Error('no window is open');
      const fields = modal.components.map(({ component }, id) => {
        const value = written[component.custom_id] ?? '';
        if (component.required !== false && value === '') throw new Error('the client lets no empty field through');
        if (value.length > (component.max_length ?? 4000)) throw new Error('the client lets nothing so long through');
        return {
          type: 18,
          id: 2 * id + 1,
          component: { type: 4, id: 2 * id + 2, custom_id: component.custom_id, value },
        };
      });
      return interact({ user, channel }, 'modal', 5, { custom_id: modal.custom_id, components: fields }, message);
    },
    deleteMessage: (message) => void state.channels.get(message.channel_id)?.messages.delete(message.id),
    replies: (channel) =>
      [...channel.messages.values()].filter((each) => each.author.id === state.me.id && isShown(each)),
    waitForMessage: (wanted, { channel, timeoutMs } = {}) =>
      until(
        () =>
          (channel === undefined ? [...state.channels.values()] : [channel])
            .flatMap((each) => [...each.messages.values()])
            .find((each) => each.author.id === state.me.id && isShown(each) && wanted(each)),
        'a message',
        timeoutMs,
      ),
    until,
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
