// Discord as a chat platform: the one thing bots/main.ts knows of this folder.
import { Events, Routes, type Client } from 'discord.js';
import { messageOf, OperationalError } from '../../src/errors.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { ChatPlatform, Message } from '../../src/chat/event.ts';
import { Newest } from '../../src/newest.ts';
import { makeDownload } from '../shared/download.ts';
import { makeInHand } from '../shared/in-hand.ts';
import { pause } from '../shared/pause.ts';
import { newBodies, payloadOf, withOrWithoutFiles, type Body } from './body.ts';
import { makeClient } from './client.ts';
import { commandsJson, fingerprint } from './commands.ts';
import { makeConnection } from './connection.ts';
import { makeDelivery } from './deliver.ts';
import { usualTimes, type DiscordDeps } from './deps.ts';
import { isFinal, makeFetchAttachment } from './download.ts';
import { forLog, isGone, isInteractionLost, isUnknownMessage } from './failures.ts';
import { makeInteractions } from './interactions.ts';
import { makeMessages } from './messages.ts';
import { makeReadPhotos } from './photos.ts';
import { ids } from './settings.ts';
import { editIn, type Sent } from './surface.ts';

const REGISTERED = 'registered-commands';
const NONCE_LENGTH = 25;
const REMEMBERED = 2000;

export function makeDiscordPlatform(deps: DiscordDeps): ChatPlatform {
  const { config, handle, log } = deps;
  const times = { ...usualTimes, ...deps.times };
  const inHand = makeInHand();
  const seen = new Newest<string, true>(2000);
  let lost = 0;

  const { stopping, over } = inHand;
  const rules = { platform: 'Discord', withinMs: times.download, retryMs: 0, isFinal, stop: over };
  const download = makeDownload({ ...rules, log });
  const fetchAttachment = makeFetchAttachment({ hosts: config.cdnHosts, apiUrl: config.apiUrl, download, log });
  const sent = new Newest<string, Sent>(REMEMBERED);
  const delivery = makeDelivery({ sent, revise: (said, message) => revise(said, message), log });
  const readPhotos = makeReadPhotos({ handle, fetchAttachment, delivery });
  const { commands, suggest, sayTo } = deps;
  const asked = { handle, commands, suggest, sayTo };
  const { learnFromMessages } = config;
  const onInteraction = makeInteractions({ ...asked, delivery, readPhotos, tokenMs: times.token, learnFromMessages });
  const onMessage = makeMessages({ handle, sayTo, delivery, readPhotos });

  /** Works on one thing that Discord told us, once, and lets nothing out that would end the process. */
  function take(id: string, work: () => Promise<void>): void {
    if (stopping.aborted || seen.has(id)) return;
    seen.set(id, true);
    const failed = (error: unknown): void => {
      if (isInteractionLost(error)) {
        lost += 1;
        log.warn({ lost, because: messageOf(error) }, 'a Discord interaction could not be answered in time');
      } else {
        log.error(forLog(error), 'a Discord event could not be answered');
      }
    };
    void inHand.hold(work().catch(failed));
  }

  /** Registers the commands where they changed; tries again later when that fails. */
  async function register(client: Client<true>): Promise<void> {
    const json = commandsJson(deps.commands);
    const print = fingerprint(client.application.id, json);
    if (deps.memory.get(REGISTERED) === print) return;
    for (let wait = times.firstRetry; !stopping.aborted; wait = Math.min(wait * 2, times.longestRetry)) {
      try {
        await client.rest.put(Routes.applicationCommands(client.application.id), { body: json });
        deps.memory.set(REGISTERED, print);
        log.info({ commands: json.length }, 'Discord knows the commands');
        return;
      } catch (error) {
        log.error({ because: messageOf(error) }, 'the commands could not be registered with Discord; trying again');
        await pause(wait, stopping);
      }
    }
  }

  const connection = makeConnection({
    token: config.token,
    makeClient: () => makeClient(config.apiUrl),
    listen(client) {
      client.on(Events.InteractionCreate, (interaction) => take(interaction.id, () => onInteraction(interaction)));
      client.on(Events.MessageCreate, (message) => take(message.id, () => onMessage(message)));
    },
    onReady: (client) => void inHand.hold(register(client)),
    firstRetryMs: times.firstRetry,
    longestRetryMs: times.longestRetry,
    log,
  });

  async function send(address: ReplyAddress, message: Message, key?: string): Promise<'sent' | 'gone'> {
    const client = connection.client();
    if (client === undefined) throw new OperationalError('Discord is not connected; try again later');
    const { user, channel: channelId, message: replyTo } = address;
    try {
      const channel =
        typeof user === 'string'
          ? await client.users.createDM(user)
          : await client.channels.fetch(typeof channelId === 'string' ? channelId : '0');
      if (channel?.isSendable() !== true) return 'gone';
      for (const [part, body] of newBodies(message, true).entries()) {
        const how = {
          // Tried again minutes later, Discord still knows it.
          ...(key === undefined ? {} : { nonce: `${key}-${part}`.slice(-NONCE_LENGTH), enforceNonce: true }),
          ...(typeof replyTo === 'string' ? { reply: { messageReference: replyTo, failIfNotExists: false } } : {}),
        };
        await withOrWithoutFiles(body, async (each) => void (await channel.send({ ...payloadOf(each), ...how })));
      }
      return 'sent';
    } catch (error) {
      if (isGone(error)) return 'gone';
      // Not the library's error itself: it carries what was sent, and where.
      throw new OperationalError(`Discord did not take the message: ${messageOf(error)}`);
    }
  }

  async function revise(handle: ReplyAddress, message: Message): Promise<'edited' | 'lost'> {
    const client = connection.client();
    if (client === undefined) throw new OperationalError('Discord is not connected; try again later');
    const { channel, message: id, layout } = handle;
    if (typeof channel !== 'string' || typeof id !== 'string') return 'lost';
    const known = sent.get(id) ?? { edit: (body: Body) => editIn(client, channel, id, body) };
    try {
      await inHand.hold(delivery.revise(known, message, layout === 'gallery' ? layout : undefined));
      return 'edited';
    } catch (error) {
      if (isGone(error) || isUnknownMessage(error)) return 'lost';
      throw new OperationalError(`Discord did not take an edit: ${messageOf(error)}`);
    }
  }

  return {
    name: 'discord',
    start: () => connection.start(),
    async stop(graceMs) {
      const left = await inHand.drain(graceMs);
      if (left > 0) log.warn({ left }, 'Discord events were still in hand when the time to stop was over');
      await connection.stop();
    },
    health: () => connection.health(),
    privately: (id) => (ids.are.test(id) ? { user: id } : undefined),
    send,
    revise,
    pace: ({ channel }) => ({ chat: String(channel), ms: times.betweenEdits }),
  };
}
