// What the real Bot API refuses in a rich message, as far as this product sends such: its limits, and the fields of each block.
import { z } from 'zod';
import { badRequest, type Fields } from './telegram-wire.ts';
import type { PhotoSize, TelegramMessage } from './telegram-words.ts';

const text = z.string().min(1);
const cell = z.strictObject({
  text: text.optional(),
  is_header: z.literal(true).optional(),
  colspan: z.int().min(1).optional(),
  rowspan: z.int().min(1).optional(),
  align: z.enum(['left', 'center', 'right']),
  valign: z.enum(['top', 'middle', 'bottom']),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text, size: z.int().min(1).max(6) }),
  z.strictObject({ type: z.literal('paragraph'), text }),
  z.strictObject({
    type: z.literal('photo'),
    photo: z.strictObject({ type: z.literal('photo'), media: z.string().regex(/^attach:/) }),
    caption: z.strictObject({ text, credit: text.optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('table'),
    cells: z.array(z.array(cell).min(1).max(20)).min(1),
    is_bordered: z.literal(true).optional(),
    is_striped: z.literal(true).optional(),
    is_compact: z.literal(true).optional(),
    caption: text.optional(),
  }),
]);
const rich = z.strictObject({
  blocks: z.array(block).min(1),
  is_rtl: z.boolean().optional(),
  skip_entity_detection: z.boolean().optional(),
});

const MOST_BLOCKS = 500;
const MOST_CHARACTERS = 32_768;
const MOST_PHOTOS = 50;

export const showsPhoto = (given: Fields): boolean => JSON.stringify(given['rich_message']).includes('"photo"');

/** `photo` takes an upload in. */
export function richOf(
  given: Fields,
  photo: (media: string) => readonly PhotoSize[],
): NonNullable<TelegramMessage['rich_message']> {
  const parsed = rich.safeParse(given);
  if (!parsed.success) throw badRequest(`can't parse rich message: ${z.prettifyError(parsed.error)}`);
  const { blocks } = parsed.data;
  const rows = blocks.flatMap((each) => (each.type === 'table' ? each.cells : []));
  if (blocks.length + rows.length > MOST_BLOCKS) throw badRequest('RICH_MESSAGE_TOO_MANY_BLOCKS');
  const words = [
    ...rows.flat().map((each) => each.text ?? ''),
    ...blocks.map((each) => ('text' in each ? each.text : '')),
  ];
  if (words.reduce((sum, each) => sum + each.length, 0) > MOST_CHARACTERS) throw badRequest('message is too long');
  if (blocks.filter(({ type }) => type === 'photo').length > MOST_PHOTOS) throw badRequest('too many media');
  return {
    blocks: blocks.map((each) => (each.type === 'photo' ? { ...each, photo: photo(each.photo.media) } : each)),
  };
}
