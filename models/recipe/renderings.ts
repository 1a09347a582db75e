// Every (font, character) of an alphabet once, as renderings; the shapes that fonts lack, in our own hands; and what is no character of it, from the other scripts.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { BankEntry, BankPart, Rendering } from '../../src/dataset/bank.ts';
import { loadFont, recipeFonts, type RecipeFont } from './fonts.ts';
import { writeHands } from './hands.ts';
import { renderCharacter } from './outlines.ts';
import { unknownCharacters } from './unknown-characters.ts';

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
        else {
          own.push({ label: label.id, source, rendering });
          if (barred.has(label.text)) own.push({ label: label.id, source, rendering: withBar(rendering) });
        }
      }
      const drawn = font.capitals ? own.filter(({ label }) => !isDistinctLower(alphabet, label)) : own;
      const foreign = unknownCharacters(alphabet).flatMap((character, index): BankEntry[] => {
        // A different sixth of them from each font: the bank stays small and still knows them all.
        if ((index + source) % 6 !== 0) return [];
        const rendering = renderCharacter(outlines, character, side);
        return rendering === null ? [] : [{ label: null, source, rendering }];
      });
      if (own.length < ENOUGH * alphabet.labels.length) {
        skipped -= alphabet.labels.length - own.length;
        if (foreign.length === 0) continue;
        entries.push(...foreign);
      } else entries.push(...drawn, ...foreign);
      sources.push({ name: `${font.name} ${weight}`, licence: font.licence, part: font.part });
    }
  }
  for (const { source, written } of writeHands(alphabet, side)) {
    entries.push(...written.map((each) => ({ ...each, source: sources.length })));
    sources.push(source);
  }
  return { sources, entries, skipped };
}

function suits(font: RecipeFont, alphabet: Alphabet): boolean {
  // The Latin letters and digits of Japanese fonts are printed ones.
  return font.only !== 'kana' || alphabet.labels.some((label) => /[\u3041-\u30ff]/u.test(label.text));
}

/** What many write with a bar through it, and no font draws so. */
const barred = new Set(['7', 'Z', 'z']);

/** A bar through the middle of the stroke there, about as thick as it. */
function withBar({ side, bits }: Rendering): Rendering {
  const barredBits = bits.slice();
  const middle = Math.round(side * 0.52);
  const row = bits.subarray(middle * side, (middle + 1) * side);
  const [first, last] = [row.indexOf(1), row.lastIndexOf(1)];
  if (first < 0) return { side, bits };
  const thickness = Math.max(2, Math.min(0.1 * side, (last - first) / 2));
  const reach = 0.2 * side;
  for (let y = Math.round(middle - thickness / 2); y < middle + thickness / 2; y++) {
    const from = Math.round(Math.max(0, first - reach));
    barredBits.fill(1, y * side + from, y * side + Math.round(Math.min(side, last + reach)));
  }
  return { side, bits: barredBits };
}

/** Small capitals would teach wrong shapes for the small letters that have shapes of their own. */
function isDistinctLower(alphabet: Alphabet, id: number | null): boolean {
  const label = alphabet.labels.find((each) => each.id === id);
  return label?.case === 'lower' && !alphabet.confusable.some((group) => group.includes(label.id));
}
