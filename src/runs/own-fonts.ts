// What fonts give an alphabet of the owner's: a bank of its labels, beside what its bank has already, and a report of what they lacked.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { readBank, writeBank } from '../dataset/bank.ts';
import { bankFromFonts, joinBanks, type DrawText } from '../dataset/font-bank.ts';
import { findFonts, type FoundFonts } from '../dataset/fonts.ts';
import { UsageError } from '../errors.ts';
import type { Store } from '../store/store.ts';

/** Where fonts come from: a folder of the owner's, those of the recipe where they are installed, or nowhere. */
export type FontsWish = { readonly folder: string } | 'recipe' | 'none';

/** What the fonts gave. */
export interface FontsReport {
  /** Fonts that have some of the labels, and those that have none. */
  readonly used: number;
  readonly unused: number;
  /** Files that are called fonts and are none. */
  readonly noFonts: readonly string[];
  /** Characters that the used fonts lack, all together. */
  readonly skipped: number;
  /** Labels that no font has: they are learnt from people's samples. */
  readonly unsupported: readonly string[];
}

/** Null: there are no fonts, or they have none of the labels. Throws UsageError for a folder of which no font has any. */
export type RenderBank = (
  alphabet: Alphabet,
  wish: FontsWish,
) => Promise<{ readonly bank: Uint8Array; readonly report: FontsReport } | null>;

export function makeRenderBank({
  store,
  blobs,
  draw,
}: {
  readonly store: Pick<Store, 'alphabets'>;
  readonly blobs: Pick<Blobs, 'get'>;
  readonly draw: DrawText;
}): RenderBank {
  return async (alphabet, wish) => {
    // No font has a dog.
    const found = alphabet.kind === 'picture' ? null : await fontsFor(wish);
    if (found === null) return null;
    const { bank, used, skipped, unsupported } = bankFromFonts(alphabet.id, alphabet.labels, found.fonts, draw);
    if (used === 0 && wish !== 'recipe' && wish !== 'none') {
      const many = found.fonts.length;
      throw new UsageError(
        `${many === 1 ? 'The font' : `None of the ${many} fonts`} in ${wish.folder} has ${many === 1 ? 'none' : 'any'} of the labels. Give other fonts, or --no-fonts to begin without.`,
      );
    }
    const before = store.alphabets.get(alphabet.id)?.bank ?? null;
    const joined = before === null ? bank : joinBanks(readBank(await blobs.get(before)), bank);
    const report: FontsReport = {
      used,
      unused: found.fonts.length - used,
      noFonts: found.noFonts,
      skipped,
      unsupported: unsupported
        .filter(({ id }) => !joined.entries.some(({ label }) => label === id))
        .map(({ text }) => text),
    };
    return joined.entries.length === 0 ? null : { bank: writeBank(joined), report };
  };
}

/** Upright and slanted, one weight of each: enough of a family. */
const usualWeight = (path: string): boolean => /[\\/]400Regular(?:_Italic)?[\\/]/u.test(path);
const recipeFonts = fileURLToPath(new URL('../../models/recipe/node_modules/@expo-google-fonts', import.meta.url));

async function fontsFor(wish: FontsWish): Promise<FoundFonts | null> {
  if (wish === 'none') return null;
  if (wish !== 'recipe') return findFonts(wish.folder);
  return existsSync(recipeFonts) ? findFonts(recipeFonts, usualWeight) : null;
}
