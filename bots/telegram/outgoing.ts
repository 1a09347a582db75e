// Our messages as Telegram's: always plain text, cut or split to its lengths; charts as photos, files as documents.
// What is said never hangs on what is shown: a picture that Telegram does not take leaves the words.
// Glyph pictures are left out, since the answer quotes the photo itself, unless one photo has several answers or the reading is in doubt.
import { type Api, InputFile, InputMediaBuilder } from 'grammy';
import type { InlineKeyboardMarkup, Message as Sent } from 'grammy/types';
import type { ReplyAddress } from '../../src/records/address.ts';
import { isShown, type Message, type Picture } from '../../src/chat/event.ts';
import { rowsOf } from '../../src/chat/rows.ts';
import { cut, split } from '../shared/text.ts';
import {
  isBadPicture,
  isGone,
  isLostMessage,
  isNotModified,
  isTooLarge,
  isWithoutCaption,
  isWithoutText,
  movedTo,
} from './failures.ts';
import { type Buttons, inlineKeyboard, withOrWithout } from './keyboard.ts';
import { withPage } from './page-button.ts';
import { forApi } from './signal.ts';
import { imageType } from '../shared/image.ts';

/** Where something is said: a chat, a topic of it, a message there that it answers. */
export interface Spot {
  readonly chat: number;
  readonly thread?: number;
  readonly reply?: number;
  /** Only this member sees it; `query`: it answers their press. */
  readonly alone?: { readonly user: number; readonly query?: string };
}

/** A message of ours that can be edited. */
export interface Said {
  readonly spot: Spot;
  readonly id: number;
  /** Whether its words are a caption. */
  readonly hasMedia: boolean;
  /** Who alone sees it; `id` is then one of theirs. */
  readonly alone?: number;
}

const MESSAGE_LENGTH = 4096;
const CAPTION_LENGTH = 1024;
const IN_A_GROUP = 10;

export const addressOf = ({ chat, thread, reply }: Spot): ReplyAddress => ({
  chat,
  ...(thread === undefined ? {} : { thread }),
  ...(reply === undefined ? {} : { reply }),
});

/** Undefined for an address that is not one of ours. */
export function spotOf({ chat, thread, reply }: ReplyAddress): Spot | undefined {
  if (typeof chat !== 'number') return undefined;
  return {
    chat,
    ...(typeof thread === 'number' ? { thread } : {}),
    ...(typeof reply === 'number' ? { reply } : {}),
  };
}

/** Says a message with figures in columns; undefined where that cannot be. Throws where nothing at all can be said. */
export type SayRich = (
  spot: Spot,
  message: Message,
  reply_markup: InlineKeyboardMarkup | undefined,
) => Promise<Said | undefined>;

/** How pictures and tables are carried. */
export interface Showing {
  readonly rich: SayRich;
  /** After so long the words go without the picture. */
  readonly uploadMs: number;
  /** Told of each picture that Telegram did not take. */
  readonly unshown: (error: unknown) => void;
}

/** A message of ours in words that can be kept, the same for the same message. */
export const handleOf = ({ spot, id }: Said): ReplyAddress => ({ chat: spot.chat, message: id });

/** Undefined for words that are not ours. */
export function saidOf(handle: ReplyAddress): Said | undefined {
  const spot = spotOf(handle);
  const { message: id } = handle;
  // Whether it has media shows when it is edited.
  return spot === undefined || typeof id !== 'number' ? undefined : { spot, id, hasMedia: false };
}

export interface SayOptions {
  readonly withGlyphs?: boolean;
  /** What is said instead of a file that Telegram does not take: for its size, and for anything else. */
  readonly instead?: { readonly tooLarge: string; readonly refused: string };
  /** A button of its own that opens the page. */
  readonly page?: { readonly url: string; readonly text: string } | undefined;
}

/** Says a message; gives the part that holds its words and buttons, undefined when it had none. */
export async function say(
  api: Api,
  spot: Spot,
  message: Message,
  showing: Showing,
  { withGlyphs = false, instead, page }: SayOptions = {},
): Promise<Said | undefined> {
  const charts = withGlyphs ? (message.pictures ?? []) : chartsOf(message);
  const markup = withPage(inlineKeyboard(message.keyboard), page);
  const [only] = charts;
  let said = message.table === undefined ? undefined : await showing.rich(spot, message, markup);
  if (said !== undefined) {
    // It holds the picture as well.
  } else if (only !== undefined && charts.length === 1 && message.text.length <= CAPTION_LENGTH) {
    said =
      (await unlessRefused(showing, () => sayChart(api, spot, only, message.text, markup, showing))) ??
      (await sayText(api, spot, message.text, markup));
  } else {
    said = await sayText(api, spot, message.text, markup);
    await showCharts(api, spot, charts, showing);
  }
  await sendFiles(api, spot, message, instead);
  return said;
}

/** Tries to show something; undefined where Telegram does not take it. Throws where nothing at all can be said. */
async function unlessRefused<T>({ unshown }: Showing, show: () => Promise<T>): Promise<T | undefined> {
  try {
    return await show();
  } catch (error) {
    if (isGone(error) || movedTo(error) !== undefined) throw error;
    unshown(error);
    return undefined;
  }
}

async function sendFiles(api: Api, spot: Spot, { files = [] }: Message, instead: SayOptions['instead']): Promise<void> {
  for (const { name, bytes } of files) {
    try {
      await api.sendDocument(spot.chat, new InputFile(bytes, name), where(spot));
    } catch (error) {
      if (isGone(error) || instead === undefined) throw error;
      await sayText(api, spot, isTooLarge(error) ? instead.tooLarge : instead.refused, undefined);
    }
  }
}

/**
 * Replaces what a message of ours says. 'lost': it was deleted meanwhile, or is too old; 'moved': it stands in a group that became a
 * supergroup, and stays as it is.
 */
export async function revise(
  api: Api,
  said: Said,
  message: Message,
  showing: Showing,
): Promise<'edited' | 'lost' | 'moved'> {
  const charts = chartsOf(message);
  const [only] = charts;
  try {
    const isCaption = only !== undefined && charts.length === 1 && message.text.length <= CAPTION_LENGTH;
    await withOrWithout(inlineKeyboard(message.keyboard), (buttons) =>
      isCaption
        ? reviseChart(api, said, only, message.text, buttons, showing)
        : reviseWords(api, said, message.text, buttons),
    );
    if (!isCaption) await showCharts(api, said.spot, charts, showing);
  } catch (error) {
    if (isLostMessage(error)) return 'lost';
    if (movedTo(error) !== undefined) return 'moved';
    if (!isNotModified(error)) throw error;
  }
  await sendFiles(api, said.spot, message, undefined);
  return 'edited';
}

async function reviseChart(
  api: Api,
  said: Said,
  chart: Picture,
  caption: string,
  keyboard: Buttons,
  { uploadMs, unshown }: Showing,
): Promise<void> {
  const media = InputMediaBuilder.photo(pngOf(chart), { caption });
  try {
    const { spot, id, alone } = said;
    const signal = within(uploadMs);
    await (alone === undefined
      ? api.editMessageMedia(spot.chat, id, media, keyboard, signal)
      : api.editEphemeralMessageMedia(spot.chat, alone, id, media, keyboard, signal));
  } catch (error) {
    if (isGone(error) || isLostMessage(error) || isNotModified(error) || movedTo(error) !== undefined) throw error;
    unshown(error);
    await reviseWords(api, said, caption, keyboard);
  }
}

async function reviseWords(api: Api, said: Said, text: string, keyboard: Buttons): Promise<void> {
  const { id, alone } = said;
  const { chat } = said.spot;
  const [whole, caption] = [cut(text, MESSAGE_LENGTH), cut(text, CAPTION_LENGTH)];
  const asText = (): Promise<unknown> =>
    alone === undefined
      ? api.editMessageText(chat, id, whole, { ...keyboard, ...noPreview })
      : api.editEphemeralMessageText(chat, alone, id, whole, { ...keyboard, ...noPreview });
  const asCaption = (): Promise<unknown> =>
    alone === undefined
      ? api.editMessageCaption(chat, id, { caption, ...keyboard })
      : api.editEphemeralMessageCaption(chat, alone, id, caption, keyboard);
  // What a message holds is not known of one that Telegram no longer shows us: the other way is tried then.
  try {
    await (said.hasMedia ? asCaption() : asText());
  } catch (error) {
    if (isWithoutText(error)) await asCaption();
    else if (isWithoutCaption(error)) await asText();
    else if (!isNotModified(error)) throw error;
  }
}

async function sayText(
  api: Api,
  spot: Spot,
  text: string,
  reply_markup: InlineKeyboardMarkup | undefined,
): Promise<Said | undefined> {
  const pieces = split(text, MESSAGE_LENGTH);
  let said: Said | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (piece.trim() === '') continue;
    const isLast = index === pieces.length - 1;
    const sent = await withOrWithout(isLast ? reply_markup : undefined, (buttons) =>
      api.sendMessage(spot.chat, piece, { ...where(spot), ...noPreview, ...buttons }),
    );
    said = saidAs(spot, sent, false);
  }
  return said;
}

async function sayChart(
  api: Api,
  spot: Spot,
  chart: Picture,
  caption: string,
  reply_markup: InlineKeyboardMarkup | undefined,
  { uploadMs }: Showing,
): Promise<Said> {
  return withOrWithout(reply_markup, async (buttons) => {
    const options = { ...where(spot), caption, ...buttons };
    try {
      const sent = await api.sendPhoto(spot.chat, pngOf(chart), options, within(uploadMs));
      return saidAs(spot, sent, true);
    } catch (error) {
      // Too long or too narrow for a photo: a file has no shape.
      if (!isBadPicture(error)) throw error;
      const sent = await api.sendDocument(spot.chat, pngOf(chart), options, within(uploadMs));
      return saidAs(spot, sent, true);
    }
  });
}

async function showCharts(api: Api, spot: Spot, charts: readonly Picture[], showing: Showing): Promise<void> {
  for (const group of rowsOf(charts, IN_A_GROUP)) {
    await unlessRefused(showing, async () => {
      const [first] = group;
      if (first !== undefined && group.length === 1) {
        return sayChart(api, spot, first, cut(first.alt, CAPTION_LENGTH), undefined, showing);
      }
      const media = group.map((chart) =>
        InputMediaBuilder.photo(pngOf(chart), { caption: cut(chart.alt, CAPTION_LENGTH) }),
      );
      return api.sendMediaGroup(spot.chat, media, where(spot), within(showing.uploadMs));
    });
  }
}

/** Where it stands in fact: a group may have moved meanwhile. */
export const saidAs = (spot: Spot, sent: Sent, hasMedia: boolean): Said => ({
  spot: { ...spot, chat: sent.chat.id },
  hasMedia,
  ...(spot.alone === undefined || sent.ephemeral_message_id === undefined
    ? { id: sent.message_id }
    : { id: sent.ephemeral_message_id, alone: spot.alone.user }),
});

export const within = (ms: number) => forApi(AbortSignal.timeout(ms));

const noPreview = { link_preview_options: { is_disabled: true } } as const;

const chartsOf = (message: Message): readonly Picture[] => (message.pictures ?? []).filter(isShown);

function pngOf({ png }: Picture): InputFile {
  const bytes = png();
  return new InputFile(bytes, `chart.${imageType(bytes).extension}`);
}

export function where({ thread, reply, alone }: Spot) {
  return {
    ...(thread === undefined ? {} : { message_thread_id: thread }),
    ...(alone && {
      ephemeral_message_parameters: {
        receiver_user_id: alone.user,
        ...(alone.query !== undefined && { callback_query_id: alone.query }),
      },
    }),
    // The message it answers may be gone by now; what we have to say is not.
    ...(reply === undefined ? {} : { reply_parameters: { message_id: reply, allow_sending_without_reply: true } }),
  };
}
