// What is written on a practice sheet, in the language of who asked for it.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Say } from './words.ts';

export const sheetWords =
  (alphabet: Alphabet, say: Say) =>
  ({ page, pages }: { readonly page: number; readonly pages: number }) => ({
    title: say('sheet-title', { alphabet: alphabet.title }),
    how: say('sheet-how').split('\n'),
    page: say('sheet-page', { page, pages }),
  });
