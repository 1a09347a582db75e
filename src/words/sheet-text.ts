// What is written on practice sheets, in the language of who asked for them.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Say } from './words.ts';

export function sheetPages<Sheet extends { readonly page: number; readonly pages: number }>(
  alphabet: Alphabet,
  sheets: readonly Sheet[],
  say: Say,
) {
  return sheets.map((sheet) => ({
    sheet,
    words: {
      title: say('sheet-title', { alphabet: alphabet.title }),
      how: say('sheet-how').split('\n'),
      page: say('sheet-page', { page: sheet.page, pages: sheet.pages }),
    },
  }));
}
