// Figures in columns, with their picture above and their buttons below, in one message: where Telegram takes such. A server that does not
// know it is asked once, a chat that refuses it once; both get the same as text and picture, as ever.
import { type Api, InputFile, InputMediaBuilder } from 'grammy';
import type { InputRichBlock, RichBlockTableCell } from 'grammy/types';
import { isShown, type Picture, type Table } from '../../src/chat/event.ts';
import { Newest } from '../../src/newest.ts';
import { imageType } from '../shared/image.ts';
import { describe, isGone, isRefusal, isUnknownMethod, movedTo } from './failures.ts';
import { saidAs, type SayRich, where, within } from './outgoing.ts';

/** Telegram's: of blocks, each row of a table among them; of columns; of characters in all. */
const BLOCKS = 500;
const COLUMNS = 20;
const CHARACTERS = 32_768;
const CHATS_REMEMBERED = 1000;

export function makeSayRich(deps: {
  readonly api: Api;
  readonly uploadMs: number;
  readonly refused: (because: string) => void;
}): SayRich {
  let known = true;
  const refusing = new Newest<number, true>(CHATS_REMEMBERED);
  return async (spot, message, reply_markup) => {
    const { table } = message;
    if (!known || table === undefined || refusing.has(spot.chat) || !fits(table)) return undefined;
    const pictures = (message.pictures ?? []).filter(isShown);
    // Where a picture is not taken, the figures still are.
    const ways = pictures.length === 0 ? [pictures] : [pictures, []];
    let refused = true;
    for (const shown of ways) {
      try {
        const rich = { blocks: blocksOf(shown, table), skip_entity_detection: true };
        const more = { ...where(spot), ...(reply_markup && { reply_markup }) };
        return saidAs(spot, await deps.api.sendRichMessage(spot.chat, rich, more, within(deps.uploadMs)), false);
      } catch (error) {
        if (isGone(error) || movedTo(error) !== undefined) throw error;
        deps.refused(describe(error));
        refused &&= isRefusal(error);
        // With a picture, the same answer may mean the picture.
        if (isUnknownMethod(error) && shown.length === 0) known = false;
      }
    }
    if (refused) refusing.set(spot.chat, true);
    return undefined;
  };
}

function fits({ title, head = [], rows, beneath = '' }: Table): boolean {
  const all = [head, ...rows];
  const length = [title, beneath, ...all.flat()].reduce((sum, { length }) => sum + length, 0);
  return all.length + 8 <= BLOCKS && all.every((row) => row.length <= COLUMNS) && length <= CHARACTERS;
}

function blocksOf(pictures: readonly Picture[], { title, head, rows, beneath }: Table): InputRichBlock[] {
  const header = head?.map((text) => cell(text, 'left', true));
  return [
    { type: 'heading', text: title, size: 3 },
    ...pictures.map(({ png }) => {
      const bytes = png();
      const file = new InputFile(bytes, `chart.${imageType(bytes).extension}`);
      return { type: 'photo', photo: InputMediaBuilder.photo(file) } as const;
    }),
    {
      type: 'table',
      is_striped: true,
      is_compact: true,
      cells: [
        ...(header === undefined ? [] : [header]),
        // What a row is about stands first.
        ...rows.map((row) => row.map((text, at) => cell(text, at === 0 ? 'left' : 'right', at === 0 && !head))),
      ],
    },
    ...(beneath === undefined ? [] : [{ type: 'paragraph', text: beneath } as const]),
  ];
}

const cell = (text: string, align: RichBlockTableCell['align'], isHeader: boolean): RichBlockTableCell => ({
  text,
  align,
  valign: 'middle',
  ...(isHeader && { is_header: true }),
});
