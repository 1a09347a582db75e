// Every (font, character) of an alphabet once, as renderings; and what is no character of it, from the other scripts.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { BankEntry, BankPart } from '../../src/dataset/bank.ts';
import { loadFont, recipeFonts, type RecipeFont } from './fonts.ts';
import { renderCharacter } from './outlines.ts';
import { strangers } from './strangers.ts';

export interface RenderedFonts {
  readonly sources: readonly { readonly name: string; readonly licence: string; readonly part: BankPart }[];
  readonly entries: readonly BankEntry[];
  /** Characters that fonts lacked or drew blank. */
  readonly skipped: number;
}

/** Fonts with fewer of the alphabet's characters than this share are of another script. */
const ENOUGH = 0.4;

/** Renders at side × side pixels. */
export async function renderFonts(alphabet: Alphabet, side: number): Promise<RenderedFonts> {
  const sources: { name: string; licence: string; part: BankPart }[] = [];
  const entries: BankEntry[] = [];
  let skipped = 0;
  for (const font of recipeFonts) {
    if (!suits(font, alphabet)) continue;
    for (const weight of font.weights) {
      const outlines = await loadFont(font.name, weight);
      const source = sources.length;
      const own: BankEntry[] = [];
      for (const label of alphabet.labels) {
        const rendering = renderCharacter(outlines, label.text, side);
        if (rendering === null) skipped++;
        else own.push({ label: label.id, source, rendering });
      }
      const cased = isUnicase(alphabet, own) ? own.filter(({ label }) => !isDistinctLower(alphabet, label)) : own;
      const foreign = strangers(alphabet).flatMap((character, index): BankEntry[] => {
        // A different sixth of them from each font: the bank stays small and still knows them all.
        if ((index + source) % 6 !== 0) return [];
        const rendering = renderCharacter(outlines, character, side);
        return rendering === null ? [] : [{ label: null, source, rendering }];
      });
      if (own.length < ENOUGH * alphabet.labels.length) {
        skipped -= alphabet.labels.length - own.length;
        if (foreign.length === 0) continue;
        entries.push(...foreign);
      } else entries.push(...cased, ...foreign);
      sources.push({ name: `${font.name} ${weight}`, licence: font.licence, part: font.part });
    }
  }
  return { sources, entries, skipped };
}

function suits(font: RecipeFont, alphabet: Alphabet): boolean {
  // The Latin letters and digits of Japanese fonts are printed ones.
  return font.only !== 'kana' || alphabet.id.endsWith('kana');
}

/** Mean overlap of small letters with their capitals above which a font draws capitals for both. */
const UNICASE = 0.55;

/** A font whose small letters are small capitals would teach wrong shapes for those that have shapes of their own. */
function isUnicase(alphabet: Alphabet, entries: readonly BankEntry[]): boolean {
  const bitsOf = new Map(entries.map((entry) => [entry.label, entry.rendering.bits]));
  const overlaps = alphabet.labels.flatMap((lower) => {
    const upper = alphabet.labels.find((each) => each.identity === lower.identity && each.case === 'upper');
    const [a, b] = [bitsOf.get(lower.id), bitsOf.get(upper?.id ?? -1)];
    return isDistinctLower(alphabet, lower.id) && a !== undefined && b !== undefined ? [overlapOf(a, b)] : [];
  });
  return overlaps.length > 0 && overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length > UNICASE;
}

function isDistinctLower(alphabet: Alphabet, id: number | null): boolean {
  const label = alphabet.labels.find((each) => each.id === id);
  return label?.case === 'lower' && !alphabet.confusable.some((group) => group.includes(label.id));
}

/** Ink in both over ink in either. */
function overlapOf(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += (a[i] ?? 0) & (b[i] ?? 0);
    either += (a[i] ?? 0) | (b[i] ?? 0);
  }
  return both / either;
}
