// The fake Discord's REST: the routes a bot uses, with the real server's refusals.
import {
  checkCommands,
  checkMessage,
  checkModal,
  DiscordRefusal,
  refuseEmpty,
  unknownInteraction,
  unknownMessage,
  type MessageBody,
} from './discord-checks.ts';
import type { DiscordRoute } from './discord-faults.ts';
import type { Answer, RequestBody, Upload } from './discord-http.ts';
import { wireChannel, wireMessage, wireUser, type DiscordInteraction, type DiscordState } from './discord-state.ts';
import { flags, galleryOf } from './discord-words.ts';
import type { DiscordAttachment, DiscordChannel, DiscordMessage } from './discord-words.ts';

export interface RestDeps {
  readonly state: DiscordState;
  readonly token: () => string;
  readonly gatewayUrl: () => string;
  /** Milliseconds in which an interaction must be acknowledged, and in which its token lives. */
  readonly ackMs: number;
  readonly tokenMs: number;
  /** Tells the gateway of a message. */
  readonly announce: (message: DiscordMessage, channel: DiscordChannel) => void;
}

export interface Call {
  readonly method: string;
  /** Decoded parts of the path behind /api/v10. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** The name of the route a call is for, for faults and counting. */
export function routeOf({ method, parts }: Call): DiscordRoute {
  const [first, , third] = parts;
  if (first === 'gateway') return 'gateway';
  if (first === 'applications' && third === 'commands') return 'commands';
  if (first === 'interactions') return 'callback';
  if (first === 'webhooks') return parts.length > 3 ? 'original' : 'followup';
  if (first === 'users' && third === 'channels') return 'dm';
  if (first === 'channels' && third === 'typing') return 'typing';
  if (first === 'channels' && third === 'messages') {
    return method === 'POST' ? 'message' : method === 'GET' ? 'fetch' : 'edit';
  }
  return 'other';
}

export function makeDiscordRest(deps: RestDeps): (call: Call, body: () => Promise<RequestBody>) => Promise<Answer> {
  const { state } = deps;
  const nonces = new Map<string, DiscordMessage>();

  function interactionBy(token: string | undefined): DiscordInteraction {
    const found = [...state.interactions.values()].find((each) => each.token === token);
    if (found === undefined) throw new DiscordRefusal(404, 10015, 'Unknown Webhook');
    if (Date.now() - found.createdAt > deps.tokenMs) throw new DiscordRefusal(401, 50027, 'Invalid Webhook Token');
    if (found.acknowledged === undefined) throw new DiscordRefusal(404, 10015, 'Unknown Webhook');
    return found;
  }

  function uploaded(uploads: readonly Upload[], body: MessageBody): readonly DiscordAttachment[] {
    return uploads.map(({ index, name, mime, bytes }) => {
      const description = body.attachments?.find(({ id }) => id === index)?.description;
      return state.addFile(bytes, { name, mime, ...(typeof description === 'string' ? { description } : {}) });
    });
  }

  /** Refuses files that the channel does not take. */
  function takeFiles(channel: DiscordChannel | undefined, uploads: readonly Upload[]): void {
    if (uploads.length === 0 || channel === undefined) return;
    if (channel.denied.has('attach')) throw new DiscordRefusal(403, 50013, 'Missing Permissions');
    if (channel.files === 'not-found') throw new DiscordRefusal(404, 0, '404: Not Found');
    if (channel.files === 'too-large') throw new DiscordRefusal(413, 40005, 'Request entity too large');
  }

  /** A picture that is named has to be there. */
  function checkShown(body: MessageBody, attachments: readonly DiscordAttachment[]): void {
    for (const { media } of galleryOf({ components: (body.components ?? []) as DiscordMessage['components'] })) {
      const { url } = media;
      const isThere =
        !url.startsWith('attachment://') || attachments.some(({ filename }) => url === `attachment://${filename}`);
      if (!isThere) throw new DiscordRefusal(400, 50035, `Invalid Form Body: components: ${url} is not attached`);
    }
  }

  function edit(message: DiscordMessage, { json, uploads }: RequestBody): void {
    const isLaidOut = (message.flags & flags.layout) !== 0;
    const asked = (json as { flags?: number } | undefined)?.flags ?? 0;
    // A message keeps its layout: nothing takes it back, whether an edit names it or not.
    const body = checkMessage({ ...(json as object), flags: asked | (isLaidOut ? flags.layout : 0) });
    if (!isLaidOut && ((body.flags ?? 0) & flags.layout) !== 0) {
      if (message.content !== '' && body.content !== '' && body.content !== null) {
        throw new DiscordRefusal(400, 50035, 'Invalid Form Body: content has to go where the layout comes');
      }
      message.flags |= flags.layout;
      message.content = '';
    }
    const kept =
      body.attachments === undefined || body.attachments === null
        ? message.attachments
        : message.attachments.filter(({ id }) => body.attachments?.some((each) => each.id === id) === true);
    const attachments = [...kept, ...uploaded(uploads, body)];
    checkShown(body, attachments);
    if ((message.flags & flags.layout) === 0) refuseEmpty(body.content ?? message.content, attachments.length);
    message.content = body.content ?? message.content;
    message.components = (body.components as DiscordMessage['components'] | null | undefined) ?? message.components;
    message.attachments = attachments;
    const loading = (message.flags & flags.loading) !== 0;
    message.flags &= ~flags.loading;
    if (!loading) {
      message.edits += 1;
      message.edited_timestamp = new Date().toISOString();
    }
  }

  function create(
    channel: DiscordChannel,
    { json, uploads }: RequestBody,
    more: { readonly onlyFor?: string; readonly ephemeral?: boolean; readonly byWebhook?: boolean } = {},
  ): DiscordMessage {
    const body = checkMessage(json);
    const isLaidOut = ((body.flags ?? 0) & flags.layout) !== 0;
    if (!isLaidOut) refuseEmpty(body.content ?? '', uploads.length);
    const replyTo = body.message_reference?.message_id;
    const replyExists = replyTo !== undefined && channel.messages.has(replyTo);
    if (replyTo !== undefined && !replyExists && body.message_reference?.fail_if_not_exists !== false) {
      throw new DiscordRefusal(400, 50035, 'Invalid Form Body: message_reference: Unknown message');
    }
    // Only a bot's own messages have one: what is said by an interaction's token is a webhook's.
    const nonce = body.enforce_nonce === true && more.byWebhook !== true ? String(body.nonce) : undefined;
    const twin = nonce === undefined ? undefined : nonces.get(nonce);
    if (twin !== undefined) return twin;
    const ephemeral = more.ephemeral === true || ((body.flags ?? 0) & flags.ephemeral) !== 0;
    const attachments = uploaded(uploads, body);
    checkShown(body, attachments);
    const message = state.addMessage({
      channel,
      author: state.me,
      content: body.content ?? '',
      components: (body.components as DiscordMessage['components'] | null | undefined) ?? [],
      attachments,
      flags: (ephemeral ? flags.ephemeral : 0) | (isLaidOut ? flags.layout : 0),
      ...(replyExists ? { replyTo } : {}),
      ...(more.onlyFor !== undefined && ephemeral ? { onlyFor: more.onlyFor } : {}),
    });
    if (nonce !== undefined) nonces.set(nonce, message);
    deps.announce(message, channel);
    return message;
  }

  function callback(interaction: DiscordInteraction, { json, uploads }: RequestBody): void {
    const { type, data } = json as { type: number; data?: Record<string, unknown> };
    const afterMs = Date.now() - interaction.createdAt;
    if (afterMs > deps.ackMs) throw unknownInteraction();
    if (interaction.acknowledged !== undefined) {
      throw new DiscordRefusal(400, 40060, 'Interaction has already been acknowledged.');
    }
    const allowed = { command: [4, 5, 9], press: [4, 5, 6, 7, 9], modal: [4, 5, 6, 7], autocomplete: [8] }[
      interaction.kind
    ];
    if (!allowed.includes(type)) throw new DiscordRefusal(400, 50035, `Invalid Form Body: type ${type}`);
    const { channel, user } = interaction;
    const ephemeral = (Number(data?.['flags'] ?? 0) & flags.ephemeral) !== 0;
    if (type === 8) {
      const choices = data?.['choices'] as { name: string; value: string }[];
      const tooLong = (text: string): boolean => text.length < 1 || text.length > 100;
      if (choices.length > 25 || choices.some(({ name, value }) => tooLong(name) || tooLong(value))) {
        throw new DiscordRefusal(400, 50035, 'Invalid Form Body: choices');
      }
      interaction.choices = choices;
    } else if (type === 9) {
      interaction.modal = checkModal(data);
    } else if (type === 5) {
      interaction.original = state.addMessage({
        channel,
        author: state.me,
        flags: flags.loading | (ephemeral ? flags.ephemeral : 0),
        ...(ephemeral ? { onlyFor: user.id } : {}),
      });
      interaction.messages.push(interaction.original);
    } else if (type === 4) {
      interaction.original = create(channel, { json: data, uploads }, { onlyFor: user.id, ephemeral });
      interaction.messages.push(interaction.original);
    } else {
      interaction.original = interaction.message;
      if (type === 7 && interaction.message !== undefined) edit(interaction.message, { json: data, uploads });
    }
    interaction.acknowledged = { type, afterMs };
  }

  function channelBy(id: string | undefined, need: 'view' | 'send' = 'view'): DiscordChannel {
    const channel = state.channels.get(id ?? '');
    if (channel === undefined) throw new DiscordRefusal(404, 10003, 'Unknown Channel');
    if (channel.denied.has('view')) throw new DiscordRefusal(403, 50001, 'Missing Access');
    if (need === 'send' && channel.denied.has('send')) {
      throw channel.type === 1
        ? new DiscordRefusal(403, 50007, 'Cannot send messages to this user')
        : new DiscordRefusal(403, 50013, 'Missing Permissions');
    }
    return channel;
  }

  function messageBy(channel: DiscordChannel, id: string | undefined): DiscordMessage {
    const message = channel.messages.get(id ?? '');
    if (message === undefined || message.onlyFor !== undefined) throw unknownMessage();
    return message;
  }

  async function webhooks(call: Call, body: () => Promise<RequestBody>): Promise<Answer> {
    const interaction = interactionBy(call.parts[2]);
    const ephemeral = interaction.original?.onlyFor !== undefined;
    if (call.parts.length === 3 && call.method === 'POST') {
      const original = interaction.original;
      const sent = await body();
      // The first message after a deferred reply fills that reply, as on the real server.
      if (original !== undefined && (original.flags & flags.loading) !== 0) {
        edit(original, sent);
        return { status: 200, json: wireMessage(original) };
      }
      const message = create(interaction.channel, sent, {
        onlyFor: interaction.user.id,
        ephemeral: false,
        byWebhook: true,
      });
      interaction.messages.push(message);
      return { status: 200, json: wireMessage(message) };
    }
    const [, , , , id] = call.parts;
    const message = id === '@original' ? interaction.original : interaction.messages.find((each) => each.id === id);
    if (message === undefined || !interaction.channel.messages.has(message.id)) throw unknownMessage();
    if (call.method === 'PATCH') edit(message, await body());
    if (call.method === 'DELETE') {
      if (message === interaction.message && ephemeral) throw unknownMessage();
      interaction.channel.messages.delete(message.id);
      if (id === '@original') interaction.original = undefined;
      return { status: 204 };
    }
    return { status: 200, json: wireMessage(message) };
  }

  return async (call, given) => {
    const { method, parts } = call;
    const [first, second, third, fourth] = parts;
    const where =
      first === 'webhooks'
        ? [...state.interactions.values()].find((each) => each.token === third)?.channel
        : state.channels.get(second ?? '');
    const body = async (): Promise<RequestBody> => {
      const read = await given();
      takeFiles(where, read.uploads);
      return read;
    };
    if (first === 'interactions') {
      const interaction = state.interactions.get(second ?? '');
      if (interaction === undefined || interaction.token !== third) throw unknownInteraction();
      callback(interaction, await body());
      return { status: 204 };
    }
    if (first === 'webhooks') return webhooks(call, body);
    if (call.authorization !== `Bot ${deps.token()}`) throw new DiscordRefusal(401, 0, '401: Unauthorized');
    if (first === 'gateway') {
      const session_start_limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };
      return { status: 200, json: { url: deps.gatewayUrl(), shards: 1, session_start_limit } };
    }
    if (first === 'applications' && third === 'commands') {
      if (second !== state.me.id) throw new DiscordRefusal(403, 20012, 'You are not authorized for this application');
      if (method === 'PUT') {
        state.commands = checkCommands((await body()).json).map((command) => ({
          id: state.nextId(),
          type: command.type,
          name: command.name,
          description: command.description,
          options: command.options as never,
          default_member_permissions: command.default_member_permissions ?? null,
          contexts: command.contexts ?? null,
          integration_types: command.integration_types ?? [0],
          name_localizations: command.name_localizations ?? {},
          description_localizations:
            ('description_localizations' in command && command.description_localizations) || {},
        }));
        state.registrations += 1;
      }
      return {
        status: 200,
        json: state.commands.map((command) => ({
          ...command,
          application_id: state.me.id,
          version: '1',
          default_permission: true,
          nsfw: false,
        })),
      };
    }
    if (first === 'users' && second === '@me' && third === undefined) return { status: 200, json: wireUser(state.me) };
    if (first === 'users' && third === 'channels') {
      const { recipient_id } = (await body()).json as { recipient_id: string };
      const user = state.users.get(recipient_id);
      if (user === undefined) throw new DiscordRefusal(404, 10013, 'Unknown User');
      return { status: 200, json: wireChannel(state.dmOf(user)) };
    }
    if (first === 'channels') {
      if (third === undefined) return { status: 200, json: wireChannel(channelBy(second)) };
      if (third === 'typing') {
        state.typing.push({ channel: channelBy(second, 'send').id });
        return { status: 204 };
      }
      if (third === 'messages' && fourth === undefined && method === 'POST') {
        return { status: 200, json: wireMessage(create(channelBy(second, 'send'), await body())) };
      }
      if (third === 'messages' && fourth !== undefined) {
        const channel = channelBy(second);
        const message = messageBy(channel, fourth);
        if (method === 'GET') {
          return { status: 200, json: wireMessage(message, message.author.id !== state.me.id) };
        }
        if (message.author.id !== state.me.id) {
          throw new DiscordRefusal(403, 50005, 'Cannot edit a message authored by another user');
        }
        if (method === 'PATCH') edit(message, await body());
        if (method === 'DELETE') {
          channel.messages.delete(message.id);
          return { status: 204 };
        }
        return { status: 200, json: wireMessage(message) };
      }
    }
    state.violations.push(`a call the fake does not know: ${method} /${parts.join('/')}`);
    throw new DiscordRefusal(404, 0, '404: Not Found');
  };
}
